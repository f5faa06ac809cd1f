"""What visitors' and agents' sockets have in common: their life from hello to the end (docs/protocol.md).

Frames come in through `incoming.py`, go out through `connection.py`, and the followed streams are `streams.py`'s.

Invariants:
- every frame of a client is answered, taken, or the socket is closed with a reason: there is no silence;
- frames of one socket are handled one after another, in the order in which they were sent.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, Literal
from uuid import UUID

import structlog
from fastapi import WebSocket
from pydantic import BaseModel

from contracts.base import Actor, Message
from contracts.reads import Heads
from contracts.refusals import RefusalCode
from contracts.wire import Ack, Beat, ClientFrame, Drain, Hello, Leave, Open, Pong, Pull, Refused, Seen, Send, Typing
from services.chassis.faults import is_transient
from services.chassis.logging import describe
from services.gateway.connection import POLICY, RESTART, TRY_LATER, Connection
from services.gateway.hub import Event, Unnumbered
from services.gateway.incoming import Incoming
from services.gateway.live import Live
from services.gateway.metrics import FRAMES, REFUSALS, SOCKETS
from services.gateway.refusals import id_of, refused, unavailable
from services.gateway.store import Session
from services.gateway.streams import S, Streams

log = structlog.stdlib.get_logger("dymek.sockets")


class Socket(ABC, Generic[S]):
    """One page's socket. Subclasses say who is at the other end, what they may do and how they see a stream."""

    face: ClassVar[Literal["visitor", "agent"]]

    def __init__(self, live: Live, websocket: WebSocket) -> None:
        self.live = live
        settings = live.settings
        self.connection = Connection(websocket, outgoing=settings.outgoing_frames, send_seconds=settings.send_seconds)
        self.streams: Streams[S] = Streams(live, self)
        self._incoming = Incoming(self.connection, settings.frame_rate, self.answer)

    # --- what subclasses decide

    @abstractmethod
    async def authenticate(self, hello: Hello) -> bool:
        """Find out who says hello; False when nobody we know. Raises Unavailable."""

    @abstractmethod
    async def welcome(self) -> None:
        """Send `welcome`. Raises Unavailable."""

    @abstractmethod
    async def refusals(self, streams: Sequence[UUID]) -> dict[UUID, RefusalCode]:
        """See streams.Sights, as the next five."""

    @abstractmethod
    async def snapshot(self, stream: UUID, after: int) -> S: ...

    @abstractmethod
    def reset_frame(self, stream: UUID, snapshot: S) -> BaseModel: ...

    @abstractmethod
    def replay_frame(self, stream: UUID, snapshot: S, start: int, stop: int) -> BaseModel: ...

    def opening(self, stream: UUID, snapshot: S) -> None:
        """The stream is about to be shown."""

    @abstractmethod
    async def after_open(self, stream: UUID, snapshot: S) -> None: ...

    @abstractmethod
    def send_event(self, event: Event) -> None: ...

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
    async def left(self, streams: Sequence[UUID]) -> None:
        """The socket has gone, and followed these streams."""

    async def seen(self, frame: Seen) -> None:
        """The other end has shown entries of a stream it follows; of a visitor this is not asked."""

    def forgotten(self, stream: UUID) -> None:
        """The stream is followed no longer."""

    def on_topics(self) -> None:
        """Topics have changed; agents ask for them when they need them."""

    def renew(self, session: Session) -> None:
        """The agent's account as it is now."""

    # --- life

    @property
    def is_visitor(self) -> bool:
        return self.face == "visitor"

    @property
    def session_id(self) -> UUID | None:
        """The agent session the socket lives by, if any."""
        return None

    async def serve(self) -> None:
        """Everything from accepting the socket to its end."""
        async with self.connection:
            self.live.sockets.add(self)
            try:
                hello = await self._incoming.hello(self.live.settings.hello_seconds)
                if hello is not None and await self._begin(hello):
                    with SOCKETS.labels(self.face).track_inprogress():
                        await self._take_frames()
            finally:
                await self._end()

    def beat(self, heads: Heads) -> None:
        """Send the last numbers of what the page follows."""
        known = heads.conversations
        self.send(Beat(heads={stream: known[stream] for stream in self.streams.all if stream in known}))

    def drain(self, within: float) -> None:
        """Ask the page to move to another gateway."""
        self.send(Drain(within=within))

    def close_for_restart(self) -> None:
        self.connection.close(RESTART, "this gateway goes away, another one takes over")

    def on_event(self, event: Event) -> None:
        self.streams.arrived(event)

    def send(self, frame: BaseModel | str) -> None:
        self.connection.send(frame)

    def answer(self, frame: Ack | Refused) -> None:
        """The answer to a request, now or later."""
        if isinstance(frame, Refused):
            REFUSALS.labels(self.face, frame.refusal.code).inc()
        self.send(frame)

    def turn_away(self) -> None:
        """The token or session is not, or no longer, good."""
        self.answer(refused(RefusalCode.UNAUTHORISED))
        self.connection.close(POLICY, "the token or session is missing, wrong or expired")

    async def ask(self, sender: Actor, send: Send, command: Message) -> None:
        """Publish the command of a `send`; its answer comes when it comes."""
        await self.live.requests.ask(sender, send.id, command, self.answer)

    async def _begin(self, hello: Hello) -> bool:
        try:
            if not await self.authenticate(hello):
                self.turn_away()
                return False
            await self.welcome()
            await self.streams.open(hello.streams)
        except Exception as error:
            self._cannot_serve(error)
            return False
        return True

    async def _take_frames(self) -> None:
        while (frame := await self._incoming.next()) is not None:
            FRAMES.labels(self.face, frame.t).inc()
            try:
                await self._handle(frame)
            except Exception as error:
                self._failed(frame, error)

    async def _handle(self, frame: ClientFrame) -> None:
        match frame:
            case Send():
                await self.do(frame)
            case Open():
                await self.streams.open({frame.stream: frame.after})
            case Pull():
                await self.streams.pull(frame.stream, frame.after)
            case Leave():
                self.streams.forget(frame.stream)
            case Typing() if frame.stream in self.streams:
                await self.typing(frame)
            case Seen() if frame.stream in self.streams:
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
            self.answer(unavailable(id_of(frame)))

    def _cannot_serve(self, error: Exception) -> None:
        self._log(error)
        self.answer(unavailable())
        self.connection.close(TRY_LATER, "a part of the system does not answer")

    def _log(self, error: Exception) -> None:
        if not is_transient(error):
            log.error("frame_failed", face=self.face, **describe(error))

    async def _end(self) -> None:
        self.live.sockets.discard(self)
        streams = self.streams.all
        for stream in streams:
            self.streams.forget(stream)
        await self.left(streams)
