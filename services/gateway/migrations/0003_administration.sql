-- What an account may do, and what routing should know of it.

-- Without a capacity the global one holds. `priorities` maps topics to 1 (asked first) .. 9; 5 where none is named.
ALTER TABLE agent
    ALTER COLUMN capacity DROP NOT NULL,
    ADD COLUMN role       text NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'supervisor', 'administrator')),
    ADD COLUMN priorities jsonb NOT NULL DEFAULT '{}';
