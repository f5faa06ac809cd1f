"""A gateway without sockets: speaks to the routers over the broker, for tests that need thousands of requests.

    async with Switchboard(amqp_url) as board:
        agent = await board.new_agent([topic], capacity=3)
        await board.come_on([agent])
        answer = await board.ask(AcceptOffer(...))

It does as a gateway does: the pages it was told of keep the routers' lease, a request without an answer is sent again
with the same id, and what it hears are live messages only. A request that is answered twice, differently, is an error
of the system and is kept in `contradictions`.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Self
from uuid import UUID, uuid4

import aio_pika
from aio_pika.abc import AbstractIncomingMessage

from contracts.base import Message
from contracts.conversation import AgentRegistered, ConversationCommand, GatewayPresence, SetStatus
from contracts.entries import Entry
from contracts.envelope import read
from contracts.live import LiveDesk, LiveEntry, LiveReply
from contracts.reads import Desk
from contracts.refusals import RefusalCode
from contracts.topology import LIVE
from services.chassis.clock import RandomIds, SystemClock
from services.chassis.errors import Unavailable
from services.chassis.link import Link
from services.chassis.outbox import Letterhead
from services.chassis.publisher import Publisher

SILENCE_SECONDS: Final = 10.0
PRESENCE_SECONDS: Final = 5.0
HEARD: Final = frozenset({LiveEntry.TYPE, LiveReply.TYPE, LiveDesk.TYPE})


@dataclass(frozen=True)
class Answer:
    """`refusal` is None where it was done; `seq` where that made an entry."""

    seq: int | None = None
    refusal: RefusalCode | None = None


class Switchboard:
    """`on_entry` is called with each entry once, in whatever order they arrive."""

    def __init__(self, amqp_url: str, *, on_entry: Callable[[UUID, Entry], None] | None = None) -> None:
        self.on_entry = on_entry
        self.desks: dict[UUID, Desk] = {}
        """The newest desk of each agent."""
        self.overloaded: list[Desk] = []
        """Desks, of any version, that show more than the agent may have."""
        self.contradictions: list[tuple[Answer, Answer]] = []
        self._amqp_url = amqp_url
        self._link = Link(amqp_url, "test-switchboard")
        self._publisher = Publisher(self._link, Letterhead("test", SystemClock(), RandomIds()))
        self._answers: dict[UUID, Answer] = {}
        self._waiting: dict[UUID, asyncio.Future[Answer]] = {}
        self._seen: set[tuple[UUID, int]] = set()
        self._id, self._number = uuid4(), 0
        self._agents: set[UUID] = set()
        self._present: asyncio.Task[None] | None = None
        self._ears: Any = None

    async def __aenter__(self) -> Self:
        await self._link.open()
        self._ears = await aio_pika.connect(self._amqp_url)
        channel = await self._ears.channel()
        exchange = await channel.declare_exchange(LIVE, "topic", durable=True)
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(exchange, "conversation.#")
        await queue.bind(exchange, "agent.#")
        await queue.consume(self._hear, no_ack=True)
        self._present = asyncio.create_task(self._keep_present())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._present is not None:
            self._present.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._present
        await self._ears.close()
        await self._link.close()

    # --- agents

    async def new_agent(self, topics: Iterable[UUID], *, capacity: int, name: str = "Agent") -> UUID:
        """An agent with an open console, offline; returns when the routers know them."""
        agent_id = uuid4()
        account = AgentRegistered(agent_id=agent_id, name=name, capacity=capacity, topic_ids=tuple(topics), version=1)
        await self.tell(account)
        async with asyncio.timeout(SILENCE_SECONDS):
            while agent_id not in self.desks:
                await asyncio.sleep(0.02)
        return agent_id

    async def come_on(self, agents: Collection[UUID]) -> None:
        """Open these agents' consoles and make them available."""
        self._agents |= set(agents)
        await self._tell_presence()
        commands = [SetStatus(agent_id=agent, client_id=uuid4(), status="available") for agent in agents]
        await asyncio.gather(*map(self.ask, commands))

    async def _keep_present(self) -> None:
        while True:
            await asyncio.sleep(PRESENCE_SECONDS)
            with contextlib.suppress(Unavailable):
                await self._tell_presence()

    async def _tell_presence(self) -> None:
        self._number += 1
        agents = tuple(self._agents)
        presence = GatewayPresence(gateway_id=self._id, number=self._number, at=datetime.now(UTC), agents=agents)
        await self._publisher.publish(presence)

    # --- requests

    async def tell(self, message: Message) -> None:
        """Publish an event for certain."""
        await self._publisher.publish(message)

    async def ask(self, command: ConversationCommand | SetStatus) -> Answer:
        """Have something done; asked again where no answer comes."""
        answer = self._waiting[command.client_id] = asyncio.get_running_loop().create_future()
        while True:
            with contextlib.suppress(Unavailable):
                await self._publisher.publish(command)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SILENCE_SECONDS):
                    return await asyncio.shield(answer)

    # --- what is heard

    async def _hear(self, incoming: AbstractIncomingMessage) -> None:
        if incoming.type not in HEARD:
            return
        match read(incoming.body).message:
            case LiveEntry(conversation_id=conversation_id, entry=entry, client_id=client_id):
                if client_id is not None:
                    self._answer(client_id, Answer(seq=entry.seq))
                if (conversation_id, entry.seq) not in self._seen:
                    self._seen.add((conversation_id, entry.seq))
                    if self.on_entry is not None:
                        self.on_entry(conversation_id, entry)
            case LiveReply(client_id=client_id, seq=seq, refusal=refusal):
                self._answer(client_id, Answer(seq, refusal.code if refusal else None))
            case LiveDesk(agent_id=agent_id, desk=desk):
                if desk.load > desk.capacity:
                    self.overloaded.append(desk)
                if agent_id not in self.desks or self.desks[agent_id].version < desk.version:
                    self.desks[agent_id] = desk

    def _answer(self, client_id: UUID, answer: Answer) -> None:
        before = self._answers.setdefault(client_id, answer)
        if before != answer:
            self.contradictions.append((before, answer))
        if (future := self._waiting.pop(client_id, None)) is not None and not future.done():
            future.set_result(answer)
