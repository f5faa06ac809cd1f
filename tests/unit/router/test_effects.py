"""What a change entails elsewhere: room, timers, desks, queues, lists."""

from dataclasses import replace
from uuid import UUID

import pytest

from contracts.conversation import LeaveMessage
from contracts.entries import Entry, VisitorMessage
from contracts.parameters import RoutingSettings
from services.router.domain import customer, effects, handover, lifecycle, offers
from services.router.domain.conversation import Conversation, Decision
from services.router.domain.effects import ANSWER, OFFER, Timer
from tests.unit.router.builders import (
    NOON,
    SALES,
    SUPPORT,
    accept,
    active,
    agent,
    at,
    by,
    choose,
    decline,
    done,
    end,
    leave,
    offered,
    post,
    refused,
    start_command,
    visitor,
    waiting,
)

JAN, EWA = agent(1, name="Jan"), agent(2, name="Ewa")
DEFAULTS = RoutingSettings()


def entailed(before: Conversation, decision: object) -> effects.Effects:
    assert isinstance(decision, Decision), refused(decision)  # type: ignore[arg-type]
    return effects.of_conversation(before, decision)


def test_a_new_conversation_has_its_topic_routed_and_moves_the_queue() -> None:
    begun = waiting()
    new = effects.of_conversation(None, Decision(begun))
    assert (new.route, new.places, new.card) == (frozenset({SALES.id}), frozenset({SALES.id}), True)
    assert (new.shown, new.timers) == (frozenset(), ())


def test_an_offer_takes_room_and_is_timed_and_ending_it_gives_both_back() -> None:
    begun = waiting()
    made = done(offers.make_offer(begun, JAN.ref, begun.id, at(20) - NOON, NOON))
    new = entailed(begun, made)
    assert (new.taken, new.asked, new.shown) == (frozenset({JAN.id}), frozenset({JAN.id}), frozenset({JAN.id}))
    assert new.timers == (Timer(OFFER, begun.id, at(20)),)
    assert (new.route, new.places) == (frozenset(), frozenset())
    back = entailed(made.conversation, decline(made.conversation, JAN))
    assert (back.released, back.route, back.places) == (frozenset({JAN.id}), frozenset({SALES.id}), frozenset())
    assert back.timers == (Timer(OFFER, begun.id, None),)


def test_accepting_changes_no_load_and_begins_the_first_answers_time() -> None:
    asked = offered(waiting(), JAN)
    taken = entailed(asked, accept(asked, JAN))
    assert (taken.taken, taken.released, taken.places) == (frozenset(), frozenset(), frozenset({SALES.id}))
    assert Timer(ANSWER, asked.id, at(60)) in taken.timers


def test_everybody_who_takes_part_has_a_place_less_until_the_end() -> None:
    asked = done(choose(active(JAN, EWA), JAN, agent(3))).conversation
    over = entailed(asked, end(asked, visitor()))
    assert over.released == {JAN.id, EWA.id, agent(3).id}
    assert over.route == frozenset()


def test_a_first_answer_shows_on_the_desk_and_other_messages_entail_nothing() -> None:
    owned = active(JAN)
    said = entailed(owned, post(owned, by(JAN)))
    assert (said.shown, said.timers, said.card) == (frozenset({JAN.id}), (Timer(ANSWER, owned.id, None),), False)
    assert entailed(owned, post(owned, visitor())) == effects.Effects()


def test_whose_it_is_moves_no_desk_no_queue_and_no_timer() -> None:
    for chat in (active(JAN), done(end(active(JAN), by(JAN))).conversation):
        assert entailed(chat, customer.attach(chat, JAN, JAN.ref, at(90))) == effects.Effects()
        assert entailed(chat, customer.looked_up(chat, JAN.id, True, at(90))) == effects.Effects()


def test_a_conversation_that_comes_back_is_routed_where_it_waits() -> None:
    owned = active(JAN)
    assert entailed(owned, leave(owned, JAN)).route == {SALES.id}
    moved = entailed(owned, handover.move(owned, JAN, SUPPORT, NOON))
    assert (moved.route, moved.places) == (frozenset({SUPPORT.id}), frozenset({SUPPORT.id}))
    begun = waiting()
    supervisor = agent(9, role="supervisor")
    elsewhere = entailed(begun, handover.move(begun, supervisor, SUPPORT, NOON))
    assert (elsewhere.route, elsewhere.places) == (frozenset({SUPPORT.id}), frozenset({SALES.id, SUPPORT.id}))


def test_an_agent_who_lets_an_offer_expire_goes_on_a_break_where_that_is_set() -> None:
    asked = offered(waiting(), JAN)
    assert asked.offer is not None
    expired = entailed(asked, offers.expire(asked, asked.offer.id, at(20)))
    busy = agent(1, load=1)
    off = effects.on_agent(busy, expired, DEFAULTS, at(20))
    assert (off.status, off.status_cause, off.load) == ("break", "missed_offer", 0)
    assert effects.withdraws(busy, off)
    kept = effects.on_agent(busy, expired, RoutingSettings(break_after_missed=False), at(20))
    assert (kept.status, kept.status_cause, kept.load) == ("available", "chosen", 0)
    declined = effects.on_agent(busy, entailed(asked, decline(asked, JAN)), DEFAULTS, at(20))
    assert declined.status == "available"


def test_being_asked_is_a_turn_of_round_robin() -> None:
    begun = waiting()
    made = entailed(begun, offers.make_offer(begun, JAN.ref, begun.id, at(20) - NOON, at(5)))
    assert effects.on_agent(JAN, made, DEFAULTS, at(5)).last_offered_at == at(5)


def test_topics_are_routed_when_an_agent_gains_room_and_not_otherwise() -> None:
    full = agent(1, load=3)
    assert effects.topics_to_route(full, agent(1, load=2)) == {SALES.id}
    assert effects.topics_to_route(agent(1, load=2), agent(1, load=1)) == {SALES.id}
    assert effects.topics_to_route(agent(1, connected=False), JAN) == {SALES.id}
    assert effects.topics_to_route(agent(1, status="break"), JAN) == {SALES.id}
    assert effects.topics_to_route(full, agent(1, load=3, capacity=4)) == {SALES.id}
    both = agent(1, topic_ids=frozenset({SALES.id, SUPPORT.id}))
    assert effects.topics_to_route(JAN, both) == {SUPPORT.id}
    assert effects.topics_to_route(JAN, JAN) == frozenset()
    assert effects.topics_to_route(agent(1, status="break", load=2), agent(1, status="break")) == frozenset()


def test_a_card_shows_who_owns_it_who_takes_part_and_who_is_being_asked() -> None:
    asked = done(choose(active(JAN), JAN, EWA)).conversation
    card = effects.card(asked)
    assert (card.state, card.owner, card.participants, card.offered_to) == ("active", JAN.ref, (JAN.ref,), EWA.ref)
    assert (card.head, card.waiting_since) == (asked.header.head, NOON)


def test_of_what_is_over_is_told_once_as_the_visitor_saw_it() -> None:
    chat = active(JAN)
    ended = done(end(chat, by(JAN)))
    assert entailed(chat, ended).over
    assert not entailed(ended.conversation, customer.looked_up(ended.conversation, None, False, NOON)).over
    told = effects.ended(ended.conversation, ended.entries, at(5), answered=True)
    assert (told.reason, told.visitor_name, told.visitor_email) == ("ended_by_agent", "Anna", "anna@example.com")
    assert not told.verified
    vouched = replace(ended.conversation, verified=True)
    assert effects.ended(vouched, ended.entries, at(5), answered=True).verified
    assert (told.owner, told.answered, told.ended_at) == (JAN.ref, True, at(60))
    assert [entry.body.kind for entry in told.entries if entry.body] == ["ended"]


@pytest.mark.parametrize("text", ["x", "🙂", "\x01", '"'])
def test_what_is_told_of_an_end_is_never_more_than_a_broker_takes(text: str) -> None:
    ended = done(end(active(JAN), by(JAN))).conversation
    header = ended.header.model_copy(update={"head": 1000})
    log = tuple(
        Entry(seq=seq, at=NOON, body=VisitorMessage(client_id=UUID(int=seq), text=text * 4000))
        for seq in range(1, 1001)
    )
    told = effects.ended(replace(ended, header=header), log, at(5), answered=True)
    assert len(told.model_dump_json().encode()) < 1024 * 1024 + 2000
    assert [entry.seq for entry in told.entries] == list(range(1001 - len(told.entries), 1001))
    assert len(told.entries) > 40
    assert told.older_left_out


def test_a_short_conversation_is_told_of_as_a_whole_and_of_a_longer_one_that_older_entries_are_left_out() -> None:
    before = active(JAN)
    ended = done(end(before, by(JAN)))
    whole = tuple(
        Entry(seq=seq, at=NOON, body=VisitorMessage(client_id=UUID(int=seq), text="Tak")) for seq in range(1, 11)
    )
    assert not effects.ended(ended.conversation, whole, at(5), answered=True).older_left_out
    assert effects.ended(ended.conversation, whole[1:], at(5), answered=True).older_left_out


def test_a_message_left_after_hours_is_over_from_the_start() -> None:
    command = LeaveMessage(**{**vars(start_command()), "email": "anna@example.com", "text": "Kiedy otwieracie?"})
    begun = lifecycle.leave_message(command, SALES, NOON)
    assert effects.of_conversation(None, begun).over
    assert not effects.of_conversation(None, Decision(waiting())).over
