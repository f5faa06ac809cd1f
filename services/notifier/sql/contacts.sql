-- name: save_contact
-- Keep where an agent wants to hear of what, unless something newer is kept.
INSERT INTO agent_contact (agent_id, version, name, email, language, topic_ids, new_tickets, missed_chats)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (agent_id) DO UPDATE
   SET version = excluded.version, name = excluded.name, email = excluded.email, language = excluded.language,
       topic_ids = excluded.topic_ids, new_tickets = excluded.new_tickets, missed_chats = excluded.missed_chats
 WHERE agent_contact.version < excluded.version

-- name: contacts
-- The agents who want to hear of anything.
SELECT agent_id, version, name, email, language, topic_ids, new_tickets, missed_chats
  FROM agent_contact
 WHERE new_tickets OR missed_chats
 ORDER BY agent_id
