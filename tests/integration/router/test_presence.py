"""Who is there, as gateways tell it, and what is lost by staying away."""

from uuid import uuid4

from contracts.entries import AgentLeft, OfferEnded, WaitingAgain
from contracts.refusals import RefusalCode
from tests.integration.router.administrator import save_routing
from tests.integration.router.people import Agent
from tests.integration.router.world import Gateway, World

CONNECTED = "SELECT connected FROM agent WHERE id = $1"
AWAY = "SELECT NOT connected FROM agent WHERE id = $1"


async def test_an_agent_without_a_console_is_offered_nothing_and_gets_who_waits_once_one_is_open(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    jan = await world.agent(topic)
    await jan.loses_console()
    await world.until(lambda: jan.desk.status == "available")
    anna = await world.visitor(topic)
    await world.eventually("SELECT NOT EXISTS (SELECT FROM deadline WHERE kind = 'route' AND subject = $1)", topic.id)
    assert world.kinds(anna.conversation_id) == ["started"]
    await jan.opens_console()
    await jan.offer(anna)


async def test_several_consoles_at_several_gateways_are_one_agent(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    jan = await world.agent(topic)
    elsewhere = Gateway(agents={jan.id})
    await world.publisher.publish(elsewhere.presence(world.clock.now()))
    await world.eventually("SELECT EXISTS (SELECT FROM page WHERE gateway_id = $1)", elsewhere.id)
    world.gateway.agents.discard(jan.id)
    await world.tell_presence()
    await world.eventually("SELECT count(*) = 1 FROM page WHERE subject = $1", jan.id)
    await world.eventually("SELECT NOT EXISTS (SELECT FROM deadline WHERE kind = 'presence')")
    await world.eventually(CONNECTED, jan.id)
    await jan.offer(await world.visitor(topic))
    elsewhere.agents.clear()
    await world.publisher.publish(elsewhere.presence(world.clock.now()))
    await world.eventually(AWAY, jan.id)


async def test_what_a_gateway_said_before_changes_nothing_any_more(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    jan = await world.agent(topic)
    gateway = Gateway(agents={jan.id})
    gateway.number = 10
    await world.publisher.publish(gateway.presence(world.clock.now()))
    await world.eventually("SELECT EXISTS (SELECT FROM page WHERE gateway_id = $1)", gateway.id)
    late = Gateway(id=gateway.id, number=5)
    await world.publisher.publish(late.presence(world.clock.now()))
    newer = Gateway(id=gateway.id, number=20, agents={jan.id, uuid4()})
    await world.publisher.publish(newer.presence(world.clock.now()))
    await world.eventually("SELECT count(*) = 2 FROM page WHERE gateway_id = $1", gateway.id)


async def test_an_agent_registered_after_the_console_was_told_of_is_connected(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    jan = Agent(world, uuid4(), "Jan Kowalski")
    world.gateway.agents.add(jan.id)
    await world.tell_presence()
    await world.eventually("SELECT EXISTS (SELECT FROM page WHERE subject = $1)", jan.id)
    await world.publisher.publish(world.account(jan, topic))
    await world.eventually(CONNECTED, jan.id)


async def test_who_is_away_for_20_s_loses_what_they_are_asked_about_and_no_sooner(world: World) -> None:
    topic = await world.topic(offer_seconds=300, first_answer_seconds=3600)
    jan = await world.agent(topic)
    anna = await world.visitor(topic)
    offer = await jan.offer(anna)
    await jan.loses_console()
    ewa = await world.agent(topic, name="Ewa")
    world.time_passes(8)
    assert (await anna.post()).refusal is None
    assert "offer_ended" not in world.kinds(anna.conversation_id)
    world.time_passes(12)
    ended = (await world.logged(anna.conversation_id, "offer_ended")).body
    assert isinstance(ended, OfferEnded)
    assert (ended.offer_id, ended.outcome) == (offer.offer_id, "withdrawn")
    await ewa.offer(anna)
    assert (await jan.accepts(offer)).code == RefusalCode.TOO_LATE


async def test_who_is_away_for_60_s_loses_their_chats_which_wait_at_their_old_place(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    jan = await world.agent(topic, capacity=2)
    first, second = await world.chat(topic, jan), await world.chat(topic, jan)
    third = await world.visitor(topic)
    await jan.loses_console()
    world.time_passes(40)
    assert (await first.post()).refusal is None
    assert "agent_left" not in world.kinds(first.conversation_id)
    world.time_passes(20)
    for visitor in (first, second):
        left = (await world.logged(visitor.conversation_id, "agent_left")).body
        again = (await world.logged(visitor.conversation_id, "waiting_again")).body
        assert isinstance(left, AgentLeft)
        assert isinstance(again, WaitingAgain)
        assert (left.reason, again.reason) == ("connection_lost", "connection_lost")
    await world.until(lambda: jan.desk.status == "offline")
    assert (jan.desk.status_cause, jan.desk.load, jan.desk.chats) == ("connection_lost", 0, ())
    places = [(await world.visitor_snapshot(one.conversation_id)).place for one in (first, second, third)]
    assert places == [1, 2, 3]
    assert (await jan.posts(first.conversation_id)).code == RefusalCode.AWAY
    await jan.opens_console()
    await jan.comes_on()
    await jan.offer(first)


async def test_who_comes_back_in_time_has_lost_nothing(world: World) -> None:
    topic = await world.topic(offer_seconds=300, first_answer_seconds=3600)
    jan = await world.agent(topic)
    chat = await world.chat(topic, jan)
    asked = await world.visitor(topic)
    await jan.offer(asked)
    await jan.loses_console()
    world.time_passes(5)
    await jan.opens_console()
    world.time_passes(100)
    assert (await jan.posts(chat.conversation_id)).refusal is None
    assert (await jan.accepts(await jan.offer(asked))).refusal is None
    await world.until(lambda: jan.desk.status == "available")


async def test_the_time_counts_anew_for_who_goes_away_again(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    jan = await world.agent(topic)
    chat = await world.chat(topic, jan)
    for _ in range(3):
        await jan.loses_console()
        world.time_passes(40)
        await jan.opens_console()
    assert (await jan.posts(chat.conversation_id)).refusal is None
    assert "agent_left" not in world.kinds(chat.conversation_id)


async def test_an_agent_on_a_break_is_signed_off_too_and_one_who_is_offline_is_left_alone(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    jan, ewa = await world.agent(topic), await world.agent(topic, name="Ewa", on=False)
    await jan.sets("break")
    await jan.loses_console()
    await ewa.loses_console()
    world.time_passes(60)
    await world.until(lambda: (jan.desk.status, jan.desk.status_cause) == ("offline", "connection_lost"))
    await world.eventually("SELECT NOT EXISTS (SELECT FROM deadline WHERE kind = 'chats_lost')")
    assert (ewa.desk.status, ewa.desk.status_cause) == ("offline", "chosen")


async def test_the_times_of_absence_are_the_companys_and_hold_at_once(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    jan = await world.agent(topic)
    chat = await world.chat(topic, jan)
    await jan.loses_console()
    world.time_passes(30)
    await save_routing(world, offers_lost_seconds=5, conversations_lost_seconds=25)
    await world.logged(chat.conversation_id, "waiting_again")
    await save_routing(world, offers_lost_seconds=20, conversations_lost_seconds=60)


async def test_of_two_routers_each_timer_fires_once(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    people = [await world.agent(topic, name=f"Agent {number}") for number in range(6)]
    chats = []
    for agent in people:
        visitor = await world.visitor(topic)
        offer = await agent.offer(visitor)
        assert (await agent.accepts(offer)).refusal is None
        chats.append(visitor)
    async with world.router():
        world.gateway.agents -= {agent.id for agent in people}
        await world.tell_presence()
        for agent in people:
            await world.eventually(AWAY, agent.id)
        world.time_passes(60)
        for chat in chats:
            await world.logged(chat.conversation_id, "waiting_again")
        for agent in people:
            await world.until(lambda agent=agent: agent.desk.status == "offline")  # type: ignore[misc]
    for chat in chats:
        assert [world.kinds(chat.conversation_id).count(kind) for kind in ("agent_left", "waiting_again")] == [1, 1]


async def test_since_when_a_visitor_has_no_page_open_is_kept(world: World) -> None:
    topic = await world.topic(first_answer_seconds=3600)
    anna = await world.visitor(topic)
    await anna.opens_page()
    gone = "SELECT visitor_gone_at IS NOT NULL FROM conversation WHERE id = $1"
    here = "SELECT visitor_gone_at IS NULL FROM conversation WHERE id = $1"
    await world.eventually(here, anna.conversation_id)
    other_tab = Gateway(conversations={anna.conversation_id})
    await world.publisher.publish(other_tab.presence(world.clock.now()))
    await world.eventually("SELECT count(*) = 2 FROM page WHERE subject = $1", anna.conversation_id)
    world.gateway.conversations.clear()
    await world.tell_presence()
    await world.eventually("SELECT count(*) = 1 FROM page WHERE subject = $1", anna.conversation_id)
    await world.eventually(here, anna.conversation_id)
    other_tab.conversations.clear()
    await world.publisher.publish(other_tab.presence(world.clock.now()))
    await world.eventually(gone, anna.conversation_id)
    await anna.opens_page()
    await world.eventually(here, anna.conversation_id)
