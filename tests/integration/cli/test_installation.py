"""`dymek` on a whole running installation, found by the settings that a local run writes down."""

import asyncio

import httpx
import pytest
from typer.testing import CliRunner, Result

from services.cli.app import app
from tests.support.system import System

pytestmark = pytest.mark.slow


async def run_dymek(system: System, *arguments: str, stdin: str = "") -> Result:
    environment = system.installation.cli_environment()
    return await asyncio.to_thread(lambda: CliRunner().invoke(app, arguments, input=stdin, env=environment))


async def test_everything_is_ready_and_every_queue_is_consumed(system: System) -> None:
    for command in ("queues", "lag"):
        result = await run_dymek(system, command)
        assert (result.exit_code, result.stderr) == (0, "")


async def test_an_agent_who_was_added_can_sign_in(system: System) -> None:
    added = await run_dymek(
        system,
        *("agents", "add", "ola@example.com", "--name", "Ola Lis", "--topic", "sprzedaż", "--password-stdin"),
        stdin="hasło Oli\n",
    )
    assert (added.exit_code, added.stdout) == (0, "Ola Lis can sign in as ola@example.com.\n")
    async with httpx.AsyncClient(base_url=system.url, headers={"Origin": system.url}) as page:
        answer = await page.post("/api/session", json={"email": "Ola@Example.com", "password": "hasło Oli"})
    assert answer.status_code == httpx.codes.OK
    assert answer.json()["name"] == "Ola Lis"
