"""The postman sends a few mails at once, notes each in the end, and leaves nothing half done when it stops."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from services.chassis.clock import FakeClock
from services.chassis.errors import Unavailable
from services.notifier import postman as module
from services.notifier import store
from services.notifier.domain.delivery import Accepted, Failed, Verdict
from services.notifier.domain.message import Envelope
from services.notifier.postman import AT_ONCE, Postman
from services.notifier.store import Claimed

NOW = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)


class Table:
    """The mails of a database that can be away."""

    def __init__(self, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.due = [claimed(number) for number in range(count)]
        self.notes: list[tuple[int, str]] = []
        self.verdicts: list[Verdict] = []
        self.away = 0
        """So many times it does not answer."""
        self.handed_back: list[int] = []
        self.in_claim = asyncio.Event()
        self.claim_may_end = asyncio.Event()
        self.claim_may_end.set()
        monkeypatch.setattr(store, "claim", self._claim)
        monkeypatch.setattr(store, "give_up", self._give_up)
        monkeypatch.setattr(store, "hand_back", self._hand_back)
        monkeypatch.setattr(store, "settle", self._settle)
        monkeypatch.setattr(module, "POLL_SECONDS", 0.01)

    async def run(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        if self.away:
            self.away -= 1
            raise Unavailable("the database does not answer")

        class Transaction:
            connection = None

        return await work(Transaction())

    async def _claim(
        self, _: object, __: datetime, *, dead_at: datetime, under_way: Collection[UUID], most: int
    ) -> list[Claimed]:
        assert dead_at > NOW
        taken, self.due = self.due[:most], self.due[most:]
        self.in_claim.set()
        await self.claim_may_end.wait()
        return taken

    async def _give_up(
        self, _: object, __: datetime, *, before: datetime, reason: str, under_way: Collection[UUID]
    ) -> list[Claimed]:
        return []

    async def _hand_back(self, _: object, mail: Claimed, __: datetime) -> bool:
        self.handed_back.append(mail.id.int)
        return True

    async def _settle(self, _: object, mail: Claimed, verdict: Verdict, __: datetime) -> bool:
        self.notes.append((mail.id.int, verdict.state))
        self.verdicts.append(verdict)
        return True


class Slow:
    """A carrier whose mails all wait for one sign."""

    seconds = 5.0

    def __init__(self) -> None:
        self.sign = asyncio.Event()
        self.carried: list[int] = []
        self.together = self.most_together = 0

    async def carry(self, envelope: Envelope) -> Accepted | Failed:
        self.carried.append(envelope.mail_id.int)
        self.together += 1
        self.most_together = max(self.together, self.most_together)
        await self.sign.wait()
        self.together -= 1
        return Accepted()


def claimed(number: int) -> Claimed:
    envelope = Envelope(UUID(int=number), "anna@example.com", "", "pl", "Temat", "Tekst", "<p>", NOW)
    return Claimed(envelope, 1, False, None, None, None)


def sending(table: Table, carrier: Slow) -> Postman:
    return Postman(table, FakeClock(NOW), carrier)  # type: ignore[arg-type]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_few_mails_are_sent_at_once_and_all_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    table, carrier = Table(11, monkeypatch), Slow()
    postman = sending(table, carrier)
    await postman.start()
    await until(lambda: carrier.together == AT_ONCE)
    carrier.sign.set()
    await until(lambda: len(table.notes) == 11)
    await postman.stop()
    assert carrier.most_together == AT_ONCE
    assert sorted(carrier.carried) == list(range(11))
    assert sorted(table.notes) == [(number, "sent") for number in range(11)]


async def test_a_mail_that_was_taken_while_the_database_was_away_is_noted_later_and_not_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table, carrier = Table(1, monkeypatch), Slow()
    postman = sending(table, carrier)
    await postman.start()
    await until(lambda: carrier.together == 1)
    table.away = 20
    carrier.sign.set()
    await until(lambda: bool(table.notes))
    await postman.stop()
    assert table.notes == [(0, "sent")]
    assert carrier.carried == [0]


async def test_what_is_under_way_is_finished_at_the_end_and_nothing_else_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table, carrier = Table(9, monkeypatch), Slow()
    postman = sending(table, carrier)
    await postman.start()
    await until(lambda: carrier.together == AT_ONCE)
    stopping = asyncio.create_task(postman.stop())
    await asyncio.sleep(0)
    carrier.sign.set()
    await stopping
    assert len(table.notes) == len(carrier.carried) == AT_ONCE


async def test_a_server_that_stalls_does_not_keep_the_process_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.05)
    table, carrier = Table(1, monkeypatch), Slow()
    postman = sending(table, carrier)
    await postman.start()
    await until(lambda: carrier.together == 1)
    async with asyncio.timeout(5):
        await postman.stop()
    assert table.notes == []


async def test_mails_that_are_being_taken_as_the_process_stops_are_left_to_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = asyncio.all_tasks()
    table, carrier = Table(3, monkeypatch), Slow()
    table.claim_may_end.clear()
    postman = sending(table, carrier)
    await postman.start()
    await table.in_claim.wait()
    stopping = asyncio.create_task(postman.stop())
    await asyncio.sleep(0)
    table.claim_may_end.set()
    await stopping
    assert carrier.carried == []
    assert table.handed_back == [0, 1, 2]
    assert asyncio.all_tasks() == before


async def test_a_mail_whose_try_fails_unexpectedly_waits_as_others_do(monkeypatch: pytest.MonkeyPatch) -> None:
    class Faulty(Slow):
        async def carry(self, envelope: Envelope) -> Accepted | Failed:
            raise LookupError("anna@example.com")

    table = Table(1, monkeypatch)
    postman = sending(table, Faulty())
    await postman.start()
    await until(lambda: bool(table.notes))
    await postman.stop()
    (verdict,) = table.verdicts
    assert (verdict.state, verdict.reason) == ("pending", "unexpected: LookupError")
    assert verdict.next_try_at is not None
    assert verdict.next_try_at > NOW
