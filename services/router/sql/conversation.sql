-- name: topic
-- A topic as visitors and agents see it.
SELECT id, name, offer_seconds FROM topic WHERE id = $1

-- name: topics
-- All topics, by name.
SELECT id, name, offer_seconds FROM topic ORDER BY name, id

-- name: save_topic
-- Make the topic or change it.
INSERT INTO topic (id, name, offer_seconds)
VALUES ($1, $2, $3)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, offer_seconds = excluded.offer_seconds

-- name: add_conversation
-- Begin a conversation unless there is one of this id.
INSERT INTO conversation (id, topic_id, visitor_id, state, owner_id, head, waiting_since, ended_at, asked, header)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)
ON CONFLICT (id) DO NOTHING
RETURNING true

-- name: post
-- Log a message and tell of it, in one statement: none twice, none where the author may not write (lifecycle.post).
-- A repetition that another transaction is just logging meets the unique index on the request.
WITH repeated AS (
    SELECT seq FROM entry WHERE conversation_id = $1 AND client_id = $2
), numbered AS (
    UPDATE conversation
       SET head = head + 1
     WHERE id = $1
       AND state <> 'closed'
       AND CASE $3 WHEN 'visitor' THEN visitor_id = $4 WHEN 'agent' THEN owner_id = $4 ELSE false END
       AND NOT EXISTS (SELECT FROM repeated)
    RETURNING head,
              CASE $3 WHEN 'agent' THEN jsonb_build_object('agent', header -> 'owner') ELSE '{}' END AS author
), logged AS (
    INSERT INTO entry (conversation_id, seq, at, client_id, body)
    SELECT $1, head, $5, $2, $6::jsonb || author FROM numbered
    RETURNING seq, body
), told AS (
    INSERT INTO outbox (message_id, exchange, routing_key, type, correlation_id, body)
    SELECT $7, $8, $9, $10, $11,
           jsonb_set($12::jsonb, '{data,entry}', ($12::jsonb #> '{data,entry}')
                     || jsonb_build_object('seq', seq, 'body', body))::text
      FROM logged
    RETURNING id, body
)
SELECT seq, id AS outbox_id, told.body AS outbox_body FROM logged, told
UNION ALL
SELECT seq, NULL, NULL FROM repeated

-- name: holders
-- Whose room the conversation takes just now, unlocked: a guess at which agents to lock before it.
SELECT agent_id FROM offer WHERE conversation_id = $1 AND outcome IS NULL
UNION
SELECT owner_id FROM conversation WHERE id = $1 AND state = 'active'

-- name: lock_conversation
-- The conversation, kept from changing until the transaction ends.
SELECT visitor_id, waiting_since, asked,
       (header || jsonb_build_object('conversation_id', id, 'head', head))::text AS header
  FROM conversation
 WHERE id = $1
   FOR NO KEY UPDATE

-- name: lock_pending_offer
-- The conversation's pending offer, kept from changing; its own statement, so that it sees what the lock waited for.
SELECT id, agent_id, agent_name, expires_at FROM offer WHERE conversation_id = $1 AND outcome IS NULL FOR NO KEY UPDATE

-- name: answered
-- The number of the entry that answered this request, if it has been answered.
SELECT seq FROM entry WHERE conversation_id = $1 AND client_id = $2

-- name: save_conversation
-- Keep the conversation as it is after the entries beyond $2, if it is still as it was at $2.
UPDATE conversation
   SET state = $3, owner_id = $4, head = $5, ended_at = $6, asked = $7, header = $8::jsonb
 WHERE id = $1 AND head = $2
RETURNING true

-- name: add_entries
-- Append to a log.
INSERT INTO entry (conversation_id, seq, at, client_id, body)
SELECT $1, * FROM unnest($2::integer[], $3::timestamptz[], $4::uuid[], $5::jsonb[])

-- name: add_offer
-- Make an offer.
INSERT INTO offer (id, conversation_id, agent_id, agent_name, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)

-- name: settle_offer
-- End an offer, unless it has ended.
UPDATE offer SET outcome = $2, ended_at = $3 WHERE id = $1 AND outcome IS NULL RETURNING true

-- name: conversation_of_offer
-- The conversation a pending offer is for.
SELECT conversation_id FROM offer WHERE id = $1 AND outcome IS NULL

-- name: lock_topic
-- One at a time routes a topic or tells places in its queue.
SELECT pg_advisory_xact_lock(hashtextextended('topic:' || $1::uuid::text, 0))

-- name: next_waiting
-- The conversation of the topic whose turn it is: nobody is being asked about it, and it has waited longest.
SELECT c.id, c.asked, t.offer_seconds
  FROM conversation c
  JOIN topic t ON t.id = c.topic_id
 WHERE c.topic_id = $1 AND c.state = 'waiting'
 ORDER BY c.waiting_since, c.id
 LIMIT 1

-- name: line
-- The head of a topic's queue, in order: those who wait and those somebody is being asked about.
SELECT id
  FROM conversation
 WHERE topic_id = $1 AND state IN ('waiting', 'offered')
 ORDER BY waiting_since, id
 LIMIT $2
