"""Whose conversation it is: found by the address, or said by an agent, whose word stands."""

from uuid import UUID

import pytest

from contracts.base import NamedRef
from contracts.entries import CustomerAttached
from contracts.views import visitor_entry
from services.router.domain import customer, leaving, lifecycle
from services.router.domain.conversation import Conversation
from services.router.domain.ticket import is_verified
from tests.unit.router.builders import (
    NOON,
    SALES,
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
    offered,
    refused,
    start_command,
    ticket_command,
    visitor,
    waiting,
)

JAN, EWA = agent(1, name="Jan Kowalski"), agent(2, name="Ewa Zielińska")
MARTA = agent(3, name="Marta Wiśniewska", role="supervisor")
ANNA = NamedRef(id=UUID(int=31), name="Anna Nowak")
ZOFIA = NamedRef(id=UUID(int=32), name="Zofia Lis")


def found(conversation: Conversation, who: NamedRef | None = ANNA, *, verified: bool = False) -> Conversation:
    return customer.looked_up(conversation, who.id if who else None, verified, at(1)).conversation


@pytest.mark.parametrize("customer_id", [None, ANNA.id])
def test_the_look_up_is_logged_once_whether_it_found_somebody_or_not(customer_id: UUID | None) -> None:
    once = customer.looked_up(waiting(), customer_id, True, NOON)
    assert kinds(once) == ["customer_looked_up"]
    assert customer.looked_up(once.conversation, customer_id, True, NOON).entries == ()
    header = once.conversation.header
    assert (header.looked_up, header.customer_id, header.customer_verified) == (True, customer_id, True)


def test_who_takes_part_says_whose_it_is_and_the_log_names_both() -> None:
    for talker in (JAN, EWA):
        (entry,) = done(customer.attach(active(JAN, EWA), talker, ANNA, NOON)).entries
        assert entry.body == CustomerAttached(customer=ANNA, by=talker.ref)
        assert visitor_entry(entry).body is None


def test_a_supervisor_says_so_of_every_conversation() -> None:
    ticket = after(leave_as_ticket(waiting()))
    for conversation in (waiting(), offered(waiting(), JAN), active(JAN), ticket):
        assert after(customer.attach(conversation, MARTA, ANNA, NOON)).header.customer_id == ANNA.id


def test_whoever_takes_no_part_does_not() -> None:
    assert refused(customer.attach(waiting(), JAN, ANNA, NOON)) == "not_yours"
    assert refused(customer.attach(offered(waiting(), JAN), JAN, ANNA, NOON)) == "not_yours"
    assert refused(customer.attach(active(JAN), EWA, ANNA, NOON)) == "not_yours"
    left = after(leave(active(JAN, EWA), EWA))
    assert refused(customer.attach(left, EWA, None, NOON)) == "not_yours"
    lost = leaving.connection_lost(active(JAN, EWA), EWA.id, at(60)).conversation
    assert refused(customer.attach(lost, EWA, ANNA, at(61))) == "away"


def test_after_the_end_it_can_still_be_put_right_by_who_was_there() -> None:
    over = after(end(active(JAN, EWA), visitor()))
    assert after(customer.attach(over, JAN, ANNA, at(90))).header.customer_id == ANNA.id
    assert after(customer.attach(over, EWA, ANNA, at(90))).header.customer_id == ANNA.id
    assert refused(customer.attach(over, agent(4), ANNA, at(90))) == "not_yours"
    gone = after(end(after(leave(active(JAN, EWA), EWA)), by(JAN)))
    assert refused(customer.attach(gone, EWA, ANNA, at(90))) == "not_yours"


def test_it_is_changed_and_taken_back_and_said_again_it_is_no_news() -> None:
    chat = found(active(JAN), ANNA)
    assert kinds(customer.attach(chat, JAN, ANNA, at(2))) == []
    changed = after(customer.attach(chat, JAN, ZOFIA, at(2)))
    assert changed.header.customer_id == ZOFIA.id
    nobody = after(customer.attach(changed, JAN, None, at(3)))
    assert nobody.header.customer_id is None
    assert kinds(customer.attach(nobody, JAN, None, at(4))) == []


def test_an_agents_word_stands_when_the_look_up_comes_later() -> None:
    for said in (ANNA, None):
        chat = after(customer.attach(active(JAN), JAN, said, NOON))
        assert chat.header.looked_up
        assert customer.looked_up(chat, ZOFIA.id, True, at(1)).entries == ()


def test_what_an_agent_attaches_is_not_the_customers_to_read() -> None:
    """Nobody has vouched that the visitor is who the agent takes them for."""
    chat = found(active(JAN), ANNA, verified=True)
    assert chat.header.customer_verified
    assert not after(customer.attach(chat, JAN, ZOFIA, NOON)).header.customer_verified
    back = after(customer.attach(after(customer.attach(chat, JAN, None, NOON)), JAN, ANNA, NOON))
    assert (back.header.customer_id, back.header.customer_verified) == (ANNA.id, False)


def test_a_ticket_is_verified_only_with_the_address_that_the_site_vouched_for() -> None:
    chat = waiting(verified=True)
    for same in ("anna@example.com", " Anna@EXAMPLE.com"):
        assert is_verified(chat, ticket_command(chat).model_copy(update={"email": same}))
    for other in ("zofia@example.com", "anna@example.org", "anna+@example.com", "nobody", "@"):
        assert not is_verified(chat, ticket_command(chat).model_copy(update={"email": other}))
    assert not is_verified(waiting(), ticket_command(waiting()))


def test_without_an_address_there_is_nothing_to_vouch_for() -> None:
    command = start_command(verified=True).model_copy(update={"email": None})
    nameless = after(lifecycle.start(command, SALES, NOON))
    assert not nameless.verified
    assert not is_verified(nameless, ticket_command(nameless))
