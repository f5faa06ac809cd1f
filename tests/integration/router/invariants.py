"""What must be true in the router's tables at any moment at which nothing is under way."""

import asyncio
import json
from uuid import UUID

from contracts.entries import Entry
from contracts.views import Header, VisitorHeader, apply_entry, apply_visitor_entry, visitor_entry
from services.chassis.clock import Clock
from services.chassis.database import Connection, Database
from services.router.domain.visitor import visitor_header
from services.router.store import reads

HELD = """
SELECT a.id, a.load, a.capacity,
       (SELECT count(*) FROM offer o WHERE o.agent_id = a.id AND o.outcome IS NULL)
     + (SELECT count(*) FROM participant p
         WHERE p.agent_id = a.id AND p.ended_at IS NULL
           AND NOT EXISTS (SELECT FROM offer o
                            WHERE o.conversation_id = p.conversation_id AND o.agent_id = a.id AND o.outcome IS NULL)
       ) AS held
  FROM agent a
"""

FREE_WHILE_SOMEBODY_WAITS = """
SELECT c.id FROM conversation c
 WHERE c.state = 'waiting'
   AND EXISTS (SELECT FROM agent a
                WHERE a.status = 'available' AND a.connected AND a.load < a.capacity
                  AND c.topic_id = ANY(a.topic_ids))
"""

UNDER_WAY = """
SELECT count(*) FROM deadline WHERE kind IN ('route', 'places', 'presence', 'staffed', 'capacity') OR due_at <= $1
"""

PARTICIPANTS = """
SELECT c.id FROM conversation c
 WHERE ARRAY(SELECT one ->> 'id' FROM jsonb_array_elements(c.header -> 'participants') one ORDER BY 1)
    <> ARRAY(SELECT p.agent_id::text FROM participant p
              WHERE p.conversation_id = c.id AND (p.ended_at IS NULL) = (c.state <> 'closed') ORDER BY 1)
"""

FIRST_ANSWERS = """
SELECT c.id FROM conversation c
 WHERE c.answer_due IS NOT NULL
   AND NOT EXISTS (SELECT FROM deadline d WHERE d.kind = 'answer' AND d.subject = c.id AND d.due_at = c.answer_due)
"""

OFFERS = """
SELECT o.id, o.outcome,
       ARRAY(SELECT e.body ->> 'outcome' FROM entry e
              WHERE e.conversation_id = o.conversation_id
                AND e.body ->> 'kind' = 'offer_ended' AND e.body ->> 'offer_id' = o.id::text) AS logged,
       EXISTS (SELECT FROM deadline d WHERE d.kind = 'offer' AND d.subject = o.id) AS timed
  FROM offer o
"""


async def check_promises(database: Database, clock: Clock) -> None:
    """Check the tables as they were at one moment, the first at which nothing was under way or due."""
    async with database.connection() as connection, asyncio.timeout(10):
        while not await _checked(connection, clock):
            await asyncio.sleep(0.02)


async def _checked(connection: Connection, clock: Clock) -> bool:
    """False where something is still to be looked at; all statements see the same state of the tables."""
    async with connection.transaction(isolation="repeatable_read"):
        if await connection.fetchval(UNDER_WAY, clock.now()):
            return False
        await check_loads(connection)
        assert await connection.fetch(FREE_WHILE_SOMEBODY_WAITS) == []
        assert await connection.fetch(PARTICIPANTS) == []
        assert await connection.fetch(FIRST_ANSWERS) == []
        for offer in await connection.fetch(OFFERS):
            if offer["outcome"] is None:
                assert (offer["logged"], offer["timed"]) == ([], True)
            else:
                assert (offer["logged"], offer["timed"]) == ([offer["outcome"]], False)
        for row in await connection.fetch("SELECT id FROM conversation"):
            await check_log(connection, row["id"])
    return True


async def check_loads(connection: Connection) -> None:
    """A load is what the agent holds; it may exceed only a capacity that has been lowered, which no test does."""
    for agent in await connection.fetch(HELD):
        assert agent["load"] == agent["held"] <= agent["capacity"]


async def check_log(connection: Connection, conversation_id: UUID) -> None:
    """The log has no gap, ends once, and its fold is what is kept, in both views."""
    stand = await reads.stand(connection, conversation_id, 0, None)
    assert stand is not None
    rows = await connection.fetch(
        "SELECT seq, at, body FROM entry WHERE conversation_id = $1 ORDER BY seq", conversation_id
    )
    entries = [Entry(seq=row["seq"], at=row["at"], body=json.loads(row["body"])) for row in rows]
    assert [entry.seq for entry in entries] == list(range(1, stand.header.head + 1))
    header = Header(conversation_id=conversation_id)
    shown = VisitorHeader(conversation_id=conversation_id)
    for entry in entries:
        header = apply_entry(header, entry)
        shown = apply_visitor_entry(shown, visitor_entry(entry))
    assert header == stand.header
    assert shown == visitor_header(stand.header)
    ends = [entry for entry in entries if entry.body.kind == "ended"]
    assert len(ends) == (header.state == "closed")
