"""Who accepts a conversation owes a first answer in time."""

from services.router.domain import handover
from services.router.domain.conversation import Conversation
from services.router.domain.first_answer import answer_overdue
from tests.unit.router.builders import (
    NOON,
    SALES,
    accept,
    active,
    after,
    agent,
    at,
    by,
    choose,
    done,
    end,
    kinds,
    leave,
    offered,
    post,
    types,
    visitor,
)

JAN, EWA, OLA = agent(1, name="Jan"), agent(2, name="Ewa"), agent(3, name="Ola")
MARTA = agent(9, name="Marta", role="supervisor")


def overdue(conversation: Conversation) -> Conversation:
    return answer_overdue(conversation, at(61)).conversation


def test_a_conversation_that_is_not_answered_in_time_waits_again_and_is_not_offered_back() -> None:
    conversation = active(JAN)
    assert (conversation.unanswered, conversation.answer_due) == (True, at(60))
    assert answer_overdue(conversation, at(59)).entries == ()
    passed_on = answer_overdue(conversation, at(60))
    assert kinds(passed_on) == ["agent_left", "waiting_again"]
    assert passed_on.conversation.asked == {JAN.id}
    assert (passed_on.conversation.unanswered, passed_on.conversation.answer_due) == (False, None)


def test_nobody_tried_in_this_round_is_asked_again_before_the_rest() -> None:
    once = overdue(active(JAN))
    twice = overdue(after(accept(offered(once, EWA), EWA)))
    assert twice.asked == {JAN.id, EWA.id}


def test_a_colleague_who_is_in_it_becomes_owner_and_owes_no_first_answer() -> None:
    passed_on = answer_overdue(active(JAN, EWA), at(60))
    assert kinds(passed_on) == ["agent_left", "owner_changed"]
    assert not passed_on.conversation.unanswered


def test_the_owners_first_message_ends_the_time_and_nobody_elses_does() -> None:
    conversation = active(JAN, EWA)
    for author in (visitor(), by(EWA)):
        assert after(post(conversation, author)).answer_due == at(60)
    assert overdue(after(post(conversation, by(JAN)))).header.owner == JAN.ref


def test_the_time_stands_still_while_the_owner_types() -> None:
    conversation = active(JAN)
    typing = types(conversation, JAN, True, at(20))
    assert (typing.answer_due, answer_overdue(typing, at(600)).entries) == (None, ())
    assert types(typing, JAN, True, at(30)) == typing
    stopped = types(typing, JAN, False, at(600))
    assert stopped.answer_due == at(640)
    assert types(stopped, JAN, False, at(610)) == stopped


def test_the_time_goes_on_when_nobody_can_tell_any_more_that_the_owner_stopped_typing() -> None:
    typing = types(active(JAN), JAN, True, at(20))
    gone = answer_overdue(typing, at(50), there=False)
    assert (gone.entries, gone.conversation.answer_due) == ((), at(90))
    assert kinds(answer_overdue(gone.conversation, at(90), there=False)) == ["agent_left", "waiting_again"]


def test_typing_after_the_time_is_over_gives_no_new_time() -> None:
    late = types(active(JAN), JAN, True, at(90))
    assert types(late, JAN, False, at(95)).answer_due == at(95)


def test_only_the_owners_typing_counts_and_only_before_the_answer() -> None:
    conversation = active(JAN, EWA)
    assert types(conversation, EWA, True, at(5)) == conversation
    said = after(post(conversation, by(JAN)))
    assert types(said, JAN, True, at(5)) == said


def test_a_hand_over_begins_the_successors_time() -> None:
    said = after(post(active(JAN), by(JAN)))
    taken = after(accept(after(choose(said, JAN, EWA)), EWA, now=at(100)))
    assert (taken.unanswered, taken.answer_due) == (True, at(160))
    unsaid = after(accept(after(choose(active(JAN), JAN, EWA)), EWA, now=at(30)))
    assert (unsaid.unanswered, unsaid.answer_due) == (True, at(90))


def test_who_comes_without_accepting_owes_no_first_answer() -> None:
    assert not after(leave(active(JAN, EWA), JAN)).unanswered
    assert not after(handover.take_over(active(JAN), MARTA, SALES, NOON)).unanswered


def test_the_end_ends_the_time() -> None:
    over = done(end(active(JAN), visitor())).conversation
    assert (over.unanswered, over.answer_due) == (False, None)
    assert overdue(over) == over


def test_when_the_last_leaves_on_their_own_only_they_are_passed_over() -> None:
    passed_on = after(accept(offered(overdue(active(JAN)), EWA), EWA))
    assert after(leave(passed_on, EWA)).asked == {EWA.id}
