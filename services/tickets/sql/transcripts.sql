-- name: end_conversation
-- Keep a conversation that is over, unless it is kept; what is known of its transcript.
INSERT INTO transcript AS t (conversation_id, ended)
VALUES ($1, $2::jsonb)
ON CONFLICT (conversation_id) DO UPDATE SET ended = coalesce(t.ended, excluded.ended)
RETURNING requested, mailed, ended::text AS ended

-- name: request_transcript
-- The visitor wants the transcript; what is known of it.
INSERT INTO transcript (conversation_id, requested)
VALUES ($1, true)
ON CONFLICT (conversation_id) DO UPDATE SET requested = true
RETURNING requested, mailed, ended::text AS ended

-- name: transcript_mailed
-- The transcript is on its way, for good.
UPDATE transcript SET mailed = true WHERE conversation_id = $1

-- name: ended_conversation
-- A conversation that is over; no row, or an empty one, while it is not.
SELECT ended::text AS ended FROM transcript WHERE conversation_id = $1
