-- What the migrations of notifier and of the chassis come to. Written by `make schema`; never edited.

CREATE TABLE agent_contact (
    agent_id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    language text NOT NULL,
    topic_ids uuid[] NOT NULL,
    new_tickets boolean NOT NULL,
    missed_chats boolean NOT NULL,
    CONSTRAINT agent_contact_pkey PRIMARY KEY (agent_id)
);

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

CREATE TABLE mail (
    id uuid NOT NULL,
    kind text NOT NULL,
    recipient text NOT NULL,
    recipient_name text NOT NULL,
    mailbox_key text NOT NULL,
    language text NOT NULL,
    subject_line text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL DEFAULT ''::text,
    attempts integer NOT NULL DEFAULT 0,
    next_try_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    counted boolean NOT NULL,
    announced boolean NOT NULL,
    ticket_id uuid,
    conversation_id uuid,
    about_id uuid,
    about_name text,
    correlation_id uuid,
    CONSTRAINT mail_pkey PRIMARY KEY (id),
    CONSTRAINT mail_state_check CHECK (state = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'failed'::text]))
);
CREATE INDEX mail_counted ON mail USING btree (asked_at) WHERE counted;
CREATE INDEX mail_due ON mail USING btree (next_try_at) WHERE state = ANY (ARRAY['pending'::text, 'sending'::text]);
CREATE INDEX mail_newest ON mail USING btree (asked_at DESC, id DESC);
CREATE INDEX mail_of_conversation ON mail USING btree (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX mail_of_ticket ON mail USING btree (ticket_id) WHERE ticket_id IS NOT NULL;

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
