"""The gateway's lease on its pages: told at once when agents come and go, and again and again."""

import asyncio
from typing import Any
from uuid import UUID

from contracts.base import Message
from contracts.conversation import GatewayPresence
from services.chassis.clock import RandomIds, SystemClock
from services.chassis.errors import Unavailable
from services.gateway.hub import Hub
from services.gateway.presence import Presence

JAN, EWA, CHAT = UUID(int=1), UUID(int=2), UUID(int=3)


class Broker:
    def __init__(self) -> None:
        self.told: list[GatewayPresence] = []
        self.away = False
        self.heard = asyncio.Event()
        self.failed = asyncio.Event()

    async def publish(self, message: Message) -> None:
        if self.away:
            self.failed.set()
            raise Unavailable("no broker")
        assert isinstance(message, GatewayPresence)
        self.told.append(message)
        self.heard.set()

    async def next(self) -> GatewayPresence:
        async with asyncio.timeout(5):
            self.heard.clear()
            await self.heard.wait()
        return self.told[-1]


class Page:
    """A socket, as far as the hub looks."""

    def __init__(self, agent_id: UUID | None = None) -> None:
        self.agent_id = agent_id
        self.is_visitor = agent_id is None


def presence_over(broker: Broker, *, every: float) -> tuple[Presence, Any]:
    hub: Any = Hub()
    publisher: Any = broker
    return Presence(hub, publisher, SystemClock(), RandomIds(), every=every), hub


async def test_the_first_console_of_an_agent_and_the_last_are_told_at_once_and_others_are_not() -> None:
    broker = Broker()
    presence, hub = presence_over(broker, every=60)
    await presence.start()
    await broker.next()
    first, second = Page(JAN), Page(JAN)
    hub.enter(first)
    hub.enter(second)
    assert (await broker.next()).agents == (JAN,)
    hub.exit(first)
    assert not presence._changed.is_set()
    hub.exit(second)
    assert (await broker.next()).agents == ()
    await presence.stop()


async def test_a_console_that_reloads_is_told_of_as_one_that_stayed() -> None:
    broker = Broker()
    presence, hub = presence_over(broker, every=60)
    hub.enter(page := Page(JAN))
    await presence.start()
    hub.exit(page)
    hub.enter(Page(JAN))
    await broker.next()
    await presence.stop()
    assert [told.agents for told in broker.told] == [(JAN,), ()]


async def test_everything_is_told_every_while_with_numbers_that_grow() -> None:
    broker = Broker()
    presence, hub = presence_over(broker, every=0.02)
    hub.enter(Page(EWA))
    hub.follow(CHAT, Page())
    hub.follow(UUID(int=4), Page(EWA))
    await presence.start()
    for _ in range(3):
        told = await broker.next()
    assert (told.agents, told.conversations) == ((EWA,), (CHAT,))
    assert [one.number for one in broker.told] == list(range(1, len(broker.told) + 1))
    assert len({one.gateway_id for one in broker.told}) == 1
    await presence.stop()


async def test_a_broker_that_is_away_is_told_when_it_is_back() -> None:
    broker = Broker()
    presence, hub = presence_over(broker, every=0.02)
    broker.away = True
    hub.enter(Page(JAN))
    await presence.start()
    await broker.failed.wait()
    broker.away = False
    assert (await broker.next()).agents == (JAN,)
    await presence.stop()


async def test_the_last_word_is_that_nobody_is_here() -> None:
    broker = Broker()
    presence, hub = presence_over(broker, every=60)
    hub.enter(Page(JAN))
    hub.follow(CHAT, Page())
    await presence.start()
    await broker.next()
    await presence.stop()
    assert (broker.told[-1].agents, broker.told[-1].conversations) == ((), ())
