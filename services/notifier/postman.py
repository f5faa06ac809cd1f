"""Sends the mails that are due: a few at once, each noted as being sent before, and as what became of it after.

A mail goes out once. The one case of a second copy, with the same Message-ID: the server has taken a mail, and that is
never noted, because this process was killed, or the connection broke, before the server's answer was read and stored.
After a database's absence the note is made up for, for as long as the process lives.
"""

import asyncio
import contextlib
from datetime import timedelta
from random import random
from typing import Final, Protocol
from uuid import UUID

import structlog

from contracts.mail import MailChanged, MailState
from services.chassis.clock import Clock
from services.chassis.context import Cause, bound
from services.chassis.database import Database, Transaction
from services.chassis.logging import describe
from services.chassis.tasks import end
from services.notifier import store
from services.notifier.domain.delivery import Accepted, Failed, Verdict, after_try
from services.notifier.domain.message import Envelope
from services.notifier.store import Claimed

POLL_SECONDS: Final = 1.0
AT_ONCE: Final = 4
SPARE_SECONDS: Final = 15.0
"""How long after the longest try a mail that is still being sent counts as left by a dead process."""
GRACE_SECONDS: Final = 8.0

log = structlog.stdlib.get_logger("dymek.postman")


class Carries(Protocol):
    """What gives a mail to a server."""

    @property
    def seconds(self) -> float:
        """The most that `carry` takes."""

    async def carry(self, envelope: Envelope) -> Accepted | Failed:
        """Try once."""


class Postman:
    """Sends mails in the background, from `start` to `stop`."""

    def __init__(self, database: Database, clock: Clock, carrier: Carries) -> None:
        self._database = database
        self._clock = clock
        self._carrier = carrier
        self._awake = asyncio.Event()
        self._under_way: dict[UUID, asyncio.Task[None]] = {}
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def wake(self) -> None:
        """Look at once: a mail has been kept."""
        self._awake.set()

    async def start(self) -> None:
        self._stopping = False
        self._task = asyncio.create_task(self._work(), name="postman")

    async def stop(self) -> None:
        """Finish the mails under way, but not for longer than 8 s; take no more."""
        self._stopping = True
        self.wake()
        tasks = [task for task in (self._task, *self._under_way.values()) if task is not None]
        self._task = None
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
            await end(late) if late else None

    async def _work(self) -> None:
        while not self._stopping:
            self._awake.clear()
            free, claimed = AT_ONCE - len(self._under_way), 0
            try:
                claimed = await self._take(free) if free else 0
            except Exception as error:
                log.warning("mails_not_read", **describe(error))
            if not self._stopping and (not free or claimed < free):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), POLL_SECONDS)

    async def _take(self, most: int) -> int:
        """Note that at most so many mails are being sent, and begin with them."""

        async def claim(tx: Transaction) -> list[Claimed]:
            now = self._clock.now()
            dead_at = now + timedelta(seconds=self._carrier.seconds + SPARE_SECONDS)
            mails = await store.claim(tx.connection, now, dead_at=dead_at, under_way=[*self._under_way], most=most)
            for mail in mails:
                self._tell(tx, mail, "sending", "")
            return mails

        mails = await self._database.run(claim)
        for mail in mails:
            self._under_way[mail.id] = asyncio.create_task(self._deliver(mail), name=f"mail-{mail.id}")
        return len(mails)

    async def _deliver(self, mail: Claimed) -> None:
        try:
            outcome = await self._carrier.carry(mail.envelope)
            now = self._clock.now()
            verdict = after_try(
                outcome, attempts=mail.attempts, asked_at=mail.envelope.asked_at, now=now, spread=random()
            )
            log.info("mail_tried", mail_id=str(mail.id), state=verdict.state, attempts=mail.attempts)
            await self._note(mail, verdict)
        except Exception as error:
            # Tried again when its time as a mail being sent is over.
            log.error("mail_not_tried", mail_id=str(mail.id), **describe(error))
        finally:
            del self._under_way[mail.id]
            self.wake()

    async def _note(self, mail: Claimed, verdict: Verdict) -> None:
        """Store what became of the try, however long the database is away."""

        async def settle(tx: Transaction) -> None:
            if await store.settle(tx.connection, mail, verdict, self._clock.now()):
                self._tell(tx, mail, verdict.state, verdict.reason)

        while True:
            try:
                return await self._database.run(settle)
            except Exception as error:
                log.warning("mail_not_noted", mail_id=str(mail.id), **describe(error))
            await asyncio.sleep(POLL_SECONDS)

    def _tell(self, tx: Transaction, mail: Claimed, state: MailState, reason: str) -> None:
        if not mail.announced:
            return
        changed = MailChanged(
            mail_id=mail.id,
            state=state,
            reason=reason,
            ticket_id=mail.ticket_id,
            conversation_id=mail.conversation_id,
            at=self._clock.now(),
        )
        cause = Cause(mail.correlation_id, None, None) if mail.correlation_id else None
        with bound(cause) if cause else contextlib.nullcontext():
            tx.outbox.add(changed)
