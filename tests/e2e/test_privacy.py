"""Typing somebody's address tells nothing about them.

Two visitors with one address, and one with a known address beside one with an unknown one, on the whole system and by
every byte that a visitor's browser gets.
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect

from deploy.demo.load import TOPICS
from tests.e2e.conftest import CallAs
from tests.support.system import System
from tests.support.talker import new_visitor

pytestmark = pytest.mark.slow

RUNS = 40
PATIENCE = 20.0
SALES = str(TOPICS[0].id)


@dataclass
class Browser:
    """A visitor's browser that keeps every frame and body it gets, as they came."""

    url: str
    token: str
    socket: ClientConnection
    heard: list[str] = field(default_factory=list)

    async def send(self, frame: dict[str, Any]) -> None:
        await self.socket.send(json.dumps(frame))

    async def until(self, fits: Any) -> float:
        """Listen until a frame fits; when it came."""
        async with asyncio.timeout(PATIENCE):
            while True:
                text = str(await self.socket.recv())
                at = time.perf_counter()
                self.heard.append(text)
                if fits(json.loads(text)):
                    return at

    async def read(self, path: str) -> None:
        async with httpx.AsyncClient(base_url=self.url, trust_env=False, timeout=PATIENCE) as http:
            answer = await http.get(path, headers={"Authorization": f"Bearer {self.token}"})
        headers = {name: value for name, value in answer.headers.items() if name != "date"}
        self.heard.append(json.dumps([answer.status_code, headers, answer.text]))


@asynccontextmanager
async def browsing(system: System) -> AsyncIterator[Browser]:
    token = await new_visitor(system.url)
    address = f"ws{system.url.removeprefix('http')}/ws/visitor"
    async with connect(address, origin=system.url, proxy=None, compression=None) as socket:  # type: ignore[arg-type]
        browser = Browser(system.url, token, socket)
        await browser.send({"t": "hello", "v": 1, "token": token, "streams": {}})
        await browser.until(lambda frame: frame["t"] == "welcome")
        yield browser


def entries(frame: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries that a frame brings."""
    match frame["t"]:
        case "event":
            return [frame["entry"]]
        case "replay":
            return list(frame["entries"])
        case "reset":
            return list(frame["snapshot"]["entries"])
        case _:
            return []


async def start(browser: Browser, email: str) -> tuple[UUID, float, float]:
    """Begin a conversation; its id, and the seconds until it was acknowledged and until the look-up was logged."""
    stream, request = uuid4(), str(uuid4())
    action = {"do": "start", "topic_id": SALES, "name": "Anna", "email": email, "language": "pl", "page": {}}
    begun = time.perf_counter()
    await browser.send({"t": "send", "id": request, "stream": str(stream), "action": action})
    await browser.send({"t": "open", "stream": str(stream), "after": 0})
    times: dict[str, float] = {}

    def complete(frame: dict[str, Any]) -> bool:
        now = time.perf_counter() - begun
        if frame["t"] == "refused":
            raise AssertionError(frame)
        if frame["t"] == "ack" and frame["id"] == request:
            times.setdefault("ack", now)
        # The one entry of a new conversation that visitors do not see: whatever was found.
        if any(entry["body"] is None for entry in entries(frame)):
            times.setdefault("looked up", now)
        return len(times) == 2

    await browser.until(complete)
    return stream, times["ack"], times["looked up"]


async def end(browser: Browser, stream: UUID) -> None:
    request = str(uuid4())
    await browser.send({"t": "send", "id": request, "stream": str(stream), "action": {"do": "end"}})
    await browser.until(lambda frame: frame["t"] == "ack" and frame["id"] == request)
    await browser.until(lambda frame: any((entry["body"] or {}).get("kind") == "ended" for entry in entries(frame)))


IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIMES = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")


def content(heard: list[str]) -> list[str]:
    """What was said, without ids and times, entry by entry and in the order of the log.

    How entries were spread over frames, and a beat in between, are chance.
    """
    said: dict[int, str] = {}
    others: set[str] = set()
    for text in heard:
        frame = json.loads(text)
        if isinstance(frame, dict) and frame["t"] in ("event", "replay", "reset"):
            said |= {entry["seq"]: json.dumps(entry) for entry in entries(frame)}
        elif not isinstance(frame, dict) or frame["t"] not in ("beat", "place", "topics"):
            others.add(text)
    return [*map(without_chance, (said[seq] for seq in sorted(said))), *sorted(map(without_chance, others))]


def without_chance(text: str) -> str:
    return TIMES.sub("<time>", IDS.sub("<id>", text))


async def a_customer(call_as: CallAs) -> tuple[str, str, str]:
    """A customer with a card full of words found nowhere else: the address, the card's id, the word."""
    word, customer_id = f"sekret{uuid4().hex[:8]}", str(uuid4())
    email = f"{uuid4().hex[:10]}@example.com"
    agent = await call_as("agent")
    card = {
        "id": customer_id,
        "version": 0,
        "name": f"Anna {word}",
        "company": word,
        "emails": [email, f"{word}@example.org"],
        "phones": [f"600 100 200 {word}"],
        "note": word,
    }
    (await agent.put(f"/api/customers/{customer_id}", json=card)).raise_for_status()
    return email, customer_id, word


async def test_of_two_visitors_with_one_address_neither_gets_anything_of_the_other_or_of_the_card(
    shop: System, call_as: CallAs
) -> None:
    email, customer_id, word = await a_customer(call_as)
    said = {who: f"powiedziane{uuid4().hex[:8]}" for who in ("first", "second")}
    async with browsing(shop) as first, browsing(shop) as second:
        browsers = {"first": first, "second": second}
        streams = {who: (await start(browser, email))[0] for who, browser in browsers.items()}
        for who, browser in browsers.items():
            action = {"do": "post", "text": said[who]}
            request = str(uuid4())
            await browser.send({"t": "send", "id": request, "stream": str(streams[who]), "action": action})
            await browser.until(lambda frame: any(said[who] in json.dumps(one) for one in entries(frame)))  # noqa: B023
        for who, browser in browsers.items():
            other = streams["second" if who == "first" else "first"]
            await browser.send({"t": "open", "stream": str(other), "after": 0})
            await browser.until(lambda frame: frame["t"] == "refused" and frame["id"] == str(other))  # noqa: B023
            await end(browser, streams[who])
            await browser.read("/api/visitor/conversations")
            await browser.read("/api/widgets/demo")
    for who, browser in browsers.items():
        foreign = {word, customer_id, email, *(text for other, text in said.items() if other != who)}
        whole = "\n".join(browser.heard)
        assert said[who] in whole
        for secret in foreign:
            assert secret not in whole
        # The other's id is only in the refusal of what was asked for by it.
        foreign_id = str(streams["second" if who == "first" else "first"])
        assert [json.loads(text)["t"] for text in browser.heard if foreign_id in text] == ["refused"]


async def test_a_known_address_and_an_unknown_one_are_answered_alike_in_content_size_and_time(
    shop: System, call_as: CallAs
) -> None:
    known, _, _ = await a_customer(call_as)
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    contents: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for run in range(RUNS):
        # Of the same length, so that sizes can be compared, and new each time, as a guesser's are.
        unknown = f"{uuid4().hex[: known.index('@')]}{known[known.index('@') :]}"
        pair = [("known", known), ("unknown", unknown)]
        for which, email in pair if run % 2 else reversed(pair):
            async with browsing(shop) as browser:
                stream, acknowledged, looked_up = await start(browser, email)
                took[which, "acknowledged"].append(acknowledged)
                took[which, "looked up"].append(looked_up)
                await end(browser, stream)
                await browser.read("/api/visitor/conversations")
                contents[which].add(tuple(content(browser.heard)))
    assert contents["known"] == contents["unknown"]
    assert len(contents["known"]) == 1
    for what in ("acknowledged", "looked up"):
        samples = [took[which, what] for which in ("known", "unknown")]
        medians = [statistics.median(sample) for sample in samples]
        quarters = [statistics.quantiles(sample, n=4) for sample in samples]
        # Within noise: the medians are closer to one another than the quarters of a sample.
        spread = max(upper - lower for lower, _, upper in quarters)
        assert abs(medians[0] - medians[1]) < max(spread, 0.002), (what, medians, quarters)
