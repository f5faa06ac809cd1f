"""Consoles are told of a new ticket, once."""

from datetime import UTC, datetime
from uuid import uuid4

from contracts.base import NamedRef
from contracts.live import LiveAlert
from contracts.tickets import TicketOpened
from contracts.topology import EVERY_GATEWAY, LIVE
from tests.support.in_process import migrated, running, settled
from tests.support.wiretap import Wiretap


async def test_a_new_ticket_is_told_to_every_console_once(database_urls: dict[str, str], amqp_url: str) -> None:
    opened = TicketOpened(
        ticket_id=uuid4(),
        number=1001,
        conversation_id=uuid4(),
        topic=NamedRef(id=uuid4(), name="Sprzedaż"),
        subject_line="Zgłoszenie dla czata z kolejki Sprzedaż",
        name="Anna Nowak",
        opened_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
    )
    url = await migrated("notifier", database_urls)
    async with Wiretap(amqp_url, (LIVE, EVERY_GATEWAY)) as tap:
        async with running("notifier", url, amqp_url), settled("notifier.ticket.opened.v1", 3):
            opened_id = await tap.say(opened, times=3)
        told = await tap.rest()
    (alert,) = told
    assert alert.causationid == opened_id
    assert alert.message == LiveAlert(
        alert="ticket_opened",
        ticket_id=opened.ticket_id,
        number=1001,
        subject_line=opened.subject_line,
        name="Anna Nowak",
    )
