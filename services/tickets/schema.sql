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

CREATE TABLE ticket (
    id uuid NOT NULL,
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 1001 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE),
    origin text NOT NULL,
    status text NOT NULL,
    conversation_id uuid NOT NULL,
    topic_id uuid NOT NULL,
    topic_name text NOT NULL,
    subject_line text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    language text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT ticket_pkey PRIMARY KEY (id),
    CONSTRAINT ticket_number_key UNIQUE (number)
);

CREATE TABLE ticket_message (
    ticket_id uuid NOT NULL,
    "position" integer NOT NULL,
    author text NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT ticket_message_pkey PRIMARY KEY (ticket_id, "position")
);

ALTER TABLE ticket_message ADD CONSTRAINT ticket_message_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES ticket(id) ON DELETE CASCADE;
