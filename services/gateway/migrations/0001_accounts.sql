-- Agent accounts and their sessions. `email_key` is the address as it is compared: trimmed and in lower case.

CREATE TABLE agent (
    agent_id uuid PRIMARY KEY,
    email text NOT NULL,
    email_key text NOT NULL UNIQUE,
    name text NOT NULL,
    password_hash text NOT NULL,
    capacity integer NOT NULL CHECK (capacity > 0),
    topic_ids uuid[] NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- A session is known by the SHA-256 of its token; the token itself is only in the agent's cookie.
CREATE TABLE agent_session (
    session_id uuid PRIMARY KEY,
    agent_id uuid NOT NULL REFERENCES agent ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX agent_session_of_agent ON agent_session (agent_id);
