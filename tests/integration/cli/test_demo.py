"""The demo's data, on a whole running installation: complete after the first load, and the same after the second."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import httpx
import pytest
import pytest_asyncio

from contracts.base import NamedRef
from contracts.customers import CustomerPage
from contracts.public import AgentPreferences
from contracts.reads import PastConversations
from contracts.templates import Templates
from contracts.tickets import RatingFigures, TicketPage
from deploy.demo.identity import new_secret
from deploy.demo.load import AGENTS, CUSTOMERS, PASSWORD, load_demo
from deploy.demo.owners import Owners
from deploy.demo.past import TEMPLATES, load_past
from deploy.demo.questions import JAN, MORE_CUSTOMERS, QUESTIONS
from deploy.demo.talks import TALKS
from tests.support.system import System
from tests.support.talker import sign_in

pytestmark = pytest.mark.slow

T = TypeVar("T", TicketPage, RatingFigures, CustomerPage)


async def read(system: System, service: str, path: str, model: type[T], **query: str) -> T:
    async with httpx.AsyncClient(trust_env=False) as client:
        return model.model_validate_json(await Owners(client, system.installation).read(service, path, **query))


Loaded = tuple[TicketPage, RatingFigures, CustomerPage]


async def load(system: System) -> Loaded:
    """Load everything. What there is then."""
    agents = await load_demo(system.installation, sites=[system.url])
    await load_past(system.installation, agents, await new_secret(system.url))
    today = datetime.now(UTC).date()
    days = {"since": str(today - timedelta(days=1)), "until": str(today + timedelta(days=1))}
    tickets = await read(
        system, "tickets", "/internal/tickets", TicketPage, agent_id=str(agents[JAN].id), sort="number", order="asc"
    )
    async with asyncio.timeout(15):
        while True:
            figures = await read(system, "tickets", "/internal/ratings/figures", RatingFigures, **days)
            if sum(row.good + row.neutral + row.bad for row in figures.days) == len(TALKS):
                break
            await asyncio.sleep(0.1)
    return tickets, figures, await read(system, "customers", "/internal/customers", CustomerPage)


@pytest_asyncio.fixture(scope="module", loop_scope="session", autouse=True)
async def loaded(system: System) -> Loaded:
    return await load(system)


async def test_the_demo_is_loaded_once_however_often_it_starts(system: System, loaded: Loaded) -> None:
    tickets, figures, customers = loaded
    assert [(ticket.name, ticket.status) for ticket in tickets.tickets] == [(q.name, q.status) for q in QUESTIONS]
    assert {customer.name for customer in customers.customers} == {c.name for c in (*CUSTOMERS, *MORE_CUSTOMERS)}
    assert {comment.comment for comment in figures.comments} == {talk.comment for talk in TALKS if talk.comment}
    assert min(len(figures.topics), len(figures.agents)) == 2

    again = await load(system)
    assert [ticket.version for ticket in again[0].tickets] == [ticket.version for ticket in tickets.tickets]
    assert again[1:] == (figures, customers)


async def test_whom_the_shop_vouches_for_has_a_verified_conversation(system: System) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        owners = Owners(client, system.installation)
        for talk in TALKS:
            customer = await owners.read("customers", "/internal/customers/of-address", email=talk.email)
            of_customer = f"/internal/customers/{NamedRef.model_validate_json(customer).id}/conversations"
            for verified in (False, True):
                found = await owners.read("router", of_customer, verified=str(verified).lower())
                ids = {one.conversation_id for one in PastConversations.model_validate_json(found).conversations}
                assert (talk.id in ids) == (talk.signed_in or not verified)


async def test_agents_have_templates_and_one_wants_alerts(system: System) -> None:
    for agent in AGENTS:
        cookies = {"dymek-session": await sign_in(system.url, agent.email, PASSWORD)}
        async with httpx.AsyncClient(base_url=system.url, cookies=cookies, trust_env=False) as client:
            wishes = AgentPreferences.model_validate_json((await client.get("/api/session/preferences")).content)
            templates = Templates.model_validate_json((await client.get("/api/templates")).content)
        assert (wishes.new_tickets, wishes.missed_chats) == ((True, True) if agent.email == JAN else (False, False))
        written = Templates.model_validate_json(TEMPLATES.read_bytes())
        assert {template.id for template in written.templates} <= {template.id for template in templates.templates}
