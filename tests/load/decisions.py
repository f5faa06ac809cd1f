"""What one routing decision costs among few, and among many.

A decision is what handling one `route` deadline takes, from its claim to its commit: see whose turn it is, choose the
agent, make the offer. Both crowds are measured in turns, in one run and one process, each in a database of its own.
After each decision its offer is undone, unmeasured, so that the crowds keep their size.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

import asyncpg
from pydantic import SecretStr

from contracts.conversation import StartConversation
from contracts.parameters import TopicSettings
from services.chassis.database import Transaction
from services.chassis.service import Service
from services.router.app import build_app, build_service
from services.router.settings import RouterSettings
from services.router.work import ROUTE
from tests.load.figures import DecisionFigures, Latency
from tests.support import multitude
from tests.support.in_process import TOKEN, client_of, migrated
from tests.support.servers import Servers
from tests.support.switchboard import Switchboard

FEW: Final = (10, 10)
MANY: Final = (1_000, 10_000)
"""Agents with room, and visitors who wait."""
DECISIONS: Final = 200
WARM_UP: Final = 20

UNDO: Final = (
    "DELETE FROM deadline",
    "DELETE FROM outbox",
    "DELETE FROM entry e USING offer o WHERE e.conversation_id = o.conversation_id AND e.seq >= $1",
    "UPDATE conversation SET state = 'waiting', head = $1 - 1, header = (SELECT header FROM before) FROM offer o "
    "WHERE conversation.id = o.conversation_id",
    "UPDATE agent SET load = 0 WHERE load > 0",
    "DELETE FROM offer",
)


@dataclass
class _Crowd:
    service: Service
    admin: asyncpg.Connection
    topic_id: UUID
    head: int
    times: list[float] = field(default_factory=list)

    async def decide(self) -> None:
        """Measure one decision, and undo it."""

        async def note(tx: Transaction) -> None:
            tx.deadlines.set(ROUTE, self.topic_id, self.service.clock.now())

        await self.service.database.run(note)
        begun = time.perf_counter()
        assert await self.service.deadline_worker.fire_one()
        self.times.append(time.perf_counter() - begun)
        assert await self.admin.fetchval("SELECT count(*) FROM offer") == 1
        async with self.admin.transaction():
            for statement in UNDO:
                await self.admin.execute(statement, *([self.head + 1] if "$1" in statement else []))


async def measure_decisions(servers: Servers) -> DecisionFigures:
    amqp_url = await servers.new_vhost()
    try:
        async with _crowd(servers, amqp_url, *FEW) as few, _crowd(servers, amqp_url, *MANY) as many:
            for _ in range(WARM_UP + DECISIONS):
                await few.decide()
                await many.decide()
    finally:
        await servers.drop_vhost(amqp_url)
    return DecisionFigures(FEW, Latency.of(few.times[WARM_UP:]), MANY, Latency.of(many.times[WARM_UP:]))


@asynccontextmanager
async def _crowd(servers: Servers, amqp_url: str, agents: int, visitors: int) -> AsyncIterator[_Crowd]:
    """So many agents who are free and visitors who wait, and a router that does only what it is told to."""
    name, urls = await servers.new_database()
    service = _service(await migrated("router", urls), amqp_url)
    admin = await multitude.connect(servers.admin_url(name))
    try:
        async with service.running(), Switchboard(amqp_url) as board, client_of(build_app(service)) as client:
            topic = TopicSettings(id=uuid4(), name="Sprzedaż")
            await client.post("/internal/topics", topic)
            agent = await board.new_agent([topic.id], capacity=3)
            start = StartConversation(
                conversation_id=uuid4(),
                client_id=uuid4(),
                visitor_id=uuid4(),
                widget_id=uuid4(),
                topic_id=topic.id,
                name="Gość",
            )
            assert (await board.ask(start)).refusal is None
        await admin.execute("UPDATE agent SET status = 'available', connected = true, away_since = NULL")
        await multitude.copy_agent(admin, agent, range(1, agents), kind="agent")
        await multitude.copy_conversation(admin, start.conversation_id, range(1, visitors), kind="waiting")
        await admin.execute("CREATE TEMP TABLE before AS SELECT head, header FROM conversation LIMIT 1")
        for statement in UNDO[:2]:
            await admin.execute(statement)
        await multitude.analyse(admin)
        service.database.on_rows = None
        await service.database.open()
        yield _Crowd(service, admin, topic.id, await admin.fetchval("SELECT head FROM before"))
        await service.database.close()
    finally:
        await admin.close()
        await servers.drop_database(name)


def _service(database_url: str, amqp_url: str) -> Service:
    settings = RouterSettings(
        amqp_url=SecretStr(amqp_url),
        database_url=SecretStr(database_url),
        service_token=SecretStr(TOKEN),
        port=0,
        environment="development",
    )
    return build_service(settings)
