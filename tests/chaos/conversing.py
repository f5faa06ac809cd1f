"""Twenty conversations that write a thousand messages, and are disturbed while they do.

Messages are released in portions, one before each disturbance, so that each finds some on their way.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from tests.support.crowd import agent_on, come_on, is_available, make_topic, offers_of, owner_of, visitor_at
from tests.support.system import System
from tests.support.talker import Frame, Refused, Talker

CONVERSATIONS: Final = 20
MESSAGES: Final = 1000
EACH: Final = MESSAGES // CONVERSATIONS // 2
"""Messages of each side of a conversation."""
AGENTS: Final = 10
CAPACITY: Final = 3
OFFER_SECONDS: Final = 5
PATIENCE: Final = 300.0

Disturbance = Callable[[], Awaitable[None]]


@dataclass
class Chat:
    """One conversation and who takes part in it."""

    id: UUID
    token: str
    visitor: Talker
    agent: Talker | None = None


@dataclass
class _Progress:
    """How far everybody is."""

    released: int = 0
    taken: int = 0
    acked: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def release(self, messages: int) -> None:
        async with self.changed:
            self.released += messages
            self.changed.notify_all()

    async def take(self) -> None:
        """Wait for permission to write one message."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.taken < self.released)
            self.taken += 1

    async def done(self) -> None:
        async with self.changed:
            self.acked += 1
            self.changed.notify_all()

    async def reached(self, acked: int) -> None:
        async with self.changed:
            await self.changed.wait_for(lambda: self.acked >= acked)


async def converse(system: System, disturbances: Sequence[Disturbance], stack: AsyncExitStack) -> list[Chat]:
    """Hold the conversations to their ends. What the two sides were told is in their `Talker`s, which stay open."""
    topic_id = uuid4()
    await make_topic(system, topic_id, widget="chaos", offer_seconds=OFFER_SECONDS)
    agents = [
        await agent_on(system, f"Agent {number}", stack, topics=[topic_id], capacity=CAPACITY)
        for number in range(AGENTS)
    ]
    chats = [Chat(uuid4(), *await visitor_at(system, stack, widget="chaos")) for _ in range(CONVERSATIONS)]
    progress = _Progress()
    portion = MESSAGES // (len(disturbances) + 1)
    async with asyncio.TaskGroup() as group:
        answering = [group.create_task(_answer_offers(agent, number)) for number, agent in enumerate(agents)]
        writing = [
            group.create_task(_converse(chat, topic_id, agents, progress, number)) for number, chat in enumerate(chats)
        ]
        for number, disturb in enumerate(disturbances):
            await progress.release(portion)
            await progress.reached(number * portion + 20)
            await disturb()
        await progress.release(MESSAGES - progress.released)
        await asyncio.gather(*writing)
        for task in answering:
            task.cancel()
    return chats


async def _answer_offers(agent: Talker, number: int) -> None:
    """Accept what is offered, except that some agents decline their first offer and some let it expire.

    Whoever is put on a break for an offer that expired comes back at once.
    """
    seen: set[str] = set()
    async with asyncio.TaskGroup() as group:
        while True:
            for offer in offers_of(agent, seen):
                first = not seen
                seen.add(offer["offer_id"])
                if first and number % 5 == 1:
                    continue
                do = "decline" if first and number % 5 == 0 else "accept"
                group.create_task(_answer(agent, do, offer))
            await agent.until(lambda: offers_of(agent, seen) or not is_available(agent), seconds=PATIENCE)
            if not is_available(agent):
                await come_on(agent)
                await agent.until(lambda: is_available(agent), seconds=PATIENCE)


async def _answer(agent: Talker, do: str, offer: Frame) -> None:
    with contextlib.suppress(Refused):  # it had expired: somebody else is being asked
        await agent.send({"do": do, "offer_id": offer["offer_id"]}, UUID(offer["conversation_id"]))


async def _converse(chat: Chat, topic_id: UUID, agents: list[Talker], progress: _Progress, number: int) -> None:
    """Start, wait for an agent, write on both sides, end by one of them."""
    # The last conversations begin only when things have begun to go wrong.
    await progress.reached(max(0, number - CONVERSATIONS // 2) * 40)
    await chat.visitor.send({"do": "start", "topic_id": str(topic_id), "name": f"Gość {number}"}, chat.id)
    await chat.visitor.until(lambda: chat.visitor.log(chat.id).bodies("agent_joined"), seconds=120)
    chat.agent = await owner_of(chat.id, agents)
    await chat.agent.open(chat.id)
    async with asyncio.TaskGroup() as group:
        group.create_task(_write(chat, chat.visitor, "gość", progress))
        group.create_task(_write(chat, chat.agent, "agent", progress))
    ending = chat.visitor if number % 2 else chat.agent
    await ending.send({"do": "end"}, chat.id)


async def _write(chat: Chat, author: Talker, who: str, progress: _Progress) -> None:
    """Several messages at once, as somebody does who does not wait for the tick."""
    left = EACH
    while left:
        portion = min(left, random.randint(1, 3))
        left -= portion
        async with asyncio.TaskGroup() as group:
            for _ in range(portion):
                await progress.take()
                group.create_task(_post(chat, author, f"{who} {EACH - left - portion}: zażółć gęślą jaźń", progress))


async def _post(chat: Chat, author: Talker, text: str, progress: _Progress) -> None:
    await author.send({"do": "post", "text": text}, chat.id)
    await progress.done()
