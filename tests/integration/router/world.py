"""A router (or two) on real servers, and everybody around it: visitors, agents, gateways and the other services.

What the world hears is what a gateway would: every live message, on a queue of its own. A request is answered as a
gateway would see it answered, by its entry or by a reply; waiting is for conditions, never for time.
"""

import asyncio
import contextlib
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import aio_pika
from fastapi import FastAPI
from pydantic import SecretStr

from contracts.base import Actor, Message
from contracts.conversation import (
    AgentRegistered,
    AgentRole,
    GatewayPresence,
    LeaveMessage,
    PostMessage,
    StartConversation,
)
from contracts.entries import Entry
from contracts.envelope import read
from contracts.live import LiveCard, LiveDesk, LiveEntry, LivePlace, LiveReply, LiveTopics
from contracts.parameters import TopicSettings
from contracts.reads import BoardCard, Desk, TopicView
from contracts.topology import LIVE, queues_of
from contracts.views import Snapshot, VisitorSnapshot
from services.chassis.clock import RandomIds, SystemClock
from services.chassis.errors import Unavailable
from services.chassis.http import InternalClient
from services.chassis.link import Link
from services.chassis.outbox import Letterhead
from services.chassis.publisher import Publisher
from services.chassis.service import Service
from services.router.app import build_app, build_service
from services.router.settings import RouterSettings
from tests.integration.router.people import Agent, Answer, Visitor
from tests.support.in_process import TOKEN, client_of

PATIENCE = 30.0
PRESENCE_SECONDS = 2.0


@dataclass
class Gateway:
    """What a gateway tells of its pages."""

    id: UUID = field(default_factory=uuid4)
    number: int = 0
    agents: set[UUID] = field(default_factory=set)
    conversations: set[UUID] = field(default_factory=set)

    def presence(self, at: datetime) -> GatewayPresence:
        self.number += 1
        return GatewayPresence(
            gateway_id=self.id,
            number=self.number,
            at=at,
            agents=tuple(self.agents),
            conversations=tuple(self.conversations),
        )


class MovableClock:
    """The machine's clock, some time ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class World:
    amqp_url: str
    database_url: str
    clock: MovableClock = field(default_factory=MovableClock)
    lease: float = 15.0
    services: list[Service] = field(default_factory=list)
    heard: list[Message] = field(default_factory=list)
    logs: dict[UUID, dict[int, Entry]] = field(default_factory=lambda: defaultdict(dict))
    desks: dict[UUID, Desk] = field(default_factory=dict)
    places: dict[UUID, int] = field(default_factory=dict)
    cards: dict[UUID, BoardCard] = field(default_factory=dict)
    topic_views: dict[UUID, TopicView] = field(default_factory=dict)
    gateway: Gateway = field(default_factory=Gateway)
    present: asyncio.Event = field(default_factory=asyncio.Event)
    answers: dict[UUID, Answer] = field(default_factory=dict)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _apps: dict[Service, FastAPI] = field(default_factory=dict)

    # --- the routers

    def build(self) -> Service:
        settings = RouterSettings(
            amqp_url=SecretStr(self.amqp_url),
            database_url=SecretStr(self.database_url),
            service_token=SecretStr(TOKEN),
            port=0,
            environment="development",
            gateway_lease_seconds=self.lease,
        )
        return build_service(settings, clock=self.clock)

    @asynccontextmanager
    async def router(self) -> AsyncIterator[Service]:
        """One more router process, so to speak."""
        service = self.build()
        async with service.running():
            self.services.append(service)
            yield service
            self.services.remove(service)

    @property
    def service(self) -> Service:
        return self.services[0]

    @property
    def app(self) -> FastAPI:
        """The first router's HTTP side."""
        if self.service not in self._apps:
            self._apps[self.service] = build_app(self.service)
        return self._apps[self.service]

    @asynccontextmanager
    async def http(self) -> AsyncIterator[InternalClient]:
        async with client_of(self.app) as client:
            yield client

    def time_passes(self, seconds: float) -> None:
        self.clock.ahead += timedelta(seconds=seconds)
        self.present.set()
        for service in self.services:
            service.deadline_worker.wake()

    # --- the gateway

    async def tell_presence(self) -> None:
        await self.publisher.publish(self.gateway.presence(self.clock.now()))

    async def _keep_present(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.present.wait(), PRESENCE_SECONDS)
            self.present.clear()
            with contextlib.suppress(Unavailable):
                await self.tell_presence()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        letterhead = Letterhead("test", SystemClock(), RandomIds())
        link = Link(self.amqp_url, "test")
        await link.open()
        self.publisher = Publisher(link, letterhead)
        connection = await aio_pika.connect(self.amqp_url)
        channel = await connection.channel()
        exchange = await channel.declare_exchange(LIVE, "topic", durable=True)
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(exchange, "#")
        await queue.consume(self._hear, no_ack=True)
        present = asyncio.create_task(self._keep_present())
        yield
        present.cancel()
        await connection.close()
        await link.close()

    async def _hear(self, incoming: aio_pika.abc.AbstractIncomingMessage) -> None:
        message = read(incoming.body).message
        async with self.news:
            self.heard.append(message)
            match message:
                case LiveEntry():
                    known = self.logs[message.conversation_id].setdefault(message.entry.seq, message.entry)
                    assert known == message.entry, "a number was given twice"
                    if message.client_id:
                        self.answers[message.client_id] = Answer(message.entry.seq, entry=message.entry)
                case LiveReply():
                    self.answers[message.client_id] = Answer(message.seq, message.refusal)
                case LivePlace():
                    self.places[message.conversation_id] = message.place
                case LiveDesk():
                    known_desk = self.desks.get(message.agent_id)
                    if known_desk is None or known_desk.version < message.desk.version:
                        self.desks[message.agent_id] = message.desk
                case LiveCard():
                    known_card = self.cards.get(message.card.conversation_id)
                    if known_card is None or known_card.head < message.card.head:
                        self.cards[message.card.conversation_id] = message.card
                case LiveTopics():
                    self.topic_views |= {view.id: view for view in message.topics}
                case _:
                    raise AssertionError(message.TYPE)
            self.news.notify_all()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until what has been heard fulfils the condition."""
        async with asyncio.timeout(PATIENCE), self.news:
            await self.news.wait_for(condition)

    async def eventually(self, question: str, *values: object) -> None:
        """Wait until the router's tables answer yes."""
        async with asyncio.timeout(PATIENCE), self.service.database.connection() as connection:
            while not await connection.fetchval(question, *values):
                await asyncio.sleep(0.02)

    async def ask(self, command: Any, times: int = 1) -> Answer:
        """Send a command (some times at once) and wait for the answer to the last of them."""
        self.answers.pop(command.client_id, None)
        for _ in range(times):
            await self.publisher.publish(command)
        await self.until(lambda: command.client_id in self.answers)
        return self.answers[command.client_id]

    def post_command(self, conversation_id: UUID, author: Actor, text: str) -> PostMessage:
        return PostMessage(conversation_id=conversation_id, client_id=uuid4(), author=author, text=text)

    # --- people

    async def topic(self, name: str = "Sprzedaż", offer_seconds: int = 20, **settings: Any) -> TopicSettings:
        topic = TopicSettings(id=uuid4(), name=name, offer_seconds=offer_seconds, **settings)
        async with self.http() as client:
            return await client.post("/internal/topics", topic, TopicSettings)

    async def agent(
        self,
        *topics: TopicSettings,
        name: str = "Jan Kowalski",
        capacity: int = 3,
        on: bool = True,
        role: AgentRole = "agent",
    ) -> Agent:
        """A registered agent with a console open, available unless said otherwise."""
        agent = Agent(self, uuid4(), name)
        await self.publisher.publish(self.account(agent, *topics, capacity=capacity, role=role))
        await self.until(lambda: agent.id in self.desks)
        await agent.opens_console()
        if on:
            await agent.comes_on()
        return agent

    def account(
        self, agent: Agent, *topics: TopicSettings, capacity: int = 3, version: int = 1, role: AgentRole = "agent"
    ) -> AgentRegistered:
        return AgentRegistered(
            agent_id=agent.id,
            name=agent.name,
            capacity=capacity,
            topic_ids=tuple(t.id for t in topics),
            version=version,
            role=role,
        )

    def start_command(
        self, topic: TopicSettings, visitor_id: UUID | None = None, *, verified: bool = False
    ) -> StartConversation:
        return StartConversation(
            conversation_id=uuid4(),
            client_id=uuid4(),
            visitor_id=visitor_id or uuid4(),
            widget_id=uuid4(),
            topic_id=topic.id,
            name=random.choice(["Anna", "Zofia", "Łukasz"]),
            email="anna@example.com",
            verified=verified,
        )

    def message_command(self, topic: TopicSettings, text: str = "Proszę o kontakt") -> LeaveMessage:
        return LeaveMessage(
            conversation_id=uuid4(),
            client_id=uuid4(),
            visitor_id=uuid4(),
            widget_id=uuid4(),
            topic_id=topic.id,
            name="Anna",
            email="anna@example.com",
            text=text,
        )

    async def visitor(self, topic: TopicSettings, visitor_id: UUID | None = None, *, verified: bool = False) -> Visitor:
        """A visitor who has started a conversation."""
        command = self.start_command(topic, visitor_id, verified=verified)
        answer = await self.ask(command)
        assert answer.seq == 1
        return Visitor(self, command.conversation_id, command.visitor_id)

    async def chat(self, topic: TopicSettings, agent: Agent) -> Visitor:
        """A visitor who talks to the agent."""
        visitor = await self.visitor(topic)
        answer = await agent.accepts(await agent.offer(visitor))
        assert answer.refusal is None
        return visitor

    # --- what is seen

    def log(self, conversation_id: UUID) -> list[Entry]:
        """The entries heard, in order."""
        return [entry for _, entry in sorted(self.logs[conversation_id].items())]

    def kinds(self, conversation_id: UUID) -> list[str]:
        return [entry.body.kind for entry in self.log(conversation_id)]

    async def logged(self, conversation_id: UUID, kind: str, times: int = 1) -> Entry:
        """The entry of this kind, once it has been heard."""
        await self.until(lambda: self.kinds(conversation_id).count(kind) >= times)
        return [entry for entry in self.log(conversation_id) if entry.body.kind == kind][times - 1]

    async def snapshot(self, conversation_id: UUID, agent: Agent, after: int = 0) -> Snapshot:
        async with self.http() as client:
            return await client.get(
                f"/internal/conversations/{conversation_id}", Snapshot, view="agent", after=after, agent_id=agent.id
            )

    async def visitor_snapshot(self, conversation_id: UUID, after: int = 0) -> VisitorSnapshot:
        async with self.http() as client:
            return await client.get(
                f"/internal/conversations/{conversation_id}", VisitorSnapshot, view="visitor", after=after
            )

    async def told(self, service: str) -> list[Message]:
        """Everything that lies in the queues of another service, taken out of them."""
        messages = []
        connection = await aio_pika.connect(self.amqp_url)
        async with connection:
            channel = await connection.channel()
            for queue in queues_of(service):  # type: ignore[arg-type]
                name = queue.name
                while incoming := await (await channel.get_queue(name)).get(no_ack=True, fail=False):
                    messages.append(read(incoming.body).message)
        return messages
