"""A published message arrives, or its publisher hears that it did not."""

import asyncio
from uuid import uuid4

import pytest

from contracts.envelope import CONTENT_TYPE
from contracts.live import LiveVisitor
from services.chassis import link
from services.chassis.errors import Unavailable, Unroutable
from services.chassis.topology import TopologyMismatch, declare_topology
from tests.integration.chassis.conftest import RATINGS, Proxy, Rig, partition_of_queue, post, rating, through


async def test_a_command_without_a_queue_raises_instead_of_vanishing(rig: Rig) -> None:
    service = await rig.start()
    conversation_id = uuid4()
    await rig.channel.queue_delete(partition_of_queue(conversation_id))
    with pytest.raises(Unroutable):
        await service.publisher.publish(post("anyone?", conversation_id))
    await declare_topology(service.link)
    await service.publisher.publish(post("anyone?", conversation_id))
    assert await rig.waiting(partition_of_queue(conversation_id)) == 1


async def test_a_published_message_is_persistent_and_names_itself(rig: Rig) -> None:
    service = await rig.start()
    await service.publisher.publish(rating())
    (raw,) = await rig.raw(RATINGS, 1)
    assert raw.delivery_mode == 2
    assert raw.content_type == CONTENT_TYPE
    assert raw.type == "rating.recorded.v1"
    assert raw.message_id == raw.correlation_id
    assert raw.app_id == "dymek-router"


async def test_publishing_while_the_broker_is_away_says_unavailable(rig: Rig, broker_line: Proxy) -> None:
    service = await rig.start(amqp_url=through(rig.amqp_url, broker_line))
    await broker_line.cut()
    with pytest.raises(Unavailable):
        await service.publisher.publish(rating())
    await broker_line.mend()
    for _ in range(3):
        try:
            await service.publisher.publish(rating())
            break
        except Unavailable:
            continue
    assert await rig.waiting(RATINGS) >= 1


async def test_casting_to_nobody_or_without_a_broker_never_raises(rig: Rig, broker_line: Proxy) -> None:
    service = await rig.start(amqp_url=through(rig.amqp_url, broker_line))
    await service.publisher.cast(LiveVisitor(conversation_id=uuid4(), online=True))
    await broker_line.cut()
    await service.publisher.cast(LiveVisitor(conversation_id=uuid4(), online=True))


async def test_a_line_that_takes_no_more_does_not_hold_up_who_casts(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    service = await rig.start()
    lane = await service.link.casting_lane()
    monkeypatch.setattr(link, "CONFIRM_SECONDS", 0.1)
    async with asyncio.timeout(10), lane._channel.lock:
        await service.publisher.cast(LiveVisitor(conversation_id=uuid4(), online=True))


async def test_a_queue_declared_with_other_arguments_is_named_and_harms_no_consumer(rig: Rig) -> None:
    service = await rig.start()
    await rig.channel.queue_delete(RATINGS)
    queue = await rig.channel.declare_queue(RATINGS, durable=True)
    with pytest.raises(TopologyMismatch, match="rating"):
        await declare_topology(service.link)
    await queue.delete()
    await declare_topology(service.link)
    await service.publisher.publish(rating())
