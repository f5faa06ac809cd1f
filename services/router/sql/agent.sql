-- name: lock_agents
-- Agents, kept from changing until the transaction ends; always locked in this order.
SELECT id, name, topic_ids, capacity, load, status, status_reason, idle_since, account_version, role, default_capacity,
       priorities::text AS priorities, status_cause, last_offered_at, connected, away_since
  FROM agent
 WHERE id = ANY($1::uuid[])
 ORDER BY id
   FOR NO KEY UPDATE

-- name: candidates
-- Who could be offered a conversation of the topic just now, unlocked, with what the choice looks at.
SELECT id, coalesce((priorities ->> $1::uuid::text)::integer, 5) AS priority, load, idle_since, last_offered_at
  FROM agent
 WHERE status = 'available' AND connected AND load < capacity AND $1 = ANY(topic_ids)

-- name: offered_conversations
-- What an agent is being asked about; stable while the agent is locked.
SELECT conversation_id FROM offer WHERE agent_id = $1 AND outcome IS NULL ORDER BY conversation_id

-- name: chats_of_agent
-- The conversations an agent takes part in that are not over; stable while the agent is locked.
SELECT conversation_id FROM participant WHERE agent_id = $1 AND ended_at IS NULL ORDER BY conversation_id

-- name: first_answers_typed
-- The conversations whose first answer an agent was typing.
SELECT c.id
  FROM participant p JOIN conversation c ON c.id = p.conversation_id
 WHERE p.agent_id = $1 AND p.ended_at IS NULL AND c.owner_id = $1 AND c.answer_left IS NOT NULL

-- name: has_console
-- Whether a console of the agent's is open anywhere.
SELECT EXISTS (SELECT FROM page WHERE subject = $1 AND kind = 'agent')

-- name: add_agent
-- Add an agent unless there is one of this id.
INSERT INTO agent (id, name, topic_ids, capacity, status, status_reason, idle_since, account_version, role,
                   default_capacity, priorities, status_cause, last_offered_at, connected, away_since, load)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14, $15, $16)
ON CONFLICT (id) DO NOTHING
RETURNING true

-- name: save_agent
-- Keep an agent and count up the desk; a load that grows is refused where there is no room for it.
UPDATE agent
   SET name = $2, topic_ids = $3, capacity = $4, status = $5, status_reason = $6, idle_since = $7, account_version = $8,
       role = $9, default_capacity = $10, priorities = $11::jsonb, status_cause = $12, last_offered_at = $13,
       connected = $14, away_since = $15, load = load + $16, desk_version = desk_version + 1
 WHERE id = $1 AND ($16 <= 0 OR load + $16 <= capacity)
RETURNING true
