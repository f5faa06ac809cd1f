"""An agent's socket: known by the session cookie of the upgrade.

Which conversations an agent may see is the router's word, asked whenever a stream is opened or pulled. A stream whose
offer ended without the agent's accepting falls silent here at once, and speaks again when the agent is asked anew.
"""

from collections.abc import Sequence
from typing import ClassVar, Literal
from uuid import UUID

from fastapi import WebSocket
from pydantic import BaseModel

from contracts.base import Actor
from contracts.conversation import AcceptOffer, DeclineOffer, EndConversation, PostMessage, SetStatus
from contracts.entries import AgentJoined, OfferEnded, OfferMade
from contracts.live import LiveAlert, LivePlace, LiveReceipt, LiveTyping, LiveVisitor
from contracts.reads import Desk, Heads
from contracts.refusals import RefusalCode
from contracts.topology import agent_key
from contracts.views import Snapshot
from contracts.wire import (
    Accept,
    AgentReplay,
    AgentReset,
    Alert,
    Beat,
    Decline,
    DeskChanged,
    End,
    Hello,
    Post,
    Seen,
    Send,
    Status,
    Typing,
    TypingSeen,
    VisitorOnline,
    Welcome,
)
from services.gateway.hub import Event, Unnumbered
from services.gateway.live import Live
from services.gateway.sockets import Socket, refused
from services.gateway.store import Session


class AgentSocket(Socket[Snapshot]):
    face: ClassVar[Literal["visitor", "agent"]] = "agent"
    session: Session
    """Set by a successful hello; nothing that needs it runs before."""

    def __init__(self, live: Live, websocket: WebSocket, token: str | None) -> None:
        super().__init__(live, websocket)
        self._token = token
        self._entered = False
        self._early: Desk | None = None
        self._welcomed = False
        self._joined: set[UUID] = set()
        """Streams whose conversation the agent takes part in."""
        self._silent: set[UUID] = set()
        """Streams that are followed but not the agent's to see at present."""
        self._shown: dict[UUID, int] = {}
        self._typing: set[UUID] = set()

    @property
    def agent_id(self) -> UUID:
        return self.session.agent_id

    @property
    def session_id(self) -> UUID | None:
        return self.session.session_id if self._entered else None

    @property
    def _actor(self) -> Actor:
        return Actor(kind="agent", id=self.agent_id)

    async def authenticate(self, hello: Hello) -> bool:
        session = await self.live.accounts.session(self._token)
        if session is not None:
            self.session = session
        return session is not None

    async def welcome(self) -> None:
        await self.live.bindings.hold(agent_key(self.agent_id))
        self._entered = True
        self.live.hub.enter(self)
        desk = await self.live.desk(self.agent_id)
        if self._early is not None and (desk is None or self._early.version > desk.version):
            desk = self._early
        self._welcomed = True
        self.connection.send(Welcome(beat_seconds=self.live.settings.beat_seconds, desk=desk))

    def beat(self, heads: Heads) -> None:
        known = heads.conversations
        mine = (stream for stream in self.streams if stream in known and stream not in self._silent)
        desk = heads.desks.get(self.agent_id) if self._welcomed else None
        self.connection.send(Beat(heads={stream: known[stream] for stream in mine}, desk=desk))

    async def left(self, streams: Sequence[UUID]) -> None:
        if not self._entered:
            return
        self.live.hub.exit(self)
        self.live.bindings.release(agent_key(self.agent_id))
        for stream in self._typing.intersection(streams):
            await self._cast_typing(stream, typing=False)

    # --- streams

    async def refusals(self, streams: Sequence[UUID]) -> dict[UUID, RefusalCode]:
        return {}

    async def snapshot(self, stream: UUID, after: int) -> Snapshot:
        return await self.live.agent_snapshot(stream, after, self.agent_id)

    def reset_frame(self, stream: UUID, snapshot: Snapshot) -> BaseModel:
        return AgentReset(stream=stream, snapshot=snapshot)

    def replay_frame(self, stream: UUID, snapshot: Snapshot, start: int, stop: int) -> BaseModel:
        return AgentReplay(stream=stream, entries=snapshot.entries[start:stop], head=snapshot.header.head)

    async def after_open(self, stream: UUID, snapshot: Snapshot) -> None:
        self._silent.discard(stream)
        if any(participant.id == self.agent_id for participant in snapshot.header.participants):
            self._joined.add(stream)
        # Nothing shown yet: this asks the visitor's gateway whether a page of theirs is open.
        await self.live.publisher.cast(LiveReceipt(conversation_id=stream, delivered=0))

    def send_event(self, event: Event) -> None:
        match event.entry.body:
            case OfferMade(agent=agent) if agent.id == self.agent_id:
                self._silent.discard(event.stream)
            case AgentJoined(agent=agent) if agent.id == self.agent_id:
                self._silent.discard(event.stream)
                self._joined.add(event.stream)
        if event.stream in self._silent:
            return
        self.connection.send(event.for_agents)
        match event.entry.body:
            case OfferEnded(agent=agent, outcome=outcome) if agent.id == self.agent_id and outcome != "accepted":
                if event.stream not in self._joined:
                    self._silent.add(event.stream)

    def forget(self, stream: UUID) -> None:
        super().forget(stream)
        self._joined.discard(stream)
        self._silent.discard(stream)
        self._shown.pop(stream, None)

    def on_unnumbered(self, message: Unnumbered) -> None:
        stream = message.conversation_id
        if stream in self._silent or not self.head_of(stream):
            # Not, or not yet known to be, the agent's to see; once it is open, who is there is asked anew.
            return
        match message:
            case LiveTyping(who=Actor(kind="visitor")):
                self.connection.send(TypingSeen(stream=stream, who="visitor", typing=message.typing, text=message.text))
            case LiveTyping() if message.who.id != self.agent_id:
                self.connection.send(
                    TypingSeen(stream=stream, who="agent", agent_name=message.agent_name, typing=message.typing)
                )
            case LiveVisitor():
                self.connection.send(VisitorOnline(stream=stream, online=message.online))
                if message.online and self._shown.get(stream):
                    self.live.cast_soon(LiveReceipt(conversation_id=stream, delivered=self._shown[stream]))
            case LiveTyping() | LivePlace() | LiveReceipt():
                pass

    def on_desk(self, desk: Desk) -> None:
        if self._welcomed:
            self.connection.send(DeskChanged(desk=desk))
        elif self._early is None or desk.version > self._early.version:
            self._early = desk

    def on_alert(self, alert: LiveAlert) -> None:
        if self._welcomed:
            self.connection.send(
                Alert(
                    alert=alert.alert,
                    ticket_id=alert.ticket_id,
                    number=alert.number,
                    subject_line=alert.subject_line,
                    name=alert.name,
                )
            )

    # --- what an agent may do

    async def do(self, send: Send) -> None:
        stream, action, agent_id = send.stream, send.action, self.agent_id
        if isinstance(action, Status):
            status = SetStatus(agent_id=agent_id, client_id=send.id, status=action.status, reason=action.reason)
            await self.ask(self._actor, send, status)
            return
        if stream is None:
            self.answer(refused(RefusalCode.INVALID, send.id, "stream"))
            return
        ids = {"conversation_id": stream, "client_id": send.id}
        match action:
            case Post():
                await self.ask(self._actor, send, PostMessage(**ids, author=self._actor, text=action.text))
            case Accept():
                await self.ask(self._actor, send, AcceptOffer(**ids, offer_id=action.offer_id, agent_id=agent_id))
            case Decline():
                await self.ask(self._actor, send, DeclineOffer(**ids, offer_id=action.offer_id, agent_id=agent_id))
            case End():
                await self.ask(self._actor, send, EndConversation(**ids, by=self._actor))
            case _:
                self.answer(refused(RefusalCode.INVALID, send.id, "do"))

    async def typing(self, frame: Typing) -> None:
        if frame.stream in self._joined:
            (self._typing.add if frame.typing else self._typing.discard)(frame.stream)
            await self._cast_typing(frame.stream, typing=frame.typing)

    async def seen(self, frame: Seen) -> None:
        shown = min(frame.seq, self.head_of(frame.stream))
        if shown > self._shown.get(frame.stream, 0) and frame.stream not in self._silent:
            self._shown[frame.stream] = shown
            await self.live.publisher.cast(LiveReceipt(conversation_id=frame.stream, delivered=shown))

    async def _cast_typing(self, stream: UUID, *, typing: bool) -> None:
        """Without text: what an agent has not sent is nobody else's."""
        await self.live.publisher.cast(
            LiveTyping(conversation_id=stream, who=self._actor, agent_name=self.session.name, typing=typing)
        )
