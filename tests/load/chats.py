"""The whole system under chats: one at ease, then fifty that write as fast as they are acknowledged."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from deploy.demo.load import TOPICS
from tests.load.figures import ChatFigures, Latency
from tests.support.crowd import agent_on, offers_of, owner_of, start, visitor_at
from tests.support.system import System
from tests.support.talker import Talker

ALONE = 400
WARM_UP = 50
CHATS = 50
CAPACITY = 10
TOPIC = TOPICS[0].id
TEXT = "Zażółć gęślą jaźń: czy buty „Świstak” są jeszcze w rozmiarze 43?"


@dataclass
class Times:
    """When messages were sent, by their text, and how long they took to the other side."""

    sent: dict[str, float] = field(default_factory=dict)
    across: list[float] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)

    def on_agent_frame(self, frame: dict[str, Any], now: float) -> None:
        if frame["t"] == "event" and frame["entry"]["body"] and frame["entry"]["body"]["kind"] == "visitor_message":
            begun = self.sent.pop(frame["entry"]["body"]["text"], None)
            if begun is not None:
                self.across.append(now - begun)

    async def post(self, author: Talker, chat: UUID, text: str) -> None:
        begun = self.sent[text] = time.perf_counter()
        await author.send({"do": "post", "text": text}, chat)
        self.acks.append(time.perf_counter() - begun)


async def measure_chats(system: System, seconds: float) -> ChatFigures:
    times = Times()
    async with AsyncExitStack() as stack:
        agents = [await _agent(system, number, times, stack) for number in range(CHATS // CAPACITY)]
        accepting = [asyncio.create_task(_accept(agent)) for agent in agents]
        pairs = [await _chat(system, agents, stack)]
        ack, across = await _alone(times, *pairs[0])
        pairs += [await _chat(system, agents, stack) for _ in range(CHATS - 1)]
        times.acks, times.across = [], []
        begun = time.perf_counter()
        await asyncio.gather(
            *(_write(times, side, chat, who, begun + seconds) for chat, *both in pairs for who, side in enumerate(both))
        )
        rate = len(times.acks) / (time.perf_counter() - begun)
        for task in accepting:
            task.cancel()
    return ChatFigures(ack, across, CHATS, rate, Latency.of(times.acks), Latency.of(times.across))


async def _alone(times: Times, chat: UUID, visitor: Talker, agent: Talker) -> tuple[Latency, Latency]:
    for number in range(ALONE):
        await times.post(visitor, chat, f"{number} {TEXT}")
        await agent.until(lambda: not times.sent)
    return Latency.of(times.acks[WARM_UP:]), Latency.of(times.across[WARM_UP:])


async def _write(times: Times, author: Talker, chat: UUID, who: int, until: float) -> None:
    number = 0
    while time.perf_counter() < until:
        number += 1
        await times.post(author, chat, f"{chat} {who} {number} {TEXT}")


async def _agent(system: System, number: int, times: Times, stack: AsyncExitStack) -> Talker:
    name = f"Load {number}"
    return await agent_on(system, name, stack, topics=[TOPIC], capacity=CAPACITY, on_frame=times.on_agent_frame)


async def _accept(agent: Talker) -> None:
    answered: set[str] = set()
    while True:
        await agent.until(lambda: offers_of(agent, answered), seconds=600)
        for offer in offers_of(agent, answered):
            answered.add(offer["offer_id"])
            await agent.send({"do": "accept", "offer_id": offer["offer_id"]}, UUID(offer["conversation_id"]))


async def _chat(system: System, agents: list[Talker], stack: AsyncExitStack) -> tuple[UUID, Talker, Talker]:
    _, visitor = await visitor_at(system, stack)
    chat = await start(visitor, TOPIC, name="Ola", email="ola@example.com")
    agent = await owner_of(chat, agents)
    await agent.open(chat)
    return chat, visitor, agent
