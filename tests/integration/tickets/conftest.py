"""A tickets service of the test's own, and commands to it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest_asyncio

from contracts.base import NamedRef
from contracts.tickets import OpenTicket
from tests.support.in_process import migrated

TOPIC = NamedRef(id=uuid4(), name="Sprzedaż")
ASKED_AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tickets_url(database_urls: dict[str, str]) -> str:
    """The tickets service's schema."""
    return await migrated("tickets", database_urls)


def open_command(text: str = "Czy wysyłacie za granicę?") -> OpenTicket:
    """A visitor's question that becomes a ticket of its own."""
    return OpenTicket(
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
