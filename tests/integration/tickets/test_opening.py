"""A question that nobody could answer now becomes one ticket, whatever the broker does."""

from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from contracts.envelope import read
from contracts.tickets import Ticket, TicketMessage, TicketOpened, TicketPage
from contracts.topology import COMMANDS, EVENTS
from services.chassis.errors import Forbidden, InternalHttpError, NotFound
from services.chassis.inbox import once
from services.tickets.usecases import Commands
from tests.integration.tickets.conftest import ASKED_AT, JAN, TOPIC, open_command
from tests.support.in_process import client_of, running, settled
from tests.support.wiretap import Wiretap

OPENED = (EVENTS, TicketOpened.TYPE)
QUEUE = "tickets.commands"


async def test_a_question_becomes_a_readable_ticket(tickets_url: str, amqp_url: str) -> None:
    command = open_command("Czy wysyłacie za granicę? 🙂 https://example.com")
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url, OPENED) as tap:
        command_id = await tap.say(command)
        opened = await tap.heard()
        async with client_of(app) as client:
            ticket = await client.get(f"/internal/tickets/{command.ticket_id}", Ticket, agent_id=JAN.id)

    assert opened.causationid == command_id
    assert opened.message.ticket_id == command.ticket_id
    assert opened.message.conversation_id == command.conversation_id
    assert opened.message.number == ticket.number >= 1001
    assert ticket.status == "new"
    assert ticket.topic == TOPIC
    assert (ticket.name, ticket.email) == ("Anna Nowak", "anna.nowak@example.com")
    assert ticket.messages == (
        TicketMessage(id=command.ticket_id, author="Anna Nowak", text=command.text, at=ASKED_AT),
    )


async def test_a_command_delivered_many_times_makes_one_ticket(tickets_url: str, amqp_url: str) -> None:
    command = open_command()
    async with Wiretap(amqp_url, OPENED) as tap:
        async with running("tickets", tickets_url, amqp_url), settled(QUEUE, 6):
            await tap.say(command, times=5)
            await tap.say(command)  # another message about the same ticket
        told = await tap.rest()
    assert [received.message.ticket_id for received in told] == [command.ticket_id]


async def test_a_ticket_stored_by_a_process_that_died_before_it_acknowledged_is_not_made_again(
    tickets_url: str, amqp_url: str
) -> None:
    command = open_command()
    async with Wiretap(amqp_url, OPENED) as tap:
        async with running("tickets", tickets_url, amqp_url) as app:
            service = app.state.service
            await service.broker.stop()
            async with Wiretap(amqp_url) as dying:
                await dying.say(command)
                message = await dying.take(QUEUE)
                await once(service.database, QUEUE, Commands(service.clock).handle)(read(message.body))
        async with AsyncExitStack() as counted:
            # From before the start: it may be delivered again before all queues are consumed.
            await counted.enter_async_context(settled(QUEUE, 1))
            async with running("tickets", tickets_url, amqp_url):
                await counted.aclose()
        told = await tap.rest()
    assert [received.message.ticket_id for received in told] == [command.ticket_id]


async def test_reading_needs_the_service_token_and_an_existing_ticket(tickets_url: str, amqp_url: str) -> None:
    async with running("tickets", tickets_url, amqp_url) as app:
        async with client_of(app, token="wrong") as stranger:
            with pytest.raises(Forbidden):
                await stranger.get("/internal/tickets", TicketPage, agent_id=JAN.id)
        async with client_of(app) as client:
            with pytest.raises(NotFound):
                await client.get(f"/internal/tickets/{uuid4()}", Ticket, agent_id=JAN.id)
            with pytest.raises(InternalHttpError):
                await client.get("/internal/tickets", TicketPage, agent_id=JAN.id, limit=0)


async def test_what_is_no_command_goes_to_the_dead_letters(tickets_url: str, amqp_url: str) -> None:
    async with running("tickets", tickets_url, amqp_url), Wiretap(amqp_url, ("dymek.dead", "#")) as tap:
        await tap.say_raw(COMMANDS, QUEUE, b'{"not": "a message"}')
        dead = await tap.heard_raw()
    assert dead == b'{"not": "a message"}'
