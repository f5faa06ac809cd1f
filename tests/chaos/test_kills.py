"""Twenty conversations write a thousand messages while the system's processes are killed under them.

Nine times a process gets SIGKILL while messages are on their way: a router, a gateway, and whichever router holds the
relay's lock, three times each. At the end every acknowledged message is in the log once, in the order in which it was
written, on both sides; every offer ended exactly once; and nobody's load is anything but what is really there.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from contracts.entries import VisitorEntry
from contracts.views import VisitorHeader, apply_visitor_entry
from tests.support.system import System
from tests.support.talker import Refused, Talker, add_agent, new_visitor, sign_in

pytestmark = pytest.mark.slow

CONVERSATIONS = 20
MESSAGES = 1000
KILLS = ("router", "gateway", "relay") * 3
AGENTS = 10
CAPACITY = 3
TOPIC = UUID("4d0a8f55-6b3c-4a5e-9d0e-2f1f1e6b7a01")
EACH = MESSAGES // CONVERSATIONS // 2
"""Messages of each side of a conversation."""


@pytest.fixture(scope="module")
async def chaotic_system(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[System]:
    async with System(amqp_url, database_urls, name="chaos", gateways=2, routers=2) as system:
        yield system


@dataclass
class Progress:
    """How far everybody is. Messages are released in portions, so that each kill finds some on their way."""

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


@dataclass
class Chat:
    """One conversation and who takes part in it."""

    id: UUID
    token: str
    visitor: Talker
    agent: Talker | None = None


async def test_nothing_acknowledged_is_lost_when_processes_are_killed(
    chaotic_system: System, database_urls: dict[str, str]
) -> None:
    async with asyncio.timeout(240), AsyncExitStack() as stack:
        await _play(chaotic_system, database_urls["router"], stack)


async def _play(system: System, router_database: str, stack: AsyncExitStack) -> None:
    await _make_topic(system)
    agents = await _agents(system, stack)
    chats = []
    for _ in range(CONVERSATIONS):
        token = await new_visitor(system.url, "chaos")
        visitor = await stack.enter_async_context(Talker(system.gateway_urls, token=token))
        chats.append(Chat(uuid4(), token, visitor))
    progress = Progress()
    async with asyncio.TaskGroup() as group:
        answering = [group.create_task(_answer_offers(agent, number)) for number, agent in enumerate(agents)]
        writing = [group.create_task(_converse(chat, agents, progress, number)) for number, chat in enumerate(chats)]
        for number, victim in enumerate(KILLS):
            await progress.release(MESSAGES // (len(KILLS) + 1))
            await progress.reached(number * MESSAGES // (len(KILLS) + 1) + 20)
            await _kill(system, victim, router_database, number)
        await progress.release(MESSAGES - progress.released)
        await asyncio.gather(*writing)
        for task in answering:
            task.cancel()
    await _check_logs(system, chats)
    await _check_router(router_database, chats)


# --- who takes part


async def _make_topic(system: System) -> None:
    async with httpx.AsyncClient(
        trust_env=False, headers={"Authorization": f"Bearer {system.service_token}"}
    ) as client:
        topic = {"id": str(TOPIC), "name": "Próba", "offer_seconds": 5}
        (await client.post(f"{system.url_of('router')}/internal/topics", json=topic)).raise_for_status()
        widget = {
            "key": "chaos",
            "title": "Próba",
            "topic_ids": [str(TOPIC)],
            "allowed_origins": list(system.gateway_urls),
            "email_field": {"required": False},
        }
        (await client.post(f"{system.url}/internal/widgets", json=widget)).raise_for_status()


async def _agents(system: System, stack: AsyncExitStack) -> list[Talker]:
    agents = []
    for number in range(AGENTS):
        email, password = f"agent{number}@example.com", "correct horse"
        await add_agent(
            system.url,
            system.service_token,
            email=email,
            name=f"Agent {number}",
            password=password,
            capacity=CAPACITY,
            topics=[TOPIC],
        )
        cookie = await sign_in(system.url, email, password)
        agent = await stack.enter_async_context(Talker(system.gateway_urls, cookie=cookie))
        await _set_available(agent)
        agents.append(agent)
    return agents


async def _set_available(agent: Talker) -> None:
    """The router hears of a new account by an event, which may come a moment later."""
    while True:
        try:
            await agent.send({"do": "status", "status": "available"})
            return
        except Refused as refused:
            if refused.code != "unknown":
                raise
            await asyncio.sleep(0.1)


async def _answer_offers(agent: Talker, number: int) -> None:
    """Accept what is offered, except that some agents decline their first offer and some let it expire."""
    seen: set[str] = set()
    async with asyncio.TaskGroup() as group:
        while True:
            fresh = [offer for offer in (agent.desk or {}).get("offers", []) if offer["offer_id"] not in seen]
            for offer in fresh:
                first = not seen
                seen.add(offer["offer_id"])
                if first and number % 5 == 1:
                    continue
                do = "decline" if first and number % 5 == 0 else "accept"
                group.create_task(_answer(agent, do, offer))
            await agent.until(
                lambda: any(offer["offer_id"] not in seen for offer in (agent.desk or {}).get("offers", [])),
                seconds=240,
            )


async def _answer(agent: Talker, do: str, offer: Mapping[str, Any]) -> None:
    with contextlib.suppress(Refused):  # it had expired: somebody else is being asked
        await agent.send({"do": do, "offer_id": offer["offer_id"]}, UUID(offer["conversation_id"]))


# --- what they do


async def _converse(chat: Chat, agents: list[Talker], progress: Progress, number: int) -> None:
    """Start, wait for an agent, write on both sides, end by one of them."""
    # The last conversations begin only when processes have begun to die.
    await progress.reached(max(0, number - CONVERSATIONS // 2) * 40)
    await chat.visitor.send({"do": "start", "topic_id": str(TOPIC), "name": f"Gość {number}"}, chat.id)
    await chat.visitor.until(lambda: chat.visitor.log(chat.id).bodies("agent_joined"), seconds=120)
    chat.agent = await _owner(chat, agents)
    await chat.agent.open(chat.id)
    async with asyncio.TaskGroup() as group:
        group.create_task(_write(chat, chat.visitor, "gość", progress))
        group.create_task(_write(chat, chat.agent, "agent", progress))
    ending = chat.visitor if number % 2 else chat.agent
    await ending.send({"do": "end"}, chat.id)


async def _owner(chat: Chat, agents: list[Talker]) -> Talker:
    def owner() -> Talker | None:
        return next(
            (
                agent
                for agent in agents
                if any(card["conversation_id"] == str(chat.id) for card in (agent.desk or {}).get("chats", []))
            ),
            None,
        )

    while (found := owner()) is None:
        await asyncio.sleep(0.1)
    return found


async def _write(chat: Chat, author: Talker, who: str, progress: Progress) -> None:
    """Several messages at once, as somebody does who does not wait for the tick."""
    left = EACH
    while left:
        portion = min(left, random.randint(1, 3))
        left -= portion
        async with asyncio.TaskGroup() as group:
            for _ in range(portion):
                await progress.take()
                group.create_task(_post(chat, author, f"{who} {EACH - left - portion}: zażółć gęślą jaźń", progress))


async def _post(chat: Chat, author: Talker, text: str, progress: Progress) -> None:
    await author.send({"do": "post", "text": text}, chat.id)
    await progress.done()


# --- what is done to them


async def _kill(system: System, victim: str, router_database: str, number: int) -> None:
    """SIGKILL, start again, and wait until it works again; the others go on meanwhile."""
    if victim == "relay":
        killed = await _kill_relay(system, router_database)
    else:
        killed = [victim if number % 2 else f"{victim}-2"]
        system.kill(killed[0])
    for name in killed:
        system.start(name)
    await system.ready(*killed)


async def _kill_relay(system: System, router_database: str) -> list[str]:
    """Kill whichever router holds the relay's lock: it is the one whose session goes with it."""
    killed = []
    connection = await asyncpg.connect(router_database)
    try:
        holder = await _lock_holder(connection)
        while holder is None:
            await asyncio.sleep(0.1)
            holder = await _lock_holder(connection)
        for name in random.sample(("router", "router-2"), 2):
            system.kill(name)
            killed.append(name)
            if await _session_ended(connection, holder):
                return killed
    finally:
        await connection.close()
    raise AssertionError("the relay's lock was held by none of the routers")


async def _lock_holder(connection: asyncpg.Connection) -> int | None:
    holder: int | None = await connection.fetchval(
        """SELECT pid FROM pg_stat_activity JOIN pg_locks USING (pid)
            WHERE application_name = 'dymek-router-relay' AND datname = current_database()
              AND locktype = 'advisory' AND granted"""
    )
    return holder


async def _session_ended(connection: asyncpg.Connection, pid: int) -> bool:
    for _ in range(20):
        if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1)", pid):
            return True
        await asyncio.sleep(0.05)
    return False


# --- what must be true in the end


async def _check_logs(system: System, chats: list[Chat]) -> None:
    for chat in chats:
        assert chat.agent is not None
        for side in (chat.visitor, chat.agent):
            await _whole(side, chat.id)
            numbers = [entry["seq"] for entry in side.log(chat.id).entries]
            assert numbers == list(range(1, len(numbers) + 1))
        ours = [(entry["seq"], entry["body"]["text"]) for entry in _messages(chat.agent, chat.id)]
        assert ours == [(entry["seq"], entry["body"]["text"]) for entry in _messages(chat.visitor, chat.id)]
        _check_acknowledged(chat, chat.visitor, "visitor_message")
        _check_acknowledged(chat, chat.agent, "agent_message")
        await _check_fresh(system, chat)


async def _whole(side: Talker, stream: UUID) -> None:
    await side.until(lambda: side.log(stream).bodies("ended"))


def _check_acknowledged(chat: Chat, author: Talker, kind: str) -> None:
    """What the author was told is what is in the log: each message once, with its number, in the order of writing."""
    posts = {
        request: acked
        for request, acked in author.acked.items()
        if acked.stream == chat.id and acked.action["do"] == "post"
    }
    assert chat.agent is not None
    logged = [entry for entry in _messages(chat.agent, chat.id) if entry["body"]["kind"] == kind]
    assert len(posts) == EACH
    # A dict keeps the order of acknowledgement, which is the order of writing: one at a time per stream.
    assert [(acked.seq, str(request), acked.action["text"]) for request, acked in posts.items()] == [
        (entry["seq"], entry["body"]["client_id"], entry["body"]["text"]) for entry in logged
    ]


async def _check_fresh(system: System, chat: Chat) -> None:
    """What the page has after all repairs is what a page that comes now is told."""
    async with Talker(system.gateway_urls, token=chat.token) as fresh:
        await fresh.open(chat.id)
        assert fresh.log(chat.id).entries == chat.visitor.log(chat.id).entries
        folded = VisitorHeader(conversation_id=chat.id)
        for entry in chat.visitor.log(chat.id).entries:
            folded = apply_visitor_entry(folded, VisitorEntry.model_validate(entry))
        assert folded == VisitorHeader.model_validate(fresh.log(chat.id).header)


def _messages(side: Talker, stream: UUID) -> list[dict[str, Any]]:
    kinds = ("visitor_message", "agent_message")
    return [entry for entry in side.log(stream).entries if entry["body"] and entry["body"]["kind"] in kinds]


async def _check_router(database: str, chats: list[Chat]) -> None:
    connection = await asyncpg.connect(database)
    try:
        pending = await connection.fetch("SELECT id FROM offer WHERE outcome IS NULL")
        offers = {row["id"]: row["outcome"] for row in await connection.fetch("SELECT id, outcome FROM offer")}
        loads = await connection.fetch("SELECT name, load FROM agent WHERE load <> 0")
        logged = [
            entry["body"]
            for chat in chats
            if chat.agent
            for entry in chat.agent.log(chat.id).entries
            if entry["body"] and entry["body"]["kind"] in ("offer_made", "offer_ended")
        ]
    finally:
        await connection.close()
    assert pending == []
    assert loads == []
    made = Counter(UUID(body["offer_id"]) for body in logged if body["kind"] == "offer_made")
    ended = Counter((UUID(body["offer_id"]), body["outcome"]) for body in logged if body["kind"] == "offer_ended")
    assert made == Counter(list(offers))
    assert ended == Counter(list(offers.items()))
    outcomes = Counter(offers.values())
    assert outcomes["accepted"] == CONVERSATIONS
    assert outcomes["declined"] > 0
    assert outcomes["expired"] > 0
