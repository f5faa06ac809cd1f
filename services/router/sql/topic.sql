-- name: topic
-- A topic with its parameters.
SELECT id, version, name, settings::text AS settings FROM topic WHERE id = $1

-- name: topics
-- All topics, by name.
SELECT id, version, name, settings::text AS settings FROM topic ORDER BY name, id

-- name: add_topic
-- Make a topic unless there is one of this id.
INSERT INTO topic (id, name, version, settings) VALUES ($1, $2, 1, $3::jsonb) ON CONFLICT (id) DO NOTHING RETURNING true

-- name: routing_settings
-- What holds for all topics and agents, where it was ever set.
SELECT version, settings::text AS settings FROM routing_settings

-- name: lock_topic_row
-- A topic with its parameters, kept from changing until the transaction ends.
SELECT id, version, name, settings::text AS settings FROM topic WHERE id = $1 FOR NO KEY UPDATE

-- name: save_topic
-- Change a topic that is still of the version $4.
UPDATE topic SET name = $2, settings = $3::jsonb, version = version + 1 WHERE id = $1 AND version = $4 RETURNING version

-- name: topics_staffed
-- Of each topic, whether an available agent has a console open, as it was last told.
SELECT id, staffed FROM topic

-- name: topic_staffed
-- The same of one topic.
SELECT staffed FROM topic WHERE id = $1

-- name: note_staff
-- Keep whether an available agent of the topic has a console open, where that has changed.
UPDATE topic t
   SET staffed = now.staffed
  FROM (SELECT EXISTS (SELECT FROM agent WHERE status = 'available' AND connected AND $1 = ANY(topic_ids)) AS staffed) now
 WHERE t.id = $1 AND t.staffed <> now.staffed
RETURNING true

-- name: open_conversations
-- The conversations of a topic that are not over; read from the index that holds no others.
SELECT id FROM conversation WHERE topic_id = $1 AND state <> 'closed'

-- name: hold_routing_settings
-- Keep what holds for all from changing until the transaction ends.
SELECT pg_advisory_xact_lock_shared(hashtextextended('routing_settings', 0))

-- name: lock_routing_settings
-- Wait until nobody keeps it from changing.
SELECT pg_advisory_xact_lock(hashtextextended('routing_settings', 0))

-- name: add_routing_settings
-- Set what holds for all topics and agents for the first time.
INSERT INTO routing_settings (version, settings) VALUES ($2::integer + 1, $1::jsonb) ON CONFLICT DO NOTHING RETURNING version

-- name: save_routing_settings
-- Change it, if it is still of the version $2.
UPDATE routing_settings SET settings = $1::jsonb, version = version + 1 WHERE version = $2 RETURNING version

-- name: agents_without_capacity
-- Who has the capacity that holds for all.
SELECT id FROM agent WHERE default_capacity
