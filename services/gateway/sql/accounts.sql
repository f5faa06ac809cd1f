-- name: account_by_email
-- What a sign-in is checked against.
SELECT agent_id, name, email, password_hash FROM agent WHERE email_key = $1;

-- name: save_agent
-- Make the account or change it, by its address; a higher version tells the router which change is newer.
INSERT INTO agent (agent_id, email, email_key, name, password_hash, capacity, topic_ids)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (email_key) DO UPDATE
SET email = excluded.email, name = excluded.name, password_hash = excluded.password_hash,
    capacity = excluded.capacity, topic_ids = excluded.topic_ids, version = agent.version + 1
RETURNING agent_id, version;

-- name: end_sessions_of
-- A changed password ends every session of the account.
DELETE FROM agent_session WHERE agent_id = $1;

-- name: rehash
-- Store the same password under newer parameters, unless it has changed meanwhile.
UPDATE agent SET password_hash = $3 WHERE agent_id = $1 AND password_hash = $2;

-- name: open_session
-- Store a session and forget the agent's expired ones.
WITH expired AS (DELETE FROM agent_session WHERE agent_id = $2 AND expires_at <= $4)
INSERT INTO agent_session (session_id, agent_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5);

-- name: session
-- The live session of a token, and whose it is.
SELECT s.session_id, s.created_at, s.expires_at, a.agent_id, a.name, a.email
FROM agent_session s JOIN agent a USING (agent_id)
WHERE s.token_hash = $1 AND s.expires_at > $2;

-- name: prolong_session
-- A session in use lives on.
UPDATE agent_session SET expires_at = $2 WHERE session_id = $1 AND expires_at < $2;

-- name: close_session
-- Sign out.
DELETE FROM agent_session WHERE token_hash = $1 RETURNING session_id;

-- name: live_sessions
-- Which of these sessions are still open.
SELECT session_id FROM agent_session WHERE session_id = ANY($1::uuid[]) AND expires_at > $2;
