"""A gateway on real sockets, real RabbitMQ and PostgreSQL, behind it a router of the tests' own that can be told to
lag, to be silent or to be away."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import aio_pika
import httpx
import pytest_asyncio
import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import SecretStr

from contracts.base import Actor, Message, NamedRef
from contracts.conversation import (
    AcceptOffer,
    ChooseAgent,
    EndConversation,
    LeaveMessage,
    PostMessage,
    SetStatus,
    StartConversation,
)
from contracts.entries import AgentJoined, AgentMessage, Ended, Entry, EntryBody, Started, VisitorMessage
from contracts.envelope import read, wrap
from contracts.live import LiveEntry, LiveReply
from contracts.public import NewAgent, NewWidget
from contracts.reads import Desk, Heads, HeadsRequest, Topics, TopicView
from contracts.refusals import Refusal
from contracts.topology import PARTITIONS, partition_queue, routing_of
from contracts.views import (
    Header,
    Snapshot,
    VisitorHeader,
    VisitorSnapshot,
    apply_entry,
    apply_visitor_entry,
    visitor_entry,
)
from deploy.local.processes import free_port
from services.gateway.app import create_app
from services.gateway.settings import GatewaySettings
from tests.integration.gateway.owned import Owned
from tests.integration.gateway.page import Page
from tests.support.in_process import TOKEN, migrated

SALES = TopicView(id=UUID(int=1), name="Sprzedaż", offer_seconds=20)
SUPPORT = TopicView(id=UUID(int=2), name="Wsparcie techniczne", offer_seconds=20)
WIDGET = NewWidget(
    key="shop", title="Sklep", topic_ids=(SALES.id, SUPPORT.id), allowed_origins=("https://shop.test",), sneak_peek=True
)
AGENT = NewAgent(
    email="Jan@example.com", name="Jan Kowalski", password="kot-w-butach", capacity=3, topic_ids=(SALES.id,)
)

NOBODY = "http://127.0.0.1:1"


@dataclass
class Router:
    """Keeps logs in memory, takes commands, and says what it is told to."""

    amqp_url: str
    url: str = ""
    logs: defaultdict[UUID, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    desks: dict[UUID, Desk] = field(default_factory=dict)
    strangers: set[UUID] = field(default_factory=set)
    """Conversations that no agent may see."""
    commands: list[Message] = field(default_factory=list)
    topics: tuple[TopicView, ...] = (SALES, SUPPORT)
    visitor_online: bool | None = None
    """What every snapshot for agents says of its visitor."""
    silent: bool = False
    away: bool = False
    refuse_with: Refusal | None = None
    before_snapshot: Callable[[UUID], Any] | None = None
    owned: Owned = field(default_factory=Owned)
    _channel: Any = None

    async def say(self, message: Message) -> None:
        """Publish a live message."""
        exchange, key = routing_of(message)
        body = wrap(message, id=uuid4(), source="dymek/router", time=datetime.now(UTC)).model_dump_json().encode()
        publish = (await self._channel.get_exchange(exchange, ensure=False)).publish
        await publish(aio_pika.Message(body), key, mandatory=False)

    async def log(
        self,
        stream: UUID,
        body: EntryBody,
        *,
        sender: Actor | None = None,
        client_id: UUID | None = None,
        live: bool = True,
    ) -> Entry:
        """Append an entry, and say so unless it shall be missed."""
        entry = Entry(seq=len(self.logs[stream]) + 1, at=datetime.now(UTC), body=body)
        self.logs[stream].append(entry)
        if live:
            await self.say(LiveEntry(conversation_id=stream, entry=entry, sender=sender, client_id=client_id))
        return entry

    async def take(self, command: Any) -> None:
        self.commands.append(command)
        if self.silent:
            return
        match command:
            case _ if self.refuse_with is not None:
                sender = getattr(command, "author", None) or Actor(
                    kind="visitor", id=getattr(command, "visitor_id", None)
                )
                reply = LiveReply(
                    conversation_id=command.conversation_id,
                    sender=sender,
                    client_id=command.client_id,
                    refusal=self.refuse_with,
                )
                await self.say(reply)
            case StartConversation():
                body = Started(
                    topic=NamedRef(id=command.topic_id, name="Sprzedaż"),
                    visitor_name=command.name,
                    visitor_email=command.email,
                    browser=command.browser,
                )
                await self._answer(command, body, Actor(kind="visitor", id=command.visitor_id))
            case LeaveMessage():
                visitor = Actor(kind="visitor", id=command.visitor_id)
                topic = NamedRef(id=command.topic_id, name="Sprzedaż")
                await self.log(command.conversation_id, Started(topic=topic, visitor_name=command.name))
                await self._answer(command, Ended(reason="became_ticket"), visitor)
            case PostMessage(author=Actor(kind="visitor")):
                await self._answer(
                    command, VisitorMessage(client_id=command.client_id, text=command.text), command.author
                )
            case PostMessage():
                agent = NamedRef(id=command.author.id or uuid4(), name="Jan Kowalski")
                message = AgentMessage(client_id=command.client_id, agent=agent, text=command.text)
                await self._answer(command, message, command.author)
            case AcceptOffer():
                agent = NamedRef(id=command.agent_id, name="Jan Kowalski")
                await self._answer(
                    command, AgentJoined(agent=agent, owner=True), Actor(kind="agent", id=command.agent_id)
                )
            case EndConversation():
                await self._answer(command, Ended(reason="ended_by_visitor"), command.by)
            case ChooseAgent():
                sender = Actor(kind="agent", id=command.agent_id)
                reply = LiveReply(conversation_id=command.conversation_id, sender=sender, client_id=command.client_id)
                await self.say(reply)
            case SetStatus():
                sender = Actor(kind="agent", id=command.agent_id)
                await self.say(LiveReply(agent_id=command.agent_id, sender=sender, client_id=command.client_id))

    async def _answer(self, command: Any, body: EntryBody, sender: Actor) -> None:
        await self.log(command.conversation_id, body, sender=sender, client_id=command.client_id)

    async def snapshot(self, stream: UUID, view: str, after: int) -> Snapshot | VisitorSnapshot:
        if self.away:
            raise HTTPException(503)
        if stream not in self.logs:
            raise HTTPException(404)
        entries = list(self.logs[stream])
        if self.before_snapshot is not None:
            await self.before_snapshot(stream)
        if view == "visitor":
            seen = [visitor_entry(entry) for entry in entries]
            header = VisitorHeader(conversation_id=stream)
            for one in seen:
                header = apply_visitor_entry(header, one)
            return VisitorSnapshot(header=header, entries=tuple(seen[after:]), place=None if header.agents else 1)
        if stream in self.strangers:
            raise HTTPException(403)
        whole = Header(conversation_id=stream)
        for entry in entries:
            whole = apply_entry(whole, entry)
        return Snapshot(header=whole, entries=tuple(entries[after:]), visitor_online=self.visitor_online)

    def http(self) -> FastAPI:
        """What the gateway asks over HTTP: the router, and readiness of everybody."""
        app = FastAPI()

        @app.get("/readyz")
        async def ready() -> dict[str, bool]:
            if self.away:
                raise HTTPException(503)
            return {"ready": True}

        @app.get("/internal/topics")
        async def topics() -> Topics:
            if self.away:
                raise HTTPException(503)
            return Topics(topics=self.topics)

        @app.get("/internal/conversations/{stream}")
        async def conversation(stream: UUID, view: str, after: int = 0) -> Any:
            return await self.snapshot(stream, view, after)

        @app.get("/internal/agents/{agent_id}/desk")
        async def desk(agent_id: UUID) -> Desk:
            if self.away:
                raise HTTPException(503)
            return self.desks.get(agent_id) or Desk(agent_id=agent_id, version=1, status="offline", load=0, capacity=3)

        @app.post("/internal/heads")
        async def heads(asked: HeadsRequest) -> Heads:
            known = {stream: len(self.logs[stream]) for stream in asked.conversation_ids if stream in self.logs}
            return Heads(conversations=known, desks=dict.fromkeys(asked.agent_ids, 7))

        app.include_router(self.owned.routes())
        return app

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        connection = await aio_pika.connect(self.amqp_url)
        async with connection, serving(self.http(), free_port([])) as url:
            self.url = url
            self._channel = await connection.channel()
            await self._channel.set_qos(1)
            yield

    async def consume(self) -> None:
        """Take the commands of all partitions; the gateway has declared the queues."""
        for partition in range(PARTITIONS):
            queue = await self._channel.get_queue(partition_queue(partition), ensure=False)

            async def handle(message: Any) -> None:
                async with message.process():
                    await self.take(read(message.body).message)

            await queue.consume(handle)


@asynccontextmanager
async def serving(app: FastAPI, port: int, **options: Any) -> AsyncIterator[str]:
    """The app under uvicorn, in this loop; its address."""
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False, **options)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        if task.done():
            task.result()
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    with suppress(asyncio.CancelledError):
        await task


@dataclass(frozen=True)
class Gateway:
    """A running gateway and who stands behind it."""

    url: str
    app: FastAPI
    router: Router
    http: httpx.AsyncClient

    @property
    def origin(self) -> dict[str, str]:
        return {"Origin": self.url}

    async def visitor_token(self) -> str:
        answer = await self.http.post("/api/widgets/shop/visitors", headers=self.origin)
        return str(answer.json()["token"])

    async def session_cookie(self, agent: NewAgent | None = None) -> str:
        """A new session of this agent, or of AGENT, as a Cookie header."""
        agent = agent or AGENT
        body = {"email": agent.email.lower(), "password": agent.password}
        answer = await self.http.post("/api/session", json=body, headers=self.origin)
        assert answer.status_code == 200, answer.text
        self.http.cookies.clear()  # Who asks is said with each request.
        return answer.headers["set-cookie"].split(";")[0]

    @asynccontextmanager
    async def visitor(self, token: str | None = None, streams: dict[UUID, int] | None = None) -> AsyncIterator[Page]:
        """A visitor's page that has been welcomed."""
        async with Page.connected(f"{self.url}/ws/visitor", origin=self.url) as page:
            await page.hello(token=token or await self.visitor_token(), streams=streams)
            await page.expect("welcome")
            yield page

    @asynccontextmanager
    async def agent(self, cookie: str | None = None, streams: dict[UUID, int] | None = None) -> AsyncIterator[Page]:
        """An agent's page that has been welcomed."""
        cookie = cookie or await self.session_cookie()
        async with Page.connected(f"{self.url}/ws/agent", origin=self.url, cookie=cookie) as page:
            await page.hello(streams=streams)
            await page.expect("welcome")
            yield page


@asynccontextmanager
async def running_gateway(
    amqp_url: str, database_url: str, *, away: tuple[str, ...] = (), **overrides: Any
) -> AsyncIterator[Gateway]:
    """A gateway with these settings, its widget and its agent, a router of its own; `away` services are silent."""
    router = Router(amqp_url)
    port = free_port([])
    async with router.running():
        owners: dict[str, Any] = {
            f"{name}_url": NOBODY if name in away else router.url
            for name in ("router", "tickets", "customers", "notifier")
        }
        settings = GatewaySettings(
            amqp_url=SecretStr(amqp_url),
            database_url=SecretStr(database_url),
            service_token=SecretStr(TOKEN),
            environment="development",
            public_url=f"http://127.0.0.1:{port}",
            **{**owners, "log_level": "WARNING", "drain_seconds": 0.5, "password_memory_kib": 64, **overrides},
        )
        app = create_app(settings)
        async with serving(
            app, port, ws_max_size=65536, ws_per_message_deflate=False, timeout_graceful_shutdown=3
        ) as url:
            await router.consume()
            async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
                token = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
                for path, body in (("/internal/widgets", WIDGET), ("/internal/agents", AGENT)):
                    answer = await http.post(path, content=body.model_dump_json(), headers=token)
                    assert answer.is_success, answer.text
                yield Gateway(url, app, router, http)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def gateway_database(database_urls: dict[str, str]) -> str:
    return await migrated("gateway", database_urls)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared_gateway(amqp_url: str, gateway_database: str, tmp_path_factory: Any) -> AsyncIterator[Gateway]:
    static: Path = tmp_path_factory.mktemp("static")
    async with running_gateway(amqp_url, gateway_database, static_dir=static, answer_seconds=3, hello_seconds=3) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def gateway(shared_gateway: Gateway) -> Gateway:
    """The module's gateway with its router as good as new."""
    router = shared_gateway.router
    router.silent = router.away = False
    router.refuse_with = router.before_snapshot = None
    router.commands.clear()
    router.topics = (SALES, SUPPORT)
    return shared_gateway
