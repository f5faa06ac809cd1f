"""The PostgreSQL pool, and the transaction in which a use case works.

Invariants: every wait has a time-out; a connection that met a shutdown, a demoted primary or a broken line is thrown
away instead of being pooled again; a transaction's messages and deadlines are written by one statement before its
commit, and the relay and the deadline worker hear of them only after it.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

import asyncpg
from asyncpg.connect_utils import SessionAttribute
from asyncpg.pool import PoolConnectionProxy

from services.chassis.deadlines import Deadlines
from services.chassis.errors import Unavailable
from services.chassis.faults import REFUSED, connection_is_unusable, retry_reason
from services.chassis.metrics import TRANSACTION_RETRIES
from services.chassis.outbox import Letterhead, Outbox, OutboxRow

if TYPE_CHECKING:
    Connection = PoolConnectionProxy[asyncpg.Record]
    Pool = asyncpg.Pool[asyncpg.Record]
else:
    Connection = PoolConnectionProxy
    Pool = asyncpg.Pool

T = TypeVar("T")
Stored = tuple[int, OutboxRow]
"""An outbox row with the id the table gave it."""

ACQUIRE_SECONDS: Final = 5.0
COMMAND_SECONDS: Final = 10.0
ATTEMPTS: Final = 6

INSERT_OUTBOX: Final = """
INSERT INTO outbox (message_id, exchange, routing_key, type, correlation_id, body)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[])
RETURNING id
"""


class Transaction:
    """One unit of work. Use `connection` for SQL, `outbox` for messages, `deadlines` for timers."""

    def __init__(self, connection: Connection, outbox: Outbox) -> None:
        self.connection = connection
        self.outbox = outbox
        self.deadlines = Deadlines()
        self.stored: list[Stored] = []

    async def first_time(self, message_id: UUID, consumer: str) -> bool:
        """Record that `consumer` handles the message; False when it has already done so."""
        return (
            await self.connection.fetchval(
                "INSERT INTO inbox (message_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING true",
                message_id,
                consumer,
            )
            is not None
        )

    def committed(self, row_id: int, row: OutboxRow) -> None:
        """Tell of an outbox row that a statement of this transaction inserted itself."""
        self.stored.append((row_id, row))

    async def flush(self) -> None:
        """Write the messages and deadlines collected so far; called before the commit."""
        await self.deadlines.write(self.connection)
        rows = self.outbox.rows
        if not rows:
            return
        ids = await self.connection.fetch(
            INSERT_OUTBOX,
            [row.message_id for row in rows],
            [row.exchange for row in rows],
            [row.routing_key for row in rows],
            [row.type for row in rows],
            [row.correlation_id for row in rows],
            [row.body for row in rows],
        )
        # unnest keeps its order and the ids are given in it.
        self.stored.extend((record["id"], row) for record, row in zip(ids, rows, strict=True))
        self.outbox.rows = []


class Database:
    """A pool on the service's own schema. `on_rows` and `on_deadlines` are called after a commit, in its order."""

    def __init__(
        self,
        url: str,
        *,
        schema: str,
        letterhead: Letterhead,
        pool_size: int = 10,
        on_rows: Callable[[Sequence[Stored]], None] | None = None,
        on_deadlines: Callable[[], None] | None = None,
    ) -> None:
        self.url = url
        self.schema = schema
        self.letterhead = letterhead
        self.on_rows = on_rows
        self.on_deadlines = on_deadlines
        self._size = pool_size
        self._pool: Pool | None = None

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(
            self.url,
            min_size=min(2, self._size),
            max_size=self._size,
            command_timeout=COMMAND_SECONDS,
            max_inactive_connection_lifetime=300,
            target_session_attrs=SessionAttribute.read_write,
            server_settings=self.session_settings(),
            # Nothing here leaves session state behind, and the default reset costs a round trip per use.
            reset=_keep,
        )

    async def close(self) -> None:
        if self._pool is None:
            return
        pool, self._pool = self._pool, None
        try:
            await asyncio.wait_for(pool.close(), 5)
        except TimeoutError:
            pool.terminate()

    def session_settings(self, role: str = "") -> dict[str, str]:
        """Settings of every connection of this service; `role` is appended to the application's name."""
        return {
            "search_path": self.schema,
            "application_name": f"dymek-{self.schema}{role}",
            "timezone": "UTC",
            "statement_timeout": "10s",
            "lock_timeout": "5s",
            "idle_in_transaction_session_timeout": "15s",
            "tcp_keepalives_idle": "30",
            "tcp_keepalives_interval": "5",
            "tcp_keepalives_count": "3",
        }

    async def connect(self, role: str) -> "asyncpg.Connection[asyncpg.Record]":
        """A connection of its own, outside the pool."""
        return await asyncpg.connect(
            self.url,
            timeout=ACQUIRE_SECONDS,
            command_timeout=COMMAND_SECONDS,
            target_session_attrs=SessionAttribute.read_write,
            server_settings=self.session_settings(f"-{role}"),
        )

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for single statements, each its own transaction. Raises Unavailable without one in 5 s."""
        if self._pool is None:
            raise Unavailable("the database pool is not open")
        try:
            connection = await self._pool.acquire(timeout=ACQUIRE_SECONDS)
        except (OSError, TimeoutError, asyncpg.PostgresConnectionError, *REFUSED) as error:
            raise Unavailable("the database does not answer") from error
        try:
            yield connection
        except BaseException as error:
            if connection_is_unusable(error):
                # Where the server has ended it first, the pool has taken it back, and nothing is left to do.
                with contextlib.suppress(asyncpg.InterfaceError):
                    connection.terminate()
            if isinstance(error, asyncpg.ReadOnlySQLTransactionError) and self._pool is not None:
                # The server has been demoted: its other connections are no better.
                await self._pool.expire_connections()
            raise
        finally:
            if self._pool is not None:
                await self._pool.release(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A transaction, committed at the end of the block and rolled back when it raises."""
        async with self.connection() as connection:
            work = Transaction(connection, Outbox(self.letterhead.prepare))
            async with connection.transaction():
                yield work
                await work.flush()
        self.announce(work.stored, deadlines=work.deadlines.changed)

    def announce(self, stored: Sequence[Stored], *, deadlines: bool = False) -> None:
        """Pass on what has been committed."""
        if stored and self.on_rows is not None:
            self.on_rows(stored)
        if deadlines and self.on_deadlines is not None:
            self.on_deadlines()

    @staticmethod
    def retries(error: BaseException) -> bool:
        """Whether `run` does the whole transaction again after `error`."""
        return retry_reason(error) is not None

    async def run(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Do `work` in a transaction; do it again after a conflict or a lost connection. `work` must bear that."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self.transaction() as transaction:
                    return await work(transaction)
            except Exception as error:
                reason = retry_reason(error)
                if reason is None or attempt == ATTEMPTS:
                    raise
                TRANSACTION_RETRIES.labels(reason).inc()
            await asyncio.sleep(random.uniform(0.005, 0.02) * 2**attempt)
        raise AssertionError("unreachable")


async def _keep(_: object) -> None:
    """Leave a returned connection as it is."""
