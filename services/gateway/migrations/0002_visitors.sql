-- Widgets, the visitors who opened one, and which conversations are theirs.

CREATE TABLE widget (
    widget_id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    title text NOT NULL,
    language text NOT NULL,
    topic_ids uuid[] NOT NULL,
    allowed_origins text[] NOT NULL,
    name_shown boolean NOT NULL,
    name_required boolean NOT NULL,
    email_shown boolean NOT NULL,
    email_required boolean NOT NULL,
    sneak_peek boolean NOT NULL
);

-- A visitor is known by the SHA-256 of a random token; the token itself is only in the visitor's browser.
CREATE TABLE visitor (
    visitor_id uuid PRIMARY KEY,
    widget_id uuid NOT NULL REFERENCES widget,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);

-- Written before the conversation's start is published, so that whoever names an id first owns it.
CREATE TABLE visitor_conversation (
    conversation_id uuid PRIMARY KEY,
    visitor_id uuid NOT NULL REFERENCES visitor,
    bound_at timestamptz NOT NULL
);

CREATE INDEX visitor_conversation_of_visitor ON visitor_conversation (visitor_id);
