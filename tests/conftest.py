"""Fixtures for all tests. Those that need no servers ask for none, and none are started for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from hypothesis import settings

from deploy.local import processes
from deploy.local.steps import Problem
from tests.support.servers import Servers, chosen_servers, end_what_workers_left
from tests.support.system import System

PORTS_EACH = 2000

# How long one example takes says something of the machine, not of the rule it tests.
settings.register_profile("dymek", deadline=None)
settings.load_profile("dymek")


def pytest_configure(config: pytest.Config) -> None:
    """Give each of several processes that share the tests ports of its own: two may look for a free one at once."""
    worker: dict[str, str] | None = getattr(config, "workerinput", None)
    if worker is not None:
        first = processes.PORTS.start + int(worker["workerid"].removeprefix("gw")) * PORTS_EACH
        processes.PORTS = range(first, first + PORTS_EACH)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind of those who shared the tests."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        end_what_workers_left()


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """PostgreSQL and RabbitMQ for the session."""

    def tell(text: str) -> None:
        capture = request.config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():
            print(f"\nservers: {text}", flush=True)

    tell("looking for PostgreSQL and RabbitMQ; local ones take some seconds to start")
    try:
        with chosen_servers() as chosen:
            tell(chosen.source)
            yield chosen
    except Problem as problem:
        pytest.exit(str(problem), returncode=3)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database_url(servers: Servers) -> AsyncIterator[str]:
    """A fresh database, as administrator: with an empty schema per service."""
    name, _ = await servers.new_database()
    yield servers.admin_url(name)
    await servers.drop_database(name)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database_urls(servers: Servers) -> AsyncIterator[dict[str, str]]:
    """A fresh database: the URL of each service's own role."""
    name, urls = await servers.new_database()
    yield urls
    await servers.drop_database(name)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def amqp_url(servers: Servers) -> AsyncIterator[str]:
    """A virtual host without queues."""
    url = await servers.new_vhost()
    yield url
    await servers.drop_vhost(url)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def system(request: pytest.FixtureRequest, amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[System]:
    """The whole system, running, with demo data."""
    async with System(amqp_url, database_urls, name=request.module.__name__.rsplit(".", 1)[-1]) as running_system:
        yield running_system
