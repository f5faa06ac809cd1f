"""Twenty conversations write a thousand messages while the system's processes are killed under them.

Nine times a process gets SIGKILL while messages are on their way: a router, a gateway, and whichever router holds the
relay's lock, three times each. At the end every acknowledged message is in the log once, in the order in which it was
written, on both sides; every offer ended exactly once; and nobody's load is anything but what is really there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial

import pytest

from tests.chaos.checks import check_logs, check_router, dead_letters
from tests.chaos.conversing import PATIENCE, Disturbance, converse
from tests.chaos.killing import kill, kill_relay
from tests.support.system import System

pytestmark = pytest.mark.slow

KILLS = ("router", "gateway", "relay") * 3


@pytest.fixture(scope="module")
async def chaotic_system(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[System]:
    async with System(amqp_url, database_urls, name="kills", gateways=2, routers=2) as system:
        yield system


async def test_nothing_acknowledged_is_lost_when_processes_are_killed(
    chaotic_system: System, amqp_url: str, database_urls: dict[str, str]
) -> None:
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        kills = [_kill(chaotic_system, victim, database_urls["router"], n) for n, victim in enumerate(KILLS)]
        chats = await converse(chaotic_system, kills, stack)
        await check_logs(chaotic_system, chats)
        await check_router(database_urls["router"], chats)
        assert await dead_letters(amqp_url) == 0


def _kill(system: System, victim: str, router_database: str, number: int) -> Disturbance:
    if victim == "relay":
        return partial(kill_relay, system, router_database)
    return partial(kill, system, victim if number % 2 else f"{victim}-2")
