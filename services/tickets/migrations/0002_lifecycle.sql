-- The life of a ticket, who has read it, transcripts, and what lists and figures are found by. New columns have defaults
-- under which the release before this one goes on.
ALTER TABLE ticket
    ALTER COLUMN conversation_id DROP NOT NULL,
    ADD COLUMN version         int NOT NULL DEFAULT 1,
    ADD COLUMN changed_at      timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN postponed_until timestamptz,
    ADD COLUMN assignee_id     uuid,
    ADD COLUMN assignee_name   text,
    ADD COLUMN tags            text[] NOT NULL DEFAULT '{}',
    ADD COLUMN customer_id     uuid,
    ADD COLUMN customer_name   text,
    ADD COLUMN customer_chosen boolean NOT NULL DEFAULT false,
    ADD COLUMN lookup_version  int,
    ADD COLUMN last_line       text NOT NULL DEFAULT '',
    ADD COLUMN search          tsvector NOT NULL DEFAULT '';

ALTER TABLE ticket_message
    ADD COLUMN id          uuid UNIQUE,
    ADD COLUMN kind        text NOT NULL DEFAULT 'message',
    ADD COLUMN mail_state  text,
    ADD COLUMN mail_reason text NOT NULL DEFAULT '',
    ADD COLUMN mail_at     timestamptz;

-- Words as services/tickets/domain/search.py cuts them, as far as Polish and English texts go.
UPDATE ticket
   SET changed_at = opened_at,
       last_line = left(message.text, 120),
       search = array_to_tsvector(ARRAY(
           SELECT DISTINCT left(word, 64)
             FROM regexp_split_to_table(
                      translate(lower(concat_ws(' ', subject_line, name, email, message.text)),
                                'ąćęłńóśźż', 'acelnoszz'), '[^[:alnum:]]+') AS word
            WHERE word <> ''))
  FROM ticket_message AS message
 WHERE message.ticket_id = ticket.id AND message.position = 1;

CREATE INDEX ticket_changed ON ticket (changed_at, number);
CREATE INDEX ticket_opened ON ticket (opened_at, number);
CREATE INDEX ticket_status ON ticket (status, changed_at, number);
CREATE INDEX ticket_assignee ON ticket (assignee_id, changed_at, number);
CREATE INDEX ticket_topic ON ticket (topic_id, changed_at, number);
CREATE INDEX ticket_customer ON ticket (customer_id, changed_at, number);
CREATE INDEX ticket_conversation ON ticket (conversation_id);
CREATE INDEX ticket_tags ON ticket USING gin (tags);
CREATE INDEX ticket_search ON ticket USING gin (search);

-- The version at which an agent last read a ticket, or changed it.
CREATE TABLE ticket_read (
    agent_id  uuid NOT NULL,
    ticket_id uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
    seen      int NOT NULL,
    PRIMARY KEY (agent_id, ticket_id)
);

-- One row from whichever comes first: the conversation's end, or the wish for its transcript.
CREATE TABLE transcript (
    conversation_id uuid PRIMARY KEY,
    requested       boolean NOT NULL DEFAULT false,
    mailed          boolean NOT NULL DEFAULT false,
    ended           jsonb
);

CREATE INDEX rating_rated_at ON rating (rated_at);
