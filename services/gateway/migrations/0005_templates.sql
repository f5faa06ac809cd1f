-- Reply templates, and what an agent chose for themselves.

-- Shared by the agents of `topic_ids` (none: of all), or of `agent_id` alone.
CREATE TABLE reply_template (
    template_id uuid PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1,
    agent_id uuid REFERENCES agent ON DELETE CASCADE,
    shortcut text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    topic_ids uuid[] NOT NULL,
    CHECK (agent_id IS NULL OR topic_ids = '{}')
);

CREATE INDEX reply_template_of_agent ON reply_template (agent_id);

-- `contact_version` rises with whatever the notifier should know of an agent: name, address, topics, language, wishes.
-- Until now nobody could wish to hear of anything by mail, so there is nothing to tell it of accounts that are there.
ALTER TABLE agent
    ADD COLUMN language        text NOT NULL DEFAULT 'pl' CHECK (language IN ('pl', 'en')),
    ADD COLUMN new_tickets     boolean NOT NULL DEFAULT false,
    ADD COLUMN missed_chats    boolean NOT NULL DEFAULT false,
    ADD COLUMN contact_version bigint NOT NULL DEFAULT 0;
