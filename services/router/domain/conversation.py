"""What a conversation is: the fold of its log, and nothing that the log does not say.

Invariants:
- `evolve` is the only way a conversation changes, one numbered entry at a time, so the kept state always equals the
  fold of the log (`contracts.views.apply_entry` for what people see, the rest here for what routing needs).
- A conversation has at most one pending offer and, while active, exactly one owner.
- `holders` is the only definition of whose room a conversation takes; an agent's load is the number of
  conversations that they hold.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from contracts.base import NamedRef
from contracts.entries import (
    AgentJoined,
    AgentMessage,
    CustomerLookedUp,
    Ended,
    Entry,
    EntryBody,
    OfferEnded,
    OfferMade,
    Rated,
    Started,
    TicketOpened,
    VisitorMessage,
)
from contracts.views import Header, apply_entry


@dataclass(frozen=True, slots=True)
class Offer:
    """A conversation put to one agent, who has until `expires_at`."""

    id: UUID
    agent: NamedRef
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """`waiting_since` is the place in the queue; `asked` are the agents who turned it down in this round."""

    header: Header
    visitor_id: UUID
    waiting_since: datetime
    offer: Offer | None = None
    asked: frozenset[UUID] = frozenset()

    @property
    def id(self) -> UUID:
        return self.header.conversation_id

    @property
    def topic(self) -> NamedRef:
        if self.header.topic is None:
            raise ValueError("a conversation begins with its `started` entry")
        return self.header.topic

    @property
    def holders(self) -> frozenset[UUID]:
        """The agents whose room this conversation takes: who it is offered to, and who owns it while active."""
        held = {self.offer.agent.id} if self.offer else set()
        if self.header.state == "active" and self.header.owner:
            held.add(self.header.owner.id)
        return frozenset(held)

    @property
    def in_line(self) -> bool:
        """Whether the visitor still waits for an agent and so has a place in the queue."""
        return self.header.state in ("waiting", "offered")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a command did: the conversation after it, and the entries that say so; none where nothing was left to do."""

    conversation: Conversation
    entries: tuple[Entry, ...] = ()

    @property
    def answer(self) -> Entry | None:
        """The entry that answers whoever asked: the last, since what it entails is logged before it."""
        return self.entries[-1] if self.entries else None


def record(conversation: Conversation, now: datetime, *bodies: EntryBody) -> Decision:
    """Append `bodies` to the log, numbered on from its head."""
    entries: list[Entry] = []
    for body in bodies:
        entry = Entry(seq=conversation.header.head + 1, at=now, body=body)
        conversation = evolve(conversation, entry)
        entries.append(entry)
    return Decision(conversation, tuple(entries))


def evolve(conversation: Conversation, entry: Entry) -> Conversation:
    """The conversation after `entry`. Raises ValueError when it is not the next one."""
    after = replace(conversation, header=apply_entry(conversation.header, entry))
    match entry.body:
        case OfferMade() as made:
            # An agent is asked a second time only when everybody has been: that is what begins a new round.
            asked = frozenset() if made.agent.id in after.asked else after.asked
            return replace(after, offer=Offer(made.offer_id, made.agent, made.expires_at), asked=asked)
        case OfferEnded() as ended:
            turned_down = {ended.agent.id} if ended.outcome in ("declined", "expired") else set()
            return replace(after, offer=None, asked=after.asked | turned_down)
        case AgentJoined():
            return replace(after, asked=frozenset())
        case Started() | VisitorMessage() | AgentMessage() | CustomerLookedUp() | Ended() | TicketOpened() | Rated():
            return after
        case _ as unreachable:
            assert_never(unreachable)
