"""Three hundred waiting chats become tickets while tickets, customers and the notifier die again and again.

Every few seconds, at a random moment (the seed is printed), one of the three gets SIGKILL and is started again; some
starts are cut short by the next kill. At the end each chat is one ticket, each address one card, each look-up one
entry, and each mail has arrived at a real mail server: once, or once more for a kill that fell between sending and
noting it.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
import pytest_asyncio

from contracts.customers import SaveCustomer
from contracts.mail import AgentContactChanged
from tests.chaos.checks import dead_letters
from tests.chaos.conversions import AGENT, CARDS, CONVERSIONS, Conversions, address_of_card, visitors
from tests.chaos.owed import check_customers, check_mails, check_tickets, on_the_wire, owed_mails, settled
from tests.support.mail_server import MailServer
from tests.support.switchboard import Switchboard
from tests.support.system import System

pytestmark = pytest.mark.slow

VICTIMS: Final = ("tickets", "customers", "notifier")
KILLS_OF_EACH: Final = 4
RUNNING: Final = ("router", *VICTIMS)
PATIENCE: Final = 600.0
"""On a machine that does something else besides; alone it takes about a minute."""
SOME_MOMENT: Final = 0.7
CUT_SHORT: Final = 0.25
"""Share of the starts that are not waited for before the next kill."""


@dataclass
class Deaths:
    """`met` are, for each death of the notifier, the mails that it was sending."""

    met: list[frozenset[UUID]] = field(default_factory=list)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def mail_server() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def back_office(amqp_url: str, database_urls: dict[str, str], mail_server: MailServer) -> AsyncIterator[System]:
    """The system without its gateway, whose part the switchboard takes."""
    system = System(
        amqp_url,
        database_urls,
        name="conversions",
        demo=False,
        only=RUNNING,
        mail=mail_server.port,
        extra={"DYMEK_NOTIFIER_SMTP_SECONDS": "5"},
    )
    async with system:
        yield system


async def test_no_ticket_look_up_or_mail_is_lost_or_doubled_when_services_are_killed(
    back_office: System, amqp_url: str, database_urls: dict[str, str], mail_server: MailServer
) -> None:
    seed = random.randrange(10**6)
    print(f"\nseed: {seed}")
    chance, begun = random.Random(seed), time.monotonic()
    databases = {service: database_urls[service] for service in RUNNING}
    async with asyncio.timeout(PATIENCE), Switchboard(amqp_url) as board:
        topic_id = await _prepare(back_office, board, databases["notifier"])
        people = visitors()
        conversions = Conversions(board, back_office, topic_id, people, chance)
        async with asyncio.TaskGroup() as group:
            group.create_task(conversions.convert())
            killing = group.create_task(_kill(back_office, databases["notifier"], conversions, chance))
        await settled(databases, mails=2 * CONVERSIONS + sum(visitor.is_answered for visitor in people))
        assert board.contradictions == []
    tickets = await check_tickets(databases, people)
    await check_customers(databases, people, tickets)
    copies = check_mails(owed_mails(people, tickets), mail_server.mails, killing.result().met)
    assert await dead_letters(amqp_url) == 0
    print(f"{time.monotonic() - begun:.0f} s; {copies} second copies of mails")


async def _prepare(system: System, board: Switchboard, notifier_database: str) -> UUID:
    """A topic, some customers, automatic creation on, and an agent who wants to hear of tickets by mail."""
    topic_id = uuid4()
    headers = {"Authorization": f"Bearer {system.service_token}"}
    async with httpx.AsyncClient(trust_env=False, timeout=20, headers=headers) as client:

        async def save(method: str, url: str, body: Any) -> None:
            (await client.request(method, url, json=body)).raise_for_status()

        router, customers = system.url_of("router"), system.url_of("customers")
        await save("POST", f"{router}/internal/topics", {"id": str(topic_id), "name": "Sprzedaż"})
        await save("PUT", f"{customers}/internal/customer-settings", {"version": 0, "create_automatically": True})
        for number in range(CARDS):
            card = SaveCustomer(id=uuid4(), name=f"Klient {number}", emails=(address_of_card(number),))
            await save("PUT", f"{customers}/internal/customers/{card.id}", card.model_dump(mode="json"))
    wish = {"name": AGENT.name, "email": "jan@example.com", "new_tickets": True}
    await board.tell(AgentContactChanged(agent_id=AGENT.id, version=1, **wish))
    connection = await asyncpg.connect(notifier_database)
    try:
        while not await connection.fetchval("SELECT count(*) FROM agent_contact"):
            await asyncio.sleep(0.05)
    finally:
        await connection.close()
    return topic_id


async def _kill(system: System, notifier_database: str, conversions: Conversions, chance: random.Random) -> Deaths:
    """A portion of the visitors comes, and while things are on their way one of the services dies."""
    deaths = Deaths()
    victims = list(VICTIMS) * KILLS_OF_EACH
    chance.shuffle(victims)
    for victim in victims:
        conversions.release(CONVERSIONS // len(victims))
        await asyncio.sleep(chance.uniform(0, SOME_MOMENT))
        system.kill(victim)
        if victim == "notifier":
            deaths.met.append(await on_the_wire(notifier_database))
        system.start(victim)
        if chance.random() > CUT_SHORT:
            await system.ready(victim)
    await system.ready()
    return deaths
