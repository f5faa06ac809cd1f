-- Cards that are changed under a version, found as one types, and have fields that an administrator defines.

-- `words` are what a card is found by, `sort_name` is what it is sorted by; `folding` says by which rules they were
-- made, so that the service makes them anew where the rules have changed since.
ALTER TABLE customer
    ADD COLUMN version    integer NOT NULL DEFAULT 1,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN sort_name  text NOT NULL DEFAULT '',
    ADD COLUMN words      tsvector NOT NULL DEFAULT '',
    ADD COLUMN folding    integer NOT NULL DEFAULT 0;
CREATE INDEX customer_by_name ON customer (sort_name COLLATE "C", id);
-- Cards change rarely and are sought all the time: no list of pending changes to be read at each search.
CREATE INDEX customer_words ON customer USING gin (words) WITH (fastupdate = off);
CREATE INDEX customer_folding ON customer (folding, id);

CREATE TABLE customer_settings (
    only_one             boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    version              integer NOT NULL,
    create_automatically boolean NOT NULL
);
INSERT INTO customer_settings (version, create_automatically) VALUES (0, false);

-- The version of the whole list; cards that are saved hold its row, so that their values are of the list that holds.
CREATE TABLE field_list (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    version  integer NOT NULL
);

CREATE TABLE field (
    id           uuid PRIMARY KEY,
    position     integer NOT NULL,
    label        text NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'yes_no', 'link')),
    choices      text[] NOT NULL,
    show_in_chat boolean NOT NULL
);

CREATE TABLE customer_value (
    customer_id uuid NOT NULL REFERENCES customer ON DELETE CASCADE,
    field_id    uuid NOT NULL REFERENCES field ON DELETE CASCADE,
    value       text NOT NULL,
    PRIMARY KEY (customer_id, field_id)
);
CREATE INDEX customer_value_field ON customer_value (field_id);

-- Until now each card had fields of its own: a label that cards share becomes a field of text; the fifty most used do.
-- The table stays as it was: the release before still reads and writes it while this one starts, and it alone holds the
-- values of labels that became no field. A later release drops it.
INSERT INTO field (id, position, label, kind, choices, show_in_chat)
SELECT gen_random_uuid(), row_number() OVER (ORDER BY place, label), label, 'text', '{}', shown
  FROM (SELECT label, min(position) AS place, bool_or(show_in_chat) AS shown
          FROM customer_field
         GROUP BY label
         ORDER BY count(*) DESC, label
         LIMIT 50) AS used;
INSERT INTO field_list (version) SELECT (count(*) > 0)::integer FROM field;
INSERT INTO customer_value (customer_id, field_id, value)
SELECT customer_id, field.id, left(string_agg(btrim(value), ', ' ORDER BY customer_field.position), 300)
  FROM customer_field
  JOIN field USING (label)
 WHERE btrim(value) <> ''
 GROUP BY customer_id, field.id;
