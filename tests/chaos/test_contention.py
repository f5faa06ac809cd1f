"""Three routers, twenty agents with three places each, two hundred conversations: everybody wants everything at once.

Each offer is answered by sixteen commands at the same time: its agent accepts eight times and declines five times,
three colleagues accept too, each command with an id of its own. Most offers of one of the four topics are answered just
when they expire, and now and then an agent goes on a break meanwhile. A settlement is one such command, answered; ten
thousand are counted. Whoever accepts leaves soon, so that two hundred conversations wait, are offered and come back
until the end.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from contracts.parameters import RoutingSettings
from tests.chaos.contest import Contest
from tests.chaos.fairness import overtaken
from tests.chaos.watching import watched
from tests.support.switchboard import Switchboard
from tests.support.system import System

pytestmark = [pytest.mark.slow, pytest.mark.alone]

SETTLEMENTS = 10_000
AGENTS, CAPACITY, CHATS, TOPICS = 20, 3, 200, 4
SECONDS = 400

OUTCOMES = """
SELECT o.id, o.outcome,
       ARRAY(SELECT e.body ->> 'outcome' FROM entry e
              WHERE e.conversation_id = o.conversation_id
                AND e.body ->> 'kind' = 'offer_ended' AND e.body ->> 'offer_id' = o.id::text) AS logged
  FROM offer o
"""


@pytest.fixture(scope="module")
async def three_routers(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[System]:
    async with System(amqp_url, database_urls, name="contention", routers=3, only=["router"], demo=False) as system:
        yield system


async def test_ten_thousand_contested_settlements_have_one_outcome_each(
    three_routers: System, amqp_url: str, database_urls: dict[str, str]
) -> None:
    topics = [uuid4() for _ in range(TOPICS)]
    await _configure(three_routers, topics)
    async with asyncio.timeout(SECONDS), Switchboard(amqp_url) as board, asyncio.TaskGroup() as group:
        agents = [
            await board.new_agent([topics[n % TOPICS], topics[(n + 1) % TOPICS]], capacity=CAPACITY, name=f"Agent {n}")
            for n in range(AGENTS)
        ]
        contest = Contest(board, agents, SETTLEMENTS, group)
        await contest.start(topics, CHATS)
        async with watched(database_urls["router"]) as watch:
            for agent in agents:
                await board.come_on([agent])
            await contest.reached.wait()
        await contest.end()
        assert board.contradictions == []
        assert board.overloaded == []
    assert watch.wrong_loads == []
    assert watch.idle == set()
    await _check_outcomes(database_urls["router"], contest)
    await _check_order(database_urls["router"])
    _report(contest, watch.looks, watch.longest_idle)


async def _configure(system: System, topics: list[UUID]) -> None:
    """In one topic the shortest offers there are; and nobody is put on a break for letting one expire."""
    async with httpx.AsyncClient(
        base_url=system.url_of("router"),
        headers={"Authorization": f"Bearer {system.service_token}"},
        trust_env=False,
        timeout=20,
    ) as router:
        for number, topic in enumerate(topics):
            body = {"id": str(topic), "name": f"Temat {number}", "offer_seconds": 60 if number else 5}
            (await router.post("/internal/topics", json=body)).raise_for_status()
        settings = RoutingSettings.model_validate((await router.get("/internal/routing-settings")).json())
        body = settings.model_copy(update={"break_after_missed": False}).model_dump(mode="json")
        (await router.put("/internal/routing-settings", json=body)).raise_for_status()


async def _check_outcomes(database: str, contest: Contest) -> None:
    """Each offer ended once; whoever was told that they had won is the one who had."""
    connection = await asyncpg.connect(database)
    try:
        offers = {row["id"]: (row["outcome"], row["logged"]) for row in await connection.fetch(OUTCOMES)}
        unfinished = await connection.fetchval("SELECT count(*) FROM conversation WHERE state <> 'closed'")
        loads = await connection.fetch("SELECT name FROM agent WHERE load <> 0")
    finally:
        await connection.close()
    assert (unfinished, loads) == (0, [])
    assert contest.twice == []
    for offer_id, (outcome, logged) in offers.items():
        assert logged == [outcome]
        won = contest.won.get(offer_id)
        assert {"accept_offer": "accepted", "decline_offer": "declined"}.get(won or "") == (
            outcome if outcome in ("accepted", "declined") else None
        )
    # The race with the clock was one: each side won some of it.
    assert contest.raced_with_expiry["expired"] > 0
    assert contest.raced_with_expiry["accept_offer"] + contest.raced_with_expiry["decline_offer"] > 0


async def _check_order(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        offers, wrong = await overtaken(connection)
    finally:
        await connection.close()
    assert offers > SETTLEMENTS / 25
    assert wrong == []


def _report(contest: Contest, looks: int, longest_idle: float) -> None:
    outcomes = Counter(contest.won.values())
    print(
        f"\n{contest.settlements} settlements; won: {dict(outcomes)}; at the moment of expiry: "
        f"{dict(contest.raced_with_expiry)}; refused: {dict(contest.refusals)}; {looks} looks at the loads; "
        f"longest idle while somebody waited: {longest_idle:.2f} s"
    )
