"""Sends the mails that are due: a few at once, each noted as being sent before, and as what became of it after.

A mail goes out once, but for two cases of a second copy, with the same Message-ID:
- the server has taken a mail, and that is never noted, because this process was killed, or ended with the try after
  its grace, or the connection broke, before the server's answer was read and stored;
- the database was away for longer than a mail may be under way. The note is made up for, as long as the process lives;
  but of several notifiers another may be quicker, and take the mail for that of a dead one.
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
from services.notifier.domain.delivery import GIVE_UP_AFTER, Accepted, Failed, Verdict, after_try
from services.notifier.domain.message import Envelope
from services.notifier.store import Claimed

POLL_SECONDS: Final = 1.0
AT_ONCE: Final = 4
SPARE_SECONDS: Final = 15.0
"""How long after the longest try a mail that is still being sent counts as left by a dead process."""
GRACE_SECONDS: Final = 8.0
NEVER_ENDED: Final = Failed("unexpected", "every process that tried it died")

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
        grace_ends = asyncio.get_running_loop().time() + GRACE_SECONDS
        # What is being taken may become a mail under way until the taking has ended.
        await _ended([self._task] if self._task else [], grace_ends)
        self._task = None
        await _ended([*self._under_way.values()], grace_ends)

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
            under_way = [*self._under_way]
            given_up = await store.give_up(
                tx.connection, now, before=now - GIVE_UP_AFTER, reason=NEVER_ENDED.reason, under_way=under_way
            )
            for mail in given_up:
                self._tell(tx, mail, "failed", NEVER_ENDED.reason)
            mails = await store.claim(tx.connection, now, dead_at=dead_at, under_way=under_way, most=most)
            for mail in mails:
                self._tell(tx, mail, "sending", "")
            return mails

        mails = await self._database.run(claim)
        if self._stopping:
            await self._hand_back(mails)
            return 0
        for mail in mails:
            self._under_way[mail.id] = asyncio.create_task(self._deliver(mail), name=f"mail-{mail.id}")
        return len(mails)

    async def _hand_back(self, mails: list[Claimed]) -> None:
        """Leave mails that were not tried to whoever takes them next, at once."""

        async def attempt(tx: Transaction) -> None:
            for mail in mails:
                if await store.hand_back(tx.connection, mail, self._clock.now()):
                    self._tell(tx, mail, "pending", "")

        if mails:
            await self._database.run(attempt)

    async def _deliver(self, mail: Claimed) -> None:
        try:
            outcome = await self._try(mail)
            now = self._clock.now()
            verdict = after_try(
                outcome, attempts=mail.attempts, asked_at=mail.envelope.asked_at, now=now, spread=random()
            )
            log.info("mail_tried", mail_id=str(mail.id), state=verdict.state, attempts=mail.attempts)
            await self._note(mail, verdict)
        finally:
            del self._under_way[mail.id]
            self.wake()

    async def _try(self, mail: Claimed) -> Accepted | Failed:
        try:
            return await self._carrier.carry(mail.envelope)
        except Exception as error:
            # A fault of ours, which the same mail may bring about at every try: it must come to an end as others do.
            log.error("mail_not_tried", mail_id=str(mail.id), **describe(error))
            return Failed("unexpected", type(error).__name__)

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


async def _ended(tasks: list[asyncio.Task[None]], latest: float) -> None:
    """Wait for the tasks until then, by the loop's clock; who has not ended by then is cancelled."""
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=max(0.0, latest - asyncio.get_running_loop().time()))
        await end(late)
