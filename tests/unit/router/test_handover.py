"""Agents pass conversations on: to a colleague, to another topic, by joining, leaving and taking over."""

from uuid import UUID

import pytest

from contracts.parameters import Hours, Localised
from services.router.domain import handover, leaving
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation
from tests.unit.router.builders import (
    NOON,
    SALES,
    SUPPORT,
    accept,
    active,
    after,
    agent,
    at,
    by,
    choose,
    decline,
    done,
    end,
    expire,
    kinds,
    leave,
    offered,
    post,
    ref,
    refused,
    visitor,
    waiting,
)

JAN, EWA, OLA = (agent(n, name=name) for n, name in enumerate(["Jan", "Ewa", "Ola"], start=1))
MARTA = agent(9, name="Marta", role="supervisor", topic_ids=frozenset())


def participants(conversation: Conversation) -> list[str]:
    return [one.name for one in conversation.header.participants]


# --- choosing an agent


def test_a_chosen_agent_is_asked_and_the_owner_keeps_it_until_they_accept() -> None:
    asked = after(choose(active(JAN), JAN, EWA))
    assert (asked.header.state, asked.header.owner) == ("active", JAN.ref)
    assert asked.holders == {JAN.id, EWA.id}
    assert asked.offer is not None
    assert (asked.offer.agent, asked.offer.chosen_by) == (EWA.ref, JAN.ref)
    taken = done(accept(asked, EWA))
    assert kinds(taken) == ["offer_ended", "agent_left", "agent_joined"]
    assert taken.conversation.departed == {JAN.id: "handed_over"}
    assert (participants(taken.conversation), taken.conversation.header.owner) == (["Ewa"], EWA.ref)


def test_a_participant_who_accepts_becomes_owner_and_needs_no_room() -> None:
    full = agent(2, name="Ewa", load=3)
    conversation = active(JAN, EWA)
    taken = done(accept(after(choose(conversation, JAN, full)), full))
    assert kinds(taken) == ["offer_ended", "agent_left", "owner_changed"]
    assert taken.conversation.holders == {EWA.id}


def test_another_choice_takes_the_place_of_the_first() -> None:
    asked = after(choose(active(JAN), JAN, EWA))
    again = done(choose(asked, JAN, OLA))
    assert kinds(again) == ["offer_ended", "offer_made"]
    assert again.conversation.offer is not None
    assert again.conversation.offer.agent == OLA.ref


def test_a_supervisor_chooses_also_for_a_waiting_conversation_and_who_turns_it_down_counts_as_asked() -> None:
    asked = after(choose(waiting(), MARTA, EWA))
    assert asked.header.state == "offered"
    back = after(decline(asked, EWA))
    assert (back.header.state, back.asked) == ("waiting", frozenset({EWA.id}))
    assert after(choose(offered(waiting(), JAN), MARTA, EWA)).holders == {EWA.id}


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        (None, "unknown"),
        (JAN, "invalid"),
        (agent(2, status="break"), "agent_away"),
        (agent(2, connected=False), "agent_away"),
        (agent(2, topic_ids=frozenset()), "agent_away"),
        (agent(2, load=3), "no_capacity"),
    ],
)
def test_only_who_is_there_and_has_room_can_be_chosen(chosen: Agent | None, why: str) -> None:
    assert refused(choose(active(JAN), JAN, chosen)) == why


def test_only_the_owner_or_a_supervisor_passes_a_conversation_on() -> None:
    conversation = active(JAN, EWA)
    assert refused(choose(conversation, EWA, OLA)) == "not_yours"
    assert refused(handover.move(conversation, EWA, SUPPORT, NOON)) == "not_yours"
    assert refused(choose(waiting(), JAN, EWA)) == "not_yours"
    over = after(end(conversation, by(JAN), JAN))
    assert refused(choose(over, JAN, EWA)) == "closed"
    assert refused(handover.move(over, MARTA, SUPPORT, NOON)) == "closed"


# --- another topic


def test_a_moved_conversation_waits_in_the_other_queue_at_its_old_place() -> None:
    asked = after(choose(active(JAN, EWA), JAN, OLA))
    moved = done(handover.move(asked, JAN, SUPPORT, at(90)))
    assert kinds(moved) == ["offer_ended", "agent_left", "agent_left", "waiting_again"]
    conversation = moved.conversation
    assert (conversation.header.state, conversation.topic) == ("waiting", ref(SUPPORT))
    assert (conversation.waiting_since, conversation.asked, conversation.holders) == (NOON, frozenset(), frozenset())


def test_a_supervisor_moves_what_waits() -> None:
    moved = done(handover.move(offered(waiting(), JAN), MARTA, SUPPORT, NOON))
    assert kinds(moved) == ["offer_ended", "waiting_again"]
    assert moved.conversation.topic == ref(SUPPORT)


def test_a_conversation_moves_only_to_another_topic_that_is_open() -> None:
    closed = SUPPORT.model_copy(update={"hours": Hours(weekly=())})
    assert refused(handover.move(active(JAN), JAN, None, NOON)) == "unknown"
    assert refused(handover.move(active(JAN), JAN, SALES, NOON)) == "invalid"
    assert refused(handover.move(active(JAN), JAN, closed, NOON)) == "outside_hours"


# --- joining and leaving


def test_who_joins_takes_part_and_takes_room() -> None:
    joined = after(handover.join(active(JAN), EWA, at(1)))
    assert (participants(joined), joined.header.owner) == (["Jan", "Ewa"], JAN.ref)
    assert joined.holders == {JAN.id, EWA.id}
    assert done(handover.join(joined, EWA, at(2))).entries == ()
    assert refused(handover.join(joined, agent(3, load=3), at(2))) == "no_capacity"


def test_one_joins_a_conversation_of_their_topics_that_somebody_has() -> None:
    elsewhere = agent(4, topic_ids=frozenset({SUPPORT.id}))
    assert refused(handover.join(active(JAN), elsewhere, NOON)) == "not_yours"
    assert refused(handover.join(waiting(), EWA, NOON)) == "not_active"
    assert refused(handover.join(offered(waiting(), JAN), EWA, NOON)) == "not_active"
    assert refused(handover.join(after(end(active(JAN), visitor())), EWA, NOON)) == "closed"
    assert kinds(handover.join(active(JAN), MARTA, NOON)) == ["agent_joined"]


def test_when_the_owner_leaves_the_longest_present_becomes_owner() -> None:
    left = done(leave(active(JAN, EWA, OLA), JAN))
    assert kinds(left) == ["agent_left", "owner_changed"]
    assert (participants(left.conversation), left.conversation.header.owner) == (["Ewa", "Ola"], EWA.ref)


def test_a_participant_who_leaves_changes_nothing_else_and_what_is_asked_stands() -> None:
    asked = after(choose(active(JAN, EWA), JAN, OLA))
    left = done(leave(asked, EWA))
    assert kinds(left) == ["agent_left"]
    assert left.conversation.offer == asked.offer
    assert left.conversation.header.owner == JAN.ref


def test_when_the_last_leaves_it_waits_again_at_its_old_place_and_they_are_passed_over() -> None:
    left = done(leave(active(JAN), JAN, at(300)))
    assert kinds(left) == ["agent_left", "waiting_again"]
    conversation = left.conversation
    assert (conversation.header.state, conversation.waiting_since, conversation.asked) == (
        "waiting",
        NOON,
        frozenset({JAN.id}),
    )
    assert conversation.holders == frozenset()


def test_a_colleague_who_is_being_asked_when_the_last_leaves_is_asked_on() -> None:
    left = done(leave(after(choose(active(JAN), JAN, EWA)), JAN))
    assert kinds(left) == ["agent_left", "waiting_again"]
    assert left.conversation.header.state == "offered"
    assert left.conversation.holders == {EWA.id}
    assert kinds(accept(left.conversation, EWA)) == ["offer_ended", "agent_joined"]
    back = expire(left.conversation)
    assert (back.header.state, back.asked) == ("waiting", frozenset({JAN.id, EWA.id}))


def test_who_becomes_owner_by_staying_is_not_asked_about_it_any_more() -> None:
    asked = after(choose(active(JAN, EWA), JAN, EWA))
    left = done(leave(asked, JAN))
    assert kinds(left) == ["agent_left", "offer_ended", "owner_changed"]
    assert left.conversation.offer is None
    assert left.conversation.holders == {EWA.id}


def test_who_takes_no_part_cannot_leave_and_nobody_leaves_what_is_over() -> None:
    assert refused(leave(active(JAN), EWA)) == "not_yours"
    assert refused(leave(after(end(active(JAN), visitor())), JAN)) == "closed"


def test_a_lost_connection_lets_the_conversation_wait_at_the_head_and_anybody_be_asked() -> None:
    lost = leaving.connection_lost(active(JAN), JAN.id, at(60))
    assert kinds(lost) == ["agent_left", "waiting_again"]
    assert lost.conversation.asked == frozenset()
    shared = leaving.connection_lost(active(JAN, EWA), JAN.id, at(60))
    assert kinds(shared) == ["agent_left", "owner_changed"]
    for nothing in (waiting(), active(EWA), after(end(active(JAN), visitor()))):
        assert leaving.connection_lost(nothing, JAN.id, at(60)).entries == ()


def test_a_stale_console_is_told_that_its_agent_was_away() -> None:
    lost = leaving.connection_lost(active(JAN, EWA), JAN.id, at(60)).conversation
    assert refused(leave(lost, JAN)) == "away"
    assert refused(post(lost, by(JAN))) == "away"
    assert refused(choose(lost, JAN, OLA)) == "away"
    assert refused(handover.move(lost, JAN, SUPPORT, NOON)) == "away"
    back = after(handover.join(lost, JAN, at(70)))
    assert kinds(post(back, by(JAN))) == ["agent_message"]


# --- taking over


def test_a_supervisor_takes_a_running_conversation_from_its_owner() -> None:
    taken = done(handover.take_over(active(JAN, EWA), MARTA, SALES, NOON))
    assert kinds(taken) == ["agent_left", "agent_joined"]
    assert taken.conversation.departed == {JAN.id: "taken_over"}
    assert (participants(taken.conversation), taken.conversation.header.owner) == (["Ewa", "Marta"], MARTA.ref)
    joined = after(handover.join(active(JAN), MARTA, NOON))
    assert kinds(handover.take_over(joined, MARTA, SALES, NOON)) == ["agent_left", "owner_changed"]


def test_a_supervisor_takes_what_waits_or_is_on_offer() -> None:
    greeting = SALES.model_copy(update={"welcome": "on_join", "welcome_text": Localised(pl="Dzień dobry!")})
    assert kinds(handover.take_over(waiting(), MARTA, greeting, NOON)) == ["agent_joined", "system_message"]
    taken = done(handover.take_over(offered(waiting(), JAN), MARTA, SALES, NOON))
    assert kinds(taken) == ["offer_ended", "agent_joined"]
    assert taken.conversation.holders == {MARTA.id}
    assert not taken.conversation.unanswered


def test_nobody_is_asked_any_more_about_what_a_supervisor_has_taken() -> None:
    taken = done(handover.take_over(after(choose(active(JAN), JAN, EWA)), MARTA, SALES, NOON))
    assert kinds(taken) == ["offer_ended", "agent_left", "agent_joined"]
    assert taken.conversation.offer is None


def test_taking_over_needs_the_role_and_room_and_a_conversation_that_is_not_over() -> None:
    assert refused(handover.take_over(active(JAN), EWA, SALES, NOON)) == "not_allowed"
    full = agent(9, role="administrator", load=3)
    assert refused(handover.take_over(active(JAN), full, SALES, NOON)) == "no_capacity"
    assert refused(handover.take_over(after(end(waiting(), visitor())), MARTA, SALES, NOON)) == "closed"
    owned = after(handover.take_over(waiting(), MARTA, SALES, NOON))
    assert done(handover.take_over(owned, MARTA, SALES, NOON)).entries == ()


def test_a_rename_between_two_entries_confuses_nobody() -> None:
    conversation = active(JAN)
    renamed = agent(1, name="Jan Nowak")
    assert JAN.id == renamed.id == UUID(int=1001)
    assert kinds(leave(conversation, renamed)) == ["agent_left", "waiting_again"]
