"""What visitors' and agents' sockets have in common: hello, limits, streams and their order (docs/protocol.md).

Invariants:
- every frame of a client is answered, taken, or the socket is closed with a reason: there is no silence;
- a stream is bound before it is read, and what arrives meanwhile comes after what was read (domain/streams.py);
- frames of one socket are handled one after another, in the order in which they were sent.
"""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Final, Generic, Literal, TypeVar
from uuid import UUID

import structlog
from fastapi import WebSocket
from pydantic import BaseModel

from contracts.base import Actor, Message
from contracts.reads import Heads
from contracts.refusals import Refusal, RefusalCode
from contracts.topology import conversation_key
from contracts.views import Snapshot, VisitorSnapshot
from contracts.wire import Ack, Beat, ClientFrame, Drain, Hello, Leave, Open, Pong, Pull, Refused, Seen, Send, Typing
from services.chassis.errors import Forbidden, NotFound
from services.chassis.faults import is_transient
from services.chassis.logging import describe
from services.gateway.connection import POLICY, RESTART, TRY_LATER, Connection
from services.gateway.domain.limits import MAX_STRIKES, cost_of, full, take
from services.gateway.domain.streams import Following, Opening, arrive, arrive_early, follows_on, pulled, read
from services.gateway.frames import Unreadable, read_frame
from services.gateway.hub import Event, Unnumbered
from services.gateway.live import Live
from services.gateway.metrics import FRAMES, REFUSALS, SOCKETS
from services.gateway.requests import unavailable

OPEN_AT_ONCE: Final = 8
"""Streams of one hello read at the same time."""

REPLAY_ENTRIES: Final = 200
"""Entries in one replay frame at most."""

S = TypeVar("S", Snapshot, VisitorSnapshot)

log = structlog.stdlib.get_logger("dymek.sockets")


def refused(code: RefusalCode, id: UUID | None = None, detail: str | None = None) -> Refused:
    return Refused(id=id, refusal=Refusal(code=code, detail=detail))


class Socket(ABC, Generic[S]):
    """One page's socket. Subclasses say who is at the other end, what they may do and how they see a stream."""

    face: ClassVar[Literal["visitor", "agent"]]

    def __init__(self, live: Live, websocket: WebSocket) -> None:
        self.live = live
        settings = live.settings
        self.connection = Connection(websocket, outgoing=settings.outgoing_frames, send_seconds=settings.send_seconds)
        self._streams: dict[UUID, Opening[Event] | Following] = {}
        self._bucket = full(settings.frame_rate, time.monotonic())
        self._strikes = 0

    # --- what subclasses decide

    @abstractmethod
    async def authenticate(self, hello: Hello) -> bool:
        """Find out who says hello; False when nobody we know. Raises Unavailable."""

    @abstractmethod
    async def welcome(self) -> None:
        """Send `welcome`. Raises Unavailable."""

    @abstractmethod
    async def refusals(self, streams: Sequence[UUID]) -> dict[UUID, RefusalCode]:
        """Which of these streams may not be opened, and why; raises Unavailable."""

    @abstractmethod
    async def snapshot(self, stream: UUID, after: int) -> S:
        """The stream from `after` on. Raises NotFound, Forbidden or Unavailable."""

    @abstractmethod
    def reset_frame(self, stream: UUID, snapshot: S) -> BaseModel: ...

    @abstractmethod
    def replay_frame(self, stream: UUID, snapshot: S, start: int, stop: int) -> BaseModel:
        """A replay of the snapshot's entries from position `start` to before `stop`."""

    @abstractmethod
    async def after_open(self, stream: UUID, snapshot: S) -> None:
        """The stream is open."""

    @abstractmethod
    def send_event(self, event: Event) -> None:
        """Send a new entry of a followed stream."""

    @abstractmethod
    def on_unnumbered(self, message: Unnumbered) -> None:
        """Typing, place, presence or a receipt in a stream that is followed."""

    @abstractmethod
    async def do(self, send: Send) -> None:
        """Do what was asked for, or refuse it."""

    @abstractmethod
    async def typing(self, frame: Typing) -> None:
        """The other end writes, in a stream it follows."""

    @abstractmethod
    async def seen(self, frame: Seen) -> None:
        """The other end has shown entries of a stream it follows."""

    @abstractmethod
    async def left(self, streams: Sequence[UUID]) -> None:
        """The socket has gone, and followed these streams."""

    # --- life

    @property
    def is_visitor(self) -> bool:
        return self.face == "visitor"

    @property
    def session_id(self) -> UUID | None:
        """The agent session the socket lives by, if any."""
        return None

    @property
    def streams(self) -> tuple[UUID, ...]:
        return tuple(self._streams)

    async def serve(self) -> None:
        """Everything from accepting the socket to its end."""
        async with self.connection:
            self.live.sockets.add(self)
            try:
                hello = await self._hello()
                if hello is not None and await self._begin(hello):
                    with SOCKETS.labels(self.face).track_inprogress():
                        await self._read_frames()
            finally:
                await self._end()

    def beat(self, heads: Heads) -> None:
        """Send the last numbers of what the page follows."""
        known = heads.conversations
        self.connection.send(Beat(heads={stream: known[stream] for stream in self._streams if stream in known}))

    def drain(self, within: float) -> None:
        """Ask the page to move to another gateway."""
        self.connection.send(Drain(within=within))

    def close_for_restart(self) -> None:
        self.connection.close(RESTART, "this gateway goes away, another one takes over")

    def answer(self, frame: Ack | Refused) -> None:
        """The answer to a request, now or later."""
        if isinstance(frame, Refused):
            REFUSALS.labels(self.face, frame.refusal.code).inc()
        self.connection.send(frame)

    def turn_away(self) -> None:
        """The token or session is not, or no longer, good."""
        self.answer(refused(RefusalCode.UNAUTHORISED))
        self.connection.close(POLICY, "the token or session is missing, wrong or expired")

    async def ask(self, sender: Actor, send: Send, command: Message) -> None:
        """Publish the command of a `send`; its answer comes when it comes."""
        await self.live.requests.ask(sender, send.id, command, self.answer)

    async def _hello(self) -> Hello | None:
        try:
            async with asyncio.timeout(self.live.settings.hello_seconds):
                while (text := await self.connection.receive()) is not None:
                    frame = self._read(text)
                    if isinstance(frame, Hello):
                        return frame
                    if frame is not None:
                        self.answer(refused(RefusalCode.INVALID, _id_of(frame), "hello"))
        except TimeoutError:
            self.answer(refused(RefusalCode.INVALID, detail="hello"))
            self.connection.close(POLICY, "no hello in time")
        return None

    async def _begin(self, hello: Hello) -> bool:
        try:
            if not await self.authenticate(hello):
                self.turn_away()
                return False
            await self.welcome()
            await self._open_all(hello.streams)
        except Exception as error:
            self._cannot_serve(error)
            return False
        return True

    async def _read_frames(self) -> None:
        while (text := await self.connection.receive()) is not None:
            frame = self._read(text)
            if frame is None:
                continue
            FRAMES.labels(self.face, frame.t).inc()
            try:
                await self._handle(frame)
            except Exception as error:
                self._failed(frame, error)

    def _read(self, text: str) -> ClientFrame | None:
        """The frame, if it may be taken now; answers it if not."""
        frame: ClientFrame | None = None
        complaint: Refused | None = None
        try:
            frame = read_frame(text)
        except Unreadable as unreadable:
            complaint = unreadable.refused
        cost = cost_of(frame.t if frame else "")
        self._bucket, wait = take(self._bucket, self.live.settings.frame_rate, time.monotonic(), cost)
        if wait:
            refusal = Refusal(code=RefusalCode.TOO_FAST, retry_after=round(wait + 0.05, 2))
            complaint = Refused(id=complaint.id if complaint else _id_of(frame), refusal=refusal)
        if complaint is None:
            self._strikes = 0
            return frame
        self.answer(complaint)
        self._strikes += 1
        if self._strikes >= MAX_STRIKES:
            self.connection.close(POLICY, "too many frames were refused one after another")
        return None

    async def _handle(self, frame: ClientFrame) -> None:
        match frame:
            case Send():
                await self.do(frame)
            case Open():
                await self._open_all({frame.stream: frame.after})
            case Pull() if frame.stream in self._streams:
                await self._pull(frame.stream, frame.after)
            case Pull():
                self.answer(refused(RefusalCode.NOT_YOURS, frame.stream))
            case Leave():
                self.forget(frame.stream)
            case Typing() if frame.stream in self._streams:
                await self.typing(frame)
            case Seen() if frame.stream in self._streams:
                await self.seen(frame)
            case Typing() | Seen() | Pong():
                pass  # Of a stream that was just left, or only a sign of life.
            case Hello():
                self.answer(refused(RefusalCode.INVALID, detail="t"))

    def _failed(self, frame: ClientFrame, error: Exception) -> None:
        if isinstance(frame, Open):
            # A stream is open or it is not: the page comes again with what it has.
            self._cannot_serve(error)
            return
        self._log(error)
        if isinstance(frame, (Send, Pull)):
            self.answer(unavailable(_id_of(frame)))

    def _cannot_serve(self, error: Exception) -> None:
        self._log(error)
        self.answer(unavailable())
        self.connection.close(TRY_LATER, "a part of the system does not answer")

    def _log(self, error: Exception) -> None:
        if not is_transient(error):
            log.error("frame_failed", face=self.face, **describe(error))

    async def _end(self) -> None:
        self.live.sockets.discard(self)
        streams = self.streams
        for stream in streams:
            self.forget(stream)
        await self.left(streams)

    # --- streams

    async def _open_all(self, streams: dict[UUID, int]) -> None:
        if not streams:
            return
        refusals = await self.refusals(list(streams))
        for stream, code in refusals.items():
            self.answer(refused(code, stream))
        gate = asyncio.Semaphore(OPEN_AT_ONCE)

        async def open_one(stream: UUID, after: int) -> None:
            async with gate:
                await self._open(stream, after)

        allowed = [(stream, after) for stream, after in streams.items() if stream not in refusals]
        for result in await asyncio.gather(*(open_one(*one) for one in allowed), return_exceptions=True):
            if result is not None:
                raise result

    async def _open(self, stream: UUID, after: int) -> None:
        if stream not in self._streams:
            await self.live.bindings.hold(conversation_key(stream))
            self.live.hub.follow(stream, self)
        self._streams[stream] = Opening()
        try:
            snapshot = await self._snapshot(stream, after)
        except (NotFound, Forbidden) as error:
            self.forget(stream)
            self.answer(refused(_code(error), stream))
            return
        self._show(stream, snapshot, after, whole=after == 0)
        await self.after_open(stream, snapshot)

    async def _pull(self, stream: UUID, after: int) -> None:
        try:
            snapshot = await self._snapshot(stream, after)
        except (NotFound, Forbidden) as error:
            self.answer(refused(_code(error), stream))
            return
        self._show(stream, snapshot, after, whole=False)

    async def _snapshot(self, stream: UUID, after: int) -> S:
        snapshot = await self.snapshot(stream, after)
        if after > snapshot.header.head:
            # The page knows more than there is, so what it has is of no use to it.
            return await self.snapshot(stream, 0)
        return snapshot

    def _show(self, stream: UUID, snapshot: S, after: int, *, whole: bool) -> None:
        """Send what was read, then, without a pause, what arrived while it was read."""
        head, entries = snapshot.header.head, snapshot.entries
        if whole or not follows_on([entry.seq for entry in entries[:1]], after, head):
            self.connection.send(self.reset_frame(stream, snapshot))
        else:
            for start in range(0, max(len(entries), 1), REPLAY_ENTRIES):
                self.connection.send(self.replay_frame(stream, snapshot, start, start + REPLAY_ENTRIES))
        match self._streams.get(stream):
            case Opening() as state:
                self._streams[stream], late = read(state, head)
                for event in late:
                    self.send_event(event)
            case Following() as state:
                self._streams[stream] = pulled(state, head)

    def forget(self, stream: UUID) -> None:
        """Follow the stream no longer."""
        if self._streams.pop(stream, None) is not None:
            self.live.hub.leave(stream, self)
            self.live.bindings.release(conversation_key(stream))

    def head_of(self, stream: UUID) -> int:
        """The last number sent of a stream, 0 while it is not open."""
        state = self._streams.get(stream)
        return state.head if isinstance(state, Following) else 0

    def on_event(self, event: Event) -> None:
        match self._streams.get(event.stream):
            case Opening() as state:
                self._streams[event.stream] = arrive_early(state, event.entry.seq, event)
            case Following() as state:
                self._streams[event.stream], new = arrive(state, event.entry.seq)
                if new:
                    self.send_event(event)


def _id_of(frame: ClientFrame | None) -> UUID | None:
    match frame:
        case Send():
            return frame.id
        case Open() | Pull():
            return frame.stream
        case _:
            return None


def _code(error: Exception) -> RefusalCode:
    return RefusalCode.UNKNOWN if isinstance(error, NotFound) else RefusalCode.NOT_YOURS
