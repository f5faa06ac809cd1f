"""Consoles and what agents do together: cards of the board, chats they leave, roles that change, first answers."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg

from contracts.base import NamedRef
from contracts.conversation import ChooseAgent, TypeFirstAnswer
from contracts.entries import AgentJoined, AgentLeft, AgentMessage, OfferEnded, OfferMade
from contracts.live import LiveCard
from contracts.reads import BoardCard, ChatCard, Desk
from tests.integration.gateway.conftest import AGENT, SALES, SUPPORT, Gateway, running_gateway
from tests.integration.gateway.page import Page

EWA = NamedRef(id=uuid4(), name="Ewa Zielińska")
SOLD, HELPED = (NamedRef(id=topic.id, name=topic.name) for topic in (SALES, SUPPORT))


async def me(gateway: Gateway, cookie: str) -> NamedRef:
    answer = (await gateway.http.get("/api/session", headers={"Cookie": cookie})).json()
    return NamedRef(id=UUID(answer["agent_id"]), name=answer["name"])


@asynccontextmanager
async def supervised(database_url: str) -> AsyncIterator[None]:
    """The agent is a supervisor meanwhile."""
    connection = await asyncpg.connect(database_url)
    await connection.execute("UPDATE gateway.agent SET role = 'supervisor'")
    try:
        yield
    finally:
        await connection.execute("UPDATE gateway.agent SET role = 'agent'")
        await connection.close()


def card(stream: UUID, head: int, topic: NamedRef, **changes: object) -> LiveCard:
    now = datetime.now(UTC)
    values = {"state": "waiting", "visitor_name": "Anna", "waiting_since": now, "started_at": now, **changes}
    return LiveCard(card=BoardCard.model_validate({"conversation_id": stream, "head": head, "topic": topic, **values}))


async def test_a_console_is_told_of_its_agents_conversations_and_that_one_has_moved_away(gateway: Gateway) -> None:
    stream, other = uuid4(), uuid4()
    async with gateway.agent() as page:
        await gateway.router.say(card(other, 1, HELPED))
        await gateway.router.say(card(stream, 1, SOLD))
        shown = await page.expect("card")
        assert (shown["card"]["conversation_id"], shown["gone"]) == (str(stream), False)
        await gateway.router.say(card(stream, 4, HELPED))
        taken = await page.expect("card")
        assert (taken["card"]["topic"]["name"], taken["card"]["head"], taken["gone"]) == (SALES.name, 1, True)
        await gateway.router.say(card(stream, 5, HELPED))
        await gateway.router.say(card(other, 2, SOLD))
        assert (await page.expect("card"))["card"]["conversation_id"] == str(other)
        assert [frame for frame in await page.heard_until_now() if frame["t"] == "card"] == []


async def test_a_supervisor_is_told_of_every_conversation(gateway: Gateway, gateway_database: str) -> None:
    async with supervised(gateway_database), gateway.agent() as page:
        await gateway.router.say(card(stream := uuid4(), 1, HELPED))
        assert (await page.expect("card"))["card"]["conversation_id"] == str(stream)


async def test_an_agent_hears_no_more_of_a_conversation_they_left_until_they_are_back(gateway: Gateway) -> None:
    cookie = await gateway.session_cookie()
    jan = await me(gateway, cookie)
    async with gateway.visitor() as visitor, gateway.agent(cookie) as agent:
        stream = await visitor.start(SALES.id)
        await gateway.router.log(stream, AgentJoined(agent=jan, owner=True))
        await agent.tell("open", stream=stream, after=0)
        await agent.expect("reset", stream=stream)
        await agent.tell("typing", stream=stream, typing=True)
        assert (await visitor.expect("typing"))["typing"] is True
        await gateway.router.log(stream, AgentLeft(agent=jan, reason="handed_over"))
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=EWA, text="nie dla Jana"))
        assert (await agent.expect("event"))["entry"]["body"]["kind"] == "agent_left"
        assert (await visitor.expect("typing"))["typing"] is False
        await agent.tell("typing", stream=stream, typing=True)
        await gateway.router.log(stream, AgentJoined(agent=jan, owner=False))
        assert (await agent.expect("event"))["entry"]["body"]["kind"] == "agent_joined"
        assert [frame["t"] for frame in await agent.heard_until_now() if frame["t"] == "event"] == []
        assert [frame["t"] for frame in await visitor.heard_until_now() if frame["t"] == "typing"] == []


async def test_who_leaves_while_the_conversation_is_being_read_hears_no_more_of_it(gateway: Gateway) -> None:
    cookie = await gateway.session_cookie()
    jan = await me(gateway, cookie)
    async with gateway.visitor() as visitor, gateway.agent(cookie) as agent:
        stream = await visitor.start(SALES.id)
        await gateway.router.log(stream, AgentJoined(agent=jan, owner=True))

        async def meanwhile(read: UUID) -> None:
            gateway.router.before_snapshot = None
            await gateway.router.log(read, AgentLeft(agent=jan, reason="moved"))
            assert (await visitor.expect("event"))["entry"]["seq"] == 2
            assert (await visitor.expect("event"))["entry"]["seq"] == 3

        gateway.router.before_snapshot = meanwhile
        await agent.tell("open", stream=stream, after=0)
        assert (await agent.expect("reset", stream=stream))["snapshot"]["header"]["head"] == 2
        assert (await agent.expect("event"))["entry"]["body"]["kind"] == "agent_left"
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=EWA, text="nie dla Jana"))
        assert (await visitor.expect("event"))["entry"]["seq"] == 4
        assert [frame["t"] for frame in await agent.heard_until_now() if frame["t"] == "event"] == []


async def test_who_has_left_without_hearing_of_it_is_told_no_more_once_the_router_says_so(gateway: Gateway) -> None:
    cookie = await gateway.session_cookie()
    jan = await me(gateway, cookie)
    async with gateway.visitor() as visitor, gateway.agent(cookie) as agent:
        stream = await visitor.start(SALES.id)
        await gateway.router.log(stream, AgentJoined(agent=jan, owner=True))
        await agent.tell("open", stream=stream, after=0)
        await agent.expect("reset", stream=stream)
        await gateway.router.log(stream, AgentLeft(agent=jan, reason="moved"), live=False)
        gateway.router.strangers.add(stream)
        await agent.tell("pull", stream=stream, after=2)
        assert await agent.refusal(stream) == {"code": "not_yours"}
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=EWA, text="nie dla Jana"))
        assert (await visitor.expect("event", stream=stream))["entry"]["seq"] == 2
        assert (await visitor.expect("event", stream=stream))["entry"]["seq"] == 4
        assert [frame["t"] for frame in await agent.heard_until_now() if frame["t"] == "event"] == []
        gateway.router.strangers.discard(stream)
        await gateway.router.log(stream, AgentJoined(agent=jan, owner=False))
        assert (await agent.expect("event"))["entry"]["seq"] == 5


async def test_nothing_falls_silent_for_a_supervisor(gateway: Gateway, gateway_database: str) -> None:
    async with supervised(gateway_database):
        cookie = await gateway.session_cookie()
        jan = await me(gateway, cookie)
        later = datetime.now(UTC) + timedelta(seconds=20)
        async with gateway.visitor() as visitor, gateway.agent(cookie) as agent:
            stream = await visitor.start(SALES.id)
            await agent.tell("open", stream=stream, after=0)
            await agent.expect("reset", stream=stream)
            offer = uuid4()
            for body in (
                OfferMade(offer_id=offer, agent=jan, expires_at=later),
                OfferEnded(offer_id=offer, agent=jan, outcome="expired"),
                AgentJoined(agent=jan, owner=False),
                AgentLeft(agent=jan, reason="left"),
                AgentMessage(client_id=uuid4(), agent=EWA, text="Dzień dobry"),
            ):
                await gateway.router.log(stream, body)
            assert [(await agent.expect("event"))["entry"]["seq"] for _ in range(5)] == [2, 3, 4, 5, 6]


async def test_a_console_comes_anew_when_its_agent_may_see_less_or_more(amqp_url: str, gateway_database: str) -> None:
    async with running_gateway(amqp_url, gateway_database, beat_seconds=0.2) as gateway, AsyncExitStack() as pages:
        async with gateway.agent() as page, supervised(gateway_database):
            assert (await page.closed())[0] == 1012
        async with supervised(gateway_database):
            cookie = await gateway.session_cookie()
            page = await pages.enter_async_context(gateway.agent(cookie))
        assert (await page.closed())[0] == 1012


async def test_a_console_hears_of_a_topic_from_when_its_agent_is_of_it(amqp_url: str, gateway_database: str) -> None:
    async with running_gateway(amqp_url, gateway_database, beat_seconds=0.2) as gateway, gateway.agent() as page:
        connection = await asyncpg.connect(gateway_database)
        await connection.execute("UPDATE gateway.agent SET topic_ids = $1", [SUPPORT.id])
        head, shown = 0, None
        while shown is None:
            head += 1
            await gateway.router.say(card(UUID(int=77), head, HELPED))
            await page.expect("beat")
            shown = next((frame for frame in page.unread if frame["t"] == "card"), None)
        await connection.execute("UPDATE gateway.agent SET topic_ids = $1", list(AGENT.topic_ids))
        await connection.close()


async def test_what_agents_do_together_is_asked_of_the_router_and_answered_under_its_id(gateway: Gateway) -> None:
    async with gateway.visitor() as visitor, gateway.agent() as agent:
        stream = await visitor.start(SALES.id)
        request = await agent.send("choose", stream, agent_id=EWA.id)
        await agent.expect("ack", id=request)
    chosen = gateway.router.commands[-1]
    assert isinstance(chosen, ChooseAgent)
    assert (chosen.conversation_id, chosen.chosen_id) == (stream, EWA.id)


async def typed(gateway: Gateway, page: Page, count: int) -> list[bool]:
    """What the router has been told of first answers, once it has been told so often."""
    while True:
        told = [one.typing for one in gateway.router.commands if isinstance(one, TypeFirstAnswer)]
        if len(told) >= count:
            return told
        await page.heard_until_now()


async def test_while_an_agent_types_the_first_answer_the_router_knows(gateway: Gateway) -> None:
    cookie = await gateway.session_cookie()
    jan = await me(gateway, cookie)
    async with gateway.visitor() as visitor:
        stream = await visitor.start(SALES.id)
        await gateway.router.log(stream, AgentJoined(agent=jan, owner=True))
        due = datetime.now(UTC) + timedelta(seconds=60)
        chat = ChatCard(
            conversation_id=stream,
            topic=SOLD,
            visitor_name="Anna",
            state="active",
            head=2,
            started_at=due,
            owner_id=jan.id,
            unanswered=True,
            answer_due=due,
        )
        desk = Desk(agent_id=jan.id, version=2, status="available", load=1, capacity=3, chats=(chat,))
        gateway.router.desks[jan.id] = desk
        async with gateway.agent(cookie) as agent:
            await agent.tell("open", stream=stream, after=0)
            await agent.expect("reset", stream=stream)
            await agent.tell("typing", stream=stream, typing=True)
            await agent.tell("typing", stream=stream, typing=False)
            assert await typed(gateway, visitor, 2) == [True, False]
            await agent.tell("typing", stream=stream, typing=True)
            assert await typed(gateway, visitor, 3) == [True, False, True]
        assert await typed(gateway, visitor, 4) == [True, False, True, False]
        del gateway.router.desks[jan.id]
