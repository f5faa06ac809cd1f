"""An agent's socket: known by the session cookie of the upgrade.

Which conversations an agent may see is the router's word, asked whenever a stream is opened or pulled. A stream falls
silent here at once when the agent has left it, or their offer ended without their accepting it, and speaks again when
they are asked anew. Supervisors see all, so that nothing falls silent for them.
"""

from collections.abc import Sequence
from typing import ClassVar, Literal
from uuid import UUID

from fastapi import WebSocket
from pydantic import BaseModel

from contracts.base import Actor
from contracts.entries import AgentJoined, AgentLeft, OfferEnded, OfferMade
from contracts.live import LiveAlert, LivePlace, LiveReceipt, LiveTyping, LiveVisitor
from contracts.reads import BoardCard, Desk, Heads
from contracts.refusals import RefusalCode
from contracts.tickets import TicketSummary
from contracts.topology import agent_key
from contracts.views import Snapshot
from contracts.wire import (
    AgentReplay,
    AgentReset,
    Alert,
    Beat,
    Card,
    DeskChanged,
    Hello,
    Refused,
    Seen,
    Send,
    TicketChanged,
    Typing,
    TypingSeen,
    VisitorOnline,
    Welcome,
)
from services.chassis.errors import Forbidden
from services.gateway.agent_requests import command_of
from services.gateway.cards import sees, sees_all
from services.gateway.connection import RESTART
from services.gateway.first_answer import FirstAnswer
from services.gateway.hub import Event, Unnumbered
from services.gateway.live import Live
from services.gateway.sockets import Socket
from services.gateway.store import Session


class AgentSocket(Socket[Snapshot]):
    face: ClassVar[Literal["visitor", "agent"]] = "agent"
    session: Session
    first_answer: FirstAnswer
    """Set by a successful hello; nothing that needs them runs before."""

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
        self._given = 0
        """How often a stream was heard to become the agent's to see."""
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
            self.first_answer = FirstAnswer(session.agent_id, self.live.publisher, self.live.ids)
        return session is not None

    async def welcome(self) -> None:
        await self.live.bindings.hold(agent_key(self.agent_id))
        self._entered = True
        self.live.hub.enter(self)
        desk = await self.live.desk(self.agent_id)
        if self._early is not None and (desk is None or self._early.version > desk.version):
            desk = self._early
        self._welcomed = True
        self.send(Welcome(beat_seconds=self.live.settings.beat_seconds, desk=desk))
        if desk is not None:
            self.first_answer.shows(desk)
            await self.first_answer.runs_on()

    def renew(self, session: Session) -> None:
        before, self.session = self.session, session
        if sees_all(before) != sees_all(session):
            # The page comes again, and of every stream it is asked anew whether it may be seen.
            self.connection.close(RESTART, "what the agent may see has changed")

    def beat(self, heads: Heads) -> None:
        known = heads.conversations
        mine = (stream for stream in self.streams.all if stream in known and stream not in self._silent)
        desk = heads.desks.get(self.agent_id) if self._welcomed else None
        self.send(Beat(heads={stream: known[stream] for stream in mine}, desk=desk))

    async def left(self, streams: Sequence[UUID]) -> None:
        if not self._entered:
            return
        self.live.hub.exit(self)
        self.live.bindings.release(agent_key(self.agent_id))
        for stream in self._typing.intersection(streams):
            await self.live.publisher.cast(self._typing_message(stream, typing=False))
        await self.first_answer.stops()

    # --- streams

    async def refusals(self, streams: Sequence[UUID]) -> dict[UUID, RefusalCode]:
        return {}

    async def snapshot(self, stream: UUID, after: int) -> Snapshot:
        given = self._given
        try:
            return await self.live.agent_snapshot(stream, after, self.agent_id)
        except Forbidden:
            # They left, and the word of it was lost; what was given meanwhile is newer than the router's no.
            if given == self._given:
                self._joined.discard(stream)
                self._fall_silent(stream)
            raise

    def reset_frame(self, stream: UUID, snapshot: Snapshot) -> BaseModel:
        return AgentReset(stream=stream, snapshot=snapshot)

    def replay_frame(self, stream: UUID, snapshot: Snapshot, start: int, stop: int) -> BaseModel:
        return AgentReplay(stream=stream, entries=snapshot.entries[start:stop], head=snapshot.header.head)

    def opening(self, stream: UUID, snapshot: Snapshot) -> None:
        self._silent.discard(stream)
        takes_part = any(participant.id == self.agent_id for participant in snapshot.header.participants)
        (self._joined.add if takes_part else self._joined.discard)(stream)

    async def after_open(self, stream: UUID, snapshot: Snapshot) -> None:
        # Who went before the stream was followed was heard by nobody here. That they are there, their own gateway says:
        # the router may not yet know of a page that has just gone.
        if snapshot.visitor_online is False:
            self.send(VisitorOnline(stream=stream, online=False))
        # Nothing shown yet: this asks the visitor's gateway whether a page of theirs is open.
        await self.live.publisher.cast(LiveReceipt(conversation_id=stream, delivered=0))

    def send_event(self, event: Event) -> None:
        stream = event.stream
        match event.entry.body:
            case OfferMade(agent=agent) if agent.id == self.agent_id:
                self._given += 1
                self._silent.discard(stream)
            case AgentJoined(agent=agent) if agent.id == self.agent_id:
                self._given += 1
                self._silent.discard(stream)
                self._joined.add(stream)
        if stream in self._silent:
            return
        self.send(event.for_agents)
        match event.entry.body:
            case OfferEnded(agent=agent, outcome=outcome) if agent.id == self.agent_id and outcome != "accepted":
                self._fall_silent(stream)
            case AgentLeft(agent=agent) if agent.id == self.agent_id:
                self._joined.discard(stream)
                if stream in self._typing:
                    self._typing.discard(stream)
                    self.live.cast_soon(self._typing_message(stream, typing=False))
                self._fall_silent(stream)

    def _fall_silent(self, stream: UUID) -> None:
        if stream not in self._joined and not sees_all(self.session):
            self._silent.add(stream)

    def forgotten(self, stream: UUID) -> None:
        self._joined.discard(stream)
        self._silent.discard(stream)
        self._shown.pop(stream, None)

    def on_unnumbered(self, message: Unnumbered) -> None:
        stream = message.conversation_id
        if stream in self._silent or not self.streams.head_of(stream):
            # Not, or not yet known to be, the agent's to see; once it is open, who is there is asked anew.
            return
        match message:
            case LiveTyping(who=Actor(kind="visitor")):
                self.send(TypingSeen(stream=stream, who="visitor", typing=message.typing, text=message.text))
            case LiveTyping() if message.who.id != self.agent_id:
                self.send(TypingSeen(stream=stream, who="agent", agent_name=message.agent_name, typing=message.typing))
            case LiveVisitor():
                self.send(VisitorOnline(stream=stream, online=message.online))
                if message.online and self._shown.get(stream):
                    self.live.cast_soon(LiveReceipt(conversation_id=stream, delivered=self._shown[stream]))
            case LiveTyping() | LivePlace() | LiveReceipt():
                pass

    def on_desk(self, desk: Desk) -> None:
        if self._welcomed:
            self.first_answer.shows(desk)
            self.send(DeskChanged(desk=desk))
        elif self._early is None or desk.version > self._early.version:
            self._early = desk

    def on_alert(self, alert: LiveAlert) -> None:
        if self._welcomed:
            self.send(
                Alert(
                    alert=alert.alert,
                    ticket_id=alert.ticket_id,
                    number=alert.number,
                    subject_line=alert.subject_line,
                    name=alert.name,
                )
            )

    def on_card(self, card: BoardCard, before: BoardCard | None) -> None:
        if not self._welcomed:
            return
        if sees(self.session, card):
            self.send(Card(card=card))
        elif before is not None and sees(self.session, before):
            self.send(Card(card=before, gone=True))

    def on_ticket(self, ticket: TicketSummary, by: Actor, *, news: bool) -> None:
        if not self._welcomed:
            return
        if by == self._actor:
            ticket = ticket.model_copy(update={"unread": False})
        self.send(TicketChanged(ticket=ticket, by=by, news=news))

    # --- what an agent may do

    async def do(self, send: Send) -> None:
        command = await command_of(send, self.agent_id, self.live.customer)
        if isinstance(command, Refused):
            self.answer(command)
        else:
            await self.ask(self._actor, send, command)

    async def typing(self, frame: Typing) -> None:
        if frame.stream not in self._joined:
            return
        (self._typing.add if frame.typing else self._typing.discard)(frame.stream)
        await self.live.publisher.cast(self._typing_message(frame.stream, typing=frame.typing))
        await self.first_answer.types(frame.stream, typing=frame.typing)

    async def seen(self, frame: Seen) -> None:
        shown = min(frame.seq, self.streams.head_of(frame.stream))
        if shown > self._shown.get(frame.stream, 0) and frame.stream not in self._silent:
            self._shown[frame.stream] = shown
            await self.live.publisher.cast(LiveReceipt(conversation_id=frame.stream, delivered=shown))

    def _typing_message(self, stream: UUID, *, typing: bool) -> LiveTyping:
        """Without text: what an agent has not sent is nobody else's."""
        return LiveTyping(conversation_id=stream, who=self._actor, agent_name=self.session.name, typing=typing)
