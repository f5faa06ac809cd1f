"""Agents among themselves: choosing, moving, joining, leaving, taking over; and what lists show of it."""

from uuid import uuid4

import pytest

from contracts.conversation import LeaveConversation
from contracts.refusals import RefusalCode
from services.chassis.errors import Forbidden
from tests.integration.router.world import World


async def test_a_chosen_agent_accepts_and_the_room_goes_with_the_conversation(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic, capacity=1)
    anna = await world.chat(topic, jan)
    ewa = await world.agent(topic, name="Ewa", capacity=1)
    chosen = await jan.chooses(anna, ewa)
    assert chosen.entry is not None
    offer = await ewa.offer(anna)
    assert offer.chosen_by is not None
    assert offer.chosen_by.id == jan.id
    await world.until(lambda: (jan.desk.load, ewa.desk.load) == (1, 1))
    assert (await ewa.accepts(offer)).refusal is None
    await world.until(lambda: (jan.desk.load, ewa.desk.load) == (0, 1))
    assert world.kinds(anna.conversation_id)[-3:] == ["offer_ended", "agent_left", "agent_joined"]
    assert (await jan.posts(anna.conversation_id)).code == RefusalCode.NOT_YOURS
    assert (await ewa.posts(anna.conversation_id)).refusal is None
    await world.until(lambda: [c.conversation_id for c in ewa.desk.chats] == [anna.conversation_id])
    assert jan.desk.chats == ()


async def test_a_choice_that_expires_leaves_the_conversation_where_it_is_and_the_chosen_on_a_break(
    world: World,
) -> None:
    topic = await world.topic(offer_seconds=30)
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    await jan.posts(anna.conversation_id)
    ewa = await world.agent(topic, name="Ewa")
    await jan.chooses(anna, ewa)
    offer = await ewa.offer(anna)
    world.time_passes(30)
    await world.until(lambda: ewa.desk.status == "break")
    assert (ewa.desk.status_cause, ewa.desk.missed_count, ewa.desk.load) == ("missed_offer", 1, 0)
    assert (await ewa.accepts(offer)).code == RefusalCode.TAKEN
    assert (await jan.posts(anna.conversation_id)).refusal is None
    assert (await jan.chooses(anna, ewa)).code == RefusalCode.AGENT_AWAY
    await ewa.comes_on()
    await world.until(lambda: (ewa.desk.status, ewa.desk.status_cause) == ("available", "chosen"))


async def test_who_misses_one_offer_loses_the_others_to_the_next_agent(world: World) -> None:
    topic = await world.topic(offer_seconds=20)
    slow = await world.topic("Reklamacje", offer_seconds=600)
    jan = await world.agent(topic, slow, capacity=2)
    zofia = await world.visitor(slow)
    await jan.offer(zofia)
    anna = await world.visitor(topic)
    await jan.offer(anna)
    world.time_passes(20)
    await world.until(lambda: jan.desk.status == "break" and not jan.desk.offers)
    assert (await world.logged(zofia.conversation_id, "offer_ended")).body.outcome == "withdrawn"  # type: ignore[union-attr]
    ewa = await world.agent(topic, slow, name="Ewa")
    await ewa.offer(anna)
    await ewa.offer(zofia)


async def test_a_conversation_moves_to_another_topic_at_its_old_place(world: World) -> None:
    sales, support = await world.topic(), await world.topic("Wsparcie")
    jan = await world.agent(sales)
    anna = await world.chat(sales, jan)
    later = await world.visitor(support)
    await world.until(lambda: later.conversation_id in world.places)
    assert (await jan.moves(anna, support)).refusal is None
    await world.until(lambda: (world.places[anna.conversation_id], world.places[later.conversation_id]) == (1, 2))
    ewa = await world.agent(support, name="Ewa", capacity=1)
    await ewa.offer(anna)
    assert world.cards[anna.conversation_id].topic.id == support.id
    assert (await world.visitor_snapshot(anna.conversation_id)).header.topic_name == "Wsparcie"


async def test_three_agents_in_one_conversation_and_the_owner_leaves(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    ewa, ola = await world.agent(topic, name="Ewa"), await world.agent(topic, name="Ola", capacity=1)
    for agent in (ewa, ola):
        assert (await agent.joins(anna)).refusal is None
        assert (await agent.joins(anna)).refusal is None
        assert (await agent.posts(anna.conversation_id, "jestem")).refusal is None
    await world.until(lambda: ola.desk.load == 1)
    await jan.sets("break")
    other = await world.chat(topic, ewa)
    assert (await ola.joins(other)).code == RefusalCode.NO_CAPACITY
    assert (await ewa.ends(anna.conversation_id)).code == RefusalCode.NOT_YOURS
    assert (await jan.leaves(anna)).refusal is None
    assert (await ewa.chat(anna)).owner_id is not None
    assert world.kinds(anna.conversation_id)[-2:] == ["agent_left", "owner_changed"]
    assert (await ewa.leaves(anna)).refusal is None
    assert (await ola.leaves(anna)).refusal is None
    assert world.kinds(anna.conversation_id)[-2:] == ["agent_left", "waiting_again"]
    # Who left before the last is asked again; only the last is passed over.
    await ewa.offer(anna)


async def test_a_supervisor_sees_all_joins_and_takes_over(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    marta = await world.agent(name="Marta", role="supervisor")
    ewa = await world.agent(topic, name="Ewa")
    assert (await world.snapshot(anna.conversation_id, marta)).header.state == "active"
    with pytest.raises(Forbidden):
        await world.snapshot(anna.conversation_id, ewa)
    assert (await ewa.takes_over(anna)).code == RefusalCode.NOT_ALLOWED
    assert (await marta.takes_over(anna)).refusal is None
    await world.until(lambda: (jan.desk.load, marta.desk.load) == (0, 1))
    assert (await marta.takes_over(anna)).refusal is None
    await jan.sets("break")
    waiting = await world.visitor(topic)
    offer = await ewa.offer(waiting)
    assert (await marta.takes_over(waiting)).refusal is None
    assert (await ewa.accepts(offer)).code == RefusalCode.TAKEN
    assert (await marta.ends(anna.conversation_id)).refusal is None
    await world.until(lambda: marta.desk.load == 1 and world.cards[anna.conversation_id].state == "closed")


async def test_what_is_asked_for_at_once_has_one_outcome(world: World) -> None:
    topic = await world.topic()
    jan, ewa = await world.agent(topic), await world.agent(topic, name="Ewa")
    anna = await world.visitor(topic)
    await jan.declines(await jan.offer(anna))
    offer = await ewa.offer(anna)
    assert (await anna.end()).refusal is None
    assert (await ewa.accepts(offer)).code == RefusalCode.VISITOR_LEFT
    assert (await ewa.leaves(anna)).code == RefusalCode.NOT_YOURS
    assert (await ewa.joins(anna)).code == RefusalCode.CLOSED


async def test_repeated_requests_among_agents_are_answered_alike_and_done_once(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    ewa = await world.agent(topic, name="Ewa")

    leave = LeaveConversation(conversation_id=anna.conversation_id, client_id=uuid4(), agent_id=jan.id)
    first = await world.ask(leave)
    await ewa.offer(anna)
    assert (await world.ask(leave, times=2)).seq == first.seq
    assert world.kinds(anna.conversation_id).count("agent_left") == 1
