-- name: widget_secret
-- What a widget's site signs with, if it does.
SELECT identity_secret FROM widget WHERE widget_id = $1;

-- name: claim_identity
-- Give the token to the visitor unless another has it, and note for whom it vouches; no row when another has it, or when
-- the secret is another one by now (the lock makes a new secret and this statement follow one another).
WITH site AS (
    SELECT widget_id FROM widget WHERE widget_id = $1 AND identity_secret = $6 FOR SHARE
), token AS (
    INSERT INTO identity_token (widget_id, token_id, visitor_id, expires_at)
    SELECT widget_id, $2, $3, $5 FROM site
    ON CONFLICT (widget_id, token_id) DO UPDATE SET expires_at = identity_token.expires_at
    RETURNING visitor_id
)
UPDATE visitor SET identity_address = $4, identity_until = $5
WHERE visitor_id = $3 AND visitor_id = (SELECT visitor_id FROM token)
RETURNING true;

-- name: vouched_address
-- The address that is vouched for now, of this visitor.
SELECT identity_address, identity_until FROM visitor WHERE visitor_id = $1 AND identity_until > $2;

-- name: replace_secret
-- From now on only tokens signed with this secret are good.
UPDATE widget SET identity_secret = $2 WHERE key = $1 RETURNING widget_id;

-- name: end_identities
-- Nobody of this widget is vouched for any more.
UPDATE visitor SET identity_address = NULL, identity_until = NULL WHERE widget_id = $1 AND identity_until IS NOT NULL;

-- name: forget_tokens
-- Tokens that have run out; at most so many.
DELETE FROM identity_token
WHERE ctid = ANY (ARRAY(SELECT ctid FROM identity_token WHERE expires_at < $1 LIMIT $2));

-- name: forget_identities
-- Addresses that are vouched for no longer; at most so many.
UPDATE visitor SET identity_address = NULL, identity_until = NULL
WHERE visitor_id = ANY (ARRAY(SELECT visitor_id FROM visitor WHERE identity_until < $1 LIMIT $2));

-- name: widgets
-- Every widget, by its key.
SELECT key, title, identity_secret IS NOT NULL AS has_secret FROM widget ORDER BY key;
