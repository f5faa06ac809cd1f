"""Everybody at once, on two routers: one outcome for everything, and nobody beyond their capacity."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest_asyncio

from contracts.base import Message
from contracts.conversation import AcceptOffer, DeclineOffer, EndConversation, SetStatus
from contracts.envelope import Received
from contracts.live import LiveDesk
from contracts.parameters import TopicSettings
from services.chassis.deadlines import Deadline
from services.chassis.service import Service
from services.router.routing import Routing
from services.router.usecases import Commands
from tests.integration.router.invariants import check_promises
from tests.integration.router.people import Agent, Visitor
from tests.integration.router.world import World


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(empty_world: World) -> AsyncIterator[World]:
    """A world with two routers that share queues, tables and timers."""
    async with empty_world.router(), empty_world.router():
        yield empty_world


async def do(service: Service, command: Message) -> None:
    """Have one of the routers handle the command now, out of its partition's order."""
    commands = Commands(service.database, service.publisher, service.clock, service.ids)
    now = datetime.now(UTC)
    await commands.handle(
        Received(
            id=uuid4(),
            type=command.TYPE,
            time=now,
            correlationid=uuid4(),
            causationid=None,
            traceparent=None,
            message=command,
        )
    )


async def expire(service: Service, offer_id: UUID) -> None:
    """Fire the offer's timer, whoever else does."""
    routing = Routing(service.publisher, service.clock, service.ids)
    deadline = Deadline("offer", offer_id, 0, datetime.now(UTC))
    await service.database.run(lambda tx: routing.offer_expired(tx, deadline))


async def test_accept_decline_expiry_end_and_a_break_at_once_leave_one_outcome(two: World) -> None:
    topic = await two.topic()
    agents = [await two.agent(topic, name=f"Agent {n}", capacity=2) for n in range(4)]
    visitors = [await two.visitor(topic) for _ in range(16)]
    chance = random.Random(7)
    for _ in range(12):
        await asyncio.gather(*_everything_at_once(two, agents, visitors, chance))
        visitors += [await two.visitor(topic) for _ in range(4)]
        for agent in agents:
            if agent.desk.status != "available":
                await agent.comes_on()
    await check_promises(two.service.database, two.clock)
    told = [m.desk for m in two.heard if isinstance(m, LiveDesk)]
    assert all(desk.load <= desk.capacity and len(desk.offers) <= desk.capacity for desk in told)


def _everything_at_once(
    world: World, agents: list[Agent], visitors: list[Visitor], chance: random.Random
) -> list[Awaitable[Any]]:
    """All that can happen to what is offered now, each on a router of its own choice, in any order."""
    doings: list[Awaitable[Any]] = []
    for agent in agents:
        for offer in agent.desk.offers:
            names = {"conversation_id": offer.conversation_id, "offer_id": offer.offer_id, "agent_id": agent.id}
            for command in (AcceptOffer(client_id=uuid4(), **names), DeclineOffer(client_id=uuid4(), **names)):
                doings += [do(service, command) for service in world.services]
            doings += [expire(service, offer.offer_id) for service in world.services]
        for chat in agent.desk.chats:
            if chance.random() < 0.3:
                end = EndConversation(conversation_id=chat.conversation_id, client_id=uuid4(), by=agent.actor)
                doings += [do(service, end) for service in world.services]
        if chance.random() < 0.2:
            doings.append(do(world.service, SetStatus(agent_id=agent.id, client_id=uuid4(), status="break")))
    for visitor in chance.sample(visitors, 3):
        end = EndConversation(conversation_id=visitor.conversation_id, client_id=uuid4(), by=visitor.actor)
        doings += [do(service, end) for service in world.services]
    chance.shuffle(doings)
    return doings


async def test_two_routers_never_give_an_agent_more_than_they_may_take(two: World) -> None:
    topics = [await two.topic(f"Temat {n}") for n in range(4)]
    agents = [await two.agent(*topics, name=f"Agent {n}", capacity=2, on=False) for n in range(3)]
    await asyncio.gather(*(two.visitor(topics[n % 4]) for n in range(24)))
    await asyncio.gather(*(agent.comes_on() for agent in agents))
    await two.until(lambda: all(agent.desk.load == 2 for agent in agents))
    await check_promises(two.service.database, two.clock)
    # Four topics compete for six places; whichever gets them, each topic's first come first.
    offered = {offer.conversation_id for agent in agents for offer in agent.desk.offers}
    for topic in topics:
        line = [conversation_id in offered for conversation_id in await _started(two, topic)]
        assert line == sorted(line, reverse=True)


async def test_a_burst_is_worked_off_to_the_last_visitor(two: World) -> None:
    topic = await two.topic()
    agents = [await two.agent(topic, name=f"Agent {n}", capacity=2) for n in range(3)]
    visitors = await asyncio.gather(*(two.visitor(topic) for _ in range(18)))
    started = await _started(two, topic)
    answered: list[UUID] = []
    while len(answered) < len(visitors):
        await two.until(lambda: any(agent.desk.offers for agent in agents))
        for agent in agents:
            for offer in agent.desk.offers:
                if (await agent.accepts(offer)).refusal is None:
                    answered.append(offer.conversation_id)
                    await agent.ends(offer.conversation_id)
    assert set(answered) == {visitor.conversation_id for visitor in visitors} == set(started)
    await check_promises(two.service.database, two.clock)


async def _started(world: World, topic: TopicSettings) -> list[UUID]:
    async with world.service.database.connection() as connection:
        rows = await connection.fetch(
            "SELECT id FROM conversation WHERE topic_id = $1 ORDER BY waiting_since, id", topic.id
        )
    return [row["id"] for row in rows]


async def test_writing_while_it_ends_is_logged_before_the_end_or_refused(two: World) -> None:
    topic = await two.topic()
    jan = await two.agent(topic)
    for _ in range(8):
        anna = await two.chat(topic, jan)
        posts = [two.post_command(anna.conversation_id, anna.actor, f"raz {n}") for n in range(6)]
        end = EndConversation(conversation_id=anna.conversation_id, client_id=uuid4(), by=jan.actor)
        doings = [do(two.services[n % 2], command) for n, command in enumerate([*posts[:3], end, *posts[3:]])]
        await asyncio.gather(*doings)
        await two.logged(anna.conversation_id, "ended")
        requests = {post.client_id for post in posts}
        await two.until(partial(requests.issubset, two.answers))
        for answer in (two.answers[request] for request in requests):
            assert (answer.entry is None) == (answer.code == "closed")
        assert two.kinds(anna.conversation_id)[-1] == "ended"
    await check_promises(two.service.database, two.clock)
