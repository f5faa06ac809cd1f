"""SIGKILL to one process of the system, and its start again."""

from __future__ import annotations

import asyncio
import contextlib
import random
from pathlib import Path
from typing import Final

import asyncpg

from tests.support.system import System

LOCK_HOLDER: Final = """
SELECT pid FROM pg_stat_activity JOIN pg_locks USING (pid)
 WHERE application_name = 'dymek-router-relay' AND datname = current_database()
   AND locktype = 'advisory' AND granted
"""
HOLDERS_PORT: Final = "SELECT client_port FROM pg_stat_activity WHERE pid = $1"


async def kill(system: System, name: str) -> None:
    """Kill, start again, and wait until it works again; the others go on meanwhile."""
    system.kill(name)
    system.start(name)
    await system.ready(name)


async def kill_relay(system: System, router_database: str) -> None:
    """Kill the router that holds the relay's lock; where it is not known, any, until that one is among the killed."""
    for name in (killed := await _kill_holder(system, router_database)):
        system.start(name)
    await system.ready(*killed)


async def relay_of(system: System, connection: asyncpg.Connection) -> str | None:
    """The router that holds the relay's lock; None where none does, or its connection comes through a proxy."""
    port = await connection.fetchval(HOLDERS_PORT, await connection.fetchval(LOCK_HOLDER))
    if port is None:
        return None
    return next((name for name in _routers(system) if port in _ports_of(system.pid(name))), None)


def _ports_of(pid: int) -> set[int]:
    """The local ports of a process's TCP connections."""
    sockets = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            sockets.add(descriptor.readlink().name)
    lines = (line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:])
    return {int(fields[1].split(":")[1], 16) for fields in lines if f"socket:[{fields[9]}]" in sockets}


def _routers(system: System) -> list[str]:
    return [name for name in system.names if name.startswith("router")]


async def _kill_holder(system: System, router_database: str) -> list[str]:
    """It is the one whose session goes with it."""
    killed = []
    connection = await asyncpg.connect(router_database)
    try:
        holder = await connection.fetchval(LOCK_HOLDER)
        while holder is None:
            await asyncio.sleep(0.1)
            holder = await connection.fetchval(LOCK_HOLDER)
        known = await relay_of(system, connection)
        routers = _routers(system)
        for name in [known] if known else random.sample(routers, len(routers)):
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
