-- name: hold_templates
-- One change at a time of shared templates ($1 NULL) or of one agent's own, so that no two take the same shortcut.
SELECT pg_advisory_xact_lock(hashtextextended('dymek-templates:' || coalesce($1::uuid::text, 'shared'), 0));

-- name: templates_for
-- What an agent may use: their own, then the shared ones of all topics or of theirs ($3), or every shared one ($2).
SELECT template_id, version, agent_id, shortcut, title, body, topic_ids
FROM reply_template
WHERE agent_id = $1 OR (agent_id IS NULL AND ($2 OR topic_ids = '{}' OR topic_ids && $3::uuid[]))
ORDER BY agent_id IS NULL, lower(title), template_id;

-- name: templates_of
-- All shared templates ($1 NULL), or all of one agent's own.
SELECT template_id, version, agent_id, shortcut, title, body, topic_ids
FROM reply_template
WHERE agent_id IS NOT DISTINCT FROM $1::uuid;

-- name: template
-- One of them.
SELECT template_id, version, agent_id, shortcut, title, body, topic_ids FROM reply_template WHERE template_id = $1;

-- name: add_template
-- Keep a new one, unless the id is taken.
INSERT INTO reply_template (template_id, agent_id, shortcut, title, body, topic_ids)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (template_id) DO NOTHING
RETURNING version;

-- name: change_template
-- Replace the one of this version.
UPDATE reply_template SET shortcut = $3, title = $4, body = $5, topic_ids = $6, version = version + 1
WHERE template_id = $1 AND version = $2
RETURNING version;

-- name: drop_template
-- Remove the one of this version.
DELETE FROM reply_template WHERE template_id = $1 AND version = $2 RETURNING template_id;
