-- What the migrations of gateway and of the chassis come to. Written by `make schema`; never edited.

CREATE TABLE agent (
    agent_id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    capacity integer,
    topic_ids uuid[] NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    role text NOT NULL DEFAULT 'agent'::text,
    priorities jsonb NOT NULL DEFAULT '{}'::jsonb,
    language text NOT NULL DEFAULT 'pl'::text,
    new_tickets boolean NOT NULL DEFAULT false,
    missed_chats boolean NOT NULL DEFAULT false,
    contact_version bigint NOT NULL DEFAULT 0,
    CONSTRAINT agent_pkey PRIMARY KEY (agent_id),
    CONSTRAINT agent_email_key_key UNIQUE (email_key),
    CONSTRAINT agent_capacity_check CHECK (capacity > 0),
    CONSTRAINT agent_language_check CHECK (language = ANY (ARRAY['pl'::text, 'en'::text])),
    CONSTRAINT agent_role_check CHECK (role = ANY (ARRAY['agent'::text, 'supervisor'::text, 'administrator'::text]))
);

CREATE TABLE agent_session (
    session_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT agent_session_pkey PRIMARY KEY (session_id),
    CONSTRAINT agent_session_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX agent_session_of_agent ON agent_session USING btree (agent_id);

CREATE TABLE deadline (
    kind text NOT NULL,
    subject uuid NOT NULL,
    generation bigint NOT NULL DEFAULT 0,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    CONSTRAINT deadline_pkey PRIMARY KEY (kind, subject, generation)
) WITH (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);
CREATE INDEX deadline_due_at ON deadline USING btree (due_at);

CREATE TABLE identity_token (
    widget_id uuid NOT NULL,
    token_id text NOT NULL,
    visitor_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT identity_token_pkey PRIMARY KEY (widget_id, token_id)
);
CREATE INDEX identity_token_expires_at ON identity_token USING btree (expires_at);

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

CREATE TABLE reply_template (
    template_id uuid NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    agent_id uuid,
    shortcut text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    topic_ids uuid[] NOT NULL,
    CONSTRAINT reply_template_pkey PRIMARY KEY (template_id),
    CONSTRAINT reply_template_check CHECK (agent_id IS NULL OR topic_ids = '{}'::uuid[])
);
CREATE INDEX reply_template_of_agent ON reply_template USING btree (agent_id);

CREATE TABLE visitor (
    visitor_id uuid NOT NULL,
    widget_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    identity_address text,
    identity_until timestamp with time zone,
    CONSTRAINT visitor_pkey PRIMARY KEY (visitor_id),
    CONSTRAINT visitor_token_hash_key UNIQUE (token_hash),
    CONSTRAINT visitor_identity_check CHECK ((identity_address IS NULL) = (identity_until IS NULL))
);
CREATE INDEX visitor_identity ON visitor USING btree (widget_id, identity_until) WHERE identity_until IS NOT NULL;

CREATE TABLE visitor_conversation (
    conversation_id uuid NOT NULL,
    visitor_id uuid NOT NULL,
    bound_at timestamp with time zone NOT NULL,
    CONSTRAINT visitor_conversation_pkey PRIMARY KEY (conversation_id)
);
CREATE INDEX visitor_conversation_of_visitor ON visitor_conversation USING btree (visitor_id);

CREATE TABLE widget (
    widget_id uuid NOT NULL,
    key text NOT NULL,
    title text NOT NULL,
    language text NOT NULL,
    topic_ids uuid[] NOT NULL,
    allowed_origins text[] NOT NULL,
    name_shown boolean NOT NULL,
    name_required boolean NOT NULL,
    email_shown boolean NOT NULL,
    email_required boolean NOT NULL,
    sneak_peek boolean NOT NULL,
    rating boolean NOT NULL DEFAULT true,
    transcript boolean NOT NULL DEFAULT true,
    identity_secret text,
    CONSTRAINT widget_pkey PRIMARY KEY (widget_id),
    CONSTRAINT widget_key_key UNIQUE (key)
);

ALTER TABLE agent_session ADD CONSTRAINT agent_session_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agent(agent_id) ON DELETE CASCADE;
ALTER TABLE identity_token ADD CONSTRAINT identity_token_visitor_id_fkey FOREIGN KEY (visitor_id) REFERENCES visitor(visitor_id);
ALTER TABLE identity_token ADD CONSTRAINT identity_token_widget_id_fkey FOREIGN KEY (widget_id) REFERENCES widget(widget_id);
ALTER TABLE reply_template ADD CONSTRAINT reply_template_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agent(agent_id) ON DELETE CASCADE;
ALTER TABLE visitor ADD CONSTRAINT visitor_widget_id_fkey FOREIGN KEY (widget_id) REFERENCES widget(widget_id);
ALTER TABLE visitor_conversation ADD CONSTRAINT visitor_conversation_visitor_id_fkey FOREIGN KEY (visitor_id) REFERENCES visitor(visitor_id);
