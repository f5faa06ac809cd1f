"""The rules of a conversation's life, one by one."""

from uuid import UUID, uuid4

from contracts.base import SYSTEM
from contracts.tickets import RatingRecorded
from services.router.domain import lifecycle
from tests.unit.router.builders import (
    NOON,
    SALES,
    TWENTY_SECONDS,
    VISITOR,
    accept,
    active,
    agent,
    at,
    by,
    decline,
    done,
    end,
    leave_as_ticket,
    offered,
    post,
    rate_command,
    refused,
    start_command,
    visitor,
    waiting,
)

JAN, EWA = agent(1, name="Jan Kowalski"), agent(2, name="Ewa Zielińska")
STRANGER = UUID(int=5)


def kinds(decision: object) -> list[str]:
    return [entry.body.kind for entry in done(decision).entries]  # type: ignore[arg-type]


def test_a_conversation_starts_waiting_with_its_first_entry() -> None:
    decision = lifecycle.start(start_command(), SALES, NOON)
    assert kinds(decision) == ["started"]
    assert decision.conversation.header.state == "waiting"
    assert decision.conversation.header.head == 1
    assert decision.conversation.waiting_since == NOON


def test_a_visitor_may_write_while_waiting_and_while_an_agent_is_asked() -> None:
    assert kinds(post(waiting(), visitor())) == ["visitor_message"]
    assert kinds(post(offered(waiting(), JAN), visitor())) == ["visitor_message"]


def test_nobody_else_may_write() -> None:
    assert refused(post(waiting(), visitor(STRANGER))) == "not_yours"
    assert refused(post(waiting(), by(JAN))) == "not_yours"
    assert refused(post(offered(waiting(), JAN), by(JAN))) == "not_yours"
    assert refused(post(active(JAN), by(EWA))) == "not_yours"
    assert refused(post(waiting(), SYSTEM)) == "not_yours"


def test_the_owner_writes_under_their_name() -> None:
    (entry,) = done(post(active(JAN), by(JAN), "w czym pomóc?")).entries
    assert entry.body.kind == "agent_message"
    assert entry.body.agent == JAN.ref
    assert entry.body.text == "w czym pomóc?"


def test_after_the_end_nobody_writes() -> None:
    over = done(end(active(JAN), by(JAN))).conversation
    assert refused(post(over, by(JAN))) == "closed"
    assert refused(post(over, visitor())) == "closed"
    assert refused(post(over, visitor(STRANGER))) == "not_yours"


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


def test_accepting_too_late_says_what_came_in_between() -> None:
    asked = offered(waiting(), JAN)
    assert asked.offer is not None
    missed = asked.offer.id
    expired = lifecycle.expire(asked, missed, at(20)).conversation
    assert refused(accept(expired, JAN, missed)) == "too_late"
    passed_on = offered(expired, EWA)
    assert refused(accept(passed_on, JAN, missed)) == "too_late"
    assert refused(accept(done(accept(passed_on, EWA)).conversation, JAN, missed)) == "taken"
    assert refused(accept(done(end(passed_on, visitor())).conversation, JAN, missed)) == "closed"


def test_an_offer_ends_only_once() -> None:
    asked = offered(waiting(), JAN)
    assert asked.offer is not None
    taken = done(accept(asked, JAN)).conversation
    assert lifecycle.expire(taken, asked.offer.id, at(20)).entries == ()
    assert lifecycle.withdraw(taken, asked.offer.id, at(20)).entries == ()


def test_an_old_timer_does_not_end_a_newer_offer() -> None:
    asked = offered(waiting(), JAN)
    assert asked.offer is not None
    again = offered(done(decline(asked, JAN)).conversation, EWA)
    assert lifecycle.expire(again, asked.offer.id, at(20)).conversation == again


def test_a_conversation_is_offered_to_one_agent_at_a_time() -> None:
    for conversation in (offered(waiting(), JAN), active(JAN), done(end(waiting(), visitor())).conversation):
        assert refused(lifecycle.make_offer(conversation, EWA.ref, uuid4(), TWENTY_SECONDS, NOON)) == "not_waiting"


def test_an_agent_whose_offer_was_withdrawn_has_not_turned_it_down() -> None:
    asked = offered(waiting(), JAN)
    assert asked.offer is not None
    assert lifecycle.withdraw(asked, asked.offer.id, at(3)).conversation.asked == frozenset()


def test_asking_an_agent_again_begins_a_new_round() -> None:
    first = done(decline(offered(waiting(), JAN), JAN)).conversation
    second = done(decline(offered(first, EWA), EWA)).conversation
    assert second.asked == {JAN.id, EWA.id}
    assert offered(second, JAN).asked == frozenset()


def test_either_side_ends_it_and_the_log_says_who() -> None:
    by_agent = done(end(active(JAN), by(JAN)))
    assert by_agent.conversation.header.close_reason == "ended_by_agent"
    assert by_agent.entries[-1].body.agent == JAN.ref  # type: ignore[union-attr]
    by_visitor = done(end(active(JAN), visitor()))
    assert by_visitor.conversation.header.close_reason == "ended_by_visitor"


def test_a_conversation_ends_once_and_only_by_who_takes_part() -> None:
    assert refused(end(active(JAN), by(EWA))) == "not_yours"
    assert refused(end(active(JAN), visitor(STRANGER))) == "not_yours"
    assert refused(end(done(end(active(JAN), visitor())).conversation, by(JAN))) == "closed"


def test_a_visitor_who_gives_up_takes_the_pending_offer_with_them() -> None:
    decision = done(end(offered(waiting(), JAN), visitor()))
    assert kinds(decision) == ["offer_ended", "ended"]
    assert decision.entries[0].body.outcome == "withdrawn"  # type: ignore[union-attr]
    assert decision.conversation.holders == frozenset()


def test_what_nobody_has_answered_can_become_a_ticket() -> None:
    assert kinds(leave_as_ticket(waiting())) == ["ended"]
    decision = done(leave_as_ticket(offered(waiting(), JAN)))
    assert kinds(decision) == ["offer_ended", "ended"]
    assert decision.conversation.header.close_reason == "became_ticket"


def test_an_answered_ended_or_foreign_conversation_cannot_become_a_ticket() -> None:
    assert refused(leave_as_ticket(active(JAN))) == "not_waiting"
    assert refused(leave_as_ticket(done(end(waiting(), visitor())).conversation)) == "closed"
    assert refused(leave_as_ticket(waiting(), STRANGER)) == "not_yours"


def test_only_the_visitor_rates_and_only_what_has_ended() -> None:
    conversation = active(JAN)
    assert refused(lifecycle.may_rate(conversation, rate_command(conversation))) == "not_closed"
    over = done(end(conversation, by(JAN))).conversation
    assert lifecycle.may_rate(over, rate_command(over)) is None
    assert refused(lifecycle.may_rate(over, rate_command(over, STRANGER))) == "not_yours"


def test_a_ticket_is_not_rated() -> None:
    ticket = done(leave_as_ticket(waiting())).conversation
    assert refused(lifecycle.may_rate(ticket, rate_command(ticket))) == "not_closed"


def test_the_look_up_is_logged_once_whether_it_found_somebody_or_not() -> None:
    for customer_id in (None, uuid4()):
        once = lifecycle.customer_looked_up(waiting(), customer_id, NOON)
        assert kinds(once) == ["customer_looked_up"]
        assert lifecycle.customer_looked_up(once.conversation, customer_id, NOON).entries == ()


def test_ticket_number_and_rating_are_logged_after_the_end() -> None:
    ticket = done(leave_as_ticket(waiting())).conversation
    opened = lifecycle.ticket_opened(ticket, uuid4(), 41, at(5))
    assert opened.conversation.header.ticket_number == 41
    assert lifecycle.ticket_opened(opened.conversation, uuid4(), 41, at(6)).entries == ()
    over = done(end(active(JAN), by(JAN))).conversation
    rating = RatingRecorded(conversation_id=over.id, client_id=uuid4(), score="bad", rated_at=at(70))
    assert lifecycle.rating_recorded(over, rating, at(70)).conversation.header.rating is not None
    assert over.visitor_id == VISITOR
