"""The worker that fires deadlines; see deadlines.py for what it promises.

It sleeps until the next deadline, is woken by commits of the same process that set one, and looks at least once a
second for those that other processes set.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from services.chassis.clock import Clock, Ids, RandomIds
from services.chassis.context import Cause, bound
from services.chassis.database import Database, Transaction
from services.chassis.deadlines import Deadline
from services.chassis.logging import describe
from services.chassis.metrics import DEADLINE_LATENESS, DEADLINES
from services.chassis.tasks import end
from services.chassis.tracing import span

Handler = Callable[[Transaction, Deadline], Awaitable[None]]

POLL_SECONDS: Final = 1.0
PARALLEL: Final = 4
LONGEST_RETRY_SECONDS: Final = 60.0

LOOK: Final = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM deadline WHERE due_at <= $1 AND kind = ANY($2) LIMIT $3) AS ripe) AS due,
       (SELECT min(due_at) FROM deadline WHERE due_at > $1 AND kind = ANY($2)) AS next
"""

CLAIM: Final = """
DELETE FROM deadline
 WHERE (kind, subject, generation) = (
       SELECT kind, subject, generation
         FROM deadline
        WHERE due_at <= $1 AND kind = ANY($2)
        ORDER BY due_at
          FOR UPDATE SKIP LOCKED
        LIMIT 1)
RETURNING kind, subject, generation, due_at
"""

POSTPONE: Final = """
UPDATE deadline
   SET attempts = attempts + 1,
       due_at = $4::timestamptz + interval '1 second' * least($5, 0.25 * 2 ^ least(attempts, 10))
 WHERE kind = $1 AND subject = $2 AND generation = $3
"""

log = structlog.stdlib.get_logger("dymek.deadlines")


class _HandlerFailed(Exception):
    """Carries the deadline whose handler raised out of its transaction."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(deadline.kind)
        self.deadline = deadline


class DeadlineWorker:
    """Fires the deadlines of the kinds it has handlers for."""

    def __init__(
        self, database: Database, clock: Clock, handlers: dict[str, Handler] | None = None, ids: Ids | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids or RandomIds()
        self._handlers: dict[str, Handler] = dict(handlers or {})
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def on(self, kind: str, handler: Handler) -> None:
        """Handle deadlines of `kind`; to be called before `start`."""
        self._handlers[kind] = handler

    def wake(self) -> None:
        """Look at once: a deadline has been set."""
        self._awake.set()

    async def start(self) -> None:
        if self._handlers and self._task is None:
            self._stopping = False
            self._task = asyncio.create_task(self._work(), name="deadlines")

    async def stop(self) -> None:
        """Finish what is being handled, and nothing more; what takes longer than 5 s is rolled back."""
        if self._task is None:
            return
        task, self._task = self._task, None
        self._stopping = True
        self.wake()
        done, _ = await asyncio.wait({task}, timeout=5)
        if not done:
            await end([task])

    async def _work(self) -> None:
        while not self._stopping:
            self._awake.clear()
            try:
                pause = await self._pass()
            except Exception as error:
                log.warning("deadlines_not_read", **describe(error))
                pause = POLL_SECONDS
            if pause > 0 and not self._stopping:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), pause)

    async def _pass(self) -> float:
        """Fire what is due; the seconds until the next look."""
        kinds = list(self._handlers)
        now = self._clock.now()
        async with self._database.connection() as connection:
            look = await connection.fetchrow(LOOK, now, kinds, PARALLEL)
        assert look is not None  # noqa: S101 -- a SELECT without FROM always has a row
        if look["due"]:
            # Rows locked by another worker count as due but cannot be claimed: then pause, or this would spin.
            fired = await asyncio.gather(*(self._claim_all() for _ in range(look["due"])))
            return 0.0 if any(fired) else 0.05
        upcoming: datetime | None = look["next"]
        if upcoming is None:
            return POLL_SECONDS
        return min(POLL_SECONDS, max(0.001, (upcoming - now).total_seconds()))

    async def _claim_all(self) -> int:
        fired = 0
        while not self._stopping and await self.fire_one():
            fired += 1
        return fired

    async def fire_one(self) -> bool:
        """Claim and handle one due deadline; False when there is none to claim."""
        try:
            return await self._database.run(self._claim_and_handle)
        except _HandlerFailed as failed:
            DEADLINES.labels(failed.deadline.kind, "failed").inc()
            log.error("deadline_failed", kind=failed.deadline.kind, **describe(failed.__cause__ or failed))
            await self._postpone(failed.deadline)
            return True

    async def _claim_and_handle(self, transaction: Transaction) -> bool:
        now = self._clock.now()
        row = await transaction.connection.fetchrow(CLAIM, now, list(self._handlers))
        if row is None:
            return False
        deadline = Deadline(row["kind"], row["subject"], row["generation"], row["due_at"])
        with bound(Cause(self._ids.new(), None, None)), span(f"deadline {deadline.kind}"):
            try:
                await self._handlers[deadline.kind](transaction, deadline)
            except Exception as error:
                if self._database.retries(error):
                    raise
                raise _HandlerFailed(deadline) from error
        DEADLINES.labels(deadline.kind, "handled").inc()
        DEADLINE_LATENESS.labels(deadline.kind).observe(max(0.0, (now - deadline.due_at) / timedelta(seconds=1)))
        return True

    async def _postpone(self, deadline: Deadline) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                POSTPONE, deadline.kind, deadline.subject, deadline.generation, self._clock.now(), LONGEST_RETRY_SECONDS
            )
