-- name: lock_limited
-- One limited mail is counted after the other, until the transaction ends.
SELECT pg_advisory_xact_lock(hashtextextended('dymek-limited-mails', 0))

-- name: is_known
-- Whether a mail has been asked for before.
SELECT EXISTS (SELECT FROM mail WHERE id = $1)

-- name: count_limited
-- How many limited mails have gone since a moment: to one mailbox, and to all.
SELECT count(*) FILTER (WHERE mailbox_key = $1) AS to_recipient, count(*) AS to_all
  FROM mail
 WHERE counted AND asked_at > $2

-- name: add
-- Keep a mail; no row when it is kept already.
INSERT INTO mail (id, kind, recipient, recipient_name, mailbox_key, language, subject_line, body_text, body_html, state,
                  reason, next_try_at, asked_at, counted, announced, ticket_id, conversation_id, about_id, about_name,
                  correlation_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT (id) DO NOTHING
RETURNING id

-- name: claim
-- Note that the mails due are being sent, those whose sender counts as dead included, but none that is under way here.
UPDATE mail
   SET state = 'sending', attempts = attempts + 1, next_try_at = $2
 WHERE id IN (
       SELECT id
         FROM mail
        WHERE state IN ('pending', 'sending') AND next_try_at <= $1 AND id <> ALL ($3::uuid[])
        ORDER BY next_try_at
          FOR UPDATE SKIP LOCKED
        LIMIT $4)
RETURNING *

-- name: give_up
-- Fail the old mails whose sender counts as dead: whoever tries one does not live to say what became of it.
UPDATE mail
   SET state = 'failed', reason = $3, body_text = '', body_html = ''
 WHERE id IN (
       SELECT id
         FROM mail
        WHERE state = 'sending' AND next_try_at <= $1 AND asked_at < $2 AND id <> ALL ($4::uuid[])
          FOR UPDATE SKIP LOCKED)
RETURNING *

-- name: hand_back
-- Leave a mail that was claimed and not tried to whoever claims it next.
UPDATE mail
   SET state = 'pending', attempts = attempts - 1, next_try_at = $3
 WHERE id = $1 AND attempts = $2 AND state = 'sending'
RETURNING id

-- name: settle
-- Note what became of a try, unless another one has begun meanwhile; words that are needed no more are forgotten.
UPDATE mail
   SET state = $3, reason = $4, next_try_at = coalesce($5, next_try_at),
       sent_at = CASE WHEN $3 = 'sent' THEN $6::timestamptz END,
       body_text = CASE WHEN $3 = 'pending' THEN body_text ELSE '' END,
       body_html = CASE WHEN $3 = 'pending' THEN body_html ELSE '' END
 WHERE id = $1 AND attempts = $2 AND state = 'sending'
RETURNING id

-- name: newest
-- The newest mails that fit, below one of them, at most as many as asked for.
SELECT id, kind, recipient, subject_line, state, reason, attempts, next_try_at, asked_at, sent_at, ticket_id,
       conversation_id, about_id, about_name
  FROM mail
 WHERE ($1::text IS NULL OR state = $1)
   AND ($2::uuid IS NULL OR ticket_id = $2)
   AND ($3::uuid IS NULL OR conversation_id = $3)
   AND ($4::uuid IS NULL OR (asked_at, id) < (SELECT asked_at, id FROM mail WHERE id = $4))
   AND ($5::text[] IS NULL OR kind = ANY ($5))
 ORDER BY asked_at DESC, id DESC
 LIMIT $6
