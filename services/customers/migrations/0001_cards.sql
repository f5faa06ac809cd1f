-- Customer cards. An address belongs to one customer: the normalised form is the key.
CREATE TABLE customer (
    id      uuid PRIMARY KEY,
    name    text NOT NULL,
    company text NOT NULL,
    phones  text[] NOT NULL,
    note    text NOT NULL
);

CREATE TABLE customer_address (
    address     text PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customer ON DELETE CASCADE,
    position    int NOT NULL,
    written     text NOT NULL, -- as people wrote it; only ever shown, never compared
    UNIQUE (customer_id, position)
);

CREATE TABLE customer_field (
    customer_id  uuid NOT NULL REFERENCES customer ON DELETE CASCADE,
    position     int NOT NULL,
    label        text NOT NULL,
    value        text NOT NULL,
    show_in_chat boolean NOT NULL,
    PRIMARY KEY (customer_id, position)
);
