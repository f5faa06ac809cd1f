-- name: preferences
-- What the agent has chosen.
SELECT language, new_tickets, missed_chats FROM agent WHERE agent_id = $1;

-- name: save_preferences
-- Keep the agent's choice, unless it is what is kept.
UPDATE agent SET language = $2, new_tickets = $3, missed_chats = $4
WHERE agent_id = $1 AND (language, new_tickets, missed_chats) IS DISTINCT FROM ($2, $3, $4)
RETURNING agent_id;

-- name: next_contact
-- Where the agent wants to hear of what, under a version of its own that no earlier word of it had.
UPDATE agent SET contact_version = contact_version + 1
WHERE agent_id = $1
RETURNING agent_id, contact_version AS version, name, email, language, topic_ids, new_tickets, missed_chats;
