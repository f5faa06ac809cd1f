"""One running system with the demo's data for all browser tests, and a browser.

What a test asks for:

    shop                                                the system itself: its addresses and logs
    visitor = await visit()                             a visitor with the widget open
    agent = await employ("Maja Wójcik")                 an agent of their own, signed in and available
    chief = await employ("Marta Lis", status=None, role="supervisor")      or "administrator"
    client = await call_as("administrator")             the same without a browser: HTTP to the gateway, signed in
    letter = await mails.to("anna@example.org")         what was mailed (tests/support/mails.py)
    await parameters.change("Sprzedaż", offer_seconds=5)                   put back after the test

People, addresses and conversations are a test's own; topics, customers' fields and settings belong to all and are left
as they were. A failed test leaves a screenshot of each person's pages, and what their scripts said, under
var/test/e2e; the services' logs are under var/test/logs.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from deploy.demo.load import TOPICS, load_demo
from deploy.local import packages
from deploy.local.processes import free_port
from deploy.local.steps import ROOT
from tests.e2e.faces import Console, Widget
from tests.e2e.parameters import Parameters
from tests.support.cable import Cable
from tests.support.mail_server import MailServer
from tests.support.mails import Mails
from tests.support.servers import Servers
from tests.support.system import System
from tests.support.talker import Refused, Talker, add_agent, sign_in

EVIDENCE = ROOT / "var" / "test" / "e2e"
PASSWORD = "demo-dymek"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE_MS = 15_000
BEAT_SECONDS = 2
"""Often, so that a test of silence is short."""

expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.when == "call":
        item.stash[FAILED] = report.failed


FAILED = pytest.StashKey[bool]()


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def cable() -> AsyncIterator[Cable]:
    async with Cable(free_port()) as cable:
        yield cable


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def mail_server() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


@pytest.fixture
def mails(mail_server: MailServer) -> Iterator[Mails]:
    """What the shop has mailed since the test began."""
    mail_server.mails.clear()
    yield Mails(mail_server)
    mail_server.answers.clear()
    mail_server.refused.clear()


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def shop(servers: Servers, cable: Cable, mail_server: MailServer) -> AsyncIterator[System]:
    """The system, reachable at its own address and through the cable, its mail going to the tests' mail server."""
    name, database_urls = await servers.new_database()
    amqp_url = await servers.new_vhost()
    extra = {
        "DYMEK_GATEWAY_ALLOWED_ORIGINS": json.dumps([cable.url]),
        "DYMEK_GATEWAY_BEAT_SECONDS": str(BEAT_SECONDS),
    }
    try:
        async with System(amqp_url, database_urls, name="e2e", mail=mail_server.port, extra=extra) as system:
            await load_demo(system.installation, sites=[*system.gateway_urls, cable.url])
            await cable.plug_in(system.installation.ports["gateway"])
            yield system
    finally:
        await servers.drop_vhost(amqp_url)
        await servers.drop_database(name)


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=packages.CHROMIUM, args=list(ARGUMENTS))
        yield browser
        await browser.close()


NewPage = Callable[[str], Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(shop: System, browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[NewPage]:
    """Pages of different people: each in a browser context of its own, named for the evidence it may leave.

    What a page's visitor leaves unfinished is ended after the test: the next one's agents would be asked about it.
    """
    contexts: list[tuple[str, BrowserContext]] = []

    async def new_page(who: str) -> Page:
        context = await browser.new_context(
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            viewport={"width": 1280, "height": 800},
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append((who, context))
        page = await context.new_page()
        page.on("console", lambda message: said.setdefault(who, []).append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"{who}: {error}"))
        return page

    faults: list[str] = []
    said: dict[str, list[str]] = {}
    yield new_page
    failed = request.node.stash.get(FAILED, True)
    test = re.sub(r"[^\w-]+", "-", request.node.name)
    for who, context in contexts:
        if failed:
            EVIDENCE.mkdir(parents=True, exist_ok=True)
            for number, page in enumerate(context.pages):
                await page.screenshot(path=EVIDENCE / f"{test}-{who}-{number}.png")
            (EVIDENCE / f"{test}-{who}.log").write_text("\n".join(said.get(who, [])), "utf-8")
        for page in context.pages:
            await _end_conversation(shop, Widget(page, shop.url))
        await context.close()
    assert faults == [], "a script of a page failed"


Visit = Callable[..., Awaitable[Widget]]


@pytest_asyncio.fixture(loop_scope="session")
async def visit(shop: System, new_page: NewPage) -> Visit:
    """Visitors of the demo shop with the widget open."""

    async def visit(who: str = "visitor", at: str = "") -> Widget:
        widget = Widget(await new_page(who), at or shop.url)
        await widget.visit()
        return widget

    return visit


@pytest_asyncio.fixture(loop_scope="session")
async def parameters(shop: System) -> AsyncIterator[Parameters]:
    """The topics' parameters, as they were again after the test."""
    parameters = Parameters(shop.url_of("router"), shop.service_token)
    yield parameters
    await parameters.restore()


CallAs = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest_asyncio.fixture(loop_scope="session")
async def call_as(shop: System) -> AsyncIterator[CallAs]:
    """HTTP to the gateway as an agent, supervisor or administrator of the test's own, without a browser."""
    async with AsyncExitStack() as stack:

        async def call_as(role: str, name: str = "Olga Biuro") -> httpx.AsyncClient:
            email, _ = await _hire(shop, name, role)
            client = httpx.AsyncClient(
                base_url=shop.url,
                headers={"Origin": shop.url},
                cookies={"dymek-session": await sign_in(shop.url, email, PASSWORD)},
                trust_env=False,
                timeout=20,
            )
            return await stack.enter_async_context(client)

        yield call_as


Employ = Callable[..., Awaitable[Console]]


@pytest_asyncio.fixture(loop_scope="session")
async def employ(shop: System, new_page: NewPage) -> AsyncIterator[Employ]:
    """Agents of both demo topics at the console, signed in before; they take no conversations after the test."""

    async def rest(email: str, cookie: str) -> None:
        if not await _holds(shop, cookie):
            cookie = await sign_in(shop.url, email, PASSWORD)
        async with Talker([shop.url], cookie=cookie) as talker:
            await talker.send({"do": "status", "status": "offline"})

    async with AsyncExitStack() as stack:

        async def employ(
            name: str,
            *,
            status: str | None = "Dostępny",
            at: str = "",
            signed_in: bool = True,
            role: str = "agent",
        ) -> Console:
            email, agent_id = await _hire(shop, name, role)
            cookie = await sign_in(shop.url, email, PASSWORD)
            stack.push_async_callback(rest, email, cookie)
            console = Console(await new_page(name.split()[0].lower()), at or shop.url, email, PASSWORD)
            if signed_in:
                await console.keep_session(cookie)
            await console.open()
            if signed_in:
                await console.expect_desk()
                await _is_there(shop, agent_id)
                if status:
                    await console.set_status(status)
            return console

        yield employ


async def _end_conversation(shop: System, widget: Widget) -> None:
    kept = await widget.kept()
    if kept and kept.conversation:
        async with Talker([shop.url], token=kept.token) as talker:
            with contextlib.suppress(Refused):  # it had ended
                await talker.send({"do": "end"}, kept.conversation)


async def _holds(shop: System, cookie: str) -> bool:
    """Whether the session of the cookie has not been ended."""
    async with httpx.AsyncClient(cookies={"dymek-session": cookie}, trust_env=False, timeout=20) as client:
        answer = await client.get(f"{shop.url}/api/session")
    return answer.status_code == httpx.codes.OK


async def _is_there(shop: System, agent_id: UUID) -> None:
    """Wait until the router has heard of the agent's console: before, it offers them nothing."""
    headers = {"Authorization": f"Bearer {shop.service_token}"}
    async with httpx.AsyncClient(headers=headers, trust_env=False, timeout=20) as client, asyncio.timeout(15):
        while True:
            answer = await client.get(f"{shop.url_of('router')}/internal/agents")
            if any(one["agent"]["id"] == str(agent_id) and one["connected"] for one in answer.json()["agents"]):
                return
            await asyncio.sleep(0.05)


async def _hire(shop: System, name: str, role: str) -> tuple[str, UUID]:
    """Make an account for both demo topics. Returns its address and the agent's id."""
    email = f"{uuid4().hex[:10]}@example.com"
    agent_id = await add_agent(
        shop.url,
        shop.service_token,
        email=email,
        name=name,
        password=PASSWORD,
        capacity=3,
        topics=[topic.id for topic in TOPICS],
        role=role,
    )
    return email, agent_id
