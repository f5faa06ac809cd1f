-- Which consumer has handled which message; the row commits with the handler's work, so that a repetition finds it.
CREATE TABLE inbox (
    message_id uuid NOT NULL,
    consumer text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (message_id, consumer)
);
CREATE INDEX inbox_received_at ON inbox (received_at);
