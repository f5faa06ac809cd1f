"""The list of twenty thousand tickets: filtered, sorted and searched, page by page, without looking at them all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from contracts.base import NamedRef
from contracts.tickets import TicketSummary
from services.tickets.domain.listing import Filter, Place, Sort
from services.tickets.domain.ticket import UNREAD_FOR
from services.tickets.store.listing import page_statement
from tests.integration.tickets.conftest import JAN, Agent, agents_of, rows_of
from tests.support.in_process import running

COUNT = 20_000
BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(days=100)
"""Fourteen days of tickets: of those that nobody has read, not all are as new as what can be unread."""
TOPICS = [NamedRef(id=UUID(int=100 + n), name=name) for n, name in enumerate(("Sprzedaż", "Serwis", "Faktury"))]
AGENTS = [NamedRef(id=UUID(int=200 + n), name=f"Agent {n}") for n in range(40)]
STATUSES = ("new", "open", "open", "waiting", "closed", "closed", "closed", "closed", "closed", "closed")

FILL = """
INSERT INTO ticket (id, origin, conversation_id, name, email, language, opened_at, version, changed_at, status,
                    topic_id, topic_name, assignee_id, assignee_name, subject_line, tags, customer_id, customer_name,
                    search)
SELECT ('00000000-0000-0000-0001-' || lpad(n::text, 12, '0'))::uuid, 'after_hours', NULL, 'Osoba ' || n,
       'osoba' || n || '@example.com', 'pl', $1::timestamptz + n * interval '1 minute', 1 + n % 3,
       $1::timestamptz + (n * 7919 % $2) * interval '1 minute', ($3::text[])[1 + n % 10],
       ($4::uuid[])[1 + n % 3], ($5::text[])[1 + n % 3],
       CASE WHEN n % 4 > 0 THEN ($6::uuid[])[1 + n % 40] END, CASE WHEN n % 4 > 0 THEN 'Agent ' || (n % 40) END,
       'Pytanie ' || n, CASE WHEN n % 50 = 0 THEN ARRAY['pilne'] ELSE '{}' END,
       CASE WHEN n % 2 = 0 THEN ('00000000-0000-0000-0002-' || lpad((n % 500)::text, 12, '0'))::uuid END,
       CASE WHEN n % 2 = 0 THEN 'Klient' END,
       array_to_tsvector(ARRAY['pytanie', n::text, 'osoba' || n, CASE WHEN n % 97 = 0 THEN 'lodz' ELSE 'x' END])
  FROM generate_series(1, $2::int) AS n
"""
READ = "INSERT INTO ticket_read SELECT $1, id, version FROM ticket WHERE number % 100 <> 0"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def jan(tickets_url: str, amqp_url: str) -> AsyncIterator[Agent]:
    """An agent who has read all but every hundredth of twenty thousand tickets."""
    async with rows_of(tickets_url) as rows:
        topics, names = [topic.id for topic in TOPICS], [topic.name for topic in TOPICS]
        await rows.execute(FILL, BEGAN, COUNT, list(STATUSES), topics, names, [agent.id for agent in AGENTS])
        await rows.execute(READ, JAN.id)
        await rows.execute("ANALYZE ticket")
        await rows.execute("ANALYZE ticket_read")
    async with running("tickets", tickets_url, amqp_url) as app, agents_of(app, JAN) as (agent,):
        yield agent


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort", ["changed", "opened", "number"])
async def test_pages_together_are_the_whole_list_in_order_and_nothing_twice(jan: Agent, sort: str, order: str) -> None:
    found: list[TicketSummary] = []
    after: str | None = None
    total: int | None = None
    for _ in range(10):
        query: dict[str, Any] = {"tag": "pilne", "sort": sort, "order": order, "limit": 50}
        query |= {"after": after} if after else {}
        page = await jan.page(**query)
        total = page.total if total is None else total
        found += page.tickets
        after = page.next
        if after is None:
            break
    assert len(found) == total == COUNT // 50
    times = {"changed": "changed_at", "opened": "opened_at"}
    values = [(getattr(one, times.get(sort, "number")), one.number) for one in found]
    assert all((a < b) == (order == "asc") for a, b in pairwise(values))


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ({"status": "new"}, lambda one: one.status == "new"),
        ({"status": ["new", "waiting"]}, lambda one: one.status in ("new", "waiting")),
        ({"assignee": "none"}, lambda one: one.assignee is None),
        ({"assignee": AGENTS[7].id}, lambda one: one.assignee == AGENTS[7]),
        ({"topic": TOPICS[1].id}, lambda one: one.topic == TOPICS[1]),
        ({"topic": [TOPICS[1].id, TOPICS[2].id]}, lambda one: one.topic in TOPICS[1:]),
        ({"tag": " Pilne"}, lambda one: one.tags == ("pilne",)),
        ({"unread": True}, lambda one: one.unread),
        ({"q": "Łódź"}, lambda one: int(one.subject_line.split()[1]) % 97 == 0),
        ({"q": "osoba1234"}, lambda one: one.name.startswith("Osoba 1234")),
        ({"q": "#1500"}, lambda one: one.number == 1500 or one.subject_line.startswith("Pytanie 1500")),
        ({"q": "pyt osoba77", "status": "closed"}, lambda one: one.name.startswith("Osoba 77")),
    ],
)
async def test_a_list_holds_what_was_asked_for(jan: Agent, query: dict[str, Any], holds: Any) -> None:
    page = await jan.page(limit=100, **query)
    assert page.tickets
    assert all(holds(one) for one in page.tickets)


async def test_what_nobody_has_changed_for_ninety_days_is_not_unread(jan: Agent) -> None:
    page = await jan.page(limit=100, unread=True)
    bound = datetime.now(UTC) - UNREAD_FOR
    assert page.total is not None
    assert 0 < page.total < COUNT // 100
    assert all(one.changed_at is not None and one.changed_at > bound for one in page.tickets)
    oldest = await jan.page(limit=100, order="asc")
    assert not any(one.unread for one in oldest.tickets), "nor is it marked where it is listed"


async def test_a_list_of_more_than_ten_thousand_does_not_say_how_many(jan: Agent) -> None:
    assert (await jan.page()).total is None
    assert (await jan.page(status="closed", assignee=AGENTS[5].id)).total == COUNT // 40
    assert (await jan.page(q="...")).total == 0


@pytest.mark.parametrize("after", ["", "x", "bnVtYmVyfHwx", "Y2hhbmdlZHx8MQ"])
async def test_a_place_of_another_list_is_refused(jan: Agent, after: str) -> None:
    answer = await jan.send("GET", "/internal/tickets", agent_id=JAN.id, sort="changed", after=after)
    assert (answer.status_code, answer.json()["detail"][:7]) == (422, "after: ")


MIDDLE = Place(10_000, BEGAN + timedelta(days=3))


@pytest.mark.parametrize(
    ("only", "sort"),
    [
        (Filter(), "changed"),
        (Filter(), "opened"),
        (Filter(), "number"),
        (Filter(statuses=("new",)), "changed"),
        (Filter(statuses=("open", "waiting")), "changed"),
        (Filter(assignee_id=AGENTS[3].id), "changed"),
        (Filter(assignee_id="none", statuses=("new",)), "changed"),
        (Filter(topic_ids=(TOPICS[0].id,)), "opened"),
        (Filter(topic_ids=(TOPICS[0].id, TOPICS[2].id)), "changed"),
        (Filter(tag="pilne"), "changed"),
        (Filter(customer_id=UUID("00000000-0000-0000-0002-000000000040")), "changed"),
        (Filter(unread=True), "changed"),
        (Filter(asked="łódź"), "changed"),
        (Filter(asked="#1234"), "number"),
    ],
)
@pytest.mark.parametrize("after", [None, MIDDLE])
async def test_no_page_looks_at_all_tickets(
    jan: Agent, tickets_url: str, only: Filter, sort: Sort, after: Place | None
) -> None:
    if sort == "number" and after is not None:
        after = Place(after.number)
    statement = page_statement(JAN.id, only, sort, "desc", after, 51, datetime.now(UTC))
    assert statement is not None
    async with rows_of(tickets_url) as rows:
        plan = "\n".join(row[0] for row in await rows.fetch(f"EXPLAIN {statement.text}", *statement.parameters))
    assert "Seq Scan on ticket " not in plan, plan
