"""What happens to all sockets at once: beats, a broker that goes, slow readers, and the end of the process."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import aio_pika
import asyncpg
import httpx
import pytest
from websockets.exceptions import InvalidStatus

from contracts.base import NamedRef
from contracts.entries import AgentMessage
from deploy.local.processes import free_port
from tests.integration.gateway.conftest import SALES, Gateway, Router, running_gateway
from tests.integration.gateway.page import Page
from tests.support.in_process import TOKEN

JAN = NamedRef(id=uuid4(), name="Jan Kowalski")


async def test_the_beat_tells_the_last_numbers_so_that_a_page_notices_a_hole(
    amqp_url: str, gateway_database: str
) -> None:
    async with (
        running_gateway(amqp_url, gateway_database, beat_seconds=0.2) as gateway,
        gateway.visitor() as visitor,
        gateway.agent() as agent,
    ):
        stream = await visitor.start(SALES.id)
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=JAN, text="?"), live=False)
        while (await visitor.expect("beat"))["heads"] != {str(stream): 2}:
            pass
        while (beat := await agent.expect("beat"))["desk"] != 7:
            pass
    assert beat["heads"] == {}


async def test_a_session_that_has_ended_elsewhere_is_noticed_with_the_beat(
    amqp_url: str, gateway_database: str
) -> None:
    async with running_gateway(amqp_url, gateway_database, beat_seconds=0.2) as gateway, gateway.agent() as agent:
        connection = await asyncpg.connect(gateway_database)
        yesterday = datetime.now(UTC) - timedelta(days=1)
        await connection.execute("UPDATE gateway.agent_session SET expires_at = $1", yesterday)
        await connection.close()
        assert await agent.refusal() == {"code": "unauthorised"}
        assert (await agent.closed())[0] == 1008


async def test_a_session_does_not_idle_out_while_a_console_is_open(amqp_url: str, gateway_database: str) -> None:
    async with running_gateway(amqp_url, gateway_database, beat_seconds=0.2) as gateway, gateway.agent():
        connection = await asyncpg.connect(gateway_database)
        soon = datetime.now(UTC) + timedelta(minutes=5)
        await connection.execute("UPDATE gateway.agent_session SET expires_at = $1", soon)
        async with asyncio.timeout(10):
            while not await connection.fetchval(
                "SELECT count(*) FROM gateway.agent_session WHERE expires_at > $1", soon + timedelta(hours=1)
            ):
                await asyncio.sleep(0.05)
        await connection.close()


@pytest.mark.parametrize(("limit", "status"), [({"sockets": 1}, 503), ({"sockets_per_address": 1}, 429)])
async def test_who_finds_no_room_is_told_so_and_let_in_when_there_is(
    amqp_url: str, gateway_database: str, limit: dict[str, Any], status: int
) -> None:
    async with running_gateway(amqp_url, gateway_database, **limit) as gateway:
        async with gateway.visitor():
            with pytest.raises(InvalidStatus) as refused:
                async with gateway.agent():
                    pass
            assert refused.value.response.status_code == status
            assert refused.value.response.headers["Retry-After"] == "5"
        async with asyncio.timeout(10):
            while True:
                with suppress(InvalidStatus):
                    async with gateway.visitor():
                        break
                await asyncio.sleep(0.05)


async def test_a_live_queue_that_was_lost_comes_back_with_its_bindings(gateway: Gateway, amqp_url: str) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        (subscriber,) = gateway.app.state.service.broker.subscribers
        connection = await aio_pika.connect(amqp_url)
        async with connection:
            await (await connection.channel()).queue_delete(subscriber.queue.name)
        heard = asyncio.create_task(page.expect("event", stream=stream))
        async with asyncio.timeout(20):
            while not heard.done():
                await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=JAN, text="słychać?"))
                await asyncio.wait([heard], timeout=0.2)
        await heard


async def test_a_gateway_that_had_lost_the_broker_beats_as_soon_as_it_hears_again(
    amqp_url: str, gateway_database: str
) -> None:
    async with running_gateway(amqp_url, gateway_database, beat_seconds=60) as gateway, gateway.visitor() as page:
        stream = await page.start(SALES.id)
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=JAN, text="?"), live=False)
        connection = await gateway.app.state.service.broker.connect()
        await connection.transport.connection.close(ConnectionResetError())
        assert (await page.expect("beat"))["heads"] == {str(stream): len(gateway.router.logs[stream])}


async def test_a_page_that_does_not_read_is_closed_and_the_others_go_on(amqp_url: str, gateway_database: str) -> None:
    settings: dict[str, Any] = {"outgoing_frames": 16, "send_seconds": 0.5}
    async with running_gateway(amqp_url, gateway_database, **settings) as gateway:
        token = await gateway.visitor_token()
        async with gateway.visitor(token) as slow, gateway.visitor(token) as quick:
            stream = await slow.start(SALES.id)
            await quick.tell("open", stream=stream, after=0)
            await quick.expect("reset")
            slow.socket.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            slow.socket.transport.pause_reading()
            reader = asyncio.create_task(count_events(quick, 450))
            for number in range(450):
                text = f"{number}" + "🙂" * 3900
                await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=JAN, text=text))
                await asyncio.sleep(0)
            assert await asyncio.wait_for(reader, 60) == 450
            slow.socket.transport.resume_reading()
            await slow.closed()
            assert len(slow.unread) < 450


async def count_events(page: Page, wanted: int) -> int:
    seen: set[int] = set()
    while len(seen) < wanted:
        seen.add((await page.expect("event"))["entry"]["seq"])
    return len(seen)


@asynccontextmanager
async def gateway_process(amqp_url: str, database_url: str, router: Router) -> AsyncIterator[tuple[str, Process]]:
    """A gateway as a process of its own, ready; its address."""
    port = free_port([])
    url = f"http://127.0.0.1:{port}"
    settings = {
        "AMQP_URL": amqp_url,
        "DATABASE_URL": database_url,
        "SERVICE_TOKEN": TOKEN,
        "ENVIRONMENT": "development",
        "PORT": str(port),
        "PUBLIC_URL": url,
        "DRAIN_SECONDS": "1",
        **{f"{name}_URL": router.url for name in ("ROUTER", "TICKETS", "CUSTOMERS", "NOTIFIER")},
    }
    environment = os.environ | {f"DYMEK_GATEWAY_{name}": value for name, value in settings.items()}
    command = (sys.executable, "-m", "services.gateway")
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=DEVNULL)
    try:
        async with asyncio.timeout(30), httpx.AsyncClient(trust_env=False) as http:
            while True:
                with suppress(httpx.HTTPError):
                    if (await http.get(f"{url}/readyz")).status_code == httpx.codes.OK:
                        break
                await asyncio.sleep(0.1)
        yield url, process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_process_that_is_told_to_stop_moves_its_pages_first(gateway: Gateway, gateway_database: str) -> None:
    router = gateway.router
    token = await gateway.visitor_token()
    async with (
        gateway_process(router.amqp_url, gateway_database, router) as (url, process),
        Page.connected(f"{url}/ws/visitor", origin=url) as page,
    ):
        await page.hello(token=token)
        await page.expect("welcome")
        process.terminate()
        assert (await page.expect("drain"))["within"] == 1
        with pytest.raises(InvalidStatus) as refused:
            async with Page.connected(f"{url}/ws/visitor", origin=url):
                pass
        assert refused.value.response.status_code == 503
        async with httpx.AsyncClient(trust_env=False) as http:
            assert (await http.get(f"{url}/readyz")).status_code == 503
        assert (await page.closed())[0] == 1012
        async with asyncio.timeout(10):
            await process.wait()


async def test_a_process_whose_pages_have_moved_goes_at_once(gateway: Gateway, gateway_database: str) -> None:
    router = gateway.router
    async with gateway_process(router.amqp_url, gateway_database, router) as (_, process):
        process.terminate()
        async with asyncio.timeout(5):
            await process.wait()
