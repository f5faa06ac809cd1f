"""Killed again and again while mails go out, the notifier loses none and doubles none but those on the wire."""

import asyncio
from collections import Counter

import asyncpg
import pytest

from services.chassis.migrate import migrate, migrations_of
from tests.integration.notifier.conftest import reply
from tests.support.mail_server import MailServer
from tests.support.system import System
from tests.support.wiretap import Wiretap

MAILS = 40
KILLS = 4
AT_ONCE = 4
"""How many mails one process sends at a time: the most that one kill can double."""


@pytest.mark.slow
async def test_kills_lose_no_mail_and_double_only_what_was_on_the_wire(
    amqp_url: str, database_urls: dict[str, str]
) -> None:
    await migrate(database_urls["notifier"], "notifier", migrations_of("notifier"))
    asked = [reply(f"Odpowiedź {n}") for n in range(MAILS)]
    async with MailServer() as server:
        settings = {"DYMEK_NOTIFIER_SMTP_PORT": str(server.port), "DYMEK_NOTIFIER_SMTP_SECONDS": "5"}
        system = System(amqp_url, database_urls, demo=False, only=("notifier",), extra=settings)
        async with system, Wiretap(amqp_url) as tap:
            for n, one in enumerate(asked):
                await tap.say(one)
                if n % (MAILS // KILLS) == 0:
                    system.kill("notifier")
                    await _leave_nothing_waiting_for_the_dead(database_urls["notifier"])
                    system.start("notifier")
                    await system.ready("notifier")
            await _all_sent(database_urls["notifier"])
    copies = Counter(taken.id.strip("<>").partition("@")[0] for taken in server.mails)
    assert set(copies) == {str(one.mail_id) for one in asked}
    assert sum(copies.values()) - MAILS <= KILLS * AT_ONCE
    bodies = {taken.id: taken.content for taken in server.mails}
    assert all(taken.content == bodies[taken.id] for taken in server.mails)


async def _leave_nothing_waiting_for_the_dead(url: str) -> None:
    """Let the time be over after which a process that was sending counts as dead."""
    connection = await asyncpg.connect(url, server_settings={"search_path": "notifier"})
    try:
        await connection.execute("UPDATE mail SET next_try_at = now() WHERE state = 'sending'")
    finally:
        await connection.close()


async def _all_sent(url: str) -> None:
    connection = await asyncpg.connect(url, server_settings={"search_path": "notifier"})
    try:
        async with asyncio.timeout(60):
            while await connection.fetchval("SELECT count(*) FROM mail WHERE state = 'sent'") < MAILS:
                await asyncio.sleep(0.1)
    finally:
        await connection.close()
