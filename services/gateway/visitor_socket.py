"""A visitor's socket: known by the token of its hello, bound to the visitor's own conversations.

What a visitor is sent is built from the visitor's view alone (contracts.views.visitor_entry, the visitor's snapshot).
For whom a site vouches, the earlier conversations of their customer can be opened too, to be read as long as it does:
nothing is done in them, and nobody hears that they are being read. Whether it still does is asked at each reading, and
nothing of them is sent but what was read: that something came is told by the beat.
A panel that has no token yet only watches: it hears of its widget's topics, and may neither follow nor do anything.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import ClassVar, Literal
from uuid import UUID

from fastapi import WebSocket
from pydantic import BaseModel

from contracts.address import Address
from contracts.base import Actor
from contracts.entries import BrowserDetails
from contracts.live import LivePlace, LiveReceipt, LiveTyping, LiveVisitor
from contracts.public import NewWidget
from contracts.reads import TopicView
from contracts.refusals import Refusal, RefusalCode
from contracts.tickets import RequestTranscript
from contracts.views import VisitorSnapshot
from contracts.wire import (
    Ack,
    Delivered,
    Hello,
    LeaveMessageNow,
    PageDetails,
    Place,
    Refused,
    Send,
    Start,
    Topics,
    Typing,
    TypingSeen,
    VisitorReplay,
    VisitorReset,
    Welcome,
)
from services.chassis.errors import Forbidden
from services.gateway import store
from services.gateway.accounts import token_hash
from services.gateway.browsers import browser_details
from services.gateway.domain.address import limited_as
from services.gateway.domain.identity import is_verified
from services.gateway.hub import Event, Unnumbered
from services.gateway.live import Live
from services.gateway.own_conversations import OwnConversations
from services.gateway.refusals import refused, too_fast
from services.gateway.sockets import Socket
from services.gateway.store import Visitor
from services.gateway.visitor_requests import BEGINNINGS, VISITORS, command_of, offers, unfit_field


class VisitorSocket(Socket[VisitorSnapshot]):
    face: ClassVar[Literal["visitor", "agent"]] = "visitor"
    widget: NewWidget
    visitor: Visitor
    own: OwnConversations
    """Set by a successful hello, the last two by one with a token; nothing that needs them runs before."""

    def __init__(self, live: Live, websocket: WebSocket) -> None:
        super().__init__(live, websocket)
        self._address = websocket.client.host if websocket.client else ""
        self._user_agent = websocket.headers.get("user-agent", "")
        self._unsent: dict[UUID, LiveTyping] = {}
        """What the page is writing or has left unsent, for consoles that come later; nowhere else."""
        self._lent: dict[UUID, Address] = {}
        """The conversations that are not the visitor's own, and for which address a site must vouch to read them."""
        self._watches = False
        self._told: tuple[TopicView, ...] | None = None
        """The topics as the page knows them, once it was welcomed."""

    @property
    def _actor(self) -> Actor:
        return Actor(kind="visitor", id=self.visitor.visitor_id)

    async def authenticate(self, hello: Hello) -> bool:
        if hello.token is None and hello.widget is not None:
            return await self._watch(hello.widget)
        if not hello.token:
            return False
        async with self.live.database.connection() as connection:
            visitor = await store.visitor(connection, token_hash(hello.token))
        if visitor is None:
            return False
        self.widget, self.visitor = visitor.widget, visitor
        self.own = OwnConversations(self.live.database, self.live.clock, visitor.visitor_id)
        return True

    async def _watch(self, widget_key: str) -> bool:
        async with self.live.database.connection() as connection:
            widget = await store.widget(connection, widget_key)
        if widget is None:
            return False
        self.widget, self._watches = widget, True
        return True

    async def welcome(self) -> None:
        topics = await self.live.topics.named(self.widget.topic_ids)
        self._told = topics
        self.send(Welcome(beat_seconds=self.live.settings.beat_seconds, topics=topics))

    def on_topics(self) -> None:
        if self._told is None:
            return
        topics = self.live.topics.known(self.widget.topic_ids)
        if topics != self._told:
            self._told = topics
            self.send(Topics(topics=topics))

    # --- streams

    async def refusals(self, streams: Sequence[UUID]) -> dict[UUID, RefusalCode]:
        if self._watches:
            return dict.fromkeys(streams, RefusalCode.UNAUTHORISED)
        refusals = await self.own.refusals(streams)
        others = {stream for stream, code in refusals.items() if code is RefusalCode.NOT_YOURS}
        readable = await self.live.earlier.readable(self.visitor.visitor_id) if others else None
        if readable is not None:
            for stream in others & readable.ids:
                self._lent[stream] = readable.address
                del refusals[stream]
        return refusals

    async def snapshot(self, stream: UUID, after: int) -> VisitorSnapshot:
        if stream not in self.own and not await self._may_still_read(stream):
            self.streams.forget(stream)
            raise Forbidden(HTTPStatus.FORBIDDEN, "nobody vouches for the visitor any more")
        return await self.live.visitor_snapshot(stream, after)

    def reset_frame(self, stream: UUID, snapshot: VisitorSnapshot) -> BaseModel:
        return VisitorReset(stream=stream, snapshot=snapshot)

    def replay_frame(self, stream: UUID, snapshot: VisitorSnapshot, start: int, stop: int) -> BaseModel:
        return VisitorReplay(stream=stream, entries=snapshot.entries[start:stop], head=snapshot.header.head)

    async def after_open(self, stream: UUID, snapshot: VisitorSnapshot) -> None:
        if stream not in self.own:
            return
        if snapshot.place is not None:
            self.send(Place(stream=stream, place=snapshot.place))
        await self.live.publisher.cast(LiveVisitor(conversation_id=stream, online=True))

    def forgotten(self, stream: UUID) -> None:
        self._lent.pop(stream, None)

    def send_event(self, event: Event) -> None:
        if event.stream in self.own:
            self.send(event.for_visitor)

    def on_unnumbered(self, message: Unnumbered) -> None:
        stream = message.conversation_id
        if stream not in self.own:
            return
        match message:
            case LiveTyping() if message.who.kind == "agent":
                self.send(TypingSeen(stream=stream, who="agent", agent_name=message.agent_name, typing=message.typing))
            case LivePlace():
                self.send(Place(stream=stream, place=message.place))
            case LiveReceipt(delivered=0) | LiveVisitor(online=False):
                # A console asks who is there, or another page of this visitor went: this one is still here.
                self.live.cast_soon(LiveVisitor(conversation_id=stream, online=True))
                if stream in self._unsent:
                    self.live.cast_soon(self._unsent[stream])
            case LiveReceipt():
                self.send(Delivered(stream=stream, seq=message.delivered))
            case LiveTyping() | LiveVisitor():
                pass

    async def left(self, streams: Sequence[UUID]) -> None:
        for stream in self._unsent.keys() & streams:
            await self.live.publisher.cast(LiveTyping(conversation_id=stream, who=self._actor, typing=False))
        for stream in streams:
            if stream in self.own and not self.live.hub.has_visitor(stream):
                await self.live.publisher.cast(LiveVisitor(conversation_id=stream, online=False))

    # --- what a visitor may do

    async def do(self, send: Send) -> None:
        stream, action = send.stream, send.action
        if not isinstance(action, VISITORS):
            self.answer(refused(RefusalCode.INVALID, send.id, "do"))
            return
        if stream is None:
            self.answer(refused(RefusalCode.INVALID, send.id, "stream"))
            return
        if self._watches:
            self.answer(refused(RefusalCode.UNAUTHORISED, send.id))
            return
        if not offers(self.widget, action):
            self.answer(refused(RefusalCode.NOT_ALLOWED, send.id))
            return
        refusal = await (self._may_begin(stream, action) if isinstance(action, BEGINNINGS) else self._may_act(stream))
        if refusal is not None:
            self.answer(Refused(id=send.id, refusal=refusal))
            return
        verified = isinstance(action, BEGINNINGS) and await self._is_verified(action.email)
        command = command_of(action, stream, send.id, self.visitor, self._browser, verified=verified)
        if isinstance(command, RequestTranscript):
            # Its owner tells nothing of it to pages: it is done when the broker keeps it.
            await self.live.publisher.publish(command)
            self.answer(Ack(id=send.id))
        else:
            await self.ask(self._actor, send, command)

    async def typing(self, frame: Typing) -> None:
        if frame.stream not in self.own:
            return
        # A pause in writing is no end of it: what stands unsent is still shown, until it is sent, emptied or left.
        text = frame.text if self.widget.sneak_peek else ""
        typing = LiveTyping(conversation_id=frame.stream, who=self._actor, typing=frame.typing, text=text)
        if typing.typing or typing.text:
            self._unsent[frame.stream] = typing
        else:
            self._unsent.pop(frame.stream, None)
        await self.live.publisher.cast(typing)

    async def _is_verified(self, email: str | None) -> bool:
        """Whether the site vouches, now, for the address with which the visitor begins."""
        vouched = await self.live.identities.vouched(self.visitor.visitor_id)
        return is_verified(email, vouched.address if vouched is not None else None)

    async def _may_still_read(self, stream: UUID) -> bool:
        vouched = await self.live.identities.vouched(self.visitor.visitor_id)
        return vouched is not None and vouched.address == self._lent.get(stream)

    async def _may_act(self, stream: UUID) -> Refusal | None:
        code = (await self.own.refusals([stream])).get(stream)
        return None if code is None else Refusal(code=code)

    async def _may_begin(self, stream: UUID, action: Start | LeaveMessageNow) -> Refusal | None:
        """Check the form, count the attempt, and make the conversation the visitor's own before anybody hears of it."""
        field = unfit_field(action, self.visitor)
        if field is not None:
            return Refusal(code=RefusalCode.INVALID, detail=field)
        if stream in self.own:
            return None
        wait = self.live.starts.wait(limited_as(self._address))
        if wait:
            return too_fast(wait)
        return None if await self.own.claim(stream) else Refusal(code=RefusalCode.NOT_YOURS)

    def _browser(self, page: PageDetails) -> BrowserDetails:
        return browser_details(page, self._user_agent, self._address, self.live.settings.address_policy)
