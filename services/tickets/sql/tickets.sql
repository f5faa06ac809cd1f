-- name: add_ticket
-- Store a ticket and return the number it was given; no row when the ticket is stored already.
INSERT INTO ticket (id, origin, status, conversation_id, topic_id, topic_name, subject_line, name, email, language,
                    opened_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO NOTHING
RETURNING number

-- name: add_message
-- Add a message to a ticket's thread.
INSERT INTO ticket_message (ticket_id, position, author, text, written_at)
VALUES ($1, $2, $3, $4, $5)

-- name: page
-- The newest tickets below a number, at most as many as asked for.
SELECT id, number, status, topic_id, topic_name, subject_line, name, email, opened_at
  FROM ticket
 WHERE number < coalesce($1, 9223372036854775807)
 ORDER BY number DESC
 LIMIT $2

-- name: ticket
-- One ticket.
SELECT id, number, status, topic_id, topic_name, subject_line, name, email, opened_at, conversation_id, language
  FROM ticket
 WHERE id = $1

-- name: messages
-- A ticket's thread, oldest first.
SELECT author, text, written_at FROM ticket_message WHERE ticket_id = $1 ORDER BY position
