-- Visitors for whom their site vouches, and what a widget offers after a conversation.

-- The secret is a text with which the site signs; a widget without one verifies nobody.
ALTER TABLE widget
    ADD COLUMN rating          boolean NOT NULL DEFAULT true,
    ADD COLUMN transcript      boolean NOT NULL DEFAULT true,
    ADD COLUMN identity_secret text;

-- The normalised address that is vouched for, and until when.
ALTER TABLE visitor
    ADD COLUMN identity_address text,
    ADD COLUMN identity_until   timestamptz,
    ADD CONSTRAINT visitor_identity_check CHECK ((identity_address IS NULL) = (identity_until IS NULL));

CREATE INDEX visitor_identity ON visitor (widget_id, identity_until) WHERE identity_until IS NOT NULL;

-- A token is the first visitor's who brings it: with anybody else it is a copy. Forgotten when it has run out.
CREATE TABLE identity_token (
    widget_id  uuid NOT NULL REFERENCES widget,
    token_id   text NOT NULL,
    visitor_id uuid NOT NULL REFERENCES visitor,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (widget_id, token_id)
);

CREATE INDEX identity_token_expires_at ON identity_token (expires_at);
