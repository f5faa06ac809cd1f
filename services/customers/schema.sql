-- What the migrations of customers and of the chassis come to. Written by `make schema`; never edited.

CREATE TABLE customer (
    id uuid NOT NULL,
    name text NOT NULL,
    company text NOT NULL,
    phones text[] NOT NULL,
    note text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    changed_at timestamp with time zone NOT NULL DEFAULT now(),
    sort_name text NOT NULL DEFAULT ''::text,
    words tsvector NOT NULL DEFAULT ''::tsvector,
    folding integer NOT NULL DEFAULT 0,
    CONSTRAINT customer_pkey PRIMARY KEY (id)
);
CREATE INDEX customer_by_name ON customer USING btree (sort_name COLLATE "C", id);
CREATE INDEX customer_folding ON customer USING btree (folding, id);
CREATE INDEX customer_words ON customer USING gin (words) WITH (fastupdate=off);

CREATE TABLE customer_address (
    address text NOT NULL,
    customer_id uuid NOT NULL,
    "position" integer NOT NULL,
    written text NOT NULL,
    CONSTRAINT customer_address_pkey PRIMARY KEY (address),
    CONSTRAINT customer_address_customer_id_position_key UNIQUE (customer_id, "position")
);

CREATE TABLE customer_field (
    customer_id uuid NOT NULL,
    "position" integer NOT NULL,
    label text NOT NULL,
    value text NOT NULL,
    show_in_chat boolean NOT NULL,
    CONSTRAINT customer_field_pkey PRIMARY KEY (customer_id, "position")
);

CREATE TABLE customer_settings (
    only_one boolean NOT NULL DEFAULT true,
    version integer NOT NULL,
    create_automatically boolean NOT NULL,
    CONSTRAINT customer_settings_pkey PRIMARY KEY (only_one),
    CONSTRAINT customer_settings_only_one_check CHECK (only_one)
);

CREATE TABLE customer_value (
    customer_id uuid NOT NULL,
    field_id uuid NOT NULL,
    value text NOT NULL,
    CONSTRAINT customer_value_pkey PRIMARY KEY (customer_id, field_id)
);
CREATE INDEX customer_value_field ON customer_value USING btree (field_id);

CREATE TABLE deadline (
    kind text NOT NULL,
    subject uuid NOT NULL,
    generation bigint NOT NULL DEFAULT 0,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    CONSTRAINT deadline_pkey PRIMARY KEY (kind, subject, generation)
) WITH (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);
CREATE INDEX deadline_due_at ON deadline USING btree (due_at);

CREATE TABLE field (
    id uuid NOT NULL,
    "position" integer NOT NULL,
    label text NOT NULL,
    kind text NOT NULL,
    choices text[] NOT NULL,
    show_in_chat boolean NOT NULL,
    CONSTRAINT field_pkey PRIMARY KEY (id),
    CONSTRAINT field_kind_check CHECK (kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'choice'::text, 'yes_no'::text, 'link'::text]))
);

CREATE TABLE field_list (
    only_one boolean NOT NULL DEFAULT true,
    version integer NOT NULL,
    CONSTRAINT field_list_pkey PRIMARY KEY (only_one),
    CONSTRAINT field_list_only_one_check CHECK (only_one)
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

ALTER TABLE customer_address ADD CONSTRAINT customer_address_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id) ON DELETE CASCADE;
ALTER TABLE customer_field ADD CONSTRAINT customer_field_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id) ON DELETE CASCADE;
ALTER TABLE customer_value ADD CONSTRAINT customer_value_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id) ON DELETE CASCADE;
ALTER TABLE customer_value ADD CONSTRAINT customer_value_field_id_fkey FOREIGN KEY (field_id) REFERENCES field(id) ON DELETE CASCADE;
