"""Agents who never agree: every offer is answered by several people at once, some of them just when it expires."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from contracts.base import Actor
from contracts.conversation import (
    AcceptOffer,
    DeclineOffer,
    EndConversation,
    LeaveConversation,
    SetStatus,
    StartConversation,
)
from contracts.entries import Entry, OfferMade
from tests.support.switchboard import Answer, Switchboard

SHORT: Final = timedelta(seconds=10)
AT_EXPIRY: Final = 0.7
"""Share of the offers of less than SHORT that are answered so as to arrive when they expire."""
ON_A_BREAK: Final = 0.02
"""Share of the offers that are withdrawn meanwhile, because their agent goes on a break."""
LONGEST_TALK: Final = 0.3
AT_ONCE: Final = 8
"""Offers that are raced for at the same time; with many more, the queues would decide and not the race."""
SLOWNESS: Final = 0.2
"""Weight of the newest race in what is known of how long an answer takes."""

Command = AcceptOffer | DeclineOffer


@dataclass
class Contest:
    """`settlements` counts commands that raced for an offer and were answered, each once."""

    board: Switchboard
    agents: Sequence[UUID]
    goal: int
    group: asyncio.TaskGroup
    settlements: int = 0
    won: dict[UUID, str] = field(default_factory=dict)
    """By offer: what was answered with success."""
    twice: list[UUID] = field(default_factory=list)
    """Offers with more than one success."""
    raced_with_expiry: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    visitors: dict[UUID, UUID] = field(default_factory=dict)
    """By conversation."""
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    chance: random.Random = field(default_factory=lambda: random.Random(3))
    answer_seconds: float = 0.1
    """How long it lately took from sending commands to the first answer."""
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.board.on_entry = self._on_entry

    async def start(self, topics: Sequence[UUID], chats: int) -> None:
        """So many visitors come, one topic after the other."""
        commands = [
            StartConversation(
                conversation_id=uuid4(),
                client_id=uuid4(),
                visitor_id=uuid4(),
                widget_id=uuid4(),
                topic_id=topics[number % len(topics)],
                name=f"Gość {number}",
            )
            for number in range(chats)
        ]
        self.visitors = {command.conversation_id: command.visitor_id for command in commands}
        assert {answer.refusal for answer in await asyncio.gather(*map(self.board.ask, commands))} == {None}

    async def end(self) -> None:
        """Let what is under way come to its end; then every visitor goes."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        ends = [
            EndConversation(conversation_id=one, client_id=uuid4(), by=Actor(kind="visitor", id=visitor))
            for one, visitor in self.visitors.items()
        ]
        assert {answer.refusal for answer in await asyncio.gather(*map(self.board.ask, ends))} == {None}

    def _on_entry(self, conversation_id: UUID, entry: Entry) -> None:
        if isinstance(entry.body, OfferMade) and not self.reached.is_set():
            task = self.group.create_task(self._settle(conversation_id, entry.body))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _settle(self, conversation_id: UUID, offer: OfferMade) -> None:
        left = offer.expires_at - datetime.now(UTC)
        at_expiry = left < SHORT and self.chance.random() < AT_EXPIRY
        if at_expiry:
            await asyncio.sleep(left.total_seconds() - self.chance.uniform(0.5, 1.5) * self.answer_seconds)
            commands, answers = await self._race(conversation_id, offer)
        else:
            async with self.room:
                if datetime.now(UTC) > offer.expires_at:
                    return  # nobody raced for it
                on_a_break = self.chance.random() < ON_A_BREAK
                breaking = [self.group.create_task(self._take_a_break(offer.agent.id))] if on_a_break else []
                commands, answers = await self._race(conversation_id, offer)
                await asyncio.gather(*breaking)
        outcomes = [
            command.TYPE.split(".")[1]
            for command, answer in zip(commands, answers, strict=True)
            if answer.refusal is None
        ]
        self._count(offer.offer_id, answers, outcomes)
        if at_expiry:
            self.raced_with_expiry[outcomes[0] if outcomes else "expired"] += 1
        if outcomes == ["accept_offer"]:
            await asyncio.sleep(self.chance.uniform(0, LONGEST_TALK))
            leave = LeaveConversation(conversation_id=conversation_id, client_id=uuid4(), agent_id=offer.agent.id)
            assert (await self.board.ask(leave)).refusal is None

    async def _race(self, conversation_id: UUID, offer: OfferMade) -> tuple[list[Command], list[Answer]]:
        """Everybody at once; the commands, and what each was answered."""
        commands, sent, first = self._commands(conversation_id, offer), time.monotonic(), True

        async def one(command: Command) -> Answer:
            nonlocal first
            answer = await self.board.ask(command)
            if first:
                first = False
                self.answer_seconds += SLOWNESS * (time.monotonic() - sent - self.answer_seconds)
            return answer

        return commands, await asyncio.gather(*map(one, commands))

    def _commands(self, conversation_id: UUID, offer: OfferMade) -> list[Command]:
        """From thirteen tabs the agent accepts and declines, and colleagues try to be quicker; in any order."""
        colleagues = self.chance.sample([agent for agent in self.agents if agent != offer.agent.id], 3)
        kinds: list[tuple[type[Command], UUID]] = [
            *[(AcceptOffer, offer.agent.id)] * 8,
            *[(DeclineOffer, offer.agent.id)] * 5,
            *[(AcceptOffer, colleague) for colleague in colleagues],
        ]
        self.chance.shuffle(kinds)
        return [
            kind(conversation_id=conversation_id, client_id=uuid4(), offer_id=offer.offer_id, agent_id=agent)
            for kind, agent in kinds
        ]

    async def _take_a_break(self, agent: UUID) -> None:
        for status in ("break", "available"):
            await self.board.ask(SetStatus.model_validate({"agent_id": agent, "client_id": uuid4(), "status": status}))

    def _count(self, offer_id: UUID, answers: Sequence[Answer], outcomes: list[str]) -> None:
        self.settlements += len(answers)
        self.refusals.update(answer.refusal.value for answer in answers if answer.refusal)
        if len(outcomes) > 1:
            self.twice.append(offer_id)
        if outcomes:
            self.won[offer_id] = outcomes[0]
        if self.settlements >= self.goal:
            self.reached.set()
