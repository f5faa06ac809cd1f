-- Tickets with their threads, and ratings. Numbers are never given twice; a gap is nobody's loss.
CREATE TABLE ticket (
    id              uuid PRIMARY KEY,
    number          bigint GENERATED ALWAYS AS IDENTITY (START WITH 1001) UNIQUE,
    origin          text NOT NULL,
    status          text NOT NULL,
    conversation_id uuid NOT NULL,
    topic_id        uuid NOT NULL,
    topic_name      text NOT NULL,
    subject_line    text NOT NULL,
    name            text NOT NULL,
    email           text NOT NULL,
    language        text NOT NULL,
    opened_at       timestamptz NOT NULL
);

CREATE TABLE ticket_message (
    ticket_id  uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
    position   int NOT NULL,
    author     text NOT NULL,
    text       text NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (ticket_id, position)
);

CREATE TABLE rating (
    conversation_id uuid PRIMARY KEY,
    client_id       uuid NOT NULL,
    topic_id        uuid NOT NULL,
    topic_name      text NOT NULL,
    agent_id        uuid,
    agent_name      text,
    score           text NOT NULL,
    comment         text NOT NULL,
    rated_at        timestamptz NOT NULL
);
