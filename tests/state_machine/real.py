"""The router on its real store and broker: commands through its queues, timers as rows, the state out of its tables.

The clock stands still but where time is let pass; then it moves from one timer to the next, as on a quiet day. After
everything asked or told, this waits until no timer is due and nothing is left to publish.
"""

import asyncio
import itertools
import json
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from contracts.base import Message
from contracts.conversation import GatewayPresence
from contracts.entries import Entry
from contracts.parameters import RoutingSettings, TopicSettings
from contracts.views import VisitorHeader, apply_visitor_entry, visitor_entry
from services.chassis.database import Connection
from services.router.store import agents, conversations, topics
from tests.integration.router.invariants import FIRST_ANSWERS, OFFERS, PARTICIPANTS
from tests.integration.router.world import PATIENCE, MovableClock, World
from tests.state_machine.system import MONDAY_NOON, Answer, State
from tests.support.in_process import settled

T = TypeVar("T")
EXAMPLES = itertools.count(1)
LONGEST = 600.0
"""Seconds that any one step may take: each wait in it has a bound of its own, far below."""

EMPTY = """
TRUNCATE agent, conversation, deadline, entry, gateway, inbox, offer, outbox, page, participant, routing_settings, topic
"""
UNDER_WAY = """
SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM deadline WHERE due_at <= $1)
"""
FAILED = "SELECT kind FROM deadline WHERE attempts > 0"
# A gateway's lease is renewed while it lives; none of this machine's ever dies without its pages being taken back.
NEXT_TIMER = "SELECT min(due_at) FROM deadline WHERE due_at > $1 AND due_at <= $2 AND kind <> 'gateway'"
HEARD = "SELECT EXISTS (SELECT FROM gateway WHERE id = $1 AND number >= $2)"


class StillClock(MovableClock):
    """Moves only when it is told to."""

    def now(self) -> datetime:
        return MONDAY_NOON + self.ahead


class RealRouter:
    """The router in `world`, with empty tables. To be used from another thread than that of `loop`."""

    def __init__(self, world: World, loop: asyncio.AbstractEventLoop) -> None:
        self.world = world
        self.loop = loop
        self._ids = next(EXAMPLES) << 40
        self._state: State | None = None
        self._run(self._empty())

    def new_id(self) -> UUID:
        self._ids += 1
        return UUID(int=self._ids)

    def ask(self, command: Message) -> Answer:
        answer = self._change(self.world.ask(command))
        return Answer(answer.seq, answer.refusal)

    def tell(self, fact: Message) -> None:
        self._change(self._tell(fact))

    def set_topic(self, topic: TopicSettings) -> None:
        self._change(self._set_topic(topic))

    def set_routing(self, routing: RoutingSettings) -> None:
        self._change(self._set_routing(routing))

    def pass_time(self, seconds: float) -> None:
        self._change(self._pass_time(self.world.clock.now() + timedelta(seconds=seconds)))

    def look(self) -> State:
        if self._state is None:
            self._state = self._run(self._look())
        return self._state

    def check_snapshots(self) -> None:
        """What pages are told on asking is what they make of the log, from its beginning or from its middle."""
        for conversation_id, log in self.look().logs.items():
            after = len(log) // 2
            snapshot = self._run(self.world.visitor_snapshot(conversation_id, after))
            shown = [visitor_entry(entry) for entry in log]
            assert list(snapshot.entries) == shown[after:]
            header = VisitorHeader(conversation_id=conversation_id)
            for entry in shown:
                header = apply_visitor_entry(header, entry)
            assert snapshot.header == header

    # --- in the loop of the router

    def _change(self, work: Coroutine[Any, Any, T]) -> T:
        self._state = None

        async def quietly() -> T:
            result = await work
            await self._quiet()
            return result

        return self._run(quietly())

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(LONGEST)

    async def _empty(self) -> None:
        await self._quiet()
        async with self.world.service.database.connection() as connection:
            await connection.execute(EMPTY)

    async def _quiet(self) -> None:
        """Until nothing is under way any more; a timer whose handler failed is a defect, however often it is tried."""
        self.world.service.deadline_worker.wake()
        async with asyncio.timeout(PATIENCE), self.world.service.database.connection() as connection:
            while await connection.fetchval(UNDER_WAY, self.world.clock.now()):
                await asyncio.sleep(0.005)
            assert await connection.fetch(FAILED) == []

    async def _tell(self, fact: Message) -> None:
        if isinstance(fact, GatewayPresence):
            await self.world.publisher.publish(fact)
            await self.world.eventually(HEARD, fact.gateway_id, fact.number)
            return
        async with settled(f"router.{fact.TYPE}", 1):
            await self.world.publisher.publish(fact)

    async def _set_topic(self, topic: TopicSettings) -> None:
        async with self.world.http() as client:
            kept = await client.post("/internal/topics", topic, TopicSettings)
            if kept.model_copy(update={"version": 0}) != topic.model_copy(update={"version": 0}):
                changed = topic.model_copy(update={"version": kept.version})
                await client.put(f"/internal/topics/{topic.id}/settings", changed, TopicSettings)

    async def _set_routing(self, routing: RoutingSettings) -> None:
        async with self.world.http() as client:
            kept = await client.get("/internal/routing-settings", RoutingSettings)
            changed = routing.model_copy(update={"version": kept.version})
            await client.put("/internal/routing-settings", changed, RoutingSettings)

    async def _pass_time(self, until: datetime) -> None:
        while due := await self._next_timer(until):
            self._set_clock(due)
            await self._quiet()
        self._set_clock(until)

    async def _next_timer(self, until: datetime) -> datetime | None:
        async with self.world.service.database.connection() as connection:
            due: datetime | None = await connection.fetchval(NEXT_TIMER, self.world.clock.now(), until)
        return due

    def _set_clock(self, now: datetime) -> None:
        self.world.clock.ahead = now - MONDAY_NOON

    async def _look(self) -> State:
        async with self.world.service.database.connection() as connection:
            agent_ids = [row["id"] for row in await connection.fetch("SELECT id FROM agent")]
            ids = [row["id"] for row in await connection.fetch("SELECT id FROM conversation ORDER BY id")]
            await _check_tables(connection)
            found = [await conversations.lock(connection, one, agent_ids) for one in ids]
            return State(
                now=self.world.clock.now(),
                conversations={one.id: one for one in found if one is not None},
                logs=await _logs(connection, ids),
                agents=await agents.lock(connection, agent_ids),
                topics={topic.id: topic for topic in await topics.all_of_them(connection)},
                routing=await topics.routing(connection),
            )


async def _check_tables(connection: Connection) -> None:
    """What the tables beside conversations and logs say is the same."""
    assert await connection.fetch(PARTICIPANTS) == [], "who takes part is kept in two ways"
    assert await connection.fetch(FIRST_ANSWERS) == [], "a first answer is not timed"
    for offer in await connection.fetch(OFFERS):
        outcome = [] if offer["outcome"] is None else [offer["outcome"]]
        assert (offer["logged"], offer["timed"]) == (outcome, offer["outcome"] is None), "an offer is kept in two ways"


async def _logs(connection: Connection, conversation_ids: list[UUID]) -> dict[UUID, list[Entry]]:
    logs: dict[UUID, list[Entry]] = {one: [] for one in conversation_ids}
    for row in await connection.fetch("SELECT conversation_id, seq, at, body FROM entry ORDER BY conversation_id, seq"):
        logs[row["conversation_id"]].append(Entry(seq=row["seq"], at=row["at"], body=json.loads(row["body"])))
    return logs
