"""Many at once: agents who change one ticket, requests that are sent again before the first is answered."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from contracts.base import NamedRef
from contracts.live import LiveTicket
from contracts.mail import ReplyMail, SendMail
from contracts.tickets import NewTicket, Ticket, TicketConflict, TicketOpened, WriteToTicket
from contracts.topology import COMMANDS, EVENTS, LIVE
from tests.integration.tickets.conftest import JAN, TOPIC, Agent, agents_of, open_command, rows_of
from tests.support.in_process import running, settled
from tests.support.wiretap import Wiretap

CROWD = [NamedRef(id=uuid4(), name=f"Agent {n}") for n in range(12)]
ASKED = NewTicket(
    topic=TOPIC, subject_line="Prośba o fakturę", name="Anna Nowak", email="anna.nowak@example.com", text="Z rozmowy"
)


async def add_own_tag(agent: Agent, card: Ticket) -> int:
    """Add the agent's tag, reading anew as often as others were quicker; how often that was."""
    refused = 0
    while True:
        tags = (*card.tags, agent.who.name.lower())
        answer = await agent.change(card, tags=tags, status="open")
        if answer.status_code == 200:
            return refused
        assert answer.status_code == 409
        card = TicketConflict.model_validate_json(answer.content).present
        refused += 1


async def test_of_many_who_change_one_ticket_at_once_nobody_loses_anything(tickets_url: str, amqp_url: str) -> None:
    command = open_command()
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url, (LIVE, "gateways")) as tap:
        async with settled("tickets.commands", 1):
            await tap.say(command)
        async with agents_of(app, *CROWD) as crowd:
            read = await crowd[0].card(command.ticket_id)
            conflicts = await asyncio.gather(*(add_own_tag(agent, read) for agent in crowd))
            card = await crowd[0].card(command.ticket_id)
    assert sum(conflicts) >= len(CROWD) - 1, "all but one had read an older version"
    assert sorted(card.tags) == sorted(agent.name.lower() for agent in CROWD)
    assert card.version == 1 + len(CROWD)


async def test_every_version_is_shown_to_consoles_once(tickets_url: str, amqp_url: str) -> None:
    command = open_command()
    async with Wiretap(amqp_url, (LIVE, "gateways")) as tap:
        async with running("tickets", tickets_url, amqp_url) as app:
            async with settled("tickets.commands", 1):
                await tap.say(command)
            async with agents_of(app, *CROWD) as crowd:
                texts = [WriteToTicket(id=uuid4(), kind="comment", text=f"Uwaga {n}") for n in range(len(CROWD))]
                await asyncio.gather(
                    *(agent.write(command.ticket_id, text) for agent, text in zip(crowd, texts, strict=True))
                )
                card = await crowd[0].card(command.ticket_id)
        shown = [received.message for received in await tap.rest()]
    assert {message.id for message in card.messages[1:]} == {text.id for text in texts}
    versions = [one.ticket.version for one in shown if isinstance(one, LiveTicket)]
    assert sorted(versions) == list(range(1, 2 + len(CROWD)))


async def test_a_double_click_makes_one_ticket_one_mail_and_one_number(tickets_url: str, amqp_url: str) -> None:
    ticket_id = uuid4()
    keys = (EVENTS, TicketOpened.TYPE), (COMMANDS, "notifier.commands")
    async with Wiretap(amqp_url, *keys) as tap:
        async with running("tickets", tickets_url, amqp_url) as app, agents_of(app, JAN) as (jan,):
            answers = await asyncio.gather(
                *(jan.send("PUT", f"/internal/tickets/{ticket_id}", ASKED) for _ in range(10))
            )
        told = [received.message for received in await tap.rest()]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert sorted(type(one).__name__ for one in told) == ["SendMail", "TicketOpened"]


async def test_a_reply_sent_again_before_the_first_is_answered_goes_out_once(tickets_url: str, amqp_url: str) -> None:
    command = open_command()
    asked = WriteToTicket(id=uuid4(), kind="reply", text="Tak, wysyłamy.")
    async with Wiretap(amqp_url, (COMMANDS, "notifier.commands")) as tap:
        async with running("tickets", tickets_url, amqp_url) as app, agents_of(app, JAN) as (jan,):
            async with settled("tickets.commands", 1):
                await tap.say(command)
            answers = await asyncio.gather(*(jan.write(command.ticket_id, asked) for _ in range(10)))
        told: list[SendMail] = [received.message for received in await tap.rest()]
    assert {answer.status_code for answer in answers} == {200}
    assert [mail.mail_id for mail in told if isinstance(mail.body, ReplyMail)] == [asked.id]
    async with rows_of(tickets_url) as rows:
        count = await rows.fetchval("SELECT count(*) FROM ticket_message WHERE ticket_id = $1", command.ticket_id)
    assert count == 2
