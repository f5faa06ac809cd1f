"""Tickets that agents open out of a conversation while it goes on, and what of a conversation may be read on."""

from uuid import uuid4

from services.router.domain import effects, lifecycle, offers
from services.router.domain.conversation import Conversation, Decision
from services.router.domain.visitor import record_of
from tests.unit.router.builders import (
    SALES,
    TWENTY_SECONDS,
    accept,
    active,
    after,
    agent,
    at,
    by,
    done,
    end,
    kinds,
    leave,
    leave_as_ticket,
    post,
    visitor,
    waiting,
)

JAN = agent(1)


def opened(conversation: Conversation, number: int) -> Decision:
    return lifecycle.ticket_opened(conversation, uuid4(), number, at(5))


def test_a_chat_goes_on_when_an_agent_opens_a_ticket_out_of_it() -> None:
    chat = active(JAN)
    with_ticket = opened(chat, 41)
    header = with_ticket.conversation.header
    assert kinds(with_ticket) == ["ticket_opened"]
    assert (header.state, header.owner, header.ticket_number) == ("active", JAN.ref, 41)
    assert with_ticket.conversation.holders == chat.holders
    assert kinds(post(with_ticket.conversation, visitor())) == ["visitor_message"]
    entailed = effects.of_conversation(chat, with_ticket)
    assert (entailed.over, entailed.route, entailed.timers) == (False, frozenset(), ())


def test_each_of_several_tickets_is_logged_once() -> None:
    first = opened(active(JAN), 41).conversation
    second = opened(first, 42)
    assert second.conversation.header.ticket_number == 42
    assert opened(second.conversation, 42).entries == ()


def test_who_leaves_a_message_is_not_told_the_number_of_an_agents_ticket() -> None:
    chat = opened(active(JAN), 41).conversation
    waits = after(leave(chat, JAN))
    became = after(leave_as_ticket(waits))
    assert became.header.ticket_number is None
    assert opened(became, 42).conversation.header.ticket_number == 42


def test_a_ticket_opened_after_the_end_is_logged_too() -> None:
    over = after(end(active(JAN), by(JAN)))
    late = opened(over, 41)
    assert kinds(late) == ["ticket_opened"]
    assert late.conversation.header.close_reason == "ended_by_agent"


def test_what_is_read_on_is_what_the_visitor_saw() -> None:
    conversation = waiting()
    offer = done(offers.make_offer(conversation, JAN.ref, uuid4(), TWENTY_SECONDS, at(1)))
    accepted = done(accept(offer.conversation, JAN))
    ticket = opened(accepted.conversation, 41)
    log = [*offer.entries, *accepted.entries, *ticket.entries]
    record = record_of(ticket.conversation.header, log)
    assert (record.state, record.topic.id, record.visitor_name) == ("active", SALES.id, "Anna")
    assert record.agents == (JAN.ref,)
    assert [entry.seq for entry in record.entries] == [entry.seq for entry in log]
    assert [entry.body.kind for entry in record.entries if entry.body] == ["agent_joined", "ticket_opened"]
