"""A world with one router per test module; every test makes topics and people of its own."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.integration.router.invariants import check_promises
from tests.integration.router.world import World
from tests.support.in_process import migrated


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def empty_world(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[World]:
    """Servers, and ears on them; no router yet."""
    world = World(amqp_url, await migrated("router", database_urls))
    async with world.listening():
        yield world


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def routed(empty_world: World) -> AsyncIterator[World]:
    async with empty_world.router():
        yield empty_world


@pytest_asyncio.fixture(loop_scope="session")
async def world(routed: World) -> AsyncIterator[World]:
    """The world; what the router promises is checked in its tables after every test."""
    yield routed
    await check_promises(routed.service.database, routed.clock)
