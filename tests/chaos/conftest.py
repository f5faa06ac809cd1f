"""A broker and a database of these tests' own, for what nobody else may be disturbed by."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from deploy.local import servers as local
from deploy.local.processes import only_run
from deploy.local.servers import PrivateServers
from deploy.local.steps import ROOT, Problem
from tests.support.servers import Servers

FOLDER = ROOT / "var" / "test" / "restarts"
BUSY = "other tests of this checkout are restarting the servers of var/test/restarts; wait for them."


@pytest.fixture(scope="session")
def private_servers() -> Iterator[PrivateServers]:
    """Private servers that a test may kill, if it starts them again; ended with the session."""
    try:
        with only_run(FOLDER, BUSY), local.running(FOLDER) as running:
            yield running
    except Problem as problem:
        pytest.fail(str(problem))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def private_database_urls(private_servers: PrivateServers) -> AsyncIterator[dict[str, str]]:
    """A fresh database on the private server: the URL of each service's own role."""
    servers = _as_servers(private_servers)
    name, urls = await servers.new_database()
    yield urls
    await servers.drop_database(name)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def private_amqp_url(private_servers: PrivateServers) -> AsyncIterator[str]:
    """The private broker, without queues."""
    servers = _as_servers(private_servers)
    url = await servers.new_vhost()
    yield url
    await servers.drop_vhost(url)


def _as_servers(private: PrivateServers) -> Servers:
    return Servers("private servers", private.postgres.url, private.rabbitmq.url(), None)
