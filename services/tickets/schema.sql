-- What the migrations of tickets and of the chassis come to. Written by `make schema`; never edited.

CREATE TABLE deadline (
    kind text NOT NULL,
    subject uuid NOT NULL,
    generation bigint NOT NULL DEFAULT 0,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    CONSTRAINT deadline_pkey PRIMARY KEY (kind, subject, generation)
) WITH (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);
CREATE INDEX deadline_due_at ON deadline USING btree (due_at);

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

CREATE TABLE rating (
    conversation_id uuid NOT NULL,
    client_id uuid NOT NULL,
    topic_id uuid NOT NULL,
    topic_name text NOT NULL,
    agent_id uuid,
    agent_name text,
    score text NOT NULL,
    comment text NOT NULL,
    rated_at timestamp with time zone NOT NULL,
    CONSTRAINT rating_pkey PRIMARY KEY (conversation_id)
);
CREATE INDEX rating_rated_at ON rating USING btree (rated_at);

CREATE TABLE ticket (
    id uuid NOT NULL,
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 1001 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE),
    origin text NOT NULL,
    status text NOT NULL,
    conversation_id uuid,
    topic_id uuid NOT NULL,
    topic_name text NOT NULL,
    subject_line text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    language text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    version integer NOT NULL DEFAULT 1,
    changed_at timestamp with time zone NOT NULL DEFAULT now(),
    postponed_until timestamp with time zone,
    assignee_id uuid,
    assignee_name text,
    tags text[] NOT NULL DEFAULT '{}'::text[],
    customer_id uuid,
    customer_name text,
    customer_chosen boolean NOT NULL DEFAULT false,
    lookup_version integer,
    last_line text NOT NULL DEFAULT ''::text,
    search tsvector NOT NULL DEFAULT ''::tsvector,
    CONSTRAINT ticket_pkey PRIMARY KEY (id),
    CONSTRAINT ticket_number_key UNIQUE (number)
);
CREATE INDEX ticket_assignee ON ticket USING btree (assignee_id, changed_at, number);
CREATE INDEX ticket_changed ON ticket USING btree (changed_at, number);
CREATE INDEX ticket_conversation ON ticket USING btree (conversation_id);
CREATE INDEX ticket_customer ON ticket USING btree (customer_id, changed_at, number);
CREATE INDEX ticket_opened ON ticket USING btree (opened_at, number);
CREATE INDEX ticket_search ON ticket USING gin (search);
CREATE INDEX ticket_status ON ticket USING btree (status, changed_at, number);
CREATE INDEX ticket_tags ON ticket USING gin (tags);
CREATE INDEX ticket_topic ON ticket USING btree (topic_id, changed_at, number);

CREATE TABLE ticket_message (
    ticket_id uuid NOT NULL,
    "position" integer NOT NULL,
    author text NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    id uuid,
    kind text NOT NULL DEFAULT 'message'::text,
    mail_state text,
    mail_reason text NOT NULL DEFAULT ''::text,
    mail_at timestamp with time zone,
    CONSTRAINT ticket_message_pkey PRIMARY KEY (ticket_id, "position"),
    CONSTRAINT ticket_message_id_key UNIQUE (id)
);

CREATE TABLE ticket_read (
    agent_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    seen integer NOT NULL,
    CONSTRAINT ticket_read_pkey PRIMARY KEY (agent_id, ticket_id)
);

CREATE TABLE transcript (
    conversation_id uuid NOT NULL,
    requested boolean NOT NULL DEFAULT false,
    mailed boolean NOT NULL DEFAULT false,
    ended jsonb,
    CONSTRAINT transcript_pkey PRIMARY KEY (conversation_id)
);

ALTER TABLE ticket_message ADD CONSTRAINT ticket_message_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE;
ALTER TABLE ticket_read ADD CONSTRAINT ticket_read_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE;
