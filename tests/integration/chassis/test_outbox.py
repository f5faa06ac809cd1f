"""What is committed is published: in order, through failures, by whoever is left."""

import asyncio
from uuid import uuid4

import pytest

from contracts.live import LiveVisitor
from contracts.tickets import RatingRecorded
from services.chassis.database import Transaction
from services.chassis.outbox import OutboxRow
from services.chassis.relay import Mode
from services.chassis.service import Service
from tests.integration.chassis.conftest import RATINGS, Proxy, Rig, partition_of_queue, post, rating, through, until


async def say(service: Service, *comments: str) -> None:
    async with service.database.transaction() as tx:
        for comment in comments:
            tx.outbox.add(rating(comment=comment))


async def comments(rig: Rig, count: int) -> list[str]:
    messages = await rig.messages(RATINGS, count)
    return [message.comment for message in messages if isinstance(message, RatingRecorded)]


async def test_messages_of_a_transaction_are_published_after_its_commit_and_their_rows_deleted(rig: Rig) -> None:
    service = await rig.start()
    await say(service, "first", "second")
    assert await comments(rig, 2) == ["first", "second"]
    await until(lambda: _is_empty(rig))


async def test_messages_of_a_transaction_that_fails_are_never_published(rig: Rig) -> None:
    service = await rig.start()

    async def fails(tx: Transaction) -> None:
        tx.outbox.add(rating(comment="untrue"))
        raise LookupError

    with pytest.raises(LookupError):
        await service.database.run(fails)
    await say(service, "true")
    assert await comments(rig, 1) == ["true"]


async def test_a_thousand_messages_keep_their_order(rig: Rig) -> None:
    service = await rig.start()
    for start in range(0, 1000, 10):
        await say(service, *(str(n) for n in range(start, start + 10)))
    assert await comments(rig, 1000) == [str(n) for n in range(1000)]
    await until(lambda: _is_empty(rig))
    assert service.relay.mode is Mode.MEMORY


async def test_what_a_killed_process_left_is_published_in_order_by_the_next(rig: Rig) -> None:
    dead = rig.service()
    await dead.database.open()
    dead.database.on_rows = None
    await say(dead, "first", "second")
    await say(dead, "third")
    await dead.database.close()

    await rig.start()
    assert await comments(rig, 3) == ["first", "second", "third"]
    await until(lambda: _is_empty(rig))


async def test_what_a_living_process_forgot_is_swept_by_another(rig: Rig) -> None:
    await rig.start()
    forgetful = await rig.start()
    forgetful.database.on_rows = None
    await say(forgetful, "left behind")
    assert await comments(rig, 1) == ["left behind"]
    await until(lambda: _is_empty(rig))


async def test_while_the_broker_is_away_the_table_keeps_the_messages_and_memory_mode_returns(
    rig: Rig, broker_line: Proxy
) -> None:
    service = await rig.start(amqp_url=through(rig.amqp_url, broker_line))
    await say(service, "before")
    await until(lambda: _is_empty(rig))
    await broker_line.cut()
    for n in range(20):
        await say(service, str(n))
    await until(lambda: service.relay.mode is not Mode.MEMORY)
    assert await rig.outbox_size() == 20
    await until(lambda: service.relay.lag() > 0)
    await broker_line.mend()
    await until(lambda: service.relay.mode is Mode.MEMORY, 30)
    await say(service, "after")
    assert await comments(rig, 22) == ["before", *(str(n) for n in range(20)), "after"]
    await until(lambda: _is_empty(rig))
    await until(lambda: service.relay.lag() == 0)


async def test_a_process_that_is_not_the_sweeper_leaves_its_table_to_it_and_returns_to_memory(
    rig: Rig, broker_line: Proxy
) -> None:
    sweeper = await rig.start()
    await until(lambda: _swept_by(rig, 1))
    other = await rig.start(amqp_url=through(rig.amqp_url, broker_line))
    await broker_line.cut()
    await say(other, "first", "second")
    assert await comments(rig, 2) == ["first", "second"]
    await broker_line.mend()
    await until(lambda: other.relay.mode is Mode.MEMORY, 30)
    await say(other, "third")
    await until(lambda: _is_empty(rig))
    # A message that was under way when the line was cut may have been said twice.
    assert (await comments(rig, await rig.waiting(RATINGS)))[-1] == "third"
    assert sweeper.relay.mode is Mode.MEMORY


async def test_a_broker_lost_under_full_steam_loses_nothing_and_keeps_the_order(rig: Rig, broker_line: Proxy) -> None:
    service = await rig.start(amqp_url=through(rig.amqp_url, broker_line))

    async def speak() -> None:
        for n in range(600):
            await say(service, str(n))

    speaking = asyncio.create_task(speak())
    for _ in range(2):
        await asyncio.sleep(0.3)
        await broker_line.cut()
        await asyncio.sleep(0.2)
        await broker_line.mend()
    await speaking
    await until(lambda: _is_empty(rig), 40)
    heard = await comments(rig, await rig.waiting(RATINGS))
    # Some were said twice; the first time each was in its place.
    assert list(dict.fromkeys(heard)) == [str(n) for n in range(600)]


async def test_a_deleted_queue_is_made_anew_and_gets_its_messages(rig: Rig) -> None:
    service = await rig.start()
    conversation_id = uuid4()
    queue = partition_of_queue(conversation_id)
    await rig.channel.queue_delete(queue)
    async with service.database.transaction() as tx:
        tx.outbox.add(post("hello", conversation_id))
    await until(lambda: _is_empty(rig))
    assert len(await rig.messages(queue, 1)) == 1
    await until(lambda: service.relay.mode is Mode.MEMORY)


async def test_a_live_message_nobody_listens_to_does_not_stay(rig: Rig) -> None:
    service = await rig.start()
    async with service.database.transaction() as tx:
        tx.outbox.add(LiveVisitor(conversation_id=uuid4(), online=True))
    await until(lambda: _is_empty(rig))
    assert service.relay.mode is Mode.MEMORY


async def test_a_row_inserted_by_the_use_cases_own_statement_is_published_at_once(rig: Rig) -> None:
    service = await rig.start()
    row: OutboxRow = service.letterhead.prepare(rating(comment="own"))
    async with service.database.connection() as connection:
        row_id = await connection.fetchval(
            "INSERT INTO outbox (message_id, exchange, routing_key, type, correlation_id, body)"
            " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
            row.message_id,
            row.exchange,
            row.routing_key,
            row.type,
            row.correlation_id,
            row.body,
        )
    service.relay.take([(row_id, row)])
    assert await comments(rig, 1) == ["own"]
    await until(lambda: _is_empty(rig))


async def _swept_by(rig: Rig, processes: int) -> bool:
    locks = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted"
    here = f"{locks} AND application_name = 'dymek-router-relay' AND datname = current_database()"
    return bool(await rig.connection.fetchval(here) == processes)


async def _is_empty(rig: Rig) -> bool:
    return await rig.outbox_size() == 0
