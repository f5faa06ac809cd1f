"""Conversations are put to one agent at a time, and every offer ends once."""

from uuid import uuid4

from services.router.domain import leaving, offers
from tests.unit.router.builders import (
    NOON,
    TWENTY_SECONDS,
    accept,
    active,
    after,
    agent,
    answered,
    at,
    by,
    choose,
    decline,
    done,
    end,
    expire,
    kinds,
    leave_as_ticket,
    offered,
    refused,
    visitor,
    waiting,
)

JAN, EWA = agent(1, name="Jan Kowalski"), agent(2, name="Ewa Zielińska")


def test_an_agent_who_accepts_joins_as_owner() -> None:
    decision = done(accept(offered(waiting(), JAN), JAN))
    assert kinds(decision) == ["offer_ended", "agent_joined"]
    assert decision.entries[0].body.outcome == "accepted"  # type: ignore[union-attr]
    assert decision.conversation.header.state == "active"
    assert decision.conversation.header.owner == JAN.ref
    assert decision.conversation.offer is None


def test_only_the_agent_asked_may_accept_or_decline() -> None:
    conversation = offered(waiting(), JAN)
    assert refused(accept(conversation, EWA)) == "not_yours"
    assert refused(decline(conversation, EWA)) == "not_yours"


def test_a_declined_conversation_waits_on_at_its_old_place() -> None:
    conversation = done(decline(offered(waiting(), JAN, at(30)), JAN)).conversation
    assert conversation.header.state == "waiting"
    assert conversation.waiting_since == NOON
    assert conversation.asked == {JAN.id}


def test_an_offer_ends_only_once() -> None:
    asked = offered(waiting(), JAN)
    assert asked.offer is not None
    taken = done(accept(asked, JAN)).conversation
    assert offers.expire(taken, asked.offer.id, at(20)).entries == ()
    assert offers.withdraw(taken, asked.offer.id, at(20)).entries == ()


def test_an_old_timer_does_not_end_a_newer_offer() -> None:
    asked = offered(waiting(), JAN)
    assert asked.offer is not None
    again = offered(done(decline(asked, JAN)).conversation, EWA)
    assert offers.expire(again, asked.offer.id, at(20)).conversation == again


def test_a_conversation_is_offered_to_one_agent_at_a_time() -> None:
    for conversation in (offered(waiting(), JAN), active(JAN), done(end(waiting(), visitor())).conversation):
        assert refused(offers.make_offer(conversation, EWA.ref, uuid4(), TWENTY_SECONDS, NOON)) == "not_waiting"


def test_an_agent_whose_offer_was_withdrawn_has_not_turned_it_down() -> None:
    asked = offered(waiting(), JAN)
    assert asked.offer is not None
    assert offers.withdraw(asked, asked.offer.id, at(3)).conversation.asked == frozenset()


def test_asking_an_agent_again_begins_a_new_round() -> None:
    first = done(decline(offered(waiting(), JAN), JAN)).conversation
    second = done(decline(offered(first, EWA), EWA)).conversation
    assert second.asked == {JAN.id, EWA.id}
    assert offered(second, JAN).asked == frozenset()


def test_who_comes_too_late_is_told_what_came_in_between() -> None:
    asked = offered(waiting(), JAN)
    assert asked.offer is not None
    missed = asked.offer.id
    expired = expire(asked)
    passed_on = offered(expired, EWA)
    taken = after(accept(passed_on, EWA))
    for answer in (accept, decline):
        assert refused(answer(expired, JAN, missed)) == "too_late"
        assert refused(answer(passed_on, JAN, missed)) == "too_late"
        assert refused(answer(taken, JAN, missed)) == "taken"
        assert refused(answer(after(end(passed_on, visitor())), JAN, missed)) == "visitor_left"
        assert refused(answer(after(leave_as_ticket(passed_on)), JAN, missed)) == "visitor_left"
        assert refused(answer(after(end(answered(taken), by(EWA), EWA)), JAN, missed)) == "closed"


def test_who_lost_the_conversation_with_their_connection_is_told_so() -> None:
    taken = active(JAN)
    lost = leaving.connection_lost(taken, JAN.id, at(60)).conversation
    assert refused(accept(lost, JAN, uuid4())) == "away"
    assert refused(accept(offered(lost, EWA), JAN, uuid4())) == "away"


def test_an_offer_by_a_colleague_lets_nobody_be_passed_over_or_asked_anew() -> None:
    owned = active(JAN)
    asked = after(choose(owned, JAN, EWA))
    assert asked.asked == owned.asked
    assert expire(asked).asked == {EWA.id}
    assert after(choose(expire(asked), JAN, EWA)).asked == {EWA.id}


def test_what_is_turned_down_stays_with_its_owner() -> None:
    asked = after(choose(active(JAN), JAN, EWA))
    for kept in (expire(asked), after(decline(asked, EWA))):
        assert (kept.header.state, kept.header.owner, kept.offer) == ("active", JAN.ref, None)
