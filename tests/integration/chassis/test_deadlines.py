"""A deadline fires once, in time, and not at all when it was cancelled."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from contracts.tickets import RatingRecorded
from services.chassis.clock import FakeClock
from services.chassis.database import Transaction
from services.chassis.deadlines import Deadline
from services.chassis.service import Service
from tests.integration.chassis.conftest import RATINGS, Rig, rating, until

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


async def timers(rig: Rig) -> int:
    return int(await rig.connection.fetchval("SELECT count(*) FROM deadline"))


async def no_timers(rig: Rig) -> bool:
    return await timers(rig) == 0


async def only_one_timer(rig: Rig) -> bool:
    return await timers(rig) == 1


def recorder(fired: "Counter[UUID]") -> object:
    async def handle(tx: Transaction, deadline: Deadline) -> None:
        fired[deadline.subject] += 1

    return handle


async def with_handler(rig: Rig, handler: object, **options: object) -> Service:
    service = rig.service(**options)  # type: ignore[arg-type]
    service.on_deadline("test", handler)  # type: ignore[arg-type]
    return await rig.run(service)


async def test_a_deadline_fires_at_its_time_and_not_before(rig: Rig) -> None:
    clock = FakeClock(NOON)
    fired: Counter[UUID] = Counter()
    service = await with_handler(rig, recorder(fired), clock=clock)
    subject = uuid4()
    async with service.database.transaction() as tx:
        tx.deadlines.set("test", subject, NOON + timedelta(seconds=20))
    clock.advance(19)
    service.deadline_worker.wake()
    await asyncio.sleep(0.2)
    assert not fired
    clock.advance(1)
    service.deadline_worker.wake()
    await until(lambda: fired[subject] == 1)
    await until(lambda: no_timers(rig))


async def test_deadlines_fire_once_with_two_workers(rig: Rig) -> None:
    fired: Counter[UUID] = Counter()
    first = await with_handler(rig, recorder(fired))
    await with_handler(rig, recorder(fired))
    subjects = [uuid4() for _ in range(300)]
    async with first.database.transaction() as tx:
        for n, subject in enumerate(subjects):
            tx.deadlines.set("test", subject, now() + timedelta(milliseconds=n))
    await until(lambda: no_timers(rig))
    assert fired == Counter(subjects)


async def test_a_cancelled_deadline_does_not_fire(rig: Rig) -> None:
    fired: Counter[UUID] = Counter()
    service = await with_handler(rig, recorder(fired))
    cancelled, kept = uuid4(), uuid4()
    due = now() + timedelta(seconds=0.3)
    async with service.database.transaction() as tx:
        for generation in (1, 2):
            tx.deadlines.set("test", cancelled, due, generation)
        tx.deadlines.set("test", kept, due)
    async with service.database.transaction() as tx:
        tx.deadlines.cancel("test", cancelled)
    await until(lambda: fired[kept] == 1)
    await until(lambda: no_timers(rig))
    assert fired[cancelled] == 0


async def test_the_last_word_of_a_transaction_holds(rig: Rig) -> None:
    service = await rig.start()
    set_then_cancelled, cancelled_then_set = uuid4(), uuid4()
    later = now() + timedelta(hours=1)
    async with service.database.transaction() as tx:
        tx.deadlines.set("test", set_then_cancelled, later)
        tx.deadlines.cancel("test", set_then_cancelled)
        tx.deadlines.cancel("test", cancelled_then_set)
        tx.deadlines.set("test", cancelled_then_set, later)
    assert await rig.connection.fetchval("SELECT array_agg(subject) FROM deadline") == [cancelled_then_set]


async def test_a_deadline_that_is_being_handled_is_not_waited_for_by_a_cancellation(rig: Rig) -> None:
    handling, go_on = asyncio.Event(), asyncio.Event()

    async def slow(tx: Transaction, deadline: Deadline) -> None:
        handling.set()
        await go_on.wait()

    service = await with_handler(rig, slow)
    subject = uuid4()
    async with service.database.transaction() as tx:
        tx.deadlines.set("test", subject, now())
    await asyncio.wait_for(handling.wait(), 15)
    async with asyncio.timeout(2), service.database.transaction() as tx:
        tx.deadlines.cancel("test", subject)
    go_on.set()
    await until(lambda: no_timers(rig))


async def test_setting_a_deadline_again_moves_it(rig: Rig) -> None:
    service = await rig.start()
    subject = uuid4()
    for hours in (1, 2):
        async with service.database.transaction() as tx:
            tx.deadlines.set("test", subject, NOON + timedelta(hours=hours))
    assert await rig.connection.fetchval("SELECT due_at FROM deadline") == NOON + timedelta(hours=2)
    assert await timers(rig) == 1


async def test_a_deadline_whose_handler_fails_is_tried_again_and_says_nothing_before(rig: Rig) -> None:
    attempts = 0

    async def fails_once(tx: Transaction, deadline: Deadline) -> None:
        nonlocal attempts
        attempts += 1
        tx.outbox.add(rating(comment=f"attempt {attempts}"))
        if attempts == 1:
            raise ValueError

    service = await with_handler(rig, fails_once)
    async with service.database.transaction() as tx:
        tx.deadlines.set("test", uuid4(), now())
    (message,) = await rig.messages(RATINGS, 1)
    assert isinstance(message, RatingRecorded)
    assert message.comment == "attempt 2"
    await until(lambda: no_timers(rig))


async def test_one_failing_deadline_does_not_hold_up_the_others(rig: Rig) -> None:
    bad, good = uuid4(), uuid4()
    fired: list[UUID] = []

    async def handle(tx: Transaction, deadline: Deadline) -> None:
        if deadline.subject == bad:
            raise ValueError
        fired.append(deadline.subject)

    service = await with_handler(rig, handle)
    async with service.database.transaction() as tx:
        tx.deadlines.set("test", bad, now() - timedelta(minutes=1))
        tx.deadlines.set("test", good, now())
    await until(lambda: fired == [good])
    await until(lambda: only_one_timer(rig))


async def test_what_a_killed_worker_was_handling_is_fired_by_another(rig: Rig) -> None:
    subject = uuid4()
    await rig.connection.execute("INSERT INTO deadline (kind, subject, due_at) VALUES ('test', $1, now())", subject)
    dead = await rig.service().database.connect("dead")
    await dead.execute("BEGIN")
    await dead.execute("DELETE FROM deadline WHERE subject = $1", subject)
    fired: Counter[UUID] = Counter()
    await with_handler(rig, recorder(fired))
    dead.terminate()
    await until(lambda: fired[subject] == 1)
    await until(lambda: no_timers(rig))
