"""A tickets service of the test's own, commands to it, and an agent who works with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest_asyncio
from fastapi import FastAPI

from contracts.base import NamedRef
from contracts.conversation import ConversationEnded
from contracts.entries import (
    AgentMessageForVisitor,
    EndedForVisitor,
    StartedForVisitor,
    VisitorEntry,
    VisitorMessage,
)
from contracts.tickets import ChangeTicket, OpenTicket, Ticket, TicketPage, WriteToTicket
from tests.support.in_process import TOKEN, migrated

TOPIC = NamedRef(id=uuid4(), name="Sprzedaż")
JAN = NamedRef(id=uuid4(), name="Jan Kowalski")
EWA = NamedRef(id=uuid4(), name="Ewa Żak")
ASKED_AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tickets_url(database_urls: dict[str, str]) -> str:
    """The tickets service's schema."""
    return await migrated("tickets", database_urls)


def open_command(text: str = "Czy wysyłacie za granicę?", **changes: Any) -> OpenTicket:
    """A visitor's question that becomes a ticket of its own."""
    asked = OpenTicket(
        ticket_id=uuid4(),
        origin="waiting_chat",
        conversation_id=uuid4(),
        topic=TOPIC,
        subject_line="Zgłoszenie dla czata z kolejki Sprzedaż",
        name="Anna Nowak",
        email="anna.nowak@example.com",
        text=text,
        asked_at=ASKED_AT,
    )
    return asked.model_copy(update=changes)


def ended(conversation_id: UUID, **changes: Any) -> ConversationEnded:
    """A conversation in which an agent answered."""
    bodies = (
        StartedForVisitor(topic_name=TOPIC.name, visitor_name="Anna Nowak"),
        VisitorMessage(client_id=uuid4(), text="Czy <b>wysyłacie</b> za granicę?"),
        None,
        AgentMessageForVisitor(agent_name="Jan Kowalski", text="Tak."),
        EndedForVisitor(reason="ended_by_agent", agent_name="Jan Kowalski"),
    )
    over = ConversationEnded(
        conversation_id=conversation_id,
        topic=TOPIC,
        visitor_name="Anna Nowak",
        visitor_email="anna.nowak@example.com",
        reason="ended_by_agent",
        owner=JAN,
        answered=True,
        started_at=ASKED_AT,
        ended_at=ASKED_AT + timedelta(minutes=5),
        entries=tuple(VisitorEntry(seq=n, at=ASKED_AT, body=body) for n, body in enumerate(bodies, start=1)),
    )
    return over.model_copy(update=changes)


@dataclass
class Agent:
    """An agent's requests, as the gateway passes them on."""

    who: NamedRef
    client: httpx.AsyncClient = field(repr=False)

    async def send(self, method: str, path: str, body: Any = None, **query: Any) -> httpx.Response:
        headers = {"X-Dymek-Agent": str(self.who.id), "X-Dymek-Agent-Name": quote(self.who.name)}
        content = None if body is None else body.model_dump(mode="json")
        return await self.client.request(method, path, json=content, headers=headers, params=query)

    async def card(self, ticket_id: UUID) -> Ticket:
        answer = await self.send("GET", f"/internal/tickets/{ticket_id}", agent_id=self.who.id)
        return Ticket.model_validate_json(answer.raise_for_status().content)

    async def page(self, **query: Any) -> TicketPage:
        answer = await self.send("GET", "/internal/tickets", agent_id=self.who.id, **query)
        return TicketPage.model_validate_json(answer.raise_for_status().content)

    async def change(self, ticket: Ticket, **changes: Any) -> httpx.Response:
        """Save the card as it was read, with some fields changed."""
        asked = ChangeTicket.model_validate({**dict(ticket), **changes})
        return await self.send("PATCH", f"/internal/tickets/{ticket.id}", asked)

    async def write(self, ticket_id: UUID, asked: WriteToTicket) -> httpx.Response:
        return await self.send("POST", f"/internal/tickets/{ticket_id}/messages", asked)


@asynccontextmanager
async def agents_of(app: FastAPI, *who: NamedRef) -> AsyncIterator[tuple[Agent, ...]]:
    """Agents at their consoles."""
    client = httpx.AsyncClient(
        base_url="http://service", transport=httpx.ASGITransport(app), headers={"Authorization": f"Bearer {TOKEN}"}
    )
    async with client:
        yield tuple(Agent(one, client) for one in who)


@asynccontextmanager
async def rows_of(url: str) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """The service's tables."""
    connection = await asyncpg.connect(url, server_settings={"search_path": "tickets"})
    try:
        yield connection
    finally:
        await connection.close()
