"""What has happened at the demo before anybody looks: tickets, conversations, ratings, templates, an agent's wishes.

It goes the ways that visitors and agents go: commands over the broker, and the services' HTTP. Loading again changes
nothing; what people have changed since stays. What has neither version nor id to tell by is loaded with the first
ticket only.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx

from contracts.base import NamedRef
from contracts.parameters import TopicSettings
from contracts.public import AgentPreferences
from contracts.templates import Templates
from contracts.tickets import ChangeTicket, OpenTicket, Ticket, TicketConflict, WriteToTicket
from deploy.demo.identity import signed
from deploy.demo.load import demo_id, save_customers
from deploy.demo.owners import Owners
from deploy.demo.questions import JAN, MORE_CUSTOMERS, QUESTIONS, Question
from deploy.demo.session import ADMINISTRATOR, signed_in
from deploy.demo.talk import hold
from deploy.demo.talks import TALKS
from deploy.local.environment import Installation
from deploy.local.steps import ROOT
from services.chassis.clock import RandomIds, SystemClock
from services.chassis.link import Link
from services.chassis.outbox import Letterhead
from services.chassis.publisher import Publisher

TEMPLATES = ROOT / "deploy" / "demo" / "templates.json"
PATIENCE = 20.0
"""Seconds that a command may take to show in what is read."""


async def load_past(installation: Installation, agents: Mapping[str, NamedRef], secret: str | None) -> None:
    """Load all of it. `agents`: the demo's agents by address; `secret`: the widget's, where there is one.

    Raises httpx.HTTPStatusError when a service refuses something, TimeoutError when a command has no effect.
    """
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client, _publishing(installation) as publisher:
        owners = Owners(client, installation)
        is_new = await _ticket(owners, QUESTIONS[0], agents) is None
        await save_customers(owners, MORE_CUSTOMERS)
        await _load_templates(installation)
        if is_new:
            await _prefer_alerts(installation)
        for question in QUESTIONS:
            if await _ticket(owners, question, agents) is None:
                await _ask(owners, publisher, question, agents)
        await _talk(installation, owners, secret)


# --- tickets


async def _ask(owners: Owners, publisher: Publisher, question: Question, agents: Mapping[str, NamedRef]) -> None:
    asked = OpenTicket(
        ticket_id=question.id,
        origin=question.origin,
        topic=_ref(question.topic),
        subject_line=question.subject_line,
        name=question.name,
        email=question.email,
        text=question.text,
        asked_at=datetime.now(UTC) - question.asked_ago,
    )
    await publisher.publish(asked)
    ticket = await _opened(owners, question, agents)
    for number, written in enumerate(question.thread):
        message = WriteToTicket(id=demo_id(f"{question.id}/{number}"), kind=written.kind, text=written.text)
        path = f"/internal/tickets/{question.id}/messages"
        answer = await owners.send("POST", "tickets", path, message, agent=agents[written.author])
        ticket = Ticket.model_validate_json(answer.content)
    if question.status != "new":
        await _settle(owners, question, ticket, agents)


async def _opened(owners: Owners, question: Question, agents: Mapping[str, NamedRef]) -> Ticket:
    async with asyncio.timeout(PATIENCE):
        while True:
            ticket = await _ticket(owners, question, agents)
            if ticket is not None:
                return ticket
            await asyncio.sleep(0.1)


async def _settle(owners: Owners, question: Question, ticket: Ticket, agents: Mapping[str, NamedRef]) -> None:
    """Make the ticket what the demo shows. The look-up of its customer may come in between, and makes a version."""
    agent = agents[question.assignee or JAN]
    until = datetime.now(UTC) + question.postponed_for if question.postponed_for else None
    async with asyncio.timeout(PATIENCE):
        while True:
            change = ChangeTicket(
                version=ticket.version,
                subject_line=ticket.subject_line,
                status=question.status,
                postponed_until=until,
                topic=ticket.topic,
                assignee=agent,
                tags=question.tags,
                customer=ticket.customer,
            )
            path = f"/internal/tickets/{question.id}"
            answer = await owners.send("PATCH", "tickets", path, change, keep=True, agent=agent)
            if answer.status_code == httpx.codes.OK:
                return
            ticket = TicketConflict.model_validate_json(answer.content).present


async def _ticket(owners: Owners, question: Question, agents: Mapping[str, NamedRef]) -> Ticket | None:
    found = await owners.find("tickets", f"/internal/tickets/{question.id}", agent_id=str(agents[JAN].id))
    return None if found is None else Ticket.model_validate_json(found)


async def _talk(installation: Installation, owners: Owners, secret: str | None) -> None:
    """Hold the conversations that were not held yet."""
    gateway = installation.url("gateway")
    for talk in TALKS:
        if await owners.find("router", f"/internal/conversations/{talk.id}", view="visitor") is not None:
            continue
        identity = signed(secret, talk.email, talk.name) if secret is not None and talk.signed_in else None
        async with signed_in(gateway, talk.agent) as agent:
            if agent is not None:
                await hold(gateway, agent.cookies["dymek-session"], talk, identity)


# --- what agents keep for themselves


async def _load_templates(installation: Installation) -> None:
    async with signed_in(installation.url("gateway"), ADMINISTRATOR) as administrator:
        if administrator is None:
            return
        for template in Templates.model_validate_json(TEMPLATES.read_bytes()).templates:
            answer = await _put(administrator, f"/api/templates/{template.id}", template.model_dump_json())
            if answer.status_code != httpx.codes.CONFLICT:
                answer.raise_for_status()


async def _prefer_alerts(installation: Installation) -> None:
    wishes = AgentPreferences(new_tickets=True, missed_chats=True)
    async with signed_in(installation.url("gateway"), JAN) as agent:
        if agent is not None:
            (await _put(agent, "/api/session/preferences", wishes.model_dump_json())).raise_for_status()


async def _put(client: httpx.AsyncClient, path: str, body: str) -> httpx.Response:
    return await client.put(path, content=body, headers={"Content-Type": "application/json"})


@asynccontextmanager
async def _publishing(installation: Installation) -> AsyncIterator[Publisher]:
    link = Link(installation.amqp_url, "demo")
    await link.open()
    try:
        yield Publisher(link, Letterhead("demo", SystemClock(), RandomIds()))
    finally:
        await link.close()


def _ref(topic: TopicSettings) -> NamedRef:
    return NamedRef(id=topic.id, name=topic.name)
