-- name: account_by_email
-- What a sign-in is checked against.
SELECT agent_id, name, email, role, version, password_hash FROM agent WHERE email_key = $1;

-- name: rehash
-- Store the same password under newer parameters, unless it has changed meanwhile.
UPDATE agent SET password_hash = $3 WHERE agent_id = $1 AND password_hash = $2;

-- name: open_session
-- Store a session and forget the agent's expired ones.
WITH expired AS (DELETE FROM agent_session WHERE agent_id = $2 AND expires_at <= $4)
INSERT INTO agent_session (session_id, agent_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5);

-- name: session
-- The live session of a token, and whose it is.
SELECT s.session_id, s.created_at, s.expires_at, a.agent_id, a.name, a.email, a.role, a.topic_ids
FROM agent_session s JOIN agent a USING (agent_id)
WHERE s.token_hash = $1 AND s.expires_at > $2;

-- name: prolong_session
-- A session in use lives on.
UPDATE agent_session SET expires_at = $2 WHERE session_id = $1 AND expires_at < $2;

-- name: close_session
-- Sign out.
DELETE FROM agent_session WHERE token_hash = $1 RETURNING session_id;

-- name: prolong_sessions
-- Sessions with a console open live on: $3 after now, at the longest $4 after their beginning, written once in $5.
UPDATE agent_session SET expires_at = least($2 + $3::interval, created_at + $4::interval)
WHERE session_id = ANY($1::uuid[]) AND expires_at > $2
  AND least($2 + $3::interval, created_at + $4::interval) - expires_at > $5::interval;

-- name: live_sessions
-- Those of these sessions that are still open, and whose they are.
SELECT s.session_id, s.created_at, s.expires_at, a.agent_id, a.name, a.email, a.role, a.topic_ids
FROM agent_session s JOIN agent a USING (agent_id)
WHERE s.session_id = ANY($1::uuid[]) AND s.expires_at > $2;
