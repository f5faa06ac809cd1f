"""The router on its real store and broker keeps the same promises, so that tables and rules cannot drift apart."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.router.world import World
from tests.state_machine.agents import Agents
from tests.state_machine.house import House
from tests.state_machine.real import RealRouter, StillClock
from tests.state_machine.visitors import Visitors
from tests.support.in_process import migrated

# Nothing is made smaller that failed: that would take many times as long, and a failure can be read as it is.
FEW = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    print_blob=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[World]:
    world = World(amqp_url, await migrated("router", database_urls), clock=StillClock(), lease=86_400)
    async with world.listening(), world.router():
        yield world


@pytest.mark.slow
async def test_the_real_router_keeps_the_promises_of_its_rules(world: World) -> None:
    loop = asyncio.get_running_loop()

    class RealCompany(Visitors, Agents, House):
        system: RealRouter

        def new_system(self) -> RealRouter:
            return RealRouter(world, loop)

        def teardown(self) -> None:
            self.system.check_snapshots()

    await asyncio.to_thread(run_state_machine_as_test, RealCompany, settings=FEW)
