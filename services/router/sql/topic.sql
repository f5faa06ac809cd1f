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
