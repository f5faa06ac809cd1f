"""The gateway's list of topics: what was told is never undone by what was read before it."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from contracts.reads import Topics, TopicView
from services.chassis.errors import Unavailable
from services.gateway.topics import TOPICS_SECONDS, TopicList

SALES = TopicView(id=UUID(int=1), name="Sprzedaż")
SUPPORT = TopicView(id=UUID(int=2), name="Wsparcie")


def closed(topic: TopicView) -> TopicView:
    return topic.model_copy(update={"open": False})


class Router:
    """Answers with these topics, when it is there and its gate is open."""

    def __init__(self, *topics: TopicView) -> None:
        self.topics = topics
        self.reads = 0
        self.away = False
        self.asked = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def get(self, _: str, __: type[Topics]) -> Topics:
        self.reads += 1
        answer = Topics(topics=self.topics)
        self.asked.set()
        await self.gate.wait()
        if self.away:
            raise Unavailable("no router")
        return answer


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def topics_of(router: Router, time: Time | None = None) -> tuple[TopicList, list[str]]:
    """The list, and a diary of its changes."""
    asked: Any = router
    topics = TopicList(asked, time or Time())
    diary: list[str] = []
    topics.on_change(lambda: diary.append("changed"))
    return topics, diary


async def test_the_list_is_read_once_for_all_who_ask_and_again_after_a_while() -> None:
    router, time = Router(SALES, SUPPORT), Time()
    topics, _ = topics_of(router, time)
    assert await topics.named((SUPPORT.id, SALES.id)) == (SUPPORT, SALES)
    await topics.named((SALES.id,))
    assert router.reads == 1
    time.now = TOPICS_SECONDS + 1
    await topics.named((SALES.id,))
    assert router.reads == 2


async def test_who_asks_while_the_list_is_being_read_has_it_not_read_again() -> None:
    router = Router(SALES)
    topics, _ = topics_of(router)
    router.gate.clear()
    asking = asyncio.gather(*(topics.named((SALES.id,)) for _ in range(50)))
    await router.asked.wait()
    router.gate.set()
    assert await asking == [(SALES,)] * 50
    assert router.reads == 1


async def test_who_listens_hears_of_changes_only() -> None:
    router = Router(SALES)
    topics, diary = topics_of(router)
    await topics.refresh()
    await topics.refresh()
    topics.take([SALES])
    assert diary == ["changed"]
    topics.take([closed(SALES)])
    assert diary == ["changed", "changed"]
    assert topics.known([SALES.id]) == (closed(SALES),)


async def test_what_was_told_while_the_list_was_read_is_newer_than_what_was_read() -> None:
    router = Router(SALES, SUPPORT)
    topics, _ = topics_of(router)
    router.gate.clear()
    reading = asyncio.create_task(topics.refresh())
    await router.asked.wait()
    topics.take([closed(SALES)])
    router.gate.set()
    await reading
    assert topics.known([SALES.id, SUPPORT.id]) == (closed(SALES), SUPPORT)


async def test_without_the_router_the_last_known_topics_hold_if_there_are_any() -> None:
    router, time = Router(SALES), Time()
    topics, _ = topics_of(router, time)
    router.away = True
    with pytest.raises(Unavailable):
        await topics.named((SALES.id,))
    router.away = False
    await topics.refresh()
    router.away, time.now = True, 100.0
    assert await topics.named((SALES.id,)) == (SALES,)
