"""Ready means able to work, not merely connected."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import Depends, FastAPI

from contracts.envelope import Received
from contracts.topology import queues_of
from services.chassis.health import Check, health_router
from services.chassis.service import Service
from tests.integration.chassis.conftest import RATINGS, TOKEN, Proxy, Rig, through, until


@asynccontextmanager
async def asked(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=service.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


async def ignore(received: Received) -> None:
    """Handle a message by doing nothing."""


def with_consumer(rig: Rig, **options: str) -> Service:
    service = rig.service(**options)
    queue = next(queue for queue in queues_of("router") if queue.name == RATINGS)
    service.consume(queue, ignore, prefetch=1, title="Test")
    return service


async def test_a_service_with_all_it_needs_is_ready(rig: Rig) -> None:
    service = await rig.run(with_consumer(rig))
    async with asked(service) as client:
        answer = await client.get("/readyz")
        assert answer.status_code == 200, answer.text
        assert answer.json()["checks"] == {"database": "ok", "queues": "ok", "outbox": "ok"}
        assert (await client.get("/healthz")).status_code == 200


async def test_the_numbers_are_only_for_who_has_the_service_token(rig: Rig) -> None:
    async with asked(await rig.run(with_consumer(rig))) as client:
        assert (await client.get("/metrics")).status_code == 401
        assert (await client.get("/metrics", headers={"Authorization": "Bearer guessed"})).status_code == 401
        known = await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert "dymek_outbox_lag_seconds" in known.text


async def test_however_many_ask_for_readiness_one_look_answers_them() -> None:
    looks = 0
    seen = asyncio.Event()

    async def look() -> None:
        nonlocal looks
        looks += 1
        await seen.wait()

    app = FastAPI()
    app.include_router(health_router([Check("slow", look)], guard=Depends(lambda: None)))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        asking = [asyncio.create_task(client.get("/readyz")) for _ in range(20)]
        answered, _ = await asyncio.wait(asking, timeout=0.2)
        assert not answered
        seen.set()
        assert {answer.status_code for answer in await asyncio.gather(*asking)} == {200}
        assert looks == 1
        await client.get("/readyz")
        assert looks == 2


async def test_a_service_whose_queue_is_gone_or_unheard_is_not_ready(rig: Rig) -> None:
    service = await rig.run(with_consumer(rig))
    await rig.channel.queue_delete(RATINGS)
    async with asked(service) as client:
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert RATINGS in answer.json()["checks"]["queues"]

        async def ready_again() -> bool:
            return (await client.get("/readyz")).status_code == 200

        await until(ready_again, 30)


async def test_a_service_without_its_broker_lives_but_is_not_ready(rig: Rig, broker_line: Proxy) -> None:
    service = await rig.run(with_consumer(rig, amqp_url=through(rig.amqp_url, broker_line)))
    await broker_line.cut()
    async with asked(service) as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 503


async def test_a_service_that_cannot_publish_in_time_is_not_ready(rig: Rig) -> None:
    service = await rig.run(with_consumer(rig))
    async with asked(service) as client:
        await rig.connection.execute(
            "INSERT INTO outbox (message_id, exchange, routing_key, type, correlation_id, body, created_at)"
            " VALUES (gen_random_uuid(), 'dymek.commands', 'nobody', 'x', gen_random_uuid(), '{}',"
            " now() - interval '1 hour')"
        )

        async def not_ready() -> bool:
            answer = await client.get("/readyz")
            return answer.status_code == 503 and "s old" in answer.json()["checks"]["outbox"]

        await until(not_ready)
