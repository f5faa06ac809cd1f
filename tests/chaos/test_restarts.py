"""Twenty conversations write a thousand messages while the broker and the database die under the system.

The broker gets SIGKILL and the database an immediate shutdown, each alone and then both together, and both come back
on their own data. The services are not touched: they have to recover by themselves. At the end every acknowledged
message is in the log once and in order on both sides, nothing was dead-lettered, and no conversation is stuck.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial

import pytest

from deploy.local.servers import PrivateServers
from tests.chaos.checks import check_logs, check_router, dead_letters
from tests.chaos.conversing import PATIENCE, converse
from tests.chaos.restarting import restart_both, restart_broker, restart_database
from tests.support.system import System

pytestmark = pytest.mark.slow

RESTARTS = (restart_broker, restart_database, restart_both)


@pytest.fixture(scope="module")
async def system_on_private_servers(
    private_amqp_url: str, private_database_urls: dict[str, str]
) -> AsyncIterator[System]:
    async with System(private_amqp_url, private_database_urls, name="restarts", gateways=2, routers=2) as system:
        yield system


async def test_nothing_acknowledged_is_lost_when_broker_and_database_are_restarted(
    private_servers: PrivateServers,
    system_on_private_servers: System,
    private_amqp_url: str,
    private_database_urls: dict[str, str],
) -> None:
    system, database = system_on_private_servers, private_database_urls["router"]
    processes = {name: system.pid(name) for name in system.names}
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        chats = await converse(system, [partial(restart, private_servers, system) for restart in RESTARTS], stack)
        await check_logs(system, chats)
        await check_router(database, chats)
        assert await dead_letters(private_amqp_url) == 0
    assert {name: system.pid(name) for name in system.names if system.is_running(name)} == processes
