-- What the migrations of router and of the chassis come to. Written by `make schema`; never edited.

CREATE TABLE agent (
    id uuid NOT NULL,
    name text NOT NULL,
    topic_ids uuid[] NOT NULL,
    capacity integer NOT NULL,
    load integer NOT NULL,
    status text NOT NULL,
    status_reason text NOT NULL,
    idle_since timestamp with time zone NOT NULL,
    account_version bigint NOT NULL,
    desk_version integer NOT NULL DEFAULT 0,
    role text NOT NULL DEFAULT 'agent'::text,
    default_capacity boolean NOT NULL DEFAULT false,
    priorities jsonb NOT NULL DEFAULT '{}'::jsonb,
    status_cause text NOT NULL DEFAULT 'chosen'::text,
    last_offered_at timestamp with time zone,
    connected boolean NOT NULL DEFAULT false,
    away_since timestamp with time zone,
    CONSTRAINT agent_pkey PRIMARY KEY (id),
    CONSTRAINT agent_capacity_check CHECK (capacity >= 0),
    CONSTRAINT agent_load_check CHECK (load >= 0),
    CONSTRAINT agent_role_check CHECK (role = ANY (ARRAY['agent'::text, 'supervisor'::text, 'administrator'::text])),
    CONSTRAINT agent_status_cause_check CHECK (status_cause = ANY (ARRAY['chosen'::text, 'missed_offer'::text, 'connection_lost'::text])),
    CONSTRAINT agent_status_check CHECK (status = ANY (ARRAY['available'::text, 'break'::text, 'offline'::text]))
) WITH (fillfactor=50);

CREATE TABLE conversation (
    id uuid NOT NULL,
    topic_id uuid NOT NULL,
    visitor_id uuid NOT NULL,
    state text NOT NULL,
    owner_id uuid,
    head integer NOT NULL,
    waiting_since timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    asked uuid[] NOT NULL,
    header jsonb NOT NULL,
    departed jsonb NOT NULL DEFAULT '{}'::jsonb,
    preferred_id uuid,
    unanswered boolean NOT NULL DEFAULT false,
    answer_due timestamp with time zone,
    answer_left interval,
    owned_at timestamp with time zone,
    visitor_wrote_at timestamp with time zone,
    visitor_gone_at timestamp with time zone,
    warned_at timestamp with time zone,
    verified boolean NOT NULL DEFAULT false,
    CONSTRAINT conversation_pkey PRIMARY KEY (id),
    CONSTRAINT conversation_check CHECK (state <> 'active'::text OR owner_id IS NOT NULL),
    CONSTRAINT conversation_check1 CHECK ((state = 'closed'::text) = (ended_at IS NOT NULL)),
    CONSTRAINT conversation_head_check CHECK (head > 0),
    CONSTRAINT conversation_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'offered'::text, 'active'::text, 'closed'::text]))
) WITH (fillfactor=70);
CREATE INDEX conversation_line ON conversation USING btree (topic_id, waiting_since, id) WHERE state = ANY (ARRAY['waiting'::text, 'offered'::text]);
CREATE INDEX conversation_of_customer ON conversation USING btree ((header ->> 'customer_id'::text), waiting_since DESC) WHERE (header ->> 'customer_id'::text) IS NOT NULL;
CREATE INDEX conversation_of_visitor ON conversation USING btree (visitor_id, waiting_since DESC);
CREATE INDEX conversation_open ON conversation USING btree (waiting_since, id) WHERE state <> 'closed'::text;
CREATE INDEX conversation_turn ON conversation USING btree (topic_id, waiting_since, id) WHERE state = 'waiting'::text;

CREATE TABLE deadline (
    kind text NOT NULL,
    subject uuid NOT NULL,
    generation bigint NOT NULL DEFAULT 0,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    CONSTRAINT deadline_pkey PRIMARY KEY (kind, subject, generation)
) WITH (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);
CREATE INDEX deadline_due_at ON deadline USING btree (due_at);

CREATE TABLE entry (
    conversation_id uuid NOT NULL,
    seq integer NOT NULL,
    at timestamp with time zone NOT NULL,
    client_id uuid,
    body jsonb NOT NULL,
    CONSTRAINT entry_pkey PRIMARY KEY (conversation_id, seq),
    CONSTRAINT entry_seq_check CHECK (seq > 0)
);
CREATE UNIQUE INDEX entry_of_request ON entry USING btree (conversation_id, client_id) WHERE client_id IS NOT NULL;

CREATE TABLE gateway (
    id uuid NOT NULL,
    number bigint NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    CONSTRAINT gateway_pkey PRIMARY KEY (id)
);

CREATE TABLE inbox (
    message_id uuid NOT NULL,
    consumer text NOT NULL,
    received_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT inbox_pkey PRIMARY KEY (message_id, consumer)
);
CREATE INDEX inbox_received_at ON inbox USING btree (received_at);

CREATE TABLE migration (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT migration_pkey PRIMARY KEY (name)
);

CREATE TABLE offer (
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    agent_name text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    outcome text,
    ended_at timestamp with time zone,
    chosen_by_id uuid,
    chosen_by_name text,
    CONSTRAINT offer_pkey PRIMARY KEY (id),
    CONSTRAINT offer_check CHECK ((outcome IS NULL) = (ended_at IS NULL)),
    CONSTRAINT offer_outcome_check CHECK (outcome = ANY (ARRAY['accepted'::text, 'declined'::text, 'expired'::text, 'withdrawn'::text]))
);
CREATE INDEX offer_missed ON offer USING btree (agent_id, ended_at DESC) WHERE outcome <> 'accepted'::text;
CREATE UNIQUE INDEX offer_pending ON offer USING btree (conversation_id) WHERE outcome IS NULL;
CREATE INDEX offer_pending_of_agent ON offer USING btree (agent_id) WHERE outcome IS NULL;

CREATE TABLE outbox (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE),
    message_id uuid NOT NULL,
    exchange text NOT NULL,
    routing_key text NOT NULL,
    type text NOT NULL,
    correlation_id uuid NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT outbox_pkey PRIMARY KEY (id)
) WITH (autovacuum_vacuum_insert_scale_factor=0, autovacuum_vacuum_insert_threshold=10000, autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);

CREATE TABLE page (
    gateway_id uuid NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    CONSTRAINT page_pkey PRIMARY KEY (gateway_id, kind, subject),
    CONSTRAINT page_kind_check CHECK (kind = ANY (ARRAY['agent'::text, 'visitor'::text]))
);
CREATE INDEX page_subject ON page USING btree (subject);

CREATE TABLE participant (
    conversation_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT participant_pkey PRIMARY KEY (conversation_id, agent_id)
);
CREATE INDEX participant_active ON participant USING btree (agent_id) WHERE ended_at IS NULL;
CREATE INDEX participant_ended ON participant USING btree (agent_id, ended_at DESC) WHERE ended_at IS NOT NULL;

CREATE TABLE process (
    id uuid NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    CONSTRAINT process_pkey PRIMARY KEY (id)
);

CREATE TABLE routing_settings (
    only_one boolean NOT NULL DEFAULT true,
    version integer NOT NULL,
    settings jsonb NOT NULL,
    CONSTRAINT routing_settings_pkey PRIMARY KEY (only_one),
    CONSTRAINT routing_settings_only_one_check CHECK (only_one)
);

CREATE TABLE topic (
    id uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    settings jsonb NOT NULL DEFAULT '{}'::jsonb,
    staffed boolean NOT NULL DEFAULT false,
    CONSTRAINT topic_pkey PRIMARY KEY (id)
);

ALTER TABLE conversation ADD CONSTRAINT conversation_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES agent(id);
ALTER TABLE conversation ADD CONSTRAINT conversation_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id);
ALTER TABLE entry ADD CONSTRAINT entry_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id);
ALTER TABLE offer ADD CONSTRAINT offer_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agent(id);
ALTER TABLE offer ADD CONSTRAINT offer_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id);
ALTER TABLE page ADD CONSTRAINT page_gateway_id_fkey FOREIGN KEY (gateway_id) REFERENCES gateway(id) ON DELETE CASCADE;
ALTER TABLE participant ADD CONSTRAINT participant_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agent(id);
ALTER TABLE participant ADD CONSTRAINT participant_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id);
