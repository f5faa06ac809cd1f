"""A chassis without any service on it: databases with its tables, a broker, and ways to break both."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import aio_pika
import asyncpg
import pytest_asyncio

from contracts.base import Actor, Message
from contracts.conversation import PostMessage
from contracts.entries import Score
from contracts.envelope import read
from contracts.tickets import RatingRecorded
from contracts.topology import DEAD, partition_of, partition_queue, queues_of
from services.chassis.migrate import HERE, Migration, migrate
from services.chassis.service import Service
from services.chassis.settings import ServiceSettings

TOKEN = "t" * 32
RATINGS = "router.rating.recorded.v1"


async def until(condition: Callable[[], bool | Awaitable[bool]], seconds: float = 15.0) -> None:
    """Wait until `condition` holds, and fail when it does not in time."""
    async with asyncio.timeout(seconds):
        while True:
            result = condition()
            if result if isinstance(result, bool) else await result:
                return
            await asyncio.sleep(0.01)


def rating(score: Score = "good", *, conversation_id: UUID | None = None, comment: str = "") -> RatingRecorded:
    """An event that exactly one queue takes."""
    return RatingRecorded(
        conversation_id=conversation_id or uuid4(),
        client_id=uuid4(),
        score=score,
        comment=comment,
        rated_at=datetime.now(UTC),
    )


def post(text: str, conversation_id: UUID) -> PostMessage:
    """A command to the partition of its conversation."""
    author = Actor(kind="visitor", id=uuid4())
    return PostMessage(conversation_id=conversation_id, client_id=uuid4(), author=author, text=text)


def partition_of_queue(conversation_id: UUID) -> str:
    return partition_queue(partition_of(conversation_id))


class Proxy:
    """A line to a server that can be cut and mended."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection(*self._target)
            await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        self._writers.discard(writer)
        writer.close()


def through(url: str, proxy: Proxy) -> str:
    """`url` with the proxy's address in place of the server's."""
    parts = urlsplit(url)
    login = parts.netloc.rpartition("@")[0]
    address = f"127.0.0.1:{proxy.port}"
    return urlunsplit(parts._replace(netloc=f"{login}@{address}" if login else address))


@dataclass
class Rig:
    """Makes services on the same servers and looks into the servers from outside."""

    amqp_url: str
    database_url: str
    connection: "asyncpg.Connection[asyncpg.Record]"
    broker: aio_pika.abc.AbstractConnection
    channel: aio_pika.abc.AbstractChannel
    opened: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    def service(self, *, amqp_url: str = "", database_url: str = "", **options: object) -> Service:
        """A service on the schema of the router, without the router."""
        settings = ServiceSettings(
            amqp_url=amqp_url or self.amqp_url,
            database_url=database_url or self.database_url,
            service_token=TOKEN,
            port=0,
            environment="development",
        )
        return Service(settings, "router", **options)  # type: ignore[arg-type]

    async def run(self, service: Service) -> Service:
        """Run `service` until the test ends."""
        await self.opened.enter_async_context(service.running())
        return service

    async def start(self, **options: object) -> Service:
        return await self.run(self.service(**options))  # type: ignore[arg-type]

    async def outbox_size(self) -> int:
        return int(await self.connection.fetchval("SELECT count(*) FROM outbox"))

    async def waiting(self, queue: str) -> int:
        declared = await self.channel.declare_queue(queue, passive=True)
        return declared.declaration_result.message_count or 0

    async def messages(self, queue: str, count: int) -> list[Message]:
        """Take `count` messages off a queue, in order."""
        return [read(raw.body).message for raw in await self.raw(queue, count)]

    async def raw(self, queue: str, count: int) -> list[aio_pika.abc.AbstractIncomingMessage]:
        taken: list[aio_pika.abc.AbstractIncomingMessage] = []
        # A channel of its own, closed at the end: what it was sent beyond `count` goes back.
        channel = await self.broker.channel()
        await channel.set_qos(prefetch_count=50)
        declared = await channel.declare_queue(queue, passive=True)
        async with asyncio.timeout(15), channel:
            if count:
                async with declared.iterator() as messages:
                    async for message in messages:
                        await message.ack()
                        taken.append(message)
                        if len(taken) == count:
                            break
        return taken


def chassis_migrations() -> list[Migration]:
    files = sorted((HERE / "migrations").glob("*.sql"))
    return [Migration(f"chassis/{file.name}", file.read_text(encoding="utf-8")) for file in files]


@pytest_asyncio.fixture(loop_scope="session")
async def rig(amqp_url: str, database_url: str) -> AsyncIterator[Rig]:
    """Empty queues and tables; everything started through it is stopped at the test's end."""
    await migrate(database_url, "router", chassis_migrations())
    connection = await asyncpg.connect(database_url, server_settings={"search_path": "router"})
    await connection.execute("TRUNCATE outbox, inbox, deadline")
    broker = await aio_pika.connect(amqp_url)
    async with broker:
        for queue in (*(queue.name for queue in queues_of("router")), DEAD):
            channel = await broker.channel()
            with contextlib.suppress(aio_pika.exceptions.ChannelNotFoundEntity):
                await (await channel.declare_queue(queue, passive=True)).purge()
                await channel.close()
        result = Rig(amqp_url, database_url, connection, broker, await broker.channel())
        async with result.opened:
            yield result
        await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def broker_line(amqp_url: str) -> AsyncIterator[Proxy]:
    """A line to the broker that the test may cut; use it with `through`."""
    parts = urlsplit(amqp_url)
    proxy = Proxy(parts.hostname or "127.0.0.1", parts.port or 5672)
    await proxy.mend()
    yield proxy
    await proxy.cut()
