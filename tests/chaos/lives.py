"""Five hundred conversations of every kind: what visitors and agents do in them, by chance.

A visitor waits for an agent, or loses patience and leaves a ticket or goes. An agent accepts, declines or lets the
offer expire; answers, or is too slow to; asks a colleague in, hands the conversation over or leaves it; and one of
the two ends it, or it stays open.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from tests.support.crowd import chats_of, is_available, offers_of, visitor_at
from tests.support.system import System
from tests.support.talker import Frame, Refused, Talker

AT_ONCE: Final = 60
FIRST_ANSWER_SECONDS: Final = 8
PATIENCE: Final = 180.0
OUTRUN: Final = {
    "agent_away", "away", "closed", "no_capacity", "not_active", "not_waiting", "not_yours", "taken", "too_late",
    "visitor_left",
}  # fmt: skip
"""What may be answered to somebody who was not the only one to act."""


@dataclass
class Lives:
    """`kept` are the conversations that stay open; `refusals` counts what came too late."""

    system: System
    widget: str
    topic_id: UUID
    agents: Sequence[Talker]
    agent_ids: Sequence[UUID]
    chance: random.Random
    lived: int = 0
    kept: set[UUID] = field(default_factory=set)
    refusals: Counter[str] = field(default_factory=Counter)
    deeds: Counter[str] = field(default_factory=Counter)

    async def live(self, number: int, last: Callable[[], Awaitable[None]]) -> None:
        """So many conversations, some dozens at once; the agents go on working until `last` has returned."""
        room = asyncio.Semaphore(AT_ONCE)

        async def one() -> None:
            async with room, AsyncExitStack() as stack:
                await self._visit(stack)
                self.lived += 1

        async with asyncio.TaskGroup() as group:
            working = [group.create_task(self._work(agent)) for agent in self.agents]
            async with asyncio.TaskGroup() as visits:
                for _ in range(number):
                    visits.create_task(one())
            await last()
            for task in working:
                task.cancel()

    # --- the visitor

    async def _visit(self, stack: AsyncExitStack) -> None:
        conversation = uuid4()
        _, visitor = await visitor_at(self.system, stack, widget=self.widget)
        await visitor.send({"do": "start", "topic_id": str(self.topic_id), "name": "Gość"}, conversation)
        log = visitor.log
        impatient = self.chance.random()
        if impatient < 0.15:
            with contextlib.suppress(TimeoutError):
                await visitor.until(lambda: log(conversation).bodies("agent_joined"), seconds=impatient * 10)
            if impatient < 0.08:
                form = {"name": "Gość", "email": "gosc@example.com", "text": "Proszę o kontakt"}
                await self._try(visitor, {"do": "leave_ticket", **form}, conversation)
            else:
                await self._try(visitor, {"do": "end"}, conversation)
        await visitor.until(
            lambda: log(conversation).bodies("agent_joined") or self._over(visitor, conversation), seconds=PATIENCE
        )
        if not self._over(visitor, conversation):
            await self._talk(visitor, conversation)
        if conversation not in self.kept:
            await visitor.until(lambda: self._over(visitor, conversation), seconds=PATIENCE)
        if [body for body in log(conversation).bodies("ended") if body["reason"] == "became_ticket"]:
            await visitor.until(lambda: log(conversation).bodies("ticket_opened"), seconds=PATIENCE)

    def _over(self, visitor: Talker, conversation: UUID) -> bool:
        return bool(visitor.log(conversation).bodies("ended"))

    async def _talk(self, visitor: Talker, conversation: UUID) -> None:
        await self._try(visitor, {"do": "post", "text": "dzień dobry"}, conversation)
        await visitor.until(
            lambda: visitor.log(conversation).bodies("agent_message") or self._over(visitor, conversation),
            seconds=PATIENCE,
        )
        fate = self.chance.random()
        if fate < 0.08:
            self.kept.add(conversation)
            self.deeds["kept"] += 1
        elif fate < 0.5:
            await self._try(visitor, {"do": "end"}, conversation)

    # --- the agent

    async def _work(self, agent: Talker) -> None:
        """Answer offers and take part in what was accepted, until cancelled."""
        offers: set[str] = set()
        chats: set[UUID] = set()

        def something() -> bool:
            return bool(offers_of(agent, offers)) or bool(_active(agent) - chats) or not is_available(agent)

        async with asyncio.TaskGroup() as group:
            while True:
                await agent.until(something, seconds=600)
                if not is_available(agent):
                    await self._try(agent, {"do": "status", "status": "available"})
                    await agent.until(lambda: is_available(agent), seconds=PATIENCE)
                for offer in offers_of(agent, offers):
                    offers.add(offer["offer_id"])
                    group.create_task(self._consider(agent, offer))
                for conversation in _active(agent) - chats:
                    chats.add(conversation)
                    group.create_task(self._serve(agent, conversation, chats))

    async def _consider(self, agent: Talker, offer: Frame) -> None:
        choice = self.chance.random()
        if choice < 0.08:
            self.deeds["expired"] += 1
            return
        do = "decline" if choice < 0.16 else "accept"
        self.deeds[do] += 1
        await self._try(agent, {"do": do, "offer_id": offer["offer_id"]}, UUID(offer["conversation_id"]))

    async def _serve(self, agent: Talker, conversation: UUID, chats: set[UUID]) -> None:
        """What the agent does from joining to the end, or until they are no longer in it."""
        turn = self.chance.random()
        if turn < 0.05:
            with contextlib.suppress(TimeoutError):
                await agent.until(lambda: conversation not in _active(agent), seconds=2 * FIRST_ANSWER_SECONDS)
        else:
            await self._try(agent, {"do": "post", "text": "w czym pomóc?"}, conversation)
            if turn < 0.15:
                await self._try(self._colleague(agent)[1], {"do": "join"}, conversation)
            if turn < 0.2:
                await self._try(agent, {"do": "leave_chat"}, conversation)
            elif turn < 0.3:
                chosen = {"do": "choose", "agent_id": str(self._colleague(agent)[0])}
                await self._try(agent, chosen, conversation)
        while conversation in _active(agent) and conversation not in self.kept:
            await asyncio.sleep(self.chance.uniform(0.2, 1.5))
            # Whoever only joined is refused, until the conversation passes to them or its owner ends it.
            await self._try(agent, {"do": "end"}, conversation)
        if conversation not in self.kept:
            chats.discard(conversation)  # it may come back

    def _colleague(self, agent: Talker) -> tuple[UUID, Talker]:
        pairs = zip(self.agent_ids, self.agents, strict=True)
        return self.chance.choice([pair for pair in pairs if pair[1] is not agent])

    async def _try(self, who: Talker, action: dict[str, Any], conversation: UUID | None = None) -> None:
        try:
            await who.send(action, conversation)
        except Refused as refused:
            if refused.code not in OUTRUN:
                raise
            self.refusals[refused.code] += 1
        else:
            self.deeds[action["do"]] += 1


def _active(agent: Talker) -> set[UUID]:
    chats = (agent.desk or {}).get("chats", [])
    return {UUID(card["conversation_id"]) for card in chats if card["state"] == "active"} & chats_of(agent)
