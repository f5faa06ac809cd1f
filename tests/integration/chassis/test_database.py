"""The pool outlives its connections, and a transaction outlives its conflicts."""

import asyncio

import asyncpg
import httpx
import pytest
from fastapi import APIRouter

from services.chassis.database import Transaction
from services.chassis.errors import Unavailable
from tests.integration.chassis.conftest import Proxy, Rig, through, until

KILL = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
 WHERE application_name = 'dymek-router' AND datname = current_database()
"""


async def pid(tx: Transaction) -> int:
    return int(await tx.connection.fetchval("SELECT pg_backend_pid()"))


async def test_a_connection_shut_down_by_the_server_is_replaced_and_its_transaction_done_again(rig: Rig) -> None:
    service = await rig.start()
    attempts: list[int] = []

    async def work(tx: Transaction) -> int:
        attempts.append(await pid(tx))
        if len(attempts) == 1:
            await rig.connection.fetchval("SELECT pg_terminate_backend($1)", attempts[0])
        return await pid(tx)

    assert await service.database.run(work) == attempts[-1]
    assert len(attempts) == 2
    assert attempts[0] != attempts[1]


async def test_a_pool_whose_connections_were_all_shut_down_works_at_once(rig: Rig) -> None:
    service = await rig.start()
    await asyncio.gather(*(service.database.run(pid) for _ in range(8)))
    await rig.connection.fetchval(KILL)
    for _ in range(8):
        assert await service.database.run(pid)


async def test_a_connection_to_a_server_that_became_read_only_is_not_pooled_again(rig: Rig) -> None:
    service = await rig.start()
    used: list[int] = []

    async def fails(tx: Transaction) -> None:
        used.append(await pid(tx))
        await tx.connection.execute("SET TRANSACTION READ ONLY")
        await tx.connection.execute("DELETE FROM inbox")

    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await service.database.run(fails)
    assert len(used) == len(set(used))
    gone = "SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = ANY($1::int[])"

    async def closed() -> bool:
        return bool(await rig.connection.fetchval(gone, used))

    await until(closed)


async def test_transactions_in_each_others_way_both_succeed(rig: Rig) -> None:
    await rig.connection.execute("CREATE TABLE IF NOT EXISTS tally (id int PRIMARY KEY, n int)")
    await rig.connection.execute("TRUNCATE tally")
    await rig.connection.execute("INSERT INTO tally VALUES (1, 0), (2, 0)")
    service = await rig.start()

    def crossing(first: int, second: int) -> object:
        async def work(tx: Transaction) -> None:
            await tx.connection.execute("UPDATE tally SET n = n + 1 WHERE id = $1", first)
            await asyncio.sleep(0.1)
            await tx.connection.execute("UPDATE tally SET n = n + 1 WHERE id = $1", second)

        return work

    await asyncio.gather(
        service.database.run(crossing(1, 2)),  # type: ignore[arg-type]
        service.database.run(crossing(2, 1)),  # type: ignore[arg-type]
    )
    assert await rig.connection.fetchval("SELECT sum(n) FROM tally") == 4


async def test_an_error_of_the_use_case_is_not_tried_again(rig: Rig) -> None:
    service = await rig.start()
    attempts = 0

    async def fails(tx: Transaction) -> None:
        nonlocal attempts
        attempts += 1
        raise KeyError

    with pytest.raises(KeyError):
        await service.database.run(fails)
    assert attempts == 1


async def test_a_service_whose_broker_is_away_waits_for_it_and_then_starts(rig: Rig, broker_line: Proxy) -> None:
    await broker_line.cut()
    service = rig.service(amqp_url=through(rig.amqp_url, broker_line))
    starting = asyncio.create_task(rig.run(service))
    await asyncio.sleep(0.5)
    assert not starting.done()
    await broker_line.mend()
    await asyncio.wait_for(starting, 15)


async def test_a_closed_pool_says_unavailable(rig: Rig) -> None:
    service = rig.service()
    with pytest.raises(Unavailable):
        await service.database.run(pid)


async def test_the_failure_of_a_connection_that_the_pool_has_taken_back_is_told_as_it_is(rig: Rig) -> None:
    service = await rig.start()

    async def read() -> None:
        async with service.database.connection() as connection:

            def taken_back() -> bool:
                try:
                    connection.is_closed()
                except asyncpg.InterfaceError:
                    return True
                return False

            own = await connection.fetchval("SELECT pg_backend_pid()")
            await rig.connection.fetchval("SELECT pg_terminate_backend($1)", own)
            await until(taken_back)
            raise asyncpg.ConnectionDoesNotExistError

    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        await read()
    assert await service.database.run(pid)


async def test_a_read_that_loses_its_connection_answers_unavailable(rig: Rig) -> None:
    service = await rig.start()
    router = APIRouter()

    @router.get("/read")
    async def read() -> None:
        async with service.database.connection() as connection:
            await connection.fetchval("SELECT pg_terminate_backend(pg_backend_pid())")

    transport = httpx.ASGITransport(app=service.app(router))
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        assert (await client.get("/read")).status_code == 503
