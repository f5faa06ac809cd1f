-- name: tell_process
-- A router is there; by the database's clock, which is the same for all of them.
INSERT INTO process (id, seen_at)
VALUES ($1, clock_timestamp())
ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at

-- name: processes
-- The routers there are, in order; who has said nothing for too long is forgotten.
WITH gone AS (
    DELETE FROM process WHERE seen_at < clock_timestamp() - $1::interval
)
SELECT id FROM process WHERE seen_at >= clock_timestamp() - $1::interval ORDER BY id

-- name: forget_process
-- A router goes.
DELETE FROM process WHERE id = $1
