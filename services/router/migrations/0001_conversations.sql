-- Conversations with their logs, the agents who answer them, and the offers in between.

CREATE TABLE topic (
    id            uuid PRIMARY KEY,
    name          text NOT NULL,
    offer_seconds integer NOT NULL CHECK (offer_seconds > 0)
);

-- An agent may be registered before a topic of theirs is made, so topic_ids refers to nothing.
CREATE TABLE agent (
    id              uuid PRIMARY KEY,
    name            text NOT NULL,
    topic_ids       uuid[] NOT NULL,
    capacity        integer NOT NULL CHECK (capacity >= 0),
    load            integer NOT NULL CHECK (load >= 0),
    status          text NOT NULL CHECK (status IN ('available', 'break', 'offline')),
    status_reason   text NOT NULL,
    idle_since      timestamptz NOT NULL,
    account_version bigint NOT NULL,
    desk_version    integer NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- `header` is the fold of the log without its head: a message only counts up `head`, which no index holds, so that
-- the commonest change is the cheapest.
CREATE TABLE conversation (
    id            uuid PRIMARY KEY,
    topic_id      uuid NOT NULL REFERENCES topic,
    visitor_id    uuid NOT NULL,
    state         text NOT NULL CHECK (state IN ('waiting', 'offered', 'active', 'closed')),
    owner_id      uuid REFERENCES agent,
    head          integer NOT NULL CHECK (head > 0),
    waiting_since timestamptz NOT NULL,
    ended_at      timestamptz,
    asked         uuid[] NOT NULL,
    header        jsonb NOT NULL,
    CHECK (state <> 'active' OR owner_id IS NOT NULL),
    CHECK ((state = 'closed') = (ended_at IS NOT NULL))
) WITH (fillfactor = 70);

-- The queue of each topic, and nothing of what is active or over.
CREATE INDEX conversation_line ON conversation (topic_id, waiting_since, id) WHERE state IN ('waiting', 'offered');
CREATE INDEX conversation_active ON conversation (owner_id) WHERE state = 'active';
CREATE INDEX conversation_ended ON conversation (owner_id, ended_at DESC) WHERE state = 'closed';

CREATE TABLE entry (
    conversation_id uuid NOT NULL REFERENCES conversation,
    seq             integer NOT NULL CHECK (seq > 0),
    at              timestamptz NOT NULL,
    client_id       uuid,
    body            jsonb NOT NULL,
    PRIMARY KEY (conversation_id, seq)
);

-- A request is answered by one entry, however often it arrives.
CREATE UNIQUE INDEX entry_of_request ON entry (conversation_id, client_id) WHERE client_id IS NOT NULL;

CREATE TABLE offer (
    id              uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversation,
    agent_id        uuid NOT NULL REFERENCES agent,
    agent_name      text NOT NULL,
    made_at         timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    outcome         text CHECK (outcome IN ('accepted', 'declined', 'expired', 'withdrawn')),
    ended_at        timestamptz,
    CHECK ((outcome IS NULL) = (ended_at IS NULL))
);

CREATE UNIQUE INDEX offer_pending ON offer (conversation_id) WHERE outcome IS NULL;
CREATE INDEX offer_pending_of_agent ON offer (agent_id) WHERE outcome IS NULL;
CREATE INDEX offer_missed ON offer (agent_id, ended_at DESC) WHERE outcome <> 'accepted';
