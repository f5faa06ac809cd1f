-- name: save_widget
-- Make the widget or replace it, by its key; its secret stays.
INSERT INTO widget (widget_id, key, title, language, topic_ids, allowed_origins,
                    name_shown, name_required, email_shown, email_required, sneak_peek, rating, transcript)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (key) DO UPDATE
SET title = excluded.title, language = excluded.language, topic_ids = excluded.topic_ids,
    allowed_origins = excluded.allowed_origins, name_shown = excluded.name_shown,
    name_required = excluded.name_required, email_shown = excluded.email_shown,
    email_required = excluded.email_required, sneak_peek = excluded.sneak_peek, rating = excluded.rating,
    transcript = excluded.transcript;

-- name: widget
-- A widget by its key.
SELECT * FROM widget WHERE key = $1;

-- name: add_visitor
-- A new visitor of the widget with this key; no row when there is no such widget.
INSERT INTO visitor (visitor_id, widget_id, token_hash, created_at)
SELECT $1, widget_id, $3, $4 FROM widget WHERE key = $2
RETURNING visitor_id;

-- name: visitor
-- Whose token it is, with the widget it was given by.
SELECT v.visitor_id, w.* FROM visitor v JOIN widget w USING (widget_id) WHERE v.token_hash = $1;

-- name: bind_conversation
-- Give the conversation to the visitor, unless somebody has it.
INSERT INTO visitor_conversation (conversation_id, visitor_id, bound_at) VALUES ($1, $2, $3)
ON CONFLICT (conversation_id) DO NOTHING;

-- name: owners
-- The visitor of each of these conversations.
SELECT conversation_id, visitor_id FROM visitor_conversation WHERE conversation_id = ANY($1::uuid[]);
