-- name: add_rating
-- Store a conversation's first rating; no row when it has one already.
INSERT INTO rating (conversation_id, client_id, topic_id, topic_name, agent_id, agent_name, score, comment, rated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (conversation_id) DO NOTHING
RETURNING conversation_id

-- name: rating_for_update
-- A conversation's rating, held until the transaction ends, so that two changes of it follow one another.
SELECT conversation_id, client_id, topic_id, topic_name, agent_id, agent_name, score, comment, rated_at
  FROM rating
 WHERE conversation_id = $1
   FOR UPDATE

-- name: replace_rating
-- Put a later rating in the place of an earlier one.
UPDATE rating
   SET client_id = $2, topic_id = $3, topic_name = $4, agent_id = $5, agent_name = $6, score = $7, comment = $8,
       rated_at = $9
 WHERE conversation_id = $1
