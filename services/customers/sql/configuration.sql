-- name: hold_fields
-- Keep the list of fields as it is until the transaction ends.
SELECT version FROM field_list FOR SHARE

-- name: lock_fields
-- Let changes of the list follow one another, and wait for cards that are being saved.
SELECT version FROM field_list FOR UPDATE

-- name: fields
-- The list of fields, in its order.
SELECT id, label, kind, choices, show_in_chat FROM field ORDER BY position

-- name: fields_with_version
-- The list of fields with its version, in its order; one row without a field when it is empty.
SELECT version, id, label, kind, choices, show_in_chat FROM field_list LEFT JOIN field ON true ORDER BY position

-- name: forget_fields
-- Remove the fields that are not in the list any more, with their values.
DELETE FROM field WHERE id <> ALL ($1::uuid[])

-- name: save_field
-- Make the field or replace it.
INSERT INTO field (id, position, label, kind, choices, show_in_chat)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
   SET position = excluded.position, label = excluded.label, choices = excluded.choices,
       show_in_chat = excluded.show_in_chat

-- name: count_fields_version
-- The list has changed.
UPDATE field_list SET version = version + 1 RETURNING version

-- name: settings
-- What holds for all customers.
SELECT version, create_automatically FROM customer_settings

-- name: lock_settings
-- Let changes of the settings follow one another.
SELECT version, create_automatically FROM customer_settings FOR UPDATE

-- name: save_settings
-- Change what holds for all customers.
UPDATE customer_settings SET version = version + 1, create_automatically = $1 RETURNING version, create_automatically
