"""An agent's socket: desk, offers, sneak-peek and receipts; only what is the agent's to see, only while it is."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.base import NamedRef
from contracts.entries import AgentJoined, AgentMessage, OfferEnded, OfferMade
from contracts.live import LiveAlert, LiveDesk
from contracts.reads import Desk
from tests.integration.gateway.conftest import AGENT, SALES, Gateway
from tests.integration.gateway.page import Page

EWA = NamedRef(id=uuid4(), name="Ewa Zielińska")


async def agent_id(gateway: Gateway, cookie: str) -> UUID:
    return UUID((await gateway.http.get("/api/session", headers={"Cookie": cookie})).json()["agent_id"])


async def test_an_agent_is_known_by_the_session_and_welcomed_with_the_desk(gateway: Gateway) -> None:
    cookie = await gateway.session_cookie()
    async with Page.connected(f"{gateway.url}/ws/agent", origin=gateway.url, cookie=cookie) as page:
        await page.hello()
        desk = (await page.expect("welcome"))["desk"]
    assert desk["agent_id"] == str(await agent_id(gateway, cookie))


@pytest.mark.parametrize("cookie", [None, "dymek-session=made-up"])
async def test_without_a_session_there_is_no_welcome(gateway: Gateway, cookie: str | None) -> None:
    async with Page.connected(f"{gateway.url}/ws/agent", origin=gateway.url, cookie=cookie) as page:
        await page.hello(token="x")
        assert await page.refusal() == {"code": "unauthorised"}
        assert (await page.closed())[0] == 1008


async def test_signing_out_closes_the_sessions_sockets_and_no_others(gateway: Gateway) -> None:
    cookie = await gateway.session_cookie()
    async with gateway.agent(cookie) as mine, gateway.agent() as other:
        answer = await gateway.http.delete("/api/session", headers={**gateway.origin, "Cookie": cookie})
        assert answer.status_code == 204
        assert await mine.refusal() == {"code": "unauthorised"}
        assert (await mine.closed())[0] == 1008
        assert await other.heard_until_now() == []


async def test_a_status_is_acknowledged_without_a_number(gateway: Gateway) -> None:
    async with gateway.agent() as page:
        request = await page.send("status", status="available")
        assert (await page.expect("ack", id=request))["seq"] is None


async def test_an_agent_accepts_and_both_see_who_joined_and_what_is_said(gateway: Gateway) -> None:
    async with gateway.visitor() as visitor, gateway.agent() as agent:
        stream = await visitor.start(SALES.id)
        request = await agent.send("accept", stream, offer_id=uuid4())
        assert (await agent.expect("ack", id=request))["seq"] == 2
        await agent.tell("open", stream=stream, after=0)
        assert (await agent.expect("reset", stream=stream))["snapshot"]["header"]["state"] == "active"
        assert (await visitor.expect("event"))["entry"]["body"]["kind"] == "agent_joined"

        request = await agent.send("post", stream, text="Dzień dobry!")
        await agent.expect("ack", id=request)
        assert (await visitor.expect("event"))["entry"]["body"] == {
            "kind": "agent_message",
            "agent_name": "Jan Kowalski",
            "text": "Dzień dobry!",
        }


async def test_the_agent_sees_what_the_visitor_is_typing_and_the_visitor_only_that_the_agent_is(
    gateway: Gateway,
) -> None:
    async with gateway.visitor() as visitor, gateway.agent() as agent:
        stream = await visitor.start(SALES.id)
        await agent.send("accept", stream, offer_id=uuid4())
        await agent.expect("ack")
        await agent.tell("open", stream=stream, after=0)
        await agent.expect("reset", stream=stream)

        await visitor.tell("typing", stream=stream, typing=True, text="Czy macie ku")
        seen = await agent.expect("typing", who="visitor")
        assert (seen["typing"], seen["text"]) == (True, "Czy macie ku")

        await agent.tell("typing", stream=stream, typing=True, text="nie pokazuj")
        seen = await visitor.expect("typing", who="agent")
        assert (seen["agent_name"], seen["text"]) == ("Jan Kowalski", "")
        assert [frame for frame in await agent.heard_until_now() if frame.get("who") == "agent"] == []


async def test_a_console_that_comes_later_sees_what_the_visitor_has_not_sent(gateway: Gateway) -> None:
    async with gateway.visitor() as visitor, gateway.agent() as first, gateway.agent() as later:
        stream = await visitor.start(SALES.id)
        await first.tell("open", stream=stream, after=0)
        await first.expect("reset", stream=stream)
        await visitor.tell("typing", stream=stream, typing=False, text="Miga dioda")
        await first.expect("typing", text="Miga dioda")
        await later.tell("open", stream=stream, after=0)
        assert (await later.expect("typing"))["text"] == "Miga dioda"
        await visitor.tell("typing", stream=stream, typing=False)
        await first.expect("typing", text="")
    async with gateway.agent(streams={stream: 1}) as latest:
        await latest.expect("replay")
        assert [frame for frame in await latest.heard_until_now() if frame["t"] == "typing"] == []


async def test_the_agent_learns_whether_the_visitors_page_is_open(gateway: Gateway) -> None:
    token = await gateway.visitor_token()
    async with gateway.agent() as agent:
        async with gateway.visitor(token) as visitor:
            stream = await visitor.start(SALES.id)
            await agent.tell("open", stream=stream, after=0)
            assert (await agent.expect("visitor", stream=stream))["online"] is True
            async with gateway.visitor(token, {stream: 1}) as second:
                await second.expect("replay")
                await agent.expect("visitor", online=True)
            await visitor.heard_until_now()
            assert all(frame.get("online", True) for frame in await agent.heard_until_now())
        assert (await agent.expect("visitor", online=False))["stream"] == str(stream)


async def test_a_console_that_comes_when_the_visitor_has_long_gone_learns_it(gateway: Gateway) -> None:
    async with gateway.visitor(await gateway.visitor_token()) as visitor:
        stream = await visitor.start(SALES.id)
    gateway.router.visitor_online = False
    async with gateway.agent() as agent:
        await agent.tell("open", stream=stream, after=0)
        assert (await agent.expect("visitor", stream=stream))["online"] is False
    async with gateway.agent(streams={stream: 1}) as again:
        assert (await again.expect("visitor", stream=stream))["online"] is False


async def test_a_page_that_the_router_has_not_heard_of_is_told_by_its_own_gateway(gateway: Gateway) -> None:
    async with gateway.visitor(await gateway.visitor_token()) as visitor, gateway.agent() as agent:
        stream = await visitor.start(SALES.id)
        gateway.router.visitor_online = False
        await agent.tell("open", stream=stream, after=0)
        await agent.expect("visitor", stream=stream, online=False)
        await agent.expect("visitor", stream=stream, online=True)
        assert all(frame.get("online", True) for frame in await agent.heard_until_now())


async def test_that_a_visitor_is_there_only_their_gateway_says(gateway: Gateway) -> None:
    """The router hears later than consoles of a page that has gone."""
    async with gateway.visitor(await gateway.visitor_token()) as visitor:
        stream = await visitor.start(SALES.id)
    gateway.router.visitor_online = True
    async with gateway.agent() as agent:
        await agent.tell("open", stream=stream, after=0)
        await agent.expect("reset", stream=stream)
        assert [frame for frame in await agent.heard_until_now() if frame["t"] == "visitor"] == []


async def test_the_visitor_sees_that_a_message_was_delivered_also_after_a_reload(gateway: Gateway) -> None:
    token = await gateway.visitor_token()
    async with gateway.agent() as agent:
        async with gateway.visitor(token) as visitor:
            stream = await visitor.start(SALES.id)
            await agent.tell("open", stream=stream, after=0)
            await agent.expect("reset", stream=stream)
            request = await visitor.send("post", stream, text="Halo?")
            await visitor.expect("ack", id=request)
            await agent.expect("event", stream=stream)
            await agent.tell("seen", stream=stream, seq=999)
            assert (await visitor.expect("delivered"))["seq"] == 2
        async with gateway.visitor(token, {stream: 0}) as visitor:
            assert (await visitor.expect("delivered"))["seq"] == 2


async def test_a_desk_that_changes_is_shown_whole_and_only_to_its_agent(gateway: Gateway) -> None:
    cookie = await gateway.session_cookie()
    me = await agent_id(gateway, cookie)
    async with gateway.agent(cookie) as page:
        for agent, version in ((EWA.id, 8), (me, 9)):
            desk = Desk(agent_id=agent, version=version, status="available", load=0, capacity=3)
            await gateway.router.say(LiveDesk(agent_id=agent, desk=desk))
        assert (await page.expect("desk"))["desk"]["version"] == 9
        assert await page.heard_until_now() == []


async def test_a_new_ticket_is_told_to_every_console(gateway: Gateway) -> None:
    async with gateway.agent() as page:
        ticket = LiveAlert(alert="ticket_opened", ticket_id=uuid4(), number=7, subject_line="Zgłoszenie", name="Anna")
        await gateway.router.say(ticket)
        assert (await page.expect("alert"))["number"] == 7


async def test_a_conversation_that_is_not_the_agents_is_refused(gateway: Gateway) -> None:
    async with gateway.visitor() as visitor, gateway.agent() as agent:
        stream = await visitor.start(SALES.id)
        gateway.router.strangers.add(stream)
        await agent.tell("open", stream=stream, after=0)
        assert await agent.refusal(stream) == {"code": "not_yours"}
        await agent.tell("open", stream=(unknown := uuid4()), after=0)
        assert await agent.refusal(unknown) == {"code": "unknown"}
        await gateway.router.log(stream, AgentJoined(agent=EWA, owner=True))
        await visitor.expect("event")
        assert await agent.heard_until_now() == []


async def test_after_a_missed_offer_the_conversation_falls_silent_until_the_agent_is_asked_again(
    gateway: Gateway,
) -> None:
    cookie = await gateway.session_cookie()
    jan = NamedRef(id=await agent_id(gateway, cookie), name=AGENT.name)
    later = datetime.now(UTC) + timedelta(seconds=20)
    async with gateway.visitor() as visitor, gateway.agent(cookie) as agent:
        stream = await visitor.start(SALES.id)
        await agent.tell("open", stream=stream, after=0)
        await agent.expect("reset", stream=stream)
        offer = uuid4()
        await gateway.router.log(stream, OfferMade(offer_id=offer, agent=jan, expires_at=later))
        await gateway.router.log(stream, OfferEnded(offer_id=offer, agent=jan, outcome="expired"))
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=EWA, text="nie dla Jana"))
        assert [(await agent.expect("event"))["entry"]["seq"] for _ in range(2)] == [2, 3]
        for seq in (2, 3, 4):
            assert (await visitor.expect("event"))["entry"]["seq"] == seq
        await visitor.tell("typing", stream=stream, typing=True, text="też nie")
        await visitor.heard_until_now()
        assert [frame["t"] for frame in await agent.heard_until_now() if frame["t"] in ("event", "typing")] == []

        await gateway.router.log(stream, OfferMade(offer_id=uuid4(), agent=jan, expires_at=later))
        assert (await agent.expect("event"))["entry"]["seq"] == 5
        await agent.tell("pull", stream=stream, after=3)
        assert [entry["seq"] for entry in (await agent.expect("replay"))["entries"]] == [4, 5]


@pytest.mark.parametrize(
    "do", [{"do": "start", "topic_id": str(SALES.id), "name": "Jan"}, {"do": "rate", "score": "good"}]
)
async def test_an_agent_may_not_do_what_visitors_do(gateway: Gateway, do: dict[str, Any]) -> None:
    async with gateway.agent() as page:
        request = await page.send(stream=uuid4(), **do)
        assert await page.refusal(request) == {"code": "invalid", "detail": "do"}
