"""The demo's data, on a whole running installation: complete after the first load, and the same after the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

import httpx
import pytest

from contracts.customers import CustomerPage
from contracts.public import AgentPreferences
from contracts.templates import Templates
from contracts.tickets import RatingFigures, TicketPage
from contracts.views import VisitorSnapshot
from deploy.demo.load import AGENTS, CUSTOMERS, PASSWORD, demo_id, load_demo
from deploy.demo.owners import Owners
from deploy.demo.past import RATINGS, TEMPLATES, load_past
from deploy.demo.questions import JAN, MORE_CUSTOMERS, QUESTIONS
from tests.support.system import System
from tests.support.talker import sign_in

pytestmark = pytest.mark.slow

T = TypeVar("T", TicketPage, RatingFigures, CustomerPage)


async def read(system: System, service: str, path: str, model: type[T], **query: str) -> T:
    async with httpx.AsyncClient(trust_env=False) as client:
        return model.model_validate_json(await Owners(client, system.installation).read(service, path, **query))


async def load(system: System) -> tuple[TicketPage, int, CustomerPage]:
    """Load everything. What there is then: tickets, how many ratings, customers."""
    agents = await load_demo(system.installation, sites=[system.url])
    await load_past(system.installation, agents)
    today = datetime.now(UTC).date()
    days = {"since": str(today - timedelta(days=30)), "until": str(today + timedelta(days=1))}
    figures = await read(system, "tickets", "/internal/ratings/figures", RatingFigures, **days)
    tickets = await read(
        system, "tickets", "/internal/tickets", TicketPage, agent_id=str(agents[JAN].id), sort="number", order="asc"
    )
    ratings = sum(row.good + row.neutral + row.bad for row in figures.days)
    return tickets, ratings, await read(system, "customers", "/internal/customers", CustomerPage)


async def test_the_demo_is_loaded_once_however_often_it_starts(system: System) -> None:
    tickets, ratings, customers = await load(system)
    assert [(ticket.name, ticket.status) for ticket in tickets.tickets] == [(q.name, q.status) for q in QUESTIONS]
    assert {customer.name for customer in customers.customers} == {c.name for c in (*CUSTOMERS, *MORE_CUSTOMERS)}
    assert ratings == sum(map(len, RATINGS)) + 1

    again = await load(system)
    assert [ticket.version for ticket in again[0].tickets] == [ticket.version for ticket in tickets.tickets]
    assert again[1:] == (ratings, customers)


async def test_a_conversation_was_held_and_rated(system: System) -> None:
    await load(system)
    conversation = f"/internal/conversations/{demo_id('conversation/anna-nowak')}"
    async with httpx.AsyncClient(trust_env=False) as client:
        found = await Owners(client, system.installation).read("router", conversation, view="visitor")
    kinds = [entry.body.kind for entry in VisitorSnapshot.model_validate_json(found).entries if entry.body]
    assert kinds.count("visitor_message") == kinds.count("agent_message") == 2
    assert kinds[-2:] == ["ended", "rated"]


async def test_agents_have_templates_and_one_wants_alerts(system: System) -> None:
    await load(system)
    for agent in AGENTS:
        cookies = {"dymek-session": await sign_in(system.url, agent.email, PASSWORD)}
        async with httpx.AsyncClient(base_url=system.url, cookies=cookies, trust_env=False) as client:
            wishes = AgentPreferences.model_validate_json((await client.get("/api/session/preferences")).content)
            templates = Templates.model_validate_json((await client.get("/api/templates")).content)
        assert (wishes.new_tickets, wishes.missed_chats) == ((True, True) if agent.email == JAN else (False, False))
        written = Templates.model_validate_json(TEMPLATES.read_bytes())
        assert {template.id for template in written.templates} <= {template.id for template in templates.templates}
