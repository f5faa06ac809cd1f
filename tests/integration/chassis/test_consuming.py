"""How deliveries end: handled once, tried again, or kept among the dead letters; never lost, never told to the log."""

import asyncio
from uuid import UUID, uuid4

import aio_pika
import pytest

from contracts.envelope import Received
from contracts.tickets import RatingRecorded
from contracts.topology import DEAD, EVENTS, Queue, queues_of
from services.chassis.broker import MOST_DELIVERIES
from services.chassis.context import current_cause
from services.chassis.database import Transaction
from services.chassis.errors import Unavailable
from services.chassis.inbox import once
from services.chassis.service import Service
from tests.integration.chassis.conftest import RATINGS, Rig, partition_of_queue, post, rating, until

SECRET = "the visitor's own words"


def queue_called(name: str) -> Queue:
    return next(queue for queue in queues_of("router") if queue.name == name)


async def consuming(rig: Rig, handler: object, *, queue: str = RATINGS, prefetch: int = 1) -> Service:
    service = rig.service()
    service.consume(queue_called(queue), handler, prefetch=prefetch, title="Test")  # type: ignore[arg-type]
    return await rig.run(service)


async def test_a_message_that_always_fails_is_delivered_eight_times_and_kept(
    rig: Rig, capfd: pytest.CaptureFixture[str]
) -> None:
    deliveries: list[Received] = []

    async def fails(received: Received) -> None:
        deliveries.append(received)
        raise ValueError(SECRET)

    service = await consuming(rig, fails)
    await service.publisher.publish(rating(comment=SECRET))
    await until(lambda: _holds(rig, DEAD, 1))
    assert len(deliveries) == MOST_DELIVERIES
    assert await rig.waiting(RATINGS) == 0
    assert SECRET not in "".join(capfd.readouterr())


async def test_a_malformed_message_goes_to_the_dead_letters_and_not_into_the_log(
    rig: Rig, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    handled: list[Received] = []

    async def handle(received: Received) -> None:
        handled.append(received)

    service = await consuming(rig, handle)
    exchange = await rig.channel.get_exchange(EVENTS)
    for body in (f"{{{SECRET}", f'{{"specversion": "1.0", "id": "{SECRET}"}}', '{"type": 1}'):
        await exchange.publish(aio_pika.Message(body.encode()), "rating.recorded.v1")
    good = service.letterhead.prepare(rating()).body
    stray = good.replace("rating.recorded.v1", "nobody.knows.v1")
    wrong = good.replace('"good"', f'"{SECRET}"')
    unstorable = service.letterhead.prepare(rating(comment=f"{SECRET}\0")).body
    for body in (stray, wrong, unstorable, good):
        await exchange.publish(aio_pika.Message(body.encode()), "rating.recorded.v1")
    await until(lambda: _holds(rig, DEAD, 6))
    await until(lambda: len(handled) == 1)
    assert SECRET not in "".join(capfd.readouterr())
    assert SECRET not in caplog.text


async def test_a_transient_failure_is_tried_again_in_place_and_keeps_the_order(rig: Rig) -> None:
    conversation_id = uuid4()
    seen: list[str] = []
    failures = 12

    async def handle(received: Received) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise Unavailable("the database does not answer")
        seen.append(received.message.text)

    queue = partition_of_queue(conversation_id)
    service = rig.service()
    await rig.run(service)
    for n in range(5):
        await service.publisher.publish(post(str(n), conversation_id))
    await consuming(rig, handle, queue=queue)
    await until(lambda: len(seen) == 5, 30)
    assert seen == ["0", "1", "2", "3", "4"]
    assert await rig.waiting(DEAD) == 0


async def test_a_repeated_message_is_handled_once(rig: Rig) -> None:
    await rig.connection.execute("CREATE TABLE IF NOT EXISTS effect (id uuid)")
    await rig.connection.execute("TRUNCATE effect")
    calls: list[UUID] = []

    async def work(tx: Transaction, received: Received) -> None:
        calls.append(received.id)
        await tx.connection.execute("INSERT INTO effect VALUES ($1)", received.id)
        if len(calls) == 1:
            raise ValueError("fails after its work, so that nothing of it may stay")

    service = rig.service()
    service.consume(queue_called(RATINGS), once(service.database, RATINGS, work), prefetch=4, title="Test")
    await rig.run(service)
    body = service.letterhead.prepare(rating()).body.encode()
    exchange = await rig.channel.get_exchange(EVENTS)
    for _ in range(5):
        await exchange.publish(aio_pika.Message(body), "rating.recorded.v1")
    await until(lambda: _consumed(rig))
    assert await rig.connection.fetchval("SELECT count(*) FROM effect") == 1
    assert await rig.connection.fetchval("SELECT count(*) FROM inbox") == 1


async def _consumed(rig: Rig) -> bool:
    if await rig.waiting(RATINGS):
        return False
    return bool(await rig.connection.fetchval("SELECT count(*) FROM effect"))


async def test_correlation_and_cause_pass_from_a_message_to_what_its_handler_says(rig: Rig) -> None:
    causes: list[UUID] = []
    service = rig.service()

    async def work(tx: Transaction, received: Received) -> None:
        cause = current_cause()
        assert cause is not None
        causes.append(cause.correlation_id)
        if isinstance(received.message, RatingRecorded):
            tx.outbox.add(post("caused", received.message.conversation_id))

    service.consume(queue_called(RATINGS), once(service.database, RATINGS, work), prefetch=1, title="Test")
    await rig.run(service)
    conversation_id = uuid4()
    await service.publisher.publish(rating(conversation_id=conversation_id))
    (raw,) = await rig.raw(partition_of_queue(conversation_id), 1)
    assert raw.correlation_id == str(causes[0])
    assert raw.message_id != raw.correlation_id


async def test_one_consumer_at_a_time_keeps_a_partitions_order_and_another_takes_over(rig: Rig) -> None:
    conversation_id = uuid4()
    queue = partition_of_queue(conversation_id)
    seen: list[tuple[str, int]] = []

    def handler(name: str) -> object:
        async def handle(received: Received) -> None:
            # Later messages are quicker, so that any concurrency would turn the order round.
            await asyncio.sleep(0.02 if int(received.message.text) % 2 == 0 else 0)
            seen.append((name, int(received.message.text)))

        return handle

    publisher = await rig.start()
    first = rig.service()
    first.consume(queue_called(queue), handler("first"), prefetch=1, title="Test")  # type: ignore[arg-type]
    async with first.running():
        await consuming(rig, handler("second"), queue=queue)
        for n in range(30):
            await publisher.publisher.publish(post(str(n), conversation_id))
        await until(lambda: len(seen) >= 10)
        assert {name for name, _ in seen} == {"first"}
    await until(lambda: len({n for _, n in seen}) == 30)
    assert [n for _, n in seen] == list(range(30))
    assert {name for name, _ in seen} == {"first", "second"}


async def test_messages_that_wait_before_the_start_are_all_handled(rig: Rig) -> None:
    service = await rig.start()
    conversations = [uuid4() for _ in range(40)]
    for conversation_id in conversations:
        await service.publisher.publish(post("waiting", conversation_id))
    seen: set[UUID] = set()

    async def handle(received: Received) -> None:
        seen.add(received.message.conversation_id)

    late = rig.service()
    for queue in queues_of("router"):
        late.consume(queue, handle, prefetch=1, title=queue.name)
    await rig.run(late)
    await until(lambda: seen == set(conversations))


async def _holds(rig: Rig, queue: str, count: int) -> bool:
    return await rig.waiting(queue) == count
