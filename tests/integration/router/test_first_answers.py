"""Who accepts owes a first answer in time; the statement that posts knows it as the domain does."""

from tests.integration.router.world import World


async def test_a_conversation_passes_on_when_its_agent_does_not_answer_in_time(world: World) -> None:
    topic = await world.topic(first_answer_seconds=40)
    jan, ewa = await world.agent(topic), await world.agent(topic, name="Ewa")
    anna = await world.chat(topic, jan)
    card = await jan.chat(anna)
    assert card.unanswered
    assert card.answer_due is not None
    world.time_passes(40)
    await world.logged(anna.conversation_id, "waiting_again")
    left = await world.logged(anna.conversation_id, "agent_left")
    assert left.body.reason == "not_answered"  # type: ignore[union-attr]
    assert (await ewa.accepts(await ewa.offer(anna))).refusal is None
    await world.until(lambda: (jan.desk.load, ewa.desk.load) == (0, 1))


async def test_the_first_message_of_the_owner_ends_the_time_and_shows_on_their_desk(world: World) -> None:
    topic = await world.topic(first_answer_seconds=40)
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    await anna.post()
    assert (await jan.chat(anna)).unanswered
    await jan.posts(anna.conversation_id)
    await world.until(lambda: not jan.desk.chats[0].unanswered)
    assert jan.desk.chats[0].answer_due is None
    world.time_passes(60)
    assert (await jan.posts(anna.conversation_id)).refusal is None


async def test_the_time_stands_still_while_the_owner_types(world: World) -> None:
    topic = await world.topic(first_answer_seconds=40)
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    world.time_passes(30)
    assert (await jan.types(anna)).refusal is None
    await world.until(lambda: jan.desk.chats[0].answer_due is None)
    world.time_passes(300)
    assert (await jan.types(anna, typing=False)).refusal is None
    await world.until(lambda: jan.desk.chats[0].answer_due is not None)
    assert jan.desk.chats[0].unanswered
    world.time_passes(15)
    await world.logged(anna.conversation_id, "agent_left")


async def test_a_console_that_goes_while_its_agent_types_does_not_stop_the_time_for_ever(world: World) -> None:
    topic = await world.topic(first_answer_seconds=30)
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    await jan.types(anna)
    await world.until(lambda: jan.desk.chats[0].answer_due is None)
    await jan.loses_console()
    await jan.opens_console()
    await world.until(lambda: jan.desk.chats[0].answer_due is not None)
    world.time_passes(30)
    await world.logged(anna.conversation_id, "waiting_again")
