-- Outgoing mail with what became of it, and which agents want to hear of what by mail.

CREATE TABLE mail (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    recipient text NOT NULL,
    recipient_name text NOT NULL,
    -- What addresses of one mailbox have in common; empty where mail cannot be addressed.
    mailbox_key text NOT NULL,
    language text NOT NULL,
    subject_line text NOT NULL,
    -- Kept until the mail is sent or given up.
    body_text text NOT NULL,
    body_html text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed')),
    reason text NOT NULL DEFAULT '',
    attempts integer NOT NULL DEFAULT 0,
    -- Pending: when it is tried. Sending: when whoever sends it counts as dead, and it is tried again.
    next_try_at timestamptz NOT NULL,
    asked_at timestamptz NOT NULL,
    sent_at timestamptz,
    -- Counts towards the limits of confirmations.
    counted boolean NOT NULL,
    -- Whoever asked for it is told what becomes of it.
    announced boolean NOT NULL,
    ticket_id uuid,
    conversation_id uuid,
    about_id uuid,
    about_name text,
    correlation_id uuid
);
CREATE INDEX mail_due ON mail (next_try_at) WHERE state IN ('pending', 'sending');
CREATE INDEX mail_newest ON mail (asked_at DESC, id DESC);
CREATE INDEX mail_counted ON mail (asked_at) WHERE counted;
CREATE INDEX mail_of_ticket ON mail (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX mail_of_conversation ON mail (conversation_id) WHERE conversation_id IS NOT NULL;

CREATE TABLE agent_contact (
    agent_id uuid PRIMARY KEY,
    version integer NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    language text NOT NULL,
    topic_ids uuid[] NOT NULL,
    new_tickets boolean NOT NULL,
    missed_chats boolean NOT NULL
);
