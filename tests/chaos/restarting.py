"""The broker or the database dies at once and comes back on the same data; the services have to bear it."""

from __future__ import annotations

import asyncio

from deploy.local.servers import PrivateServers
from tests.support.system import System


async def restart_broker(servers: PrivateServers, system: System) -> None:
    """Kill the broker, start it on what it had on its disk, and wait until every process works again."""
    await asyncio.to_thread(servers.rabbitmq.crash)
    servers.rabbitmq.start()
    await asyncio.to_thread(servers.rabbitmq.wait)
    await system.ready()


async def restart_database(servers: PrivateServers, system: System) -> None:
    """Shut the database down without a checkpoint, have it recover, and wait until every process works again."""
    await asyncio.to_thread(servers.postgres.crash)
    servers.postgres.start()
    await asyncio.to_thread(servers.postgres.wait)
    await system.ready()


async def restart_both(servers: PrivateServers, system: System) -> None:
    """Both at the same time, as when the machine under them loses its power."""
    await asyncio.gather(restart_broker(servers, system), restart_database(servers, system))
