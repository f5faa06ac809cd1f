"""Who in this process shows what: live messages come in here and go out to the sockets that follow their subject.

Nothing here waits: a message is put into the sockets' queues and forgotten. An entry is rendered once per view, however
many sockets show it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Protocol
from uuid import UUID

from contracts.base import Actor, Message
from contracts.entries import Entry
from contracts.live import (
    LiveAlert,
    LiveCard,
    LiveDesk,
    LiveEntry,
    LivePlace,
    LiveReceipt,
    LiveReply,
    LiveTicket,
    LiveTyping,
    LiveVisitor,
)
from contracts.reads import BoardCard, Desk
from contracts.tickets import TicketSummary
from contracts.views import visitor_entry
from contracts.wire import AgentEvent, VisitorEvent
from services.gateway.cards import Cards
from services.gateway.requests import Requests

Unnumbered = LiveTyping | LivePlace | LiveVisitor | LiveReceipt


class Event:
    """An entry with its two renderings."""

    def __init__(self, stream: UUID, entry: Entry) -> None:
        self.stream = stream
        self.entry = entry

    @cached_property
    def for_agents(self) -> str:
        return AgentEvent(stream=self.stream, entry=self.entry).model_dump_json()

    @cached_property
    def for_visitor(self) -> str:
        return VisitorEvent(stream=self.stream, entry=visitor_entry(self.entry)).model_dump_json()


class Follower(Protocol):
    """A socket, as the hub sees it. None of these may wait or raise."""

    @property
    def is_visitor(self) -> bool: ...

    def on_event(self, event: Event) -> None: ...

    def on_unnumbered(self, message: Unnumbered) -> None: ...


class AgentFollower(Follower, Protocol):
    """An agent's socket."""

    @property
    def agent_id(self) -> UUID: ...

    def on_desk(self, desk: Desk) -> None: ...

    def on_alert(self, alert: LiveAlert) -> None: ...

    def on_card(self, card: BoardCard, before: BoardCard | None) -> None: ...

    def on_ticket(self, ticket: TicketSummary, by: Actor, *, news: bool) -> None: ...


class Hub:
    def __init__(self) -> None:
        self._followers: defaultdict[UUID, set[Follower]] = defaultdict(set)
        self._agents: defaultdict[UUID, set[AgentFollower]] = defaultdict(set)
        self._cards = Cards()
        self.on_agents_changed: Callable[[], None] = lambda: None
        """Called when the first console of an agent came, or their last one went."""

    def follow(self, stream: UUID, follower: Follower) -> None:
        self._followers[stream].add(follower)

    def leave(self, stream: UUID, follower: Follower) -> None:
        self._followers[stream].discard(follower)
        if not self._followers[stream]:
            del self._followers[stream]

    def enter(self, agent: AgentFollower) -> None:
        consoles = self._agents[agent.agent_id]
        consoles.add(agent)
        if len(consoles) == 1:
            self.on_agents_changed()

    def exit(self, agent: AgentFollower) -> None:
        self._agents[agent.agent_id].discard(agent)
        if not self._agents[agent.agent_id]:
            del self._agents[agent.agent_id]
            self.on_agents_changed()

    def has_visitor(self, stream: UUID) -> bool:
        """Whether a page of the stream's visitor is open here."""
        return any(follower.is_visitor for follower in self._followers.get(stream, ()))

    @property
    def streams(self) -> list[UUID]:
        """Every stream somebody follows here."""
        return list(self._followers)

    @property
    def visitor_streams(self) -> list[UUID]:
        """Every stream whose visitor has a page open here."""
        return [stream for stream in self._followers if self.has_visitor(stream)]

    @property
    def agent_ids(self) -> list[UUID]:
        """Every agent with a console open here."""
        return list(self._agents)

    def deliver(self, message: Message, requests: Requests) -> None:
        """Pass a live message on to whom it concerns here."""
        match message:
            case LiveEntry():
                # The answer first: the page then knows that the entry which follows is its own request's.
                if message.sender is not None and message.client_id is not None:
                    requests.answered(message.sender, message.client_id, seq=message.entry.seq)
                event = Event(message.conversation_id, message.entry)
                for follower in self._of(message.conversation_id):
                    follower.on_event(event)
            case LiveReply():
                requests.answered(message.sender, message.client_id, seq=message.seq, refusal=message.refusal)
            case LiveTyping() | LivePlace() | LiveVisitor() | LiveReceipt():
                for follower in self._of(message.conversation_id):
                    follower.on_unnumbered(message)
            case LiveDesk():
                for agent in tuple(self._agents.get(message.agent_id, ())):
                    agent.on_desk(message.desk)
            case LiveCard():
                news, before = self._cards.take(message.card)
                if news:
                    for agent in self._consoles():
                        agent.on_card(message.card, before)
            case LiveAlert():
                for agent in self._consoles():
                    agent.on_alert(message)
            case LiveTicket():
                for agent in self._consoles():
                    agent.on_ticket(message.ticket, message.by, news=message.news)
            case _:
                pass  # A newer release's message: nothing here shows it yet.

    def _consoles(self) -> list[AgentFollower]:
        return [agent for agents in self._agents.values() for agent in agents]

    def _of(self, stream: UUID) -> Iterable[Follower]:
        return tuple(self._followers.get(stream, ()))
