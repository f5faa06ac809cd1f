"""A gateway that says nothing any more, and who may conclude what from its silence."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from deploy.local.processes import free_port
from services.router.messaging import PRESENCE_QUEUE
from services.router.vigil import Vigil
from tests.integration.router.invariants import check_promises
from tests.integration.router.people import Agent
from tests.integration.router.world import Gateway, World
from tests.support.cable import Cable
from tests.support.in_process import migrated

LEASE = 3.0
AWAY = "SELECT NOT connected FROM agent WHERE id = $1"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def cable(amqp_url: str) -> AsyncIterator[Cable]:
    """Between the router and the broker."""
    async with Cable(free_port()) as cable:
        await cable.plug_in(urlsplit(amqp_url).port or 5672)
        yield cable


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(amqp_url: str, cable: Cable, database_urls: dict[str, str]) -> AsyncIterator[World]:
    """A router that waits for a gateway three seconds, so that a test can wait for it too."""
    world = World(amqp_url, await migrated("router", database_urls), lease=LEASE)
    async with world.listening():
        world.amqp_url = amqp_url.replace(f":{urlsplit(amqp_url).port}", f":{cable.port}")
        async with world.router():
            yield world
            await check_promises(world.service.database, world.clock)


async def test_a_killed_gateways_agents_are_away_since_it_was_last_heard_of(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic, on=False)
    killed = Gateway(agents={jan.id})
    await world.publisher.publish(killed.presence(world.clock.now()))
    await world.eventually("SELECT EXISTS (SELECT FROM gateway WHERE id = $1)", killed.id)
    world.gateway.agents.discard(jan.id)
    await world.tell_presence()
    async with world.service.database.connection() as connection:
        seen_at = await connection.fetchval("SELECT seen_at FROM gateway WHERE id = $1", killed.id)
    await world.eventually(AWAY, jan.id)
    async with world.service.database.connection() as connection:
        assert await connection.fetchval("SELECT away_since FROM agent WHERE id = $1", jan.id) == seen_at
        assert not await connection.fetchval("SELECT EXISTS (SELECT FROM gateway WHERE id = $1)", killed.id)
        assert await connection.fetchval("SELECT EXISTS (SELECT FROM gateway WHERE id = $1)", world.gateway.id)


async def test_a_killed_gateways_visitors_are_gone_since_it_was_last_heard_of(world: World) -> None:
    anna = await world.visitor(await world.topic())
    killed = Gateway(conversations={anna.conversation_id})
    await world.publisher.publish(killed.presence(world.clock.now()))
    await world.eventually("SELECT visitor_gone_at IS NOT NULL FROM conversation WHERE id = $1", anna.conversation_id)


@pytest.mark.parametrize("half_dead", [False, True])
async def test_a_router_that_the_broker_is_lost_to_signs_nobody_off(
    world: World, cable: Cable, half_dead: bool
) -> None:
    jan = await world.agent(await world.topic())
    before = await kept(world, jan)
    if half_dead:
        cable.stall()
    else:
        await cable.cut()
    silent = "SELECT clock_timestamp() - seen_at > 2 * $2::interval FROM gateway WHERE id = $1"
    await world.eventually(silent, world.gateway.id, timedelta(seconds=LEASE))
    await cable.mend()
    heard = "SELECT clock_timestamp() - seen_at < $2::interval FROM gateway WHERE id = $1"
    await world.eventually(heard, world.gateway.id, timedelta(seconds=LEASE))
    anna = await world.visitor(await world.topic())
    assert (await anna.post()).refusal is None
    assert before[0]
    assert await kept(world, jan) == before


async def kept(world: World, agent: Agent) -> tuple[object, ...]:
    """Whether the agent is connected, and how often anything of them has changed."""
    async with world.service.database.connection() as connection:
        row = await connection.fetchrow("SELECT connected, desk_version FROM agent WHERE id = $1", agent.id)
    assert row is not None
    return tuple(row)


def vigil(world: World, queue: str = PRESENCE_QUEUE.name) -> Vigil:
    return Vigil(world.service.database, world.service.link, world.clock, queue)


async def listened(vigil: Vigil, world: World, seconds: int) -> float:
    """For how long the vigil holds after so many seconds with a look in each."""
    for _ in range(seconds):
        await vigil.look()
        world.clock.ahead += timedelta(seconds=1)
    await vigil.look()
    return vigil.length(world.clock.now()).total_seconds()


async def test_who_has_just_begun_to_listen_concludes_nothing(world: World) -> None:
    begun = vigil(world)
    assert not begun.length(world.clock.now())
    assert await listened(begun, world, 5) >= 5


async def test_a_time_without_a_look_begins_the_vigil_anew(world: World) -> None:
    paused = vigil(world)
    await listened(paused, world, 5)
    world.clock.ahead += timedelta(seconds=60)
    assert not paused.length(world.clock.now())
    assert await listened(paused, world, 2) < 5


async def test_who_cannot_hear_concludes_nothing(world: World) -> None:
    assert not await listened(vigil(world, "router.no-such-queue"), world, 5)
