"""What the router's tables must not hold when everything has come to rest: by its name, the rows that are wrong."""

from typing import Final

WRONG: Final = {
    "conversations that nobody has": """
        SELECT id, state FROM conversation
         WHERE NOT (state = 'closed' OR state = 'active' AND owner_id IS NOT NULL)""",
    "tickets that were never opened": """
        SELECT id FROM conversation c
         WHERE EXISTS (SELECT FROM entry e WHERE e.conversation_id = c.id AND e.body ->> 'reason' = 'became_ticket')
           AND NOT EXISTS (SELECT FROM entry e
                            WHERE e.conversation_id = c.id AND e.body ->> 'kind' = 'ticket_opened')""",
    "logs with a gap": """
        SELECT c.id, c.head, count(*) FROM conversation c JOIN entry e ON e.conversation_id = c.id
         GROUP BY c.id HAVING count(*) <> c.head OR max(seq) <> c.head""",
    "conversations that ended twice, or are closed without an end": """
        SELECT c.id, c.state, count(e) FROM conversation c
          LEFT JOIN entry e ON e.conversation_id = c.id AND e.body ->> 'kind' = 'ended'
         GROUP BY c.id HAVING count(e) <> (c.state = 'closed')::int""",
    "offers that did not end exactly once": """
        SELECT o.id, o.outcome, count(e) FROM offer o
          LEFT JOIN entry e ON e.conversation_id = o.conversation_id AND e.body ->> 'offer_id' = o.id::text
               AND e.body ->> 'kind' = 'offer_ended' AND e.body ->> 'outcome' = o.outcome
         GROUP BY o.id HAVING count(e) <> 1""",
    "loads that are not what agents hold": """
        SELECT a.name, a.load FROM agent a
         WHERE a.load <> (SELECT count(*) FROM participant p WHERE p.agent_id = a.id AND p.ended_at IS NULL)
                       + (SELECT count(*) FROM offer o WHERE o.agent_id = a.id AND o.outcome IS NULL)""",
    "timers that did not fire": """
        SELECT kind, subject, due_at FROM deadline WHERE due_at < now() - interval '2 seconds'""",
    "messages that were not sent": "SELECT id, type FROM outbox WHERE created_at < now() - interval '5 seconds'",
}
