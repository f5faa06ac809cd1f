-- name: owner_of
-- The customer to whom a normalised address belongs.
SELECT customer_id FROM customer_address WHERE address = $1

-- name: card
-- A whole card; addresses and fields in their order.
SELECT id, name, company, phones, note,
       ARRAY(SELECT written FROM customer_address WHERE customer_id = customer.id ORDER BY position) AS emails,
       ARRAY(SELECT (label, value, show_in_chat) FROM customer_field WHERE customer_id = customer.id ORDER BY position)
           AS fields
  FROM customer
 WHERE id = $1

-- name: save_customer
-- Make the customer or replace what is said of them. Locks the row, so that two saves of one card follow one another.
INSERT INTO customer (id, name, company, phones, note)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE
   SET name = excluded.name, company = excluded.company, phones = excluded.phones, note = excluded.note

-- name: forget_addresses
-- Before a card's addresses are written anew.
DELETE FROM customer_address WHERE customer_id = $1

-- name: claim_addresses
-- Take the addresses that are nobody's and return them; what is missing in the answer is somebody else's.
INSERT INTO customer_address (address, customer_id, position, written)
SELECT address, $1, position, written
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS wanted (address, written, position)
ON CONFLICT (address) DO NOTHING
RETURNING address

-- name: forget_fields
-- Before a card's custom fields are written anew.
DELETE FROM customer_field WHERE customer_id = $1

-- name: add_fields
-- The card's custom fields, in order.
INSERT INTO customer_field (customer_id, position, label, value, show_in_chat)
SELECT $1, position, label, value, show_in_chat
  FROM unnest($2::text[], $3::text[], $4::boolean[]) WITH ORDINALITY AS field (label, value, show_in_chat, position)
