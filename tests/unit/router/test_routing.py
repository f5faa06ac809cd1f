"""Who is offered what, and how agents' room changes."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from contracts.conversation import AgentRegistered
from services.router.domain.agent import Agent, register, release, set_status, take
from services.router.domain.conversation import Conversation
from services.router.domain.routing import candidates, next_agent, place_in_line
from tests.unit.router.builders import NOON, SALES, after, agent, at, decline, offered, waiting

JAN, EWA, OLA = agent(1, idle_since=at(0)), agent(2, idle_since=at(5)), agent(3, idle_since=at(9))


def chosen(conversation: Conversation, agents: list[Agent], **rules: Any) -> Agent | None:
    topic = SALES.model_copy(update=rules)
    agent_id = next_agent(topic, conversation.asked, conversation.preferred_id, candidates(topic.id, agents))
    return next((one for one in agents if one.id == agent_id), None)


def test_the_longest_waiting_conversation_comes_first_and_one_that_comes_back_keeps_its_place() -> None:
    late, early = waiting(at(9)), waiting(at(1))
    back = after(decline(offered(early, JAN, at(30)), JAN))
    assert sorted([late, back], key=place_in_line) == [back, late]


def test_the_longest_idle_agent_comes_first() -> None:
    assert chosen(waiting(), [OLA, JAN, EWA]) == JAN


def test_an_agent_without_conversations_comes_before_a_busy_one() -> None:
    assert chosen(waiting(), [agent(1, load=1, idle_since=at(0)), OLA]) == OLA


@pytest.mark.parametrize(
    "unfit",
    [
        agent(1, status="break"),
        agent(1, status="offline"),
        agent(1, connected=False),
        agent(1, load=3),
        agent(1, capacity=0),
        agent(1, topic_ids=frozenset({UUID(int=2)})),
        agent(1, load=4, capacity=3),
    ],
)
def test_only_available_agents_of_the_topic_with_room_are_asked(unfit: Agent) -> None:
    assert chosen(waiting(), [unfit]) is None


def test_who_turned_it_down_is_passed_over_until_everybody_has() -> None:
    conversation = after(decline(offered(waiting(), JAN), JAN))
    assert chosen(conversation, [JAN, EWA]) == EWA
    conversation = after(decline(offered(conversation, EWA), EWA))
    assert chosen(conversation, [JAN, EWA]) == JAN
    assert chosen(conversation, [JAN, EWA, OLA]) == OLA


def test_a_new_round_starts_when_the_rest_have_no_room() -> None:
    conversation = after(decline(offered(waiting(), JAN), JAN))
    assert chosen(conversation, [JAN, agent(2, load=3)]) == JAN


def test_the_best_priority_for_the_topic_is_asked_first() -> None:
    support, sales = UUID(int=2), SALES.id
    first = agent(3, idle_since=at(9), priorities={sales: 4, support: 9})
    last = agent(2, idle_since=at(0), priorities={sales: 6, support: 1})
    assert chosen(waiting(), [last, JAN, first]) == first
    assert chosen(waiting(), [last, JAN]) == JAN
    asked = after(decline(offered(waiting(), first), first))
    assert chosen(asked, [last, JAN, first]) == JAN


def test_round_robin_asks_whoever_was_asked_longest_ago() -> None:
    early, late = agent(1, last_offered_at=at(1)), agent(2, last_offered_at=at(2), idle_since=at(-9))
    never = agent(3, load=2)
    assert chosen(waiting(), [late, early, never], choice="round_robin") == never
    assert chosen(waiting(), [late, early], choice="round_robin") == early


def test_fewest_chats_asks_whoever_has_fewest_and_of_those_the_longest_idle() -> None:
    two, one, other = agent(1, load=2), agent(2, load=1, idle_since=at(5)), agent(3, load=1, idle_since=at(4))
    assert chosen(waiting(), [two, one], choice="fewest_chats") == one
    assert chosen(waiting(), [two, one, other], choice="fewest_chats") == other


def test_a_returning_visitor_goes_first_to_whom_they_know_where_the_topic_says_so() -> None:
    known = replace(waiting(), preferred_id=OLA.id)
    assert chosen(known, [JAN, OLA], returning_first=True) == OLA
    assert chosen(known, [JAN, OLA]) == JAN
    assert chosen(known, [JAN, agent(3, status="break")], returning_first=True) == JAN
    turned_down = after(decline(offered(known, OLA), OLA))
    assert chosen(turned_down, [JAN, OLA], returning_first=True) == JAN


def test_taking_and_ending_a_conversation_is_a_turn() -> None:
    busy = take(JAN, at(30))
    assert (busy.load, busy.idle_since) == (1, at(30))
    free = release(busy, at(90))
    assert (free.load, free.idle_since) == (0, at(90))


def test_idling_begins_when_the_agent_comes_on() -> None:
    back = set_status(agent(1, status="break"), "available", "", at(60))
    assert back.idle_since == at(60)
    assert set_status(back, "available", "", at(90)).idle_since == at(60)
    assert set_status(back, "break", "obiad", at(90)).status_reason == "obiad"


def test_an_account_change_keeps_what_the_agent_is_doing_and_the_newest_version_wins() -> None:
    account = AgentRegistered(agent_id=JAN.id, name="Jan", capacity=1, topic_ids=(SALES.id,), version=2)
    new = register(None, account, 3, NOON)
    assert (new.status, new.load, new.capacity) == ("offline", 0, 1)
    working = take(replace(set_status(new, "available", "", NOON), connected=True), NOON)
    raised = register(working, account.model_copy(update={"capacity": 5, "version": 3}), 3, NOON)
    assert (raised.load, raised.capacity, raised.has_room) == (1, 5, True)
    assert register(raised, account, 3, NOON) == raised


def test_an_agent_without_a_capacity_of_their_own_has_the_one_that_holds_for_all() -> None:
    account = AgentRegistered(
        agent_id=JAN.id, name="Jan", capacity=9, default_capacity=True, topic_ids=(SALES.id,), version=1
    )
    assert register(None, account, 4, NOON).capacity == 4
