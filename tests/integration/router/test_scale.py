"""What an offer costs, and the list of a customer's conversations, does not depend on how much is over.

The same offers are made among two thousand closed conversations and among two hundred thousand, with five thousand
waiting both times, and PostgreSQL tells the plan of every statement that the router executed for them. Likewise the
same customer's conversations are read, of whom there are five.
"""

import re
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from contracts.customers import CustomerLookedUp
from contracts.reads import OfferCard, PastConversations
from services.router.store import QUERIES
from tests.integration.router.people import Agent
from tests.integration.router.world import World
from tests.support import multitude
from tests.support.in_process import migrated
from tests.support.plans import Plan, Plans
from tests.support.servers import Servers

pytestmark = pytest.mark.slow

FEW, MANY, WAITING, COLLEAGUES = 2_000, 200_000, 5_000, 50
OF_ONE: Final = 5
"""Conversations of one customer."""
GROWING: Final = frozenset({"conversation", "entry", "offer", "participant"})
PATH: Final = frozenset({
    "add_entries", "add_offer", "add_participant", "agent_of_offer", "answered",
    "candidates", "desk", "end_participation", "holders", "holds_answer", "line",
    "lock_agents", "lock_conversation", "lock_pending_offer", "lock_topic", "lock_topic_row",
    "next_waiting", "note_staff", "offered_conversations", "routing_settings", "save_agent",
    "save_conversation", "settle_offer", "snapshot", "topic", "topic_staffed",
})  # fmt: skip
"""Every query that makes an offer, lets it end in each way, and makes the next one."""
BESIDE: Final = frozenset({"lock_gateway", "processes", "renew_gateway", "replace_pages", "tell_process"})
"""What gateways have done every few seconds, whatever else happens."""


@dataclass
class Measured:
    """The plans of each query: among few closed conversations, and among many."""

    few: dict[str, list[Plan]]
    many: dict[str, list[Plan]]
    past_of_few: list[Plan]
    past_of_many: list[Plan]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def measured(servers: Servers, amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[Measured]:
    url = await migrated("router", database_urls)
    admin_url = servers.admin_url(urlsplit(url).path.removeprefix("/"))
    await Plans.arrange(admin_url, urlsplit(url).username or "")
    world = World(amqp_url, url)
    admin = await multitude.connect(admin_url)
    async with world.listening(), world.router():
        topic = await world.topic()
        jan = await world.agent(topic, capacity=1)
        over = await world.chat(topic, jan)
        found = CustomerLookedUp(conversation_id=over.conversation_id, customer_id=uuid4(), verified=True)
        await world.publisher.publish(found)
        await world.logged(over.conversation_id, "customer_looked_up")
        await jan.ends(over.conversation_id)
        await jan.sets("offline")
        waits = await world.visitor(topic)
        colleague = await world.agent(topic, name="Ewa", on=False)
        await multitude.copy_agent(admin, colleague.id, range(COLLEAGUES), kind="agent")
        await multitude.copy_conversation(admin, waits.conversation_id, range(WAITING), kind="waiting")
        await multitude.copy_conversation(admin, over.conversation_id, range(FEW), kind="closed")
        few, past_of_few = await _offers(world, jan, admin), await _past(world)
        await multitude.copy_conversation(admin, over.conversation_id, range(FEW, MANY), kind="closed")
        many, past_of_many = await _offers(world, jan, admin), await _past(world)
        yield Measured(few, many, past_of_few, past_of_many)
    await admin.close()


async def _offers(world: World, jan: Agent, admin: asyncpg.Connection) -> dict[str, list[Plan]]:
    """Let offers be made and settled in every way, and tell what was executed for them, by the query's name."""
    await multitude.analyse(admin)
    plans = Plans()
    with plans.collected(world.service.database):
        await jan.comes_on()
        await jan.declines(declined := await jan.offer())
        await jan.accepts(accepted := await _next_offer(world, jan, declined))
        await jan.ends(accepted.conversation_id)
        expired = await _next_offer(world, jan, accepted)
        world.time_passes((expired.expires_at - expired.made_at).total_seconds() + 1)
        await world.until(lambda: expired not in jan.desk.offers)
        await jan.sets("offline")
    names = {statement: name for name, statement in ((name, QUERIES[name]) for name in QUERIES.names())}
    executed: defaultdict[str, list[Plan]] = defaultdict(list)
    for plan in plans.executed:
        executed[names.get(plan.text, plan.text)].append(plan)
    return executed


async def _past(world: World) -> list[Plan]:
    """Read what a customer has of each kind, and tell what was executed for it."""
    plans = Plans()
    async with world.http() as client:
        with plans.collected(world.service.database):
            for verified in (False, True):
                path = f"/internal/customers/{multitude.customer_of(FEW - 1)}/conversations"
                assert len((await client.get(path, PastConversations, verified=verified)).conversations) == OF_ONE
    return [plan for plan in plans.executed if plan.text == QUERIES.past_of_customer]


async def _next_offer(world: World, agent: Agent, before: OfferCard) -> OfferCard:
    def fresh() -> list[OfferCard]:
        return [offer for offer in agent.desk.offers if offer.offer_id != before.offer_id]

    await world.until(lambda: bool(fresh()))
    return fresh()[0]


async def test_the_queries_of_an_offer_are_those_that_are_proved_here(measured: Measured) -> None:
    for executed in (measured.few, measured.many):
        known = executed.keys() & set(QUERIES.names())
        assert known - BESIDE == PATH
        # The rest is the chassis': outbox, inbox and deadlines.
        for text in executed.keys() - known:
            assert not GROWING & set(re.findall(r"\w+", text)), text


async def test_the_list_of_a_customers_conversations_reads_those_alone(measured: Measured) -> None:
    assert len(measured.past_of_few) == len(measured.past_of_many) == 2
    for few, many in zip(measured.past_of_few, measured.past_of_many, strict=True):
        assert not GROWING & many.scanned
        assert many.rows_read <= few.rows_read
        assert many.pages <= few.pages * 2 + 30


@pytest.mark.parametrize("query", sorted(PATH))
async def test_no_query_of_an_offer_reads_more_when_more_is_over(measured: Measured, query: str) -> None:
    assert not GROWING & frozenset().union(*(plan.scanned for plan in measured.many[query]))
    few, many = (max(plan.rows_read for plan in executed[query]) for executed in (measured.few, measured.many))
    assert many <= few * 1.5 + 20
    # A tree of a hundred times as many is a level or two higher.
    few, many = (max(plan.pages for plan in executed[query]) for executed in (measured.few, measured.many))
    assert many <= few * 2 + 30
