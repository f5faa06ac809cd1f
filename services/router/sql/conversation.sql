-- name: add_conversation
-- Begin a conversation unless there is one of this id.
INSERT INTO conversation (id, topic_id, state, owner_id, head, ended_at, asked, departed, unanswered, answer_due,
                          answer_left, owned_at, visitor_wrote_at, visitor_gone_at, warned_at, header, visitor_id,
                          waiting_since, preferred_id, verified)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13, $14, $15, $16::jsonb, $17, $18, $19, $20)
ON CONFLICT (id) DO NOTHING
RETURNING true

-- name: post
-- Log a message and tell of it, in one statement: none twice, none where the author may not write (lifecycle.post).
-- What it changes beside the log (conversation.evolve) is the visitor's silence, and the wait for a first answer.
-- A repetition that another transaction is just logging meets the unique index on the request.
WITH repeated AS (
    SELECT seq FROM entry WHERE conversation_id = $1 AND client_id = $2
), waited AS (
    SELECT unanswered AND $3 = 'agent' AND owner_id = $4 AS for_it FROM conversation WHERE id = $1
), numbered AS (
    UPDATE conversation
       SET head = head + 1,
           visitor_wrote_at = CASE $3 WHEN 'visitor' THEN $5 ELSE visitor_wrote_at END,
           unanswered = unanswered AND NOT ($3 = 'agent' AND owner_id = $4),
           answer_due = CASE WHEN $3 = 'agent' AND owner_id = $4 THEN NULL ELSE answer_due END,
           answer_left = CASE WHEN $3 = 'agent' AND owner_id = $4 THEN NULL ELSE answer_left END
     WHERE id = $1
       AND state <> 'closed'
       AND CASE $3
           WHEN 'visitor' THEN visitor_id = $4
           WHEN 'agent' THEN header -> 'participants' @> jsonb_build_array(jsonb_build_object('id', $4::uuid))
           ELSE false END
       AND NOT EXISTS (SELECT FROM repeated)
    RETURNING head,
              CASE $3
              WHEN 'agent' THEN (SELECT jsonb_build_object('agent', one)
                                   FROM jsonb_array_elements(header -> 'participants') AS one
                                  WHERE one ->> 'id' = $4::uuid::text)
              ELSE '{}' END AS author
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
SELECT seq, id AS outbox_id, told.body AS outbox_body, for_it AS first_answer FROM logged, told, waited
UNION ALL
SELECT seq, NULL, NULL, NULL FROM repeated

-- name: holders
-- Whose room the conversation takes just now, unlocked: a guess at which agents to lock before it.
SELECT agent_id FROM offer WHERE conversation_id = ANY($1::uuid[]) AND outcome IS NULL
UNION
SELECT agent_id FROM participant WHERE conversation_id = ANY($1::uuid[]) AND ended_at IS NULL

-- name: lock_conversation
-- The conversation, kept from changing until the transaction ends.
SELECT visitor_id, waiting_since, asked, departed::text AS departed, preferred_id, unanswered, answer_due, answer_left,
       owned_at, visitor_wrote_at, visitor_gone_at, warned_at, verified,
       (header || jsonb_build_object('conversation_id', id, 'head', head))::text AS header
  FROM conversation
 WHERE id = $1
   FOR NO KEY UPDATE

-- name: lock_pending_offer
-- The conversation's pending offer, kept from changing; its own statement, so that it sees what the lock waited for.
SELECT id, agent_id, agent_name, expires_at, chosen_by_id, chosen_by_name
  FROM offer
 WHERE conversation_id = $1 AND outcome IS NULL
   FOR NO KEY UPDATE

-- name: answered
-- The number of the entry that answered this request, if it has been answered.
SELECT seq FROM entry WHERE conversation_id = $1 AND client_id = $2

-- name: holds_answer
-- Whether an agent wrote something in the conversation.
SELECT EXISTS (SELECT FROM entry WHERE conversation_id = $1 AND body ->> 'kind' = 'agent_message')

-- name: save_conversation
-- Keep the conversation as it is after the entries beyond $17, if it is still as it was there.
UPDATE conversation
   SET topic_id = $2, state = $3, owner_id = $4, head = $5, ended_at = $6, asked = $7, departed = $8::jsonb,
       unanswered = $9, answer_due = $10, answer_left = $11, owned_at = $12, visitor_wrote_at = $13,
       visitor_gone_at = $14, warned_at = $15, header = $16::jsonb
 WHERE id = $1 AND head = $17
RETURNING true

-- name: add_entries
-- Append to a log.
INSERT INTO entry (conversation_id, seq, at, client_id, body)
SELECT $1, * FROM unnest($2::integer[], $3::timestamptz[], $4::uuid[], $5::jsonb[])

-- name: add_participant
-- Somebody takes part.
INSERT INTO participant (conversation_id, agent_id) VALUES ($1, $2)

-- name: remove_participant
-- Somebody takes part no longer.
DELETE FROM participant WHERE conversation_id = $1 AND agent_id = $2

-- name: end_participation
-- The conversation is over for all who take part.
UPDATE participant SET ended_at = $2 WHERE conversation_id = $1

-- name: add_offer
-- Make an offer.
INSERT INTO offer (id, conversation_id, agent_id, agent_name, made_at, expires_at, chosen_by_id, chosen_by_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: settle_offer
-- End an offer, unless it has ended.
UPDATE offer SET outcome = $2, ended_at = $3 WHERE id = $1 AND outcome IS NULL RETURNING true

-- name: agent_of_offer
-- The agent of a pending offer.
SELECT agent_id FROM offer WHERE id = $1 AND outcome IS NULL

-- name: last_owner
-- Who owned the visitor's last conversation that had an owner.
SELECT owner_id
  FROM conversation
 WHERE visitor_id = $1 AND owner_id IS NOT NULL
 ORDER BY waiting_since DESC
 LIMIT 1

-- name: lock_topic
-- One at a time routes a topic or tells places in its queue.
SELECT pg_advisory_xact_lock(hashtextextended('topic:' || $1::uuid::text, 0))

-- name: next_waiting
-- The conversation of the topic whose turn it is: nobody is being asked about it, and it has waited longest.
SELECT id, asked, preferred_id
  FROM conversation
 WHERE topic_id = $1 AND state = 'waiting'
 ORDER BY waiting_since, id
 LIMIT 1

-- name: line
-- The head of a topic's queue, in order: those who wait and those somebody is being asked about.
SELECT id
  FROM conversation
 WHERE topic_id = $1 AND state IN ('waiting', 'offered')
 ORDER BY waiting_since, id
 LIMIT $2
