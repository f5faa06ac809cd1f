-- name: agents
-- Every account, by name.
SELECT agent_id, email, name, capacity, topic_ids, role, priorities, version FROM agent ORDER BY lower(name), email_key;

-- name: add_agent
-- Make the account, unless the address has one.
INSERT INTO agent (agent_id, email, email_key, name, password_hash, capacity, topic_ids, role, priorities)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)
ON CONFLICT (email_key) DO NOTHING
RETURNING version;

-- name: change_agent
-- Change the account, unless it is another version by now; a higher one tells the router which change is newer.
UPDATE agent
SET email = $3, email_key = $4, name = $5, password_hash = coalesce($6, password_hash), capacity = $7, topic_ids = $8,
    role = $9, priorities = $10::jsonb, version = version + 1
WHERE agent_id = $1 AND version = $2
RETURNING version;

-- name: agent_exists
-- Whether there is such an account.
SELECT true FROM agent WHERE agent_id = $1;

-- name: administrators
-- Who they are, held so that two of them cannot both cease to be the last one.
SELECT agent_id FROM agent WHERE role = 'administrator' ORDER BY agent_id FOR UPDATE;

-- name: end_sessions_of
-- A changed password ends every session of the account, but for the one that changed it.
DELETE FROM agent_session WHERE agent_id = $1 AND session_id IS DISTINCT FROM $2 RETURNING session_id;
