"""A gateway that says nothing any more, and who may conclude what from its silence."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from services.router.messaging import PRESENCE_QUEUE
from services.router.vigil import Vigil
from tests.integration.router.invariants import check_promises
from tests.integration.router.world import Gateway, World
from tests.support.in_process import migrated

LEASE = 3.0
AWAY = "SELECT NOT connected FROM agent WHERE id = $1"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[World]:
    """A router that waits for a gateway three seconds, so that a test can wait for it too."""
    world = World(amqp_url, await migrated("router", database_urls), lease=LEASE)
    async with world.listening(), world.router():
        yield world
        await check_promises(world.service.database)


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
