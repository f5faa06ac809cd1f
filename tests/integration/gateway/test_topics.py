"""Topics reach open widgets as they change: with a token, without one, and when a live message was lost."""

from typing import Any
from uuid import uuid4

import pytest

from contracts.live import LiveTopics
from contracts.reads import TopicView
from tests.integration.gateway.conftest import SALES, SUPPORT, Gateway, running_gateway
from tests.integration.gateway.page import Page


def closed(topic: TopicView) -> TopicView:
    return topic.model_copy(update={"open": False})


async def watching(gateway: Gateway, page: Page, widget: str = "shop") -> dict[str, bool]:
    """Say hello with the widget's name only; the topics of the welcome, by name: whether they are open."""
    await page.tell("hello", v=1, widget=widget)
    return opened(await page.expect("welcome"))


def opened(frame: dict[str, object]) -> dict[str, bool]:
    topics = frame["topics"]
    assert isinstance(topics, list)
    return {topic["name"]: topic["open"] for topic in topics}


async def test_a_panel_without_a_token_hears_when_a_topic_of_its_widget_closes(gateway: Gateway) -> None:
    async with Page.connected(f"{gateway.url}/ws/visitor", origin=gateway.url) as page:
        assert await watching(gateway, page) == {SALES.name: True, SUPPORT.name: True}
        await gateway.router.say(LiveTopics(topics=(SUPPORT.model_copy(update={"id": uuid4(), "name": "Inny"}),)))
        await gateway.router.say(LiveTopics(topics=(closed(SALES),)))
        assert opened(await page.expect("topics")) == {SALES.name: False, SUPPORT.name: True}


async def test_a_panel_without_a_token_may_neither_follow_nor_do_anything(gateway: Gateway) -> None:
    async with gateway.visitor() as visitor:
        stream = await visitor.start(SALES.id)
    async with Page.connected(f"{gateway.url}/ws/visitor", origin=gateway.url) as page:
        await watching(gateway, page)
        await page.tell("open", stream=stream, after=0)
        assert await page.refusal(stream) == {"code": "unauthorised"}
        form: dict[str, Any] = {"topic_id": SALES.id, "name": "Anna", "email": "anna@example.com"}
        request = await page.send("start", uuid4(), **form)
        assert await page.refusal(request) == {"code": "unauthorised"}
        gateway.router.commands.clear()
        request = await page.send("post", stream, text="podszywam się")
        assert await page.refusal(request) == {"code": "unauthorised"}
        assert gateway.router.commands == []


async def test_a_widget_that_does_not_exist_has_nobody_to_tell(gateway: Gateway) -> None:
    async with Page.connected(f"{gateway.url}/ws/visitor", origin=gateway.url) as page:
        await page.tell("hello", v=1, widget="nowhere")
        assert await page.refusal() == {"code": "unauthorised"}
        assert (await page.closed())[0] == 1008


async def test_a_visitor_in_a_conversation_hears_that_its_topic_closed_and_talks_on(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        gateway.router.topics = (SALES, closed(SUPPORT))
        await gateway.router.say(LiveTopics(topics=(closed(SUPPORT),)))
        while opened(await page.expect("topics"))[SUPPORT.name]:
            pass
        request = await page.send("post", stream, text="Jeszcze jedno")
        await page.expect("ack", id=request)


async def test_a_change_whose_live_message_was_lost_arrives_with_the_beat(amqp_url: str, gateway_database: str) -> None:
    async with (
        running_gateway(amqp_url, gateway_database, beat_seconds=0.2) as gateway,
        Page.connected(f"{gateway.url}/ws/visitor", origin=gateway.url) as page,
    ):
        await watching(gateway, page)
        gateway.router.topics = (closed(SALES), SUPPORT)
        assert opened(await page.expect("topics"))[SALES.name] is False


@pytest.mark.parametrize("email", ["anna@example.com", None])
async def test_a_question_can_be_left_without_waiting_by_who_fills_the_form(
    gateway: Gateway, email: str | None
) -> None:
    async with gateway.visitor() as page:
        stream = uuid4()
        form: dict[str, Any] = {"topic_id": SALES.id, "name": "Anna", "email": email, "text": "Kiedy otwieracie?"}
        request = await page.send("leave_message", stream, **form)
        if email is None:
            assert await page.refusal(request) == {"code": "invalid", "detail": "email"}
            return
        await page.expect("ack", id=request)
        await page.tell("open", stream=stream, after=0)
        snapshot = (await page.expect("reset", stream=stream))["snapshot"]
    assert snapshot["header"]["close_reason"] == "became_ticket"
