"""Silence closes a conversation, after a warning; on the real tables, by timers that fire once."""

from datetime import timedelta
from typing import Any

from contracts.entries import Ended, InactivityWarned, SystemMessage
from contracts.refusals import RefusalCode
from tests.integration.router.administrator import save_topic
from tests.integration.router.people import Visitor
from tests.integration.router.world import World

BY_PAGE: dict[str, Any] = {"inactivity_seconds": 600, "inactivity_warning_seconds": 60, "first_answer_seconds": 3600}
BY_MESSAGE = BY_PAGE | {"inactivity_from": "last_message"}


async def warned(world: World, visitor: Visitor, times: int = 1) -> InactivityWarned:
    body = (await world.logged(visitor.conversation_id, "inactivity_warned", times)).body
    assert isinstance(body, InactivityWarned)
    return body


async def closed(world: World, visitor: Visitor) -> None:
    body = (await world.logged(visitor.conversation_id, "ended")).body
    assert isinstance(body, Ended)
    assert (body.reason, body.agent) == ("inactive", None)


async def test_a_visitor_whose_page_is_closed_is_warned_and_then_the_conversation_ends(world: World) -> None:
    topic = await world.topic(**BY_PAGE, closing_text={"pl": "Do zobaczenia!"})
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    await anna.opens_page()
    await anna.closes_page()
    world.time_passes(500)
    assert (await jan.posts(anna.conversation_id)).refusal is None
    assert "inactivity_warned" not in world.kinds(anna.conversation_id)
    world.time_passes(40)
    entry = await world.logged(anna.conversation_id, "inactivity_warned")
    assert (await warned(world, anna)).closes_at - entry.at <= timedelta(seconds=61)
    assert "ended" not in world.kinds(anna.conversation_id)
    world.time_passes(60)
    await closed(world, anna)
    assert world.kinds(anna.conversation_id)[-3:] == ["inactivity_warned", "system_message", "ended"]
    goodbye = (await world.logged(anna.conversation_id, "system_message")).body
    assert goodbye == SystemMessage(purpose="closing", text="Do zobaczenia!")
    await world.until(lambda: jan.desk.load == 0)
    assert (await jan.posts(anna.conversation_id)).code == RefusalCode.CLOSED


async def test_who_comes_back_after_the_warning_stays_and_is_warned_anew_in_the_next_silence(world: World) -> None:
    topic = await world.topic(**BY_PAGE)
    anna = await world.visitor(topic)
    await anna.opens_page()
    await anna.closes_page()
    world.time_passes(540)
    await warned(world, anna)
    await anna.opens_page()
    world.time_passes(2000)
    assert (await anna.post()).refusal is None
    await anna.closes_page()
    world.time_passes(540)
    await warned(world, anna, times=2)
    world.time_passes(60)
    await closed(world, anna)


async def test_a_page_that_no_gateway_ever_saw_counts_as_closed_since_the_start(world: World) -> None:
    anna = await world.visitor(await world.topic(**BY_PAGE))
    world.time_passes(540)
    await warned(world, anna)
    world.time_passes(60)
    await closed(world, anna)


async def test_by_the_last_message_writing_keeps_the_conversation(world: World) -> None:
    topic = await world.topic(**BY_MESSAGE)
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    await anna.opens_page()
    world.time_passes(500)
    await anna.post("chwileczkę")
    world.time_passes(500)
    await jan.posts(anna.conversation_id, "czekam")
    assert "inactivity_warned" not in world.kinds(anna.conversation_id)
    world.time_passes(40)
    await warned(world, anna)
    await anna.post("już jestem")
    world.time_passes(300)
    assert (await jan.posts(anna.conversation_id, "dobrze")).refusal is None
    world.time_passes(240)
    await warned(world, anna, times=2)
    world.time_passes(60)
    await closed(world, anna)


async def test_by_the_last_message_nobody_is_closed_while_they_wait_for_an_agent(world: World) -> None:
    topic = await world.topic(**BY_MESSAGE)
    anna = await world.visitor(topic)
    world.time_passes(5000)
    assert (await anna.post()).refusal is None
    world.time_passes(5000)
    jan = await world.agent(topic)
    assert (await jan.accepts(await jan.offer(anna))).refusal is None
    world.time_passes(500)
    assert (await jan.posts(anna.conversation_id)).refusal is None
    world.time_passes(40)
    await warned(world, anna)


async def test_a_time_that_is_made_shorter_holds_for_silences_that_last_already(world: World) -> None:
    topic = await world.topic(**BY_PAGE)
    anna = await world.visitor(topic)
    await anna.opens_page()
    await anna.closes_page()
    world.time_passes(200)
    await save_topic(world, topic, inactivity_seconds=120, inactivity_warning_seconds=0)
    await closed(world, anna)


async def test_of_two_routers_one_warns_and_one_closes(world: World) -> None:
    topic = await world.topic(**BY_PAGE)
    visitors = [await world.visitor(topic) for _ in range(8)]
    async with world.router():
        world.time_passes(540)
        for visitor in visitors:
            await warned(world, visitor)
        world.time_passes(60)
        for visitor in visitors:
            await closed(world, visitor)
    for visitor in visitors:
        assert world.kinds(visitor.conversation_id) == ["started", "inactivity_warned", "ended"]


async def test_what_has_ended_has_no_timer_left(world: World) -> None:
    topic = await world.topic(**BY_PAGE)
    anna = await world.visitor(topic)
    timed = "SELECT EXISTS (SELECT FROM deadline WHERE kind = 'inactive' AND subject = $1)"
    await world.eventually(timed, anna.conversation_id)
    await anna.end()
    await world.eventually(timed.replace("SELECT EXISTS", "SELECT NOT EXISTS"), anna.conversation_id)
