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

-- name: rating
-- A conversation's rating.
SELECT conversation_id, score, comment, rated_at FROM rating WHERE conversation_id = $1

-- name: ratings_of_conversations
-- The ratings of some conversations, the newest first.
SELECT conversation_id, score, comment, rated_at
  FROM rating
 WHERE conversation_id = ANY ($1::uuid[])
 ORDER BY rated_at DESC

-- name: counts
-- How often each score was given from one moment until before another: by topic, agent, and day on the clocks of $3.
SELECT topic_id, topic_name, agent_id, agent_name, (rated_at AT TIME ZONE $3)::date AS day, score, count(*) AS count
  FROM rating
 WHERE rated_at >= $1 AND rated_at < $2
 GROUP BY 1, 2, 3, 4, 5, 6
 ORDER BY 5, 1, 2, 3, 4, 6

-- name: comments
-- The newest comments of that time.
SELECT conversation_id, score, comment, rated_at
  FROM rating
 WHERE rated_at >= $1 AND rated_at < $2 AND comment <> ''
 ORDER BY rated_at DESC
 LIMIT $3
