"""How a conversation begins, goes on and ends."""

from uuid import UUID, uuid4

from contracts.base import SYSTEM
from contracts.conversation import LeaveMessage
from contracts.parameters import Hours, Localised
from contracts.tickets import RatingRecorded
from services.router.domain import leaving, lifecycle
from services.router.domain.ticket import subject_line
from tests.unit.router.builders import (
    NOON,
    SALES,
    VISITOR,
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
    offered,
    post,
    rate_command,
    refused,
    start_command,
    visitor,
    waiting,
)

JAN, EWA = agent(1, name="Jan Kowalski"), agent(2, name="Ewa Zielińska")
MARTA = agent(3, name="Marta Wiśniewska", role="supervisor")
STRANGER = UUID(int=5)


def test_a_conversation_starts_waiting_with_its_first_entry() -> None:
    decision = done(lifecycle.start(start_command(), SALES, NOON))
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


def test_ticket_number_and_rating_are_logged_after_the_end() -> None:
    ticket = done(leave_as_ticket(waiting())).conversation
    opened = lifecycle.ticket_opened(ticket, uuid4(), 41, at(5))
    assert opened.conversation.header.ticket_number == 41
    assert lifecycle.ticket_opened(opened.conversation, uuid4(), 41, at(6)).entries == ()
    over = done(end(active(JAN), by(JAN))).conversation
    rating = RatingRecorded(conversation_id=over.id, client_id=uuid4(), score="bad", rated_at=at(70))
    assert lifecycle.rating_recorded(over, rating, at(70)).conversation.header.rating is not None
    assert over.visitor_id == VISITOR


def test_outside_the_hours_nothing_starts_but_a_message_can_be_left() -> None:
    closed = SALES.model_copy(update={"hours": Hours(weekly=())})
    assert refused(lifecycle.start(start_command(), closed, NOON)) == "outside_hours"
    for topic in (closed, SALES):
        left = lifecycle.leave_message(message_command(), topic, NOON)
        assert kinds(left) == ["started", "visitor_message", "ended"]
        assert left.conversation.header.close_reason == "became_ticket"


def message_command() -> LeaveMessage:
    return LeaveMessage(
        conversation_id=uuid4(),
        client_id=uuid4(),
        visitor_id=VISITOR,
        widget_id=uuid4(),
        topic_id=SALES.id,
        name="Anna",
        email="anna@example.com",
        text="Proszę o kontakt",
    )


def test_a_conversation_that_runs_when_its_topic_closes_goes_on() -> None:
    closed = SALES.model_copy(update={"hours": Hours(weekly=())})
    assert after(accept(offered(waiting(), JAN), JAN, topic=closed)).header.state == "active"


def test_the_company_greets_at_the_start_or_when_the_first_agent_joins() -> None:
    at_start = SALES.model_copy(update={"welcome": "at_start", "welcome_text": Localised(pl="Dzień dobry!")})
    begun = done(lifecycle.start(start_command(), at_start, NOON))
    assert kinds(begun) == ["started", "system_message"]
    assert begun.answer is begun.entries[0]
    assert kinds(accept(offered(begun.conversation, JAN), JAN, topic=at_start)) == ["offer_ended", "agent_joined"]

    on_join = at_start.model_copy(update={"welcome": "on_join"})
    joined = done(accept(offered(waiting(), JAN), JAN, topic=on_join))
    assert kinds(joined) == ["offer_ended", "agent_joined", "system_message"]
    assert joined.answer is joined.entries[1]
    again = offered(after(leave(joined.conversation, JAN)), EWA)
    assert kinds(accept(again, EWA, topic=on_join)) == ["offer_ended", "agent_joined"]


def test_the_company_has_the_last_word_but_not_on_a_ticket() -> None:
    topic = SALES.model_copy(update={"closing_text": Localised(pl="Dziękujemy za rozmowę.")})
    assert kinds(end(active(JAN), by(JAN), JAN, topic)) == ["system_message", "ended"]
    assert kinds(end(waiting(), visitor(), topic=topic)) == ["system_message", "ended"]
    assert kinds(leave_as_ticket(waiting())) == ["ended"]


def test_of_those_who_take_part_the_owner_ends_it_or_a_supervisor() -> None:
    conversation = active(JAN, EWA, MARTA)
    assert refused(end(conversation, by(EWA), EWA)) == "not_yours"
    assert after(end(conversation, by(MARTA), MARTA)).header.close_reason == "ended_by_agent"
    assert refused(end(active(JAN), by(MARTA), MARTA)) == "not_yours"


def test_everybody_who_takes_part_writes_and_nobody_who_has_left() -> None:
    conversation = active(JAN, EWA)
    assert kinds(post(conversation, by(EWA))) == ["agent_message"]
    assert refused(post(after(leave(conversation, EWA)), by(EWA))) == "not_yours"
    lost = leaving.connection_lost(conversation, EWA.id, at(60)).conversation
    assert refused(post(lost, by(EWA))) == "away"
    assert refused(end(lost, by(EWA), EWA)) == "away"


def test_a_ticket_is_called_as_the_topic_says() -> None:
    assert subject_line(SALES) == "Zgłoszenie dla czata z kolejki Sprzedaż"
    topic = SALES.model_copy(update={"ticket_subject": "<topic>" * 150})
    assert len(subject_line(topic)) == 300
