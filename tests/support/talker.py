"""A page without a browser: speaks the wire by the rules of docs/protocol.md, for tests that need many of them.

    async with Talker(system.gateway_urls, token=await new_visitor(url)) as visitor:
        conversation = uuid4()
        await visitor.send({"do": "start", "topic_id": str(topic), "name": "Ola"}, conversation)
        await visitor.until(lambda: visitor.log(conversation).head > 3)

Keeps: entries applied strictly by number, holes pulled, one unanswered request per stream on its way, the same id
however often it is sent. What it was told (`acked`) is the measure of what must not be lost.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NamedTuple, Self
from uuid import UUID, uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

Frame = dict[str, Any]
SILENCE_SECONDS = 10.0
LONGEST_WAIT = 2.0
"""Shorter than a page's, so that a test with kills stays short."""
PASSING = ("too_fast", "unavailable")


class Refused(Exception):
    """A request was refused for good."""

    def __init__(self, refusal: Frame) -> None:
        super().__init__(refusal["code"])
        self.code: str = refusal["code"]


class Acked(NamedTuple):
    stream: UUID | None
    action: Frame
    seq: int | None


@dataclass
class Log:
    """A conversation as this page has it."""

    entries: list[Frame] = field(default_factory=list)
    early: dict[int, Frame] = field(default_factory=dict)
    header: Frame | None = None
    """Of the last snapshot."""
    target: int = 0

    @property
    def head(self) -> int:
        return int(self.entries[-1]["seq"]) if self.entries else 0

    def take(self, entries: Iterable[Frame]) -> None:
        for entry in entries:
            if entry["seq"] > self.head:
                self.early[entry["seq"]] = entry
        while (following := self.early.pop(self.head + 1, None)) is not None:
            self.entries.append(following)

    def bodies(self, kind: str) -> list[Frame]:
        """The bodies of the entries of one kind, in order."""
        return [entry["body"] for entry in self.entries if entry["body"] and entry["body"]["kind"] == kind]


@dataclass
class _Request:
    id: UUID
    stream: UUID | None
    action: Frame
    answer: asyncio.Future[int | None]
    sent_at: float | None = None


class Talker:
    """A visitor (with a token) or an agent (with a session cookie) at one of several gateways."""

    def __init__(
        self,
        gateways: Sequence[str],
        *,
        token: str | None = None,
        cookie: str | None = None,
        on_frame: Callable[[Frame, float], None] | None = None,
    ) -> None:
        self._gateways = list(gateways)
        self._token = token
        self._cookie = cookie
        self._on_frame = on_frame
        self._socket: ClientConnection | None = None
        self._logs: dict[UUID, Log] = {}
        self._lanes: defaultdict[UUID | None, deque[_Request]] = defaultdict(deque)
        self._changed = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self._pulled: dict[UUID, float] = {}
        self.acked: dict[UUID, Acked] = {}
        self.desk: Frame | None = None
        self.delivered: defaultdict[UUID, int] = defaultdict(int)
        self.connections = 0

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._live())
        await self.until(lambda: self.online, seconds=90)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    # --- what tests use

    @property
    def online(self) -> bool:
        return self._socket is not None

    def log(self, stream: UUID) -> Log:
        """The log of a followed conversation; empty for another."""
        return self._logs.get(stream, Log())

    async def until(self, condition: Callable[[], object], *, seconds: float = 60) -> None:
        """Wait until the condition holds; it is looked at whenever something arrived. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    async def send(self, action: Frame, stream: UUID | None = None, id: UUID | None = None) -> int | None:
        """Have something done; the entry's number, if it made one. Raises Refused."""
        request = _Request(id or uuid4(), stream, action, asyncio.get_running_loop().create_future())
        # Answers to offers concern different offers and wait for nothing.
        lane = request.id if action["do"] in ("accept", "decline") else stream
        if action["do"] == "start" and stream is not None:
            self._logs.setdefault(stream, Log())
        self._lanes[lane].append(request)
        await self._advance()
        try:
            return await request.answer
        finally:
            self._lanes[lane].remove(request)
            if not self._lanes[lane]:
                del self._lanes[lane]
            await self._advance()

    async def open(self, stream: UUID) -> None:
        """Follow a conversation; returns when the gateway has answered."""
        self._logs.setdefault(stream, Log())
        await self._put({"t": "open", "stream": str(stream), "after": self._logs[stream].head})
        await self.until(lambda: self._logs[stream].header is not None)

    async def seen(self, stream: UUID, seq: int) -> None:
        await self._put({"t": "seen", "stream": str(stream), "seq": seq})

    # --- the connection

    async def _live(self) -> None:
        attempt = 0
        while True:
            url = random.choice(self._gateways)
            path = "/ws/visitor" if self._token else "/ws/agent"
            headers = {"Cookie": f"dymek-session={self._cookie}"} if self._cookie else {}
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                async with connect(
                    f"ws{url.removeprefix('http')}{path}",
                    origin=url,  # type: ignore[arg-type]
                    additional_headers=headers,
                    compression=None,
                    proxy=None,
                    open_timeout=5,
                    close_timeout=1,
                    max_queue=None,
                ) as socket:
                    attempt = await self._converse(socket, attempt)
            if self._socket is not None:
                self._socket = None
                for lane in self._lanes.values():
                    for request in lane:
                        request.sent_at = None
            await self._tell()
            await asyncio.sleep(random.uniform(0, min(LONGEST_WAIT, 0.1 * 2**attempt)))
            attempt += 1

    async def _converse(self, socket: ClientConnection, attempt: int) -> int:
        unborn = {r.stream for lane in self._lanes.values() for r in lane if r.action["do"] == "start"}
        streams = {str(stream): log.head for stream, log in self._logs.items() if stream not in unborn}
        hello: Frame = {"t": "hello", "v": 1, "streams": streams}
        await socket.send(json.dumps(hello | ({"token": self._token} if self._token else {})))
        watching: asyncio.Task[None] | None = None
        try:
            async for text in socket:
                frame = json.loads(text)
                if self._on_frame is not None:
                    self._on_frame(frame, time.perf_counter())
                if frame["t"] == "welcome":
                    attempt = 0
                    self.connections += 1
                    self._socket = socket
                    watching = asyncio.create_task(self._watch())
                    await self._advance()
                if frame["t"] == "drain":
                    await asyncio.sleep(random.uniform(0, float(frame["within"])))
                    break
                await self._receive(frame)
                await self._tell()
        finally:
            if watching is not None:
                watching.cancel()
        return attempt

    async def _watch(self) -> None:
        """Repeat requests that got no answer, and pulls."""
        while True:
            await asyncio.sleep(0.5)
            for stream, log in tuple(self._logs.items()):
                await self._fill(stream, log)
            for lane in self._lanes.values():
                if lane and lane[0].sent_at is not None and time.monotonic() - lane[0].sent_at > SILENCE_SECONDS:
                    lane[0].sent_at = None
            await self._advance()

    async def _put(self, frame: Frame) -> None:
        if self._socket is not None:
            with contextlib.suppress(WebSocketException):
                await self._socket.send(json.dumps(frame))

    async def _advance(self) -> None:
        for lane in tuple(self._lanes.values()):
            request = next((request for request in lane if not request.answer.done()), None)
            if request is None or request.sent_at is not None or self._socket is None:
                continue
            request.sent_at = time.monotonic()
            stream = {"stream": str(request.stream)} if request.stream else {}
            await self._put({"t": "send", "id": str(request.id), **stream, "action": request.action})
            if request.action["do"] == "start":
                await self._put({"t": "open", **stream, "after": 0})

    # --- frames

    async def _receive(self, frame: Frame) -> None:
        match frame["t"]:
            case "reset":
                stream = UUID(frame["stream"])
                known = self._logs.setdefault(stream, Log())
                fresh = Log(header=frame["snapshot"]["header"], early=known.early)
                fresh.take(frame["snapshot"]["entries"])
                self._logs[stream] = fresh
                fresh.target = fresh.header["head"] if fresh.header else 0
            case "replay":
                log = self._logs.setdefault(UUID(frame["stream"]), Log())
                log.header = log.header or {}
                log.target = max(log.target, frame["head"])
                log.take(frame["entries"])
            case "event":
                stream, seq = UUID(frame["stream"]), frame["entry"]["seq"]
                log = self._logs.setdefault(stream, Log())
                log.target = max(log.target, seq)
                log.take([frame["entry"]])
                await self._fill(stream, log)
            case "beat":
                await self._put({"t": "pong"})
                for stream, log in self._logs.items():
                    log.target = max(log.target, frame["heads"].get(str(stream), 0))
                    await self._fill(stream, log)
            case "ack":
                self._answered(UUID(frame["id"]), frame.get("seq"), None)
            case "refused" if frame.get("id"):
                self._answered(UUID(frame["id"]), None, frame["refusal"])
            case "welcome" if frame.get("desk"):
                self.desk = frame["desk"]
            case "desk":
                if self.desk is None or frame["desk"]["version"] > self.desk["version"]:
                    self.desk = frame["desk"]
            case "delivered":
                stream = UUID(frame["stream"])
                self.delivered[stream] = max(self.delivered[stream], frame["seq"])

    async def _fill(self, stream: UUID, log: Log) -> None:
        if log.head < log.target and time.monotonic() - self._pulled.get(stream, 0) > 2:
            self._pulled[stream] = time.monotonic()
            await self._put({"t": "pull", "stream": str(stream), "after": log.head})

    def _answered(self, id: UUID, seq: int | None, refusal: Frame | None) -> None:
        for lane in self._lanes.values():
            for request in lane:
                if request.id != id or request.answer.done():
                    continue
                if refusal is None:
                    self.acked[id] = Acked(request.stream, request.action, seq)
                    request.answer.set_result(seq)
                elif refusal["code"] in PASSING:
                    wait = float(refusal.get("retry_after") or 2)
                    request.sent_at = time.monotonic() - SILENCE_SECONDS + wait
                else:
                    request.answer.set_exception(Refused(refusal))

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


async def new_visitor(gateway: str, widget: str = "demo") -> str:
    """A visitor's token."""
    async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
        answer = await client.post(f"{gateway}/api/widgets/{widget}/visitors", headers={"Origin": gateway})
        answer.raise_for_status()
        return str(answer.json()["token"])


async def sign_in(gateway: str, email: str, password: str) -> str:
    """An agent's session cookie, good at every gateway of the system."""
    async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
        body = {"email": email, "password": password}
        answer = await client.post(f"{gateway}/api/session", json=body, headers={"Origin": gateway})
        answer.raise_for_status()
        return str(answer.cookies["dymek-session"])


async def add_agent(
    gateway: str,
    service_token: str,
    *,
    email: str,
    name: str,
    password: str,
    capacity: int,
    topics: Iterable[UUID],
    role: str = "agent",
) -> UUID:
    """Make an agent account, as the operator's command line does."""
    body = {
        "email": email,
        "name": name,
        "password": password,
        "capacity": capacity,
        "topic_ids": [str(topic) for topic in topics],
        "role": role,
    }
    async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
        headers = {"Authorization": f"Bearer {service_token}"}
        answer = await client.post(f"{gateway}/internal/agents", json=body, headers=headers)
        answer.raise_for_status()
        return UUID(answer.json()["agent_id"])
