"""Routing and posting look at what is open, however many conversations are over."""

import pytest
import pytest_asyncio

from services.router.store import QUERIES
from tests.integration.router.world import World

OVER = """
INSERT INTO conversation (id, topic_id, visitor_id, state, owner_id, head, waiting_since, ended_at, asked, header)
SELECT gen_random_uuid(), $1, gen_random_uuid(), 'closed', $2, 1, now(), now() - interval '1 day', '{}',
       jsonb_build_object('topic', jsonb_build_object('id', $1::uuid, 'name', 'Sprzedaż'))
  FROM generate_series(1, 5000)
"""

TOOK_PART = """
INSERT INTO participant (conversation_id, agent_id, ended_at)
SELECT id, owner_id, ended_at FROM conversation WHERE state = 'closed' AND owner_id = $1
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def over(routed: World) -> tuple[str, str]:
    """A topic and an agent with five thousand conversations that are over."""
    topic = await routed.topic()
    jan = await routed.agent(topic)
    async with routed.service.database.connection() as connection:
        await connection.execute(OVER, topic.id, jan.id)
        await connection.execute(TOOK_PART, jan.id)
        await connection.execute("ANALYZE conversation, participant")
    return str(topic.id), str(jan.id)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("next_waiting", "conversation_turn"),
        ("line", "conversation_line"),
        ("snapshot", "conversation_line"),
        ("desk", "participant_active"),
        ("desk", "participant_ended"),
        ("desk", "offer_pending_of_agent"),
        ("board", "conversation_open"),
        ("past", "conversation_of_visitor"),
        ("past_of_customer", "conversation_of_customer"),
        ("last_owner", "conversation_of_visitor"),
        ("offered_conversations", "offer_pending_of_agent"),
        ("chats_of_agent", "participant_active"),
        ("holders", "offer_pending"),
        ("answered", "entry_of_request"),
    ],
)
async def test_no_query_of_a_command_reads_what_is_over(
    routed: World, query: str, index: str, over: tuple[str, str]
) -> None:
    topic_id, agent_id = over
    values: dict[str, list[object]] = {
        "next_waiting": [topic_id],
        "line": [topic_id, 100],
        "snapshot": [topic_id, 0, 1000, agent_id],
    }
    values |= {"desk": [agent_id, "2020-01-01", "2020-01-01", 20], "board": [agent_id, 500], "past": [topic_id, 50]}
    values |= {"past_of_customer": [topic_id, "true", 50]}
    values |= {"holders": [f"{{{topic_id}}}"], "answered": [topic_id, agent_id], "last_owner": [topic_id]}
    statement = QUERIES[query]
    for number, value in enumerate(values.get(query, [agent_id]), start=1):
        statement = statement.replace(f"${number}", f"'{value}'" if isinstance(value, str) else str(value))
    async with routed.service.database.connection() as connection, connection.transaction():
        await connection.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {statement}"))
    assert index in plan, plan
    assert "Seq Scan on conversation" not in plan, plan
