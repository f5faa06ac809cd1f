"""Five hundred conversations live their lives while processes, broker and database die.

Three routers and two gateways; at random moments (the seed is printed) one of them gets SIGKILL, or the router that
holds the relay's lock does, and once each the broker and the database are restarted. In the end no conversation is
stuck: each is closed, a ticket, or an agent's; every timer has fired once, and none more than a second late while all
was up. Where a process was just being started again, which takes a core for seconds, a few seconds are allowed.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from deploy.local.servers import PrivateServers
from tests.chaos.checks import dead_letters
from tests.chaos.killing import kill, kill_relay
from tests.chaos.lives import FIRST_ANSWER_SECONDS, Lives
from tests.chaos.promises import WRONG
from tests.chaos.restarting import restart_broker, restart_database
from tests.chaos.timers import Outage, fired
from tests.support.crowd import WITHOUT_LIMITS, agent_on, make_topic
from tests.support.system import System

pytestmark = [pytest.mark.slow, pytest.mark.alone]

LIVES = 500
AGENTS, CAPACITY = 10, 6
OFFER_SECONDS = 8
SECONDS = 600
"""On a machine that does something else besides; alone it takes a quarter."""
BETWEEN_KILLS = (0.5, 2.0)
MOST_LATE, MOST_LATE_BESIDE_A_KILL = 1.0, 5.0


@pytest.fixture(scope="module")
async def large_system(private_amqp_url: str, private_database_urls: dict[str, str]) -> AsyncIterator[System]:
    async with System(
        private_amqp_url, private_database_urls, name="lifecycles", gateways=2, routers=3, extra=WITHOUT_LIMITS
    ) as system:
        yield system


async def test_no_conversation_is_stuck_and_no_timer_late_whatever_dies(
    private_servers: PrivateServers,
    large_system: System,
    private_amqp_url: str,
    private_database_urls: dict[str, str],
) -> None:
    seed = random.randrange(10**6)
    print(f"\nseed: {seed}")
    database, chance = private_database_urls["router"], random.Random(seed)
    begun = time.monotonic()
    async with asyncio.timeout(SECONDS), AsyncExitStack() as stack:
        lives = await _people(large_system, stack, chance)
        async with asyncio.TaskGroup() as group:
            chaos = group.create_task(_kill_at_random(large_system, private_servers, database, lives, chance))
            await lives.live(LIVES, lambda: _nobody_waits(database))
        database_outages, kills = chaos.result()
    assert lives.lived == LIVES
    await _check(database, database_outages, kills)
    assert await dead_letters(private_amqp_url) == 0
    print(f"{time.monotonic() - begun:.0f} s; done: {dict(lives.deeds)}; refused: {dict(lives.refusals)}")


async def _people(system: System, stack: AsyncExitStack, chance: random.Random) -> Lives:
    topic_id = uuid4()
    parameters: dict[str, Any] = {
        "offer_seconds": OFFER_SECONDS,
        "first_answer_seconds": FIRST_ANSWER_SECONDS,
        "inactivity_seconds": 30,
        "inactivity_warning_seconds": 15,
    }
    await make_topic(system, topic_id, widget="lives", **parameters)
    agents = [
        await agent_on(system, f"Agent {number}", stack, topics=[topic_id], capacity=CAPACITY)
        for number in range(AGENTS)
    ]
    ids = [UUID(agent.desk["agent_id"]) for agent in agents if agent.desk]
    return Lives(system, "lives", topic_id, agents, ids, chance)


async def _kill_at_random(
    system: System, servers: PrivateServers, database: str, lives: Lives, chance: random.Random
) -> tuple[list[Outage], list[Outage]]:
    """Until all have lived; returns when the database was away, and when anything was."""
    database_outages: list[Outage] = []
    kills: list[Outage] = []
    restarts = {LIVES // 3: "broker", LIVES * 2 // 3: "database"}
    while lives.lived < LIVES - AGENTS:
        await asyncio.sleep(chance.uniform(*BETWEEN_KILLS))
        due = [name for after, name in restarts.items() if lives.lived >= after]
        if due:
            restarts = {after: name for after, name in restarts.items() if name not in due}
        victim = due[0] if due else chance.choice([*(n for n in system.names if n[0] in "gr"), "relay"])
        since = datetime.now(UTC)
        match victim:
            case "broker":
                await restart_broker(servers, system)
            case "database":
                await restart_database(servers, system)
                database_outages.append(Outage(since, datetime.now(UTC)))
            case "relay":
                await kill_relay(system, database)
            case _:
                await kill(system, victim)
        kills.append(Outage(since, datetime.now(UTC)))
    assert restarts == {}
    print(f"{len(kills)} kills and restarts")
    return database_outages, kills


async def _nobody_waits(database: str) -> None:
    """Return once every conversation is closed or an agent's."""
    connection = await asyncpg.connect(database)
    try:
        async with asyncio.timeout(60):
            while await connection.fetch(WRONG["conversations that nobody has"]):
                await asyncio.sleep(0.2)
    finally:
        await connection.close()


async def _check(database: str, database_outages: list[Outage], kills: list[Outage]) -> None:
    connection = await asyncpg.connect(database)
    try:
        for what, query in WRONG.items():
            assert [dict(row) for row in await connection.fetch(query)] == [], what
        timers = await fired(connection, first_answer=timedelta(seconds=FIRST_ANSWER_SECONDS))
    finally:
        await connection.close()
    for kind in ("offer", "answer", "inactive"):
        late = sorted(timer.late(database_outages) for timer in timers if timer.kind == kind)
        assert late, f"no timer of kind {kind} fired"
        print(f"{len(late)} timers of kind {kind}: at most {late[-1]:.3f} s late, median {late[len(late) // 2]:.3f} s")
    late_ones = [timer for timer in timers if timer.late(database_outages) > MOST_LATE]
    assert [timer for timer in late_ones if not timer.met(kills)] == []
    assert [timer for timer in late_ones if timer.late(database_outages) > MOST_LATE_BESIDE_A_KILL] == []
    assert [timer for timer in timers if timer.at < timer.due] == []
