"""Dead letters can be looked at as often as one likes, and sent once more."""

from uuid import uuid4

import aio_pika
import pytest

from contracts.envelope import Received
from contracts.topology import DEAD, EVENTS, queues_of
from services.chassis.dead_letters import MOST_LOOKS, list_dead, replay_dead
from services.chassis.errors import Unavailable
from services.chassis.service import Service
from tests.integration.chassis.conftest import RATINGS, Rig, rating, until


async def with_dead(rig: Rig, count: int) -> list[str]:
    """Let `count` good messages be refused; their ids."""
    service = await rig.start()
    ids = []
    for _ in range(count):
        await service.publisher.publish(rating())
    queue = await rig.channel.declare_queue(RATINGS, passive=True)
    for _ in range(count):
        message = await queue.get()
        assert message is not None
        ids.append(str(message.message_id))
        await message.reject(requeue=False)
    await until(lambda: _dead(rig, count))
    return ids


async def test_looking_at_dead_letters_never_loses_or_changes_them(rig: Rig) -> None:
    ids = await with_dead(rig, 3)
    for _ in range(2 * MOST_LOOKS + 5):
        letters = await list_dead(rig.amqp_url, 10)
        assert sorted(letter.id for letter in letters) == sorted(ids)
    letter = letters[0]
    assert (letter.type, letter.queue, letter.exchange) == ("rating.recorded.v1", RATINGS, EVENTS)
    assert (letter.routing_key, letter.reason, letter.deaths) == ("rating.recorded.v1", "rejected", 1)
    assert letter.size > 0
    assert len(await list_dead(rig.amqp_url, 2)) == 2


async def test_a_replayed_letter_reaches_its_consumer_and_leaves_the_dead(rig: Rig) -> None:
    first, second = await with_dead(rig, 2)
    handled: list[str] = []

    async def handle(received: Received) -> None:
        handled.append(str(received.id))

    await _consume(rig, handle)
    replayed = await replay_dead(rig.amqp_url, [first, "no-such-letter"])
    assert replayed.sent == (first,)
    assert replayed.missing == ("no-such-letter",)
    await until(lambda: handled == [first])
    assert [letter.id for letter in await list_dead(rig.amqp_url)] == [second]

    assert (await replay_dead(rig.amqp_url)).sent == (second,)
    await until(lambda: handled == [first, second])
    assert await list_dead(rig.amqp_url) == []


async def test_a_replayed_letter_has_all_its_deliveries_before_it_again(rig: Rig) -> None:
    (letter_id,) = await with_dead(rig, 1)
    await replay_dead(rig.amqp_url)
    (raw,) = await rig.raw(RATINGS, 1)
    assert raw.message_id == letter_id
    assert "x-death" not in raw.headers
    assert not raw.headers.get("x-delivery-count")


async def test_a_letter_whose_queue_is_gone_stays_among_the_dead(rig: Rig) -> None:
    (letter_id,) = await with_dead(rig, 1)
    await rig.channel.queue_delete(RATINGS)
    replayed = await replay_dead(rig.amqp_url)
    assert replayed.unroutable == (letter_id,)
    assert [letter.id for letter in await list_dead(rig.amqp_url)] == [letter_id]


async def test_a_letter_nobody_ever_declared_is_shown_and_kept(rig: Rig) -> None:
    await rig.start()
    stray = aio_pika.Message(b"what is this?", message_id=str(uuid4()))
    await rig.channel.default_exchange.publish(stray, DEAD)
    (letter,) = await list_dead(rig.amqp_url)
    assert (letter.id, letter.type, letter.routing_key) == (stray.message_id, "", "")
    assert (await replay_dead(rig.amqp_url)).sent == ()
    assert len(await list_dead(rig.amqp_url)) == 1


async def test_without_a_broker_the_reason_is_said() -> None:
    with pytest.raises(Unavailable):
        await list_dead("amqp://nobody:nothing@127.0.0.1:1/")


async def _dead(rig: Rig, count: int) -> bool:
    return await rig.waiting(DEAD) == count


async def _consume(rig: Rig, handler: object) -> Service:
    service = rig.service()
    queue = next(queue for queue in queues_of("router") if queue.name == RATINGS)
    service.consume(queue, handler, prefetch=1, title="Test")  # type: ignore[arg-type]
    return await rig.run(service)
