-- name: lock_agents
-- Agents, kept from changing until the transaction ends; always locked in this order.
SELECT id, name, topic_ids, capacity, load, status, status_reason, idle_since, account_version
  FROM agent
 WHERE id = ANY($1::uuid[])
 ORDER BY id
   FOR NO KEY UPDATE

-- name: agents_with_room
-- Who could be offered a conversation of the topic just now, unlocked.
SELECT id, name, topic_ids, capacity, load, status, status_reason, idle_since, account_version
  FROM agent
 WHERE status = 'available' AND load < capacity AND $1 = ANY(topic_ids)

-- name: pending_offers
-- What an agent is being asked about; stable while the agent is locked.
SELECT id, conversation_id FROM offer WHERE agent_id = $1 AND outcome IS NULL ORDER BY conversation_id

-- name: add_agent
-- Add an agent unless there is one of this id.
INSERT INTO agent (id, name, topic_ids, capacity, load, status, status_reason, idle_since, account_version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO NOTHING
RETURNING true

-- name: save_agent
-- Keep an agent and count up the desk; a load that grows is refused where there is no room for it.
UPDATE agent
   SET name = $2, topic_ids = $3, capacity = $4, load = load + $5, status = $6, status_reason = $7, idle_since = $8,
       account_version = $9, desk_version = desk_version + 1
 WHERE id = $1 AND ($5 <= 0 OR (status = 'available' AND load + $5 <= capacity))
RETURNING true
