"""A visitor's socket: what is asked is done and stored, or refused readably; nothing missed, nothing twice."""

import asyncio
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from websockets.exceptions import InvalidStatus

from contracts.base import Actor, NamedRef
from contracts.conversation import PostMessage, StartConversation
from contracts.entries import AgentJoined, AgentMessage, CustomerLookedUp, VisitorMessage
from contracts.live import LiveEntry, LivePlace, LiveReceipt, LiveTyping
from contracts.refusals import Refusal, RefusalCode
from tests.integration.gateway.conftest import SALES, Gateway
from tests.integration.gateway.page import Page

JAN = NamedRef(id=uuid4(), name="Jan Kowalski")


async def test_a_message_is_acknowledged_with_its_number_and_then_shown(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        request = await page.send("post", stream, text="Zażółć gęślą jaźń 🙂")
        assert (await page.expect("ack", id=request))["seq"] == 2
        event = await page.expect("event", stream=stream)
    assert event["entry"]["seq"] == 2
    assert event["entry"]["body"] == {
        "kind": "visitor_message",
        "client_id": str(request),
        "text": "Zażółć gęślą jaźń 🙂",
    }


async def test_agents_learn_of_the_browser_and_a_shortened_address(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        await page.start(SALES.id, page={"page_url": "https://shop.test/kubki", "screen": "1280x800"})
    (command,) = gateway.router.commands
    assert isinstance(command, StartConversation)
    assert (command.browser.browser, command.browser.system) == ("Firefox 128", "Windows 10")
    assert command.browser.page_url == "https://shop.test/kubki"
    assert command.browser.address == "127.0.0.0"


async def test_reloading_shows_the_conversation_whole(gateway: Gateway) -> None:
    token = await gateway.visitor_token()
    async with gateway.visitor(token) as page:
        stream = await page.start(SALES.id)
        await page.expect("ack", id=await page.send("post", stream, text="raz"))
    async with gateway.visitor(token, {stream: 0}) as page:
        reset = await page.expect("reset", stream=stream)
    assert [entry["seq"] for entry in reset["snapshot"]["entries"]] == [1, 2]
    assert reset["snapshot"]["header"]["head"] == 2


async def test_after_a_lost_connection_only_what_was_missed_is_sent(gateway: Gateway) -> None:
    token = await gateway.visitor_token()
    async with gateway.visitor(token) as page:
        stream = await page.start(SALES.id)
    for text in ("raz", "dwa"):
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=JAN, text=text))
    async with gateway.visitor(token, {stream: 1}) as page:
        replay = await page.expect("replay", stream=stream)
    assert [entry["seq"] for entry in replay["entries"]] == [2, 3]
    assert replay["head"] == 3


async def test_a_long_absence_is_caught_up_in_parts(gateway: Gateway) -> None:
    token = await gateway.visitor_token()
    async with gateway.visitor(token) as page:
        stream = await page.start(SALES.id)
    for number in range(450):
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=JAN, text=f"{number}"), live=False)
    seqs: list[int] = []
    async with gateway.visitor(token, {stream: 1}) as page:
        while not seqs or seqs[-1] < 451:
            seqs += [entry["seq"] for entry in (await page.expect("replay", stream=stream))["entries"]]
    assert seqs == list(range(2, 452))


async def test_a_page_that_knows_more_than_there_is_begins_anew(gateway: Gateway) -> None:
    token = await gateway.visitor_token()
    async with gateway.visitor(token) as page:
        stream = await page.start(SALES.id)
    async with gateway.visitor(token, {stream: 99}) as page:
        assert (await page.expect("reset", stream=stream))["snapshot"]["header"]["head"] == 1


async def test_what_happens_while_the_snapshot_is_read_follows_it_once(gateway: Gateway) -> None:
    token = await gateway.visitor_token()
    async with gateway.visitor(token) as page:
        stream = await page.start(SALES.id)

    async def meanwhile(read: UUID) -> None:
        gateway.router.before_snapshot = None
        first = gateway.router.logs[read][0]
        await gateway.router.say(LiveEntry(conversation_id=read, entry=first))
        for text in ("raz", "dwa"):
            await gateway.router.log(read, AgentMessage(client_id=uuid4(), agent=JAN, text=text))
        await asyncio.sleep(0.2)

    gateway.router.before_snapshot = meanwhile
    async with gateway.visitor(token, {stream: 0}) as page:
        reset = await page.expect("reset", stream=stream)
        assert reset["snapshot"]["header"]["head"] == 1
        assert [(await page.expect("event", stream=stream))["entry"]["seq"] for _ in range(2)] == [2, 3]
        assert [frame for frame in await page.heard_until_now() if frame["t"] == "event"] == []


async def test_a_hole_is_filled_by_asking(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=JAN, text="zgubione"), live=False)
        await gateway.router.log(stream, AgentMessage(client_id=uuid4(), agent=JAN, text="doszło"))
        assert (await page.expect("event", stream=stream))["entry"]["seq"] == 3
        await page.tell("pull", stream=stream, after=1)
        replay = await page.expect("replay", stream=stream)
    assert [entry["seq"] for entry in replay["entries"]] == [2, 3]


async def test_what_is_for_agents_only_reaches_the_visitor_as_a_skip(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        await gateway.router.log(stream, CustomerLookedUp(customer_id=uuid4()))
        await gateway.router.log(stream, AgentJoined(agent=JAN, owner=True))
        skip = await page.expect("event", stream=stream)
        joined = await page.expect("event", stream=stream)
    assert skip["entry"]["body"] is None
    assert joined["entry"]["body"] == {"kind": "agent_joined", "agent_name": "Jan Kowalski"}


async def test_a_repeated_request_is_answered_again(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        gateway.router.silent = True
        request = await page.send("post", stream, text="raz")
        await page.send("post", stream, id=request, text="raz")
        await page.expect("refused", id=request)
        gateway.router.silent = False
        await page.send("post", stream, id=request, text="raz")
        await page.expect("ack", id=request)
        answers = [frame for frame in await page.heard_until_now() if frame.get("id") == str(request)]
    assert answers == []


async def test_a_request_without_an_answer_is_refused_and_still_shown_when_it_succeeds_late(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        gateway.router.silent = True
        request = await page.send("post", stream, text="powoli")
        assert (await page.refusal(request))["code"] == "unavailable"
        (command,) = [one for one in gateway.router.commands if isinstance(one, PostMessage)]
        await gateway.router.log(
            stream, VisitorMessage(client_id=request, text="powoli"), sender=command.author, client_id=request
        )
        assert (await page.expect("event", stream=stream))["entry"]["body"]["client_id"] == str(request)


async def test_the_routers_refusal_reaches_who_asked(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        gateway.router.refuse_with = Refusal(code=RefusalCode.CLOSED)
        request = await page.send("post", stream, text="za późno")
        assert await page.refusal(request) == {"code": "closed"}


async def test_a_conversation_belongs_to_who_named_it_first(gateway: Gateway) -> None:
    async with gateway.visitor() as anna, gateway.visitor() as other:
        stream = await anna.start(SALES.id)
        request = await other.send("start", stream, topic_id=SALES.id, name="Ktoś", email="k@example.com")
        assert await other.refusal(request) == {"code": "not_yours"}
        request = await other.send("post", stream, text="podszywam się")
        assert await other.refusal(request) == {"code": "not_yours"}
        await other.tell("open", stream=stream, after=0)
        assert await other.refusal(stream) == {"code": "not_yours"}
        await other.tell("open", stream=(unknown := uuid4()), after=0)
        assert await other.refusal(unknown) == {"code": "unknown"}
        await other.tell("typing", stream=stream, typing=True, text="?")
        assert await other.heard_until_now() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": None}, "email"),
        ({"name": ""}, "name"),
        ({"topic_id": uuid4()}, "topic_id"),
        ({"email": "x"}, "email"),
    ],
)
async def test_a_start_names_the_field_that_is_missing(gateway: Gateway, change: dict[str, str], field: str) -> None:
    async with gateway.visitor() as page:
        form: dict[str, Any] = {"topic_id": SALES.id, "name": "Anna", "email": "anna@example.com", **change}
        request = await page.send("start", uuid4(), **form)
        assert await page.refusal(request) == {"code": "invalid", "detail": field}
    assert gateway.router.commands == []


async def test_a_start_that_the_router_refused_leaves_no_way_around_the_form(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        gateway.router.refuse_with = Refusal(code=RefusalCode.OUTSIDE_HOURS)
        form: dict[str, Any] = {"topic_id": SALES.id, "name": "Anna", "email": "anna@example.com"}
        request = await page.send("start", stream := uuid4(), **form)
        assert await page.refusal(request) == {"code": "outside_hours"}
        gateway.router.refuse_with = None
        request = await page.send("start", stream, **{**form, "topic_id": uuid4()})
        assert await page.refusal(request) == {"code": "invalid", "detail": "topic_id"}
    assert len(gateway.router.commands) == 1


@pytest.mark.parametrize("do", [{"do": "accept", "offer_id": str(uuid4())}, {"do": "status", "status": "available"}])
async def test_a_visitor_may_not_do_what_agents_do(gateway: Gateway, do: dict[str, Any]) -> None:
    async with gateway.visitor() as page:
        request = await page.send(stream=uuid4(), **do)
        assert await page.refusal(request) == {"code": "invalid", "detail": "do"}


@pytest.mark.parametrize(
    ("text", "code", "detail"),
    [
        ("{", "invalid", "frame"),
        (b"\x00\x01", "invalid", "frame"),
        ('{"t": "dance"}', "invalid", "t"),
        (json.dumps({"t": "pong", "more": "x" * 33_000}), "too_long", "frame"),
    ],
)
async def test_no_frame_is_met_with_silence(gateway: Gateway, text: str | bytes, code: str, detail: str) -> None:
    async with gateway.visitor() as page:
        await page.raw(text)
        assert await page.refusal() == {"code": code, "detail": detail}


async def test_a_message_that_is_too_long_is_refused_by_its_id(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        request = await page.send("post", stream, text="x" * 4001)
        assert await page.refusal(request) == {"code": "too_long", "detail": "text"}
        request = await page.send("post", stream, text="x" * 4000)
        await page.expect("ack", id=request)


async def test_a_frame_beyond_all_measure_closes_the_socket_with_the_code_that_says_so(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        await page.raw(json.dumps({"t": "pong", "more": "x" * 70_000}))
        assert (await page.closed())[0] == 1009


async def test_who_writes_too_fast_is_told_when_to_go_on(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        ids = [await page.send("post", stream, text=f"{number}") for number in range(60)]
        refusal = await page.refusal(ids[-1])
        assert refusal["code"] == "too_fast"
        await asyncio.sleep(refusal["retry_after"])
        await page.send("post", stream, id=ids[-1], text="59")
        await page.expect("ack", id=ids[-1])


async def test_who_does_not_listen_to_refusals_is_closed(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        for _ in range(400):
            await page.raw("{")
        code, reason = await page.closed()
    assert code == 1008
    assert "refused" in reason


async def test_a_wrong_token_is_refused_and_closed(gateway: Gateway) -> None:
    async with Page.connected(f"{gateway.url}/ws/visitor", origin=gateway.url) as page:
        await page.hello(token="not-a-token")
        assert await page.refusal() == {"code": "unauthorised"}
        assert (await page.closed())[0] == 1008


async def test_a_socket_that_says_no_hello_is_closed(gateway: Gateway) -> None:
    async with Page.connected(f"{gateway.url}/ws/visitor", origin=gateway.url) as page:
        await page.tell("pong")
        assert await page.refusal() == {"code": "invalid", "detail": "hello"}
        assert (await page.closed())[0] == 1008


@pytest.mark.parametrize("origin", [None, "https://evil.test", "null"])
async def test_a_foreign_page_gets_no_socket(gateway: Gateway, origin: str | None) -> None:
    for face in ("visitor", "agent"):
        with pytest.raises(InvalidStatus) as refused:
            async with Page.connected(f"{gateway.url}/ws/{face}", origin=origin):
                pass
        assert refused.value.response.status_code == 403


async def test_while_the_router_is_away_a_page_is_told_to_come_again(gateway: Gateway) -> None:
    token = await gateway.visitor_token()
    async with gateway.visitor(token) as page:
        stream = await page.start(SALES.id)
    gateway.router.away = True
    async with gateway.visitor(token, {stream: 0}) as page:
        assert (await page.refusal())["code"] == "unavailable"
        assert (await page.closed())[0] == 1013


async def test_place_typing_and_receipts_reach_the_visitor_without_anybodys_text(gateway: Gateway) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        who = Actor(kind="agent", id=JAN.id)
        await gateway.router.say(LivePlace(conversation_id=stream, place=2))
        await gateway.router.say(
            LiveTyping(conversation_id=stream, who=who, agent_name="Jan", typing=True, text="sekret")
        )
        await gateway.router.say(LiveReceipt(conversation_id=stream, delivered=1))
        assert (await page.expect("place", place=2))["stream"] == str(stream)
        typing = await page.expect("typing")
        assert (typing["who"], typing["agent_name"], typing["typing"], typing["text"]) == ("agent", "Jan", True, "")
        assert (await page.expect("delivered"))["seq"] == 1
