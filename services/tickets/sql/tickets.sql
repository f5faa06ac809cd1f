-- name: add_ticket
-- Store a ticket and return the number it was given; no row when the ticket is stored already.
INSERT INTO ticket (id, origin, conversation_id, name, email, language, opened_at, version, changed_at, status,
                    postponed_until, topic_id, topic_name, assignee_id, assignee_name, subject_line, tags, customer_id,
                    customer_name, customer_chosen, lookup_version, last_line, search)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
        array_to_tsvector($23::text[]))
ON CONFLICT (id) DO NOTHING
RETURNING number

-- name: save_ticket
-- Keep a locked ticket as it is now.
UPDATE ticket
   SET version = $2, changed_at = $3, status = $4, postponed_until = $5, topic_id = $6, topic_name = $7,
       assignee_id = $8, assignee_name = $9, subject_line = $10, tags = $11, customer_id = $12, customer_name = $13,
       customer_chosen = $14, lookup_version = $15, last_line = $16, search = array_to_tsvector($17::text[])
 WHERE id = $1

-- name: add_message
-- Add a message to a ticket's thread.
INSERT INTO ticket_message (ticket_id, position, id, kind, author, text, written_at, mail_state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: ticket
-- One ticket.
SELECT id, number, origin, conversation_id, name, email, language, opened_at, version, changed_at, status,
       postponed_until, topic_id, topic_name, assignee_id, assignee_name, subject_line, tags, customer_id,
       customer_name, customer_chosen, lookup_version
  FROM ticket
 WHERE id = $1

-- name: lock_ticket
-- One ticket, kept from changing until the transaction ends.
SELECT id, number, origin, conversation_id, name, email, language, opened_at, version, changed_at, status,
       postponed_until, topic_id, topic_name, assignee_id, assignee_name, subject_line, tags, customer_id,
       customer_name, customer_chosen, lookup_version
  FROM ticket
 WHERE id = $1
   FOR NO KEY UPDATE

-- name: messages
-- A ticket's thread, oldest first; a first message of an older release has no id of its own.
SELECT coalesce(id, ticket_id) AS id, kind, author, text, written_at, mail_state, mail_reason
  FROM ticket_message
 WHERE ticket_id = $1
 ORDER BY position

-- name: ticket_of_message
-- The ticket in whose thread a message is.
SELECT ticket_id FROM ticket_message WHERE id = $1

-- name: note_mail
-- What became of a reply, unless something later is known.
UPDATE ticket_message
   SET mail_state = $2, mail_reason = $3, mail_at = $4
 WHERE id = $1 AND kind = 'reply' AND coalesce(mail_at <= $4, true)
RETURNING ticket_id

-- name: seen
-- The version at which the agent last read the ticket.
SELECT seen FROM ticket_read WHERE agent_id = $1 AND ticket_id = $2

-- name: mark_seen
-- The agent has read the ticket at this version, or a later one before.
INSERT INTO ticket_read (agent_id, ticket_id, seen)
VALUES ($1, $2, $3)
ON CONFLICT (agent_id, ticket_id) DO UPDATE SET seen = greatest(ticket_read.seen, excluded.seen)

-- name: mark_read
-- The agent has read the ticket as it is now; no row when there is no such ticket.
INSERT INTO ticket_read (agent_id, ticket_id, seen)
SELECT $1, id, version FROM ticket WHERE id = $2
ON CONFLICT (agent_id, ticket_id) DO UPDATE SET seen = greatest(ticket_read.seen, excluded.seen)
RETURNING seen

-- name: listed
-- Tickets as a list shows them to agent $1; what was last changed before $2 is unread by nobody. store/listing.py adds
-- conditions, order and limit.
SELECT t.id, t.number, t.version, t.subject_line, t.status, t.postponed_until, t.topic_id, t.topic_name, t.assignee_id,
       t.assignee_name, t.tags, t.customer_id, t.customer_name, t.name, t.email, t.opened_at, t.changed_at, t.last_line,
       t.changed_at > $2::timestamptz
           AND coalesce(r.seen, 0) < t.version - (t.lookup_version IS NOT DISTINCT FROM t.version)::int AS unread
  FROM ticket AS t
  LEFT JOIN ticket_read AS r ON r.agent_id = $1::uuid AND r.ticket_id = t.id

-- name: counted
-- The tickets of a list, to be counted, with the parameters of `listed`; store/listing.py adds conditions and limit.
SELECT t.id, $2::timestamptz AS since
  FROM ticket AS t
  LEFT JOIN ticket_read AS r ON r.agent_id = $1::uuid AND r.ticket_id = t.id
