"""The outbox relay: what was committed is published, in order, and its row deleted once the broker has confirmed it.

Memory mode: the process that committed rows hands them over (`take`), and they are sent at once, without waiting for
one confirm before the next; confirmed rows are deleted in batches. On any failure the relay falls back to table mode:
nothing is sent from memory, and the table is read in id order until nothing of what failed is left; meanwhile what is
committed is collected, and sent when the relay is back in memory mode. Every second the process that holds the lock
(outbox_table.py) also sweeps what nobody has published within 2 s: that saves the rows of a killed process.

A row is deleted only after its confirm, so a crash repeats messages but loses none. Order holds within a connection's
life; a repetition may come after newer messages, which is why consumers compare numbers.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum, auto
from typing import Final

import structlog

from services.chassis.database import Database, Stored
from services.chassis.errors import Unavailable, Unroutable
from services.chassis.link import Lane, Link
from services.chassis.logging import describe
from services.chassis.metrics import OUTBOX_LAG, OUTBOX_TABLE_MODE, PUBLISHED
from services.chassis.outbox_table import DELETE, OutboxTable
from services.chassis.tasks import end

IN_FLIGHT: Final = 512
BACKLOG: Final = 20_000
LOOK_SECONDS: Final = 1.0
LANE_SECONDS: Final = 0.5
RETRY_SECONDS: Final = 0.25
DELETE_SECONDS: Final = 0.05
STOP_SECONDS: Final = 3.0
REPAIR_SECONDS: Final = 5.0

log = structlog.stdlib.get_logger("dymek.relay")


class Mode(Enum):
    MEMORY = auto()
    """What is handed over is sent."""
    TABLE = auto()
    """What is handed over is left to the table."""
    CATCHING_UP = auto()
    """What is handed over is collected until the table's older rows are sent."""


def _row_id(stored: Stored) -> int:
    return stored[0]


class Relay:
    """Publishes committed outbox rows; one per process. `repair` is awaited when a message had no queue."""

    def __init__(self, database: Database, link: Link, *, repair: Callable[[], Awaitable[None]] | None = None) -> None:
        self._database = database
        self._link = link
        self._repair = repair
        self._table = OutboxTable(database)
        self._mode = Mode.MEMORY
        self._waiting: list[Stored] = []
        self._sending: dict[int, float] = {}
        self._confirmed: list[int] = []
        self._owed = 0
        """Greatest id of a row that was given up in memory and must come from the table."""
        self._oldest_in_table = 0.0
        self._repaired_at = -REPAIR_SECONDS
        self._handed_over = asyncio.Event()
        self._room = asyncio.Event()
        self._deletable = asyncio.Event()
        self._look = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._sends: set[asyncio.Task[None]] = set()

    def take(self, rows: Sequence[Stored]) -> None:
        """Publish rows that have just been committed. Never blocks and never fails: the table has them too."""
        if not rows:
            return
        if self._mode is not Mode.TABLE and len(self._waiting) + len(rows) > BACKLOG:
            self._fall_back("backlog")
        if self._mode is Mode.TABLE:
            self._owed = max(self._owed, *map(_row_id, rows))
            self._look.set()
        else:
            self._waiting.extend(rows)
            self._handed_over.set()

    def wake(self) -> None:
        """Look at the table now."""
        self._look.set()

    def lag(self) -> float:
        """Seconds since the oldest message was committed that the broker has not confirmed; 0 when there is none."""
        oldest = min(self._sending.values(), default=None)
        return max(0.0 if oldest is None else time.monotonic() - oldest, self._oldest_in_table)

    @property
    def mode(self) -> Mode:
        return self._mode

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._send_from_memory(), name="relay-memory"),
            asyncio.create_task(self._delete_confirmed(), name="relay-delete"),
            asyncio.create_task(self._look_after_table(), name="relay-table"),
        ]

    async def stop(self) -> None:
        """Give what is under way up to 3 s to be confirmed and deleted; the table keeps the rest."""
        limit = time.monotonic() + STOP_SECONDS
        while self._busy() and time.monotonic() < limit:  # noqa: ASYNC110 -- a bounded wait, once per life
            await asyncio.sleep(0.01)
        await end([*self._tasks, *self._sends])
        self._tasks = []
        with contextlib.suppress(Exception):
            await self._delete_batch()
        await self._table.close()

    def _busy(self) -> bool:
        return self._mode is Mode.MEMORY and bool(self._waiting or self._sending)

    # Memory mode.

    async def _send_from_memory(self) -> None:
        lane: Lane | None = None
        while True:
            await self._handed_over.wait()
            self._handed_over.clear()
            while self._waiting and self._mode is Mode.MEMORY:
                if len(self._sending) >= IN_FLIGHT:
                    self._room.clear()
                    await self._room.wait()
                    continue
                if lane is None or not lane.is_open:
                    try:
                        # Less than the age at which another process would sweep what is waiting here.
                        lane = await self._link.lane(seconds=LANE_SECONDS)
                    except Unavailable:
                        self._fall_back("broker")
                    continue
                # Two commits that ended at nearly the same moment may have been handed over the other way round.
                self._waiting.sort(key=_row_id)
                room = IN_FLIGHT - len(self._sending)
                batch, self._waiting = self._waiting[:room], self._waiting[room:]
                for stored in batch:
                    self._sending[stored[0]] = time.monotonic()
                    task = asyncio.create_task(self._send(lane, stored))
                    self._sends.add(task)
                    task.add_done_callback(self._sends.discard)

    async def _send(self, lane: Lane, stored: Stored) -> None:
        row_id, row = stored
        try:
            await lane.send(row)
        except Unavailable as error:
            self._owed = max(self._owed, row_id)
            _count(row.type, error)
            self._fall_back(type(error).__name__)
        else:
            _count(row.type, None)
            self._confirmed.append(row_id)
            self._deletable.set()
        finally:
            self._sending.pop(row_id, None)
            self._room.set()

    def _fall_back(self, reason: str) -> None:
        if self._mode is Mode.MEMORY:
            log.warning("relay_reads_table", reason=reason, waiting=len(self._waiting), sending=len(self._sending))
        self._mode = Mode.TABLE
        OUTBOX_TABLE_MODE.set(1)
        self._owed = max(self._owed, *map(_row_id, self._waiting), 0)
        self._waiting = []
        self._look.set()

    async def _delete_confirmed(self) -> None:
        while True:
            await self._deletable.wait()
            await asyncio.sleep(DELETE_SECONDS)
            self._deletable.clear()
            try:
                await self._delete_batch()
            except Exception as error:
                log.warning("outbox_rows_not_deleted", rows=len(self._confirmed), **describe(error))
                await asyncio.sleep(LOOK_SECONDS)
                self._deletable.set()

    async def _delete_batch(self) -> None:
        ids = self._confirmed[:]
        if not ids:
            return
        async with self._database.connection() as connection:
            await connection.execute(DELETE, ids)
        # Only now: until then a sweep must know that these are confirmed.
        del self._confirmed[: len(ids)]

    # Table mode and sweep.

    async def _look_after_table(self) -> None:
        while True:
            self._look.clear()
            try:
                # First, for while the broker is away the rest does not come to its end.
                self._oldest_in_table = await self._table.oldest_seconds()
                await self._catch_up() if self._mode is Mode.TABLE else await self._sweep()
            except Exception as error:
                log.warning("outbox_not_read", **describe(error))
                if not isinstance(error, Unavailable):
                    await self._table.close()
            OUTBOX_LAG.set(self.lag())
            if self._mode is Mode.MEMORY:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._look.wait(), LOOK_SECONDS)
            else:
                await asyncio.sleep(RETRY_SECONDS)

    async def _sweep(self) -> None:
        """Publish what nobody else has, if that is this process's task."""
        if not await self._table.lock():
            return
        waiting = map(_row_id, self._waiting)
        await self._publish_table(up_to=0, known={*self._sending, *waiting, *self._confirmed})

    async def _catch_up(self) -> None:
        """Have everything sent that was given up in memory, and go back to memory mode."""
        while self._sending:
            self._room.clear()
            await self._room.wait()
        await self._link.lane()
        self._mode, goal = Mode.CATCHING_UP, self._owed
        try:
            if await self._table.lock():
                done = await self._publish_table(up_to=goal, known=set(self._confirmed))
                self._waiting = [stored for stored in self._waiting if stored[0] not in done]
            else:
                while await self._table.remains(goal):  # noqa: ASYNC110 -- another process empties the table
                    await asyncio.sleep(RETRY_SECONDS)
        except BaseException:
            self._fall_back("table")
            raise
        if self._mode is Mode.CATCHING_UP:
            self._mode = Mode.MEMORY
            OUTBOX_TABLE_MODE.set(0)
            log.info("relay_reads_memory", collected=len(self._waiting))
            self._handed_over.set()

    async def _publish_table(self, *, up_to: int, known: set[int]) -> set[int]:
        """Publish rows from the table until none is left to try; the ids that were confirmed."""
        done: set[int] = set()
        blocked: set[str] = set()
        while rows := await self._table.stale(up_to, known, blocked):
            lane = await self._link.lane()
            results = await asyncio.gather(*(lane.send(row) for _, row in rows), return_exceptions=True)
            confirmed = []
            failure: BaseException | None = None
            unroutable: set[str] = set()
            for (row_id, row), result in zip(rows, results, strict=True):
                _count(row.type, result)
                if result is None:
                    confirmed.append(row_id)
                elif isinstance(result, Unroutable):
                    unroutable.add(row.routing_key)
                else:
                    failure = result
            if confirmed:
                done.update(confirmed)
                known.update(confirmed)
                await self._table.delete(confirmed)
            if failure is not None:
                raise failure
            if unroutable and self._repair is not None and time.monotonic() - self._repaired_at > REPAIR_SECONDS:
                self._repaired_at = time.monotonic()
                await self._repair()
            elif unroutable:
                # The rest must not wait for what has no queue; it is tried again at the next look.
                log.error("outbox_rows_unroutable", routing_keys=sorted(unroutable))
                blocked |= unroutable
        return done


def _count(message_type: str, failure: BaseException | None) -> None:
    outcome = "confirmed" if failure is None else "unroutable" if isinstance(failure, Unroutable) else "unavailable"
    PUBLISHED.labels(message_type, outcome).inc()
