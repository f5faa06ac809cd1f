"""SIGKILL to one process of the system, and its start again."""

from __future__ import annotations

import asyncio
import random

import asyncpg

from tests.support.system import System

LOCK_HOLDER = """
SELECT pid FROM pg_stat_activity JOIN pg_locks USING (pid)
 WHERE application_name = 'dymek-router-relay' AND datname = current_database()
   AND locktype = 'advisory' AND granted
"""


async def kill(system: System, name: str) -> None:
    """Kill, start again, and wait until it works again; the others go on meanwhile."""
    system.kill(name)
    system.start(name)
    await system.ready(name)


async def kill_relay(system: System, router_database: str) -> None:
    """Kill routers, in any order, until the one that holds the relay's lock is among the killed."""
    for name in (killed := await _kill_holder(system, router_database)):
        system.start(name)
    await system.ready(*killed)


async def _kill_holder(system: System, router_database: str) -> list[str]:
    """It is the one whose session goes with it."""
    killed = []
    connection = await asyncpg.connect(router_database)
    try:
        holder = await connection.fetchval(LOCK_HOLDER)
        while holder is None:
            await asyncio.sleep(0.1)
            holder = await connection.fetchval(LOCK_HOLDER)
        routers = [name for name in system.names if name.startswith("router")]
        for name in random.sample(routers, len(routers)):
            system.kill(name)
            killed.append(name)
            if await _session_ended(connection, holder):
                return killed
    finally:
        await connection.close()
    raise AssertionError("the relay's lock was held by none of the routers")


async def _session_ended(connection: asyncpg.Connection, pid: int) -> bool:
    for _ in range(20):
        if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1)", pid):
            return True
        await asyncio.sleep(0.05)
    return False
