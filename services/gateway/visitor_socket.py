"""A visitor's socket: known by the token of its hello, bound to the visitor's own conversations.

What a visitor is sent is built from the visitor's view alone (contracts.views.visitor_entry, the visitor's snapshot).
"""

from collections.abc import Sequence
from typing import ClassVar, Literal, assert_never
from uuid import UUID

from fastapi import WebSocket
from pydantic import BaseModel

from contracts.base import Actor
from contracts.conversation import EndConversation, LeaveAsTicket, PostMessage, RateConversation, StartConversation
from contracts.live import LivePlace, LiveReceipt, LiveTyping, LiveVisitor
from contracts.refusals import Refusal, RefusalCode
from contracts.views import VisitorSnapshot
from contracts.wire import (
    Accept,
    Decline,
    Delivered,
    End,
    Hello,
    LeaveTicket,
    Place,
    Post,
    Rate,
    Refused,
    Seen,
    Send,
    Start,
    Status,
    Typing,
    TypingSeen,
    VisitorReplay,
    VisitorReset,
    Welcome,
)
from services.gateway import store
from services.gateway.accounts import token_hash
from services.gateway.browsers import browser_details
from services.gateway.domain.address import limited_as
from services.gateway.domain.form import Form, missing_field
from services.gateway.hub import Event, Unnumbered
from services.gateway.live import Live
from services.gateway.sockets import Socket, refused
from services.gateway.store import Visitor


class VisitorSocket(Socket[VisitorSnapshot]):
    face: ClassVar[Literal["visitor", "agent"]] = "visitor"
    visitor: Visitor
    """Set by a successful hello; nothing that needs it runs before."""

    def __init__(self, live: Live, websocket: WebSocket) -> None:
        super().__init__(live, websocket)
        self._address = websocket.client.host if websocket.client else ""
        self._user_agent = websocket.headers.get("user-agent", "")
        self._own: set[UUID] = set()
        self._typing: set[UUID] = set()

    @property
    def _actor(self) -> Actor:
        return Actor(kind="visitor", id=self.visitor.visitor_id)

    async def authenticate(self, hello: Hello) -> bool:
        if not hello.token:
            return False
        async with self.live.database.connection() as connection:
            visitor = await store.visitor(connection, token_hash(hello.token))
        if visitor is not None:
            self.visitor = visitor
        return visitor is not None

    async def welcome(self) -> None:
        self.connection.send(Welcome(beat_seconds=self.live.settings.beat_seconds))

    # --- streams

    async def refusals(self, streams: Sequence[UUID]) -> dict[UUID, RefusalCode]:
        unknown = [stream for stream in streams if stream not in self._own]
        if not unknown:
            return {}
        async with self.live.database.connection() as connection:
            owners = await store.owners(connection, unknown)
        self._own |= {stream for stream, owner in owners.items() if owner == self.visitor.visitor_id}
        others = [stream for stream in unknown if stream not in self._own]
        return {stream: RefusalCode.NOT_YOURS if stream in owners else RefusalCode.UNKNOWN for stream in others}

    async def snapshot(self, stream: UUID, after: int) -> VisitorSnapshot:
        return await self.live.visitor_snapshot(stream, after)

    def reset_frame(self, stream: UUID, snapshot: VisitorSnapshot) -> BaseModel:
        return VisitorReset(stream=stream, snapshot=snapshot)

    def replay_frame(self, stream: UUID, snapshot: VisitorSnapshot, start: int, stop: int) -> BaseModel:
        return VisitorReplay(stream=stream, entries=snapshot.entries[start:stop], head=snapshot.header.head)

    async def after_open(self, stream: UUID, snapshot: VisitorSnapshot) -> None:
        if snapshot.place is not None:
            self.connection.send(Place(stream=stream, place=snapshot.place))
        await self.live.publisher.cast(LiveVisitor(conversation_id=stream, online=True))

    def send_event(self, event: Event) -> None:
        self.connection.send(event.for_visitor)

    def on_unnumbered(self, message: Unnumbered) -> None:
        stream = message.conversation_id
        match message:
            case LiveTyping() if message.who.kind == "agent":
                self.connection.send(
                    TypingSeen(stream=stream, who="agent", agent_name=message.agent_name, typing=message.typing)
                )
            case LivePlace():
                self.connection.send(Place(stream=stream, place=message.place))
            case LiveReceipt(delivered=0) | LiveVisitor(online=False):
                # A console asks who is there, or another page of this visitor went: this one is still here.
                self.live.cast_soon(LiveVisitor(conversation_id=stream, online=True))
            case LiveReceipt():
                self.connection.send(Delivered(stream=stream, seq=message.delivered))
            case LiveTyping() | LiveVisitor():
                pass

    async def left(self, streams: Sequence[UUID]) -> None:
        for stream in self._typing.intersection(streams):
            await self.live.publisher.cast(LiveTyping(conversation_id=stream, who=self._actor, typing=False))
        for stream in streams:
            if not self.live.hub.has_visitor(stream):
                await self.live.publisher.cast(LiveVisitor(conversation_id=stream, online=False))

    # --- what a visitor may do

    async def do(self, send: Send) -> None:
        stream, action, visitor_id = send.stream, send.action, self.visitor.visitor_id
        if isinstance(action, (Accept, Decline, Status)):
            self.answer(refused(RefusalCode.INVALID, send.id, "do"))
            return
        if stream is None:
            self.answer(refused(RefusalCode.INVALID, send.id, "stream"))
            return
        refusal = await (self._may_start(stream, action) if isinstance(action, Start) else self._may_act(stream))
        if refusal is not None:
            self.answer(Refused(id=send.id, refusal=refusal))
            return
        ids = {"conversation_id": stream, "client_id": send.id}
        match action:
            case Start():
                await self.ask(self._actor, send, self._start(ids, action))
            case Post():
                await self.ask(self._actor, send, PostMessage(**ids, author=self._actor, text=action.text))
            case End():
                await self.ask(self._actor, send, EndConversation(**ids, by=self._actor))
            case LeaveTicket(name=name, email=email, text=text):
                ticket = LeaveAsTicket(**ids, visitor_id=visitor_id, name=name, email=email, text=text)
                await self.ask(self._actor, send, ticket)
            case Rate(score=score, comment=comment):
                rating = RateConversation(**ids, visitor_id=visitor_id, score=score, comment=comment)
                await self.ask(self._actor, send, rating)
            case _ as unreachable:
                assert_never(unreachable)

    async def typing(self, frame: Typing) -> None:
        (self._typing.add if frame.typing else self._typing.discard)(frame.stream)
        # A pause in writing is no end of it: what stands unsent is still shown, until it is sent, emptied or left.
        text = frame.text if self.visitor.widget.sneak_peek else ""
        typing = LiveTyping(conversation_id=frame.stream, who=self._actor, typing=frame.typing, text=text)
        await self.live.publisher.cast(typing)

    async def seen(self, frame: Seen) -> None:
        """A visitor's receipts are not asked for."""

    async def _may_act(self, stream: UUID) -> Refusal | None:
        code = (await self.refusals([stream])).get(stream)
        return None if code is None else Refusal(code=code)

    async def _may_start(self, stream: UUID, start: Start) -> Refusal | None:
        """Check the form, count the attempt, and make the conversation the visitor's own before anybody hears of it."""
        if stream in self._own:
            return None
        widget = self.visitor.widget
        form = Form(frozenset(widget.topic_ids), widget.name_field.required, widget.email_field.required)
        field = missing_field(form, topic_id=start.topic_id, name=start.name, email=start.email)
        if field is not None:
            return Refusal(code=RefusalCode.INVALID, detail=field)
        wait = self.live.starts.wait(limited_as(self._address))
        if wait:
            return Refusal(code=RefusalCode.TOO_FAST, retry_after=round(wait + 0.05, 2))
        async with self.live.database.connection() as connection:
            owner = await store.bind_conversation(connection, stream, self.visitor.visitor_id, self.live.clock.now())
        if owner != self.visitor.visitor_id:
            return Refusal(code=RefusalCode.NOT_YOURS)
        self._own.add(stream)
        return None

    def _start(self, ids: dict[str, UUID], start: Start) -> StartConversation:
        return StartConversation(
            **ids,
            visitor_id=self.visitor.visitor_id,
            widget_id=self.visitor.widget_id,
            topic_id=start.topic_id,
            name=start.name,
            email=start.email,
            language=start.language,
            browser=browser_details(start.page, self._user_agent, self._address, self.live.settings.address_policy),
        )
