-- The whole lifecycle: parameters, several agents in a conversation, first answers, inactivity, and who is there.

-- Parameters are read and saved as a whole (contracts.parameters), so they are kept as one value. `staffed` is what was
-- last told of the topic's agents.
ALTER TABLE topic
    ADD COLUMN version  integer NOT NULL DEFAULT 1,
    ADD COLUMN settings jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN staffed  boolean NOT NULL DEFAULT false;
UPDATE topic SET settings = jsonb_build_object('offer_seconds', offer_seconds);
ALTER TABLE topic DROP COLUMN offer_seconds;

CREATE TABLE routing_settings (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    version  integer NOT NULL,
    settings jsonb NOT NULL
);

-- `connected`: a console is open; without one, `away_since` says since when.
ALTER TABLE agent
    ADD COLUMN role             text NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'supervisor', 'administrator')),
    ADD COLUMN default_capacity boolean NOT NULL DEFAULT false,
    ADD COLUMN priorities       jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN status_cause     text NOT NULL DEFAULT 'chosen'
        CHECK (status_cause IN ('chosen', 'missed_offer', 'connection_lost')),
    ADD COLUMN last_offered_at  timestamptz,
    ADD COLUMN connected        boolean NOT NULL DEFAULT false,
    ADD COLUMN away_since       timestamptz;

-- `departed` maps agents who left to why, as the log says. `answer_due` is when the owner's first answer is overdue;
-- while they type it, `answer_left` keeps what was left. Silence counts from `visitor_wrote_at` or `visitor_gone_at`.
ALTER TABLE conversation
    ADD COLUMN departed         jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN preferred_id     uuid,
    ADD COLUMN unanswered       boolean NOT NULL DEFAULT false,
    ADD COLUMN answer_due       timestamptz,
    ADD COLUMN answer_left      interval,
    ADD COLUMN owned_at         timestamptz,
    ADD COLUMN visitor_wrote_at timestamptz,
    ADD COLUMN visitor_gone_at  timestamptz,
    ADD COLUMN warned_at        timestamptz;
UPDATE conversation SET owned_at = waiting_since, visitor_wrote_at = waiting_since WHERE state <> 'closed';
-- Whoever was silent before silences were timed is looked at too, once gateways have told which pages are open.
INSERT INTO deadline (kind, subject, due_at)
SELECT 'inactive', id, now() + interval '5 minutes' FROM conversation WHERE state <> 'closed';
-- Of these the queue of a topic is read: whose turn it is, and what the board shows.
CREATE INDEX conversation_turn ON conversation (topic_id, waiting_since, id) WHERE state = 'waiting';
CREATE INDEX conversation_open ON conversation (waiting_since, id) WHERE state <> 'closed';
CREATE INDEX conversation_of_visitor ON conversation (visitor_id, waiting_since DESC);
DROP INDEX conversation_active;
DROP INDEX conversation_ended;

-- Who takes part, and took part when it ended; who leaves before the end is taken out.
CREATE TABLE participant (
    conversation_id uuid NOT NULL REFERENCES conversation,
    agent_id        uuid NOT NULL REFERENCES agent,
    ended_at        timestamptz,
    PRIMARY KEY (conversation_id, agent_id)
);
CREATE INDEX participant_active ON participant (agent_id) WHERE ended_at IS NULL;
CREATE INDEX participant_ended ON participant (agent_id, ended_at DESC) WHERE ended_at IS NOT NULL;
INSERT INTO participant (conversation_id, agent_id, ended_at)
SELECT id, owner_id, ended_at FROM conversation WHERE owner_id IS NOT NULL;

ALTER TABLE offer ADD COLUMN chosen_by_id uuid, ADD COLUMN chosen_by_name text;

-- Which gateways there are, and the pages open at each: an agent's console, or a visitor's at a conversation.
CREATE TABLE gateway (
    id      uuid PRIMARY KEY,
    number  bigint NOT NULL,
    seen_at timestamptz NOT NULL
);

CREATE TABLE page (
    gateway_id uuid NOT NULL REFERENCES gateway ON DELETE CASCADE,
    kind       text NOT NULL CHECK (kind IN ('agent', 'visitor')),
    subject    uuid NOT NULL,
    PRIMARY KEY (gateway_id, kind, subject)
);
CREATE INDEX page_subject ON page (subject);

-- Which routers there are: among them the partitions of commands are shared.
CREATE TABLE process (
    id      uuid PRIMARY KEY,
    seen_at timestamptz NOT NULL
);

-- Until a gateway says otherwise nobody is here; who does not come back soon loses their conversations.
UPDATE agent SET away_since = now();
INSERT INTO deadline (kind, subject, due_at) SELECT 'chats_lost', id, now() + interval '5 minutes' FROM agent;
