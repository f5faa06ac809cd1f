"""Who is offered what, and how agents' room changes."""

from uuid import UUID

import pytest

from contracts.conversation import AgentRegistered
from services.router.domain.agent import Agent, register, release, set_status, take
from services.router.domain.conversation import Conversation
from services.router.domain.routing import next_agent, place_in_line
from tests.unit.router.builders import NOON, SALES, agent, at, decline, done, offered, waiting

JAN, EWA, OLA = agent(1, idle_since=at(0)), agent(2, idle_since=at(5)), agent(3, idle_since=at(9))


def chosen(conversation: Conversation, agents: list[Agent]) -> Agent | None:
    return next_agent(conversation.topic.id, conversation.asked, agents)


def test_the_longest_waiting_conversation_comes_first_and_one_that_comes_back_keeps_its_place() -> None:
    late, early = waiting(at(9)), waiting(at(1))
    back = done(decline(offered(early, JAN, at(30)), JAN)).conversation
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
        agent(1, load=3),
        agent(1, capacity=0),
        agent(1, topic_ids=frozenset({UUID(int=2)})),
        agent(1, load=4, capacity=3),
    ],
)
def test_only_available_agents_of_the_topic_with_room_are_asked(unfit: Agent) -> None:
    assert chosen(waiting(), [unfit]) is None


def test_who_turned_it_down_is_passed_over_until_everybody_has() -> None:
    conversation = done(decline(offered(waiting(), JAN), JAN)).conversation
    assert chosen(conversation, [JAN, EWA]) == EWA
    conversation = done(decline(offered(conversation, EWA), EWA)).conversation
    assert chosen(conversation, [JAN, EWA]) == JAN
    assert chosen(conversation, [JAN, EWA, OLA]) == OLA


def test_a_new_round_starts_when_the_rest_have_no_room() -> None:
    conversation = done(decline(offered(waiting(), JAN), JAN)).conversation
    assert chosen(conversation, [JAN, agent(2, load=3)]) == JAN


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
    new = register(None, account, NOON)
    assert (new.status, new.load, new.capacity) == ("offline", 0, 1)
    working = take(set_status(new, "available", "", NOON), NOON)
    raised = register(working, account.model_copy(update={"capacity": 5, "version": 3}), NOON)
    assert (raised.load, raised.capacity, raised.has_room) == (1, 5, True)
    assert register(raised, account, NOON) == raised
