-- name: renew_gateway
-- A gateway was heard of; no row when something newer of it was heard before.
INSERT INTO gateway AS g (id, number, seen_at)
VALUES ($1, $2, $3)
ON CONFLICT (id) DO UPDATE SET number = excluded.number, seen_at = greatest(g.seen_at, excluded.seen_at)
 WHERE g.number < excluded.number
RETURNING xmax = 0 AS is_new

-- name: replace_pages
-- The pages open at a gateway are these and no others; what came and what went.
WITH told AS (
    SELECT 'agent' AS kind, unnest($2::uuid[]) AS subject
    UNION
    SELECT 'visitor', unnest($3::uuid[])
), gone AS (
    DELETE FROM page p
     WHERE p.gateway_id = $1 AND NOT EXISTS (SELECT FROM told t WHERE t.kind = p.kind AND t.subject = p.subject)
    RETURNING kind, subject
), come AS (
    INSERT INTO page (gateway_id, kind, subject)
    SELECT $1, kind, subject FROM told
    ON CONFLICT DO NOTHING
    RETURNING kind, subject
)
SELECT kind, subject FROM gone UNION ALL SELECT kind, subject FROM come

-- name: lock_gateway
-- When a gateway was last heard of; until the transaction ends nothing new of it is taken.
SELECT seen_at FROM gateway WHERE id = $1 FOR UPDATE

-- name: drop_pages
-- Forget the pages of a gateway.
DELETE FROM page WHERE gateway_id = $1 RETURNING kind, subject

-- name: drop_gateway
-- Forget a gateway.
DELETE FROM gateway WHERE id = $1

-- name: lock_visited
-- Conversations that are not over, kept from changing, in the order in which all lock them.
SELECT id FROM conversation WHERE id = ANY($1::uuid[]) AND state <> 'closed' ORDER BY id FOR NO KEY UPDATE

-- name: note_visitors
-- Since when their visitors have no page open, where that has changed; to be called when they are locked.
UPDATE conversation c
   SET visitor_gone_at = CASE WHEN c.visitor_gone_at IS NULL THEN $2::timestamptz END
 WHERE c.id = ANY($1::uuid[])
   AND (c.visitor_gone_at IS NULL) <> EXISTS (SELECT FROM page p WHERE p.subject = c.id AND p.kind = 'visitor')
RETURNING c.id, c.topic_id, c.visitor_gone_at IS NOT NULL AS gone

-- name: has_visitor
-- Whether a page of the conversation's visitor is open anywhere.
SELECT EXISTS (SELECT FROM page WHERE subject = $1 AND kind = 'visitor')

-- name: agents_away
-- Who has no console open, and since when.
SELECT id, away_since FROM agent WHERE NOT connected AND away_since IS NOT NULL
