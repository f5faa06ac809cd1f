"""Runs `dymek` as an operator does, against real servers and services in the test's process."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI
from typer.testing import CliRunner, Result

from services.cli.app import app as dymek
from tests.support.in_process import TOKEN
from tests.support.servers import Servers
from tests.support.system import System


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def system(servers: Servers) -> AsyncIterator[System]:
    """The whole system, running, with demo data; for all that is tested of an installation here."""
    name, database_urls = await servers.new_database()
    amqp_url = await servers.new_vhost()
    async with System(amqp_url, database_urls, name="installation") as running_system:
        yield running_system
    await servers.drop_vhost(amqp_url)
    await servers.drop_database(name)


Dymek = Callable[..., Awaitable[Result]]


@pytest.fixture
def run_dymek(amqp_url: str) -> Dymek:
    """`await run_dymek("dead", "list", router="http://...")`: the command's result; named services are found there."""

    async def run(*arguments: str, stdin: str = "", amqp: str = amqp_url, **addresses: str) -> Result:
        environment = {"DYMEK_CLI_AMQP_URL": amqp, "DYMEK_CLI_SERVICE_TOKEN": TOKEN}
        for service in ("gateway", "router", "tickets", "customers", "notifier"):
            environment[f"DYMEK_CLI_{service.upper()}_URL"] = addresses.get(service, "http://127.0.0.1:9")
        return await asyncio.to_thread(lambda: CliRunner().invoke(dymek, arguments, input=stdin, env=environment))

    return run


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The app on a free port of 127.0.0.1; its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(15):
        while not server.started:
            await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving
