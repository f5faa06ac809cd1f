-- name: owner_of
-- The customer to whom a normalised address belongs.
SELECT customer_id AS id, name
  FROM customer_address
  JOIN customer ON customer.id = customer_address.customer_id
 WHERE address = $1

-- name: name_of
-- What the customer is called.
SELECT name FROM customer WHERE id = $1

-- name: card
-- A whole card; addresses and fields in their order.
SELECT id, version, name, company, phones, note, created_at, changed_at,
       ARRAY(SELECT written FROM customer_address WHERE customer_id = customer.id ORDER BY position) AS emails,
       ARRAY(SELECT (field.id, label, kind, value, show_in_chat)
               FROM customer_value
               JOIN field ON field.id = customer_value.field_id
              WHERE customer_id = customer.id
              ORDER BY field.position) AS fields
  FROM customer
 WHERE id = $1

-- name: lock_card
-- Let two saves of one card follow one another.
SELECT FROM customer WHERE id = $1 FOR UPDATE

-- name: add_card
-- Make the customer unless there is one of this id.
INSERT INTO customer (id, name, company, phones, note, sort_name, words, folding, created_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, array_to_tsvector($7::text[]), $8, $9, $9)
ON CONFLICT (id) DO NOTHING
RETURNING version

-- name: change_card
-- Replace what is said of the customer; the row is locked.
UPDATE customer
   SET version = version + 1, name = $2, company = $3, phones = $4, note = $5, sort_name = $6,
       words = array_to_tsvector($7::text[]), folding = $8, changed_at = $9
 WHERE id = $1

-- name: forget_addresses
-- Before a card's addresses are written anew.
DELETE FROM customer_address WHERE customer_id = $1

-- name: claim_addresses
-- Take the addresses that are nobody's and return them; what is missing in the answer is somebody else's. In one order
-- for all, so that of two who want the same ones neither waits for what the other has taken while holding its own.
INSERT INTO customer_address (address, customer_id, position, written)
SELECT address, $1, position, written
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS wanted (address, written, position)
 ORDER BY address
ON CONFLICT (address) DO NOTHING
RETURNING address

-- name: owners_of
-- To whom these addresses belong.
SELECT address, customer.id, name
  FROM customer_address
  JOIN customer ON customer.id = customer_address.customer_id
 WHERE address = ANY ($1::text[])

-- name: add_with_address
-- Make a customer of an address that is nobody's, both or neither; no row when somebody was quicker.
WITH claimed AS (
    INSERT INTO customer_address (address, customer_id, position, written)
    VALUES ($1, $2, 1, $3)
    ON CONFLICT (address) DO NOTHING
    RETURNING customer_id
)
INSERT INTO customer (id, name, company, phones, note, sort_name, words, folding, created_at, changed_at)
SELECT customer_id, $4, '', '{}', '', $5, array_to_tsvector($6::text[]), $7, $8, $8 FROM claimed
RETURNING id

-- name: forget_values
-- Before a card's values are written anew.
DELETE FROM customer_value WHERE customer_id = $1

-- name: add_values
-- The card's values.
INSERT INTO customer_value (customer_id, field_id, value)
SELECT $1, field_id, value FROM unnest($2::uuid[], $3::text[]) AS given (field_id, value)

-- name: all_cards
-- One page of all cards by name, after a name and an id.
SELECT id, name, company, phones[1] AS phone, sort_name,
       (SELECT written FROM customer_address WHERE customer_id = page.id ORDER BY position LIMIT 1) AS email
  FROM (SELECT * FROM customer
         WHERE (sort_name COLLATE "C", id) > ($1::text, $2::uuid)
         ORDER BY sort_name COLLATE "C", id
         LIMIT $3) AS page
 ORDER BY sort_name COLLATE "C", id

-- name: found_cards
-- One page of the cards with all the words sought, by name, after a name and an id.
SELECT id, name, company, phones[1] AS phone, sort_name,
       (SELECT written FROM customer_address WHERE customer_id = page.id ORDER BY position LIMIT 1) AS email
  FROM (SELECT * FROM customer
         WHERE words @@ $4::text::tsquery AND (sort_name COLLATE "C", id) > ($1::text, $2::uuid)
         ORDER BY sort_name COLLATE "C", id
         LIMIT $3) AS page
 ORDER BY sort_name COLLATE "C", id

-- name: cards_folded_otherwise
-- Cards whose words were made by other rules than these; locked, and those that somebody is saving are left out.
SELECT id, name, company, phones,
       ARRAY(SELECT written FROM customer_address WHERE customer_id = customer.id ORDER BY position) AS emails
  FROM customer
 WHERE folding < $1
 ORDER BY folding, id
 LIMIT $2
   FOR NO KEY UPDATE SKIP LOCKED

-- name: fold_anew
-- Give the card the words that its rules of today give.
UPDATE customer SET sort_name = $2, words = array_to_tsvector($3::text[]), folding = $4 WHERE id = $1
