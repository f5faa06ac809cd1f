"""What a conversation is: the fold of its log, and a few things beside it that are no history.

Invariants:
- `evolve` is the only way the log changes a conversation, one numbered entry at a time, so the kept state always equals
  the fold of the log (`contracts.views.apply_entry` for what people see, the rest here for what routing needs).
- Beside the log stand the first answer's time (`answer_due`, `answer_left`), whether the visitor has a page open
  (`visitor_gone_at`), whom a returning visitor knows (`preferred_id`) and whether the site vouched for the address
  given at the start (`verified`).
- A conversation has at most one pending offer and, while active, exactly one owner.
- `holders` is the only definition of whose room a conversation takes; an agent's load is the number of
  conversations that they hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

from contracts.base import NamedRef
from contracts.entries import (
    AgentJoined,
    AgentLeft,
    AgentMessage,
    CustomerAttached,
    CustomerLookedUp,
    Ended,
    Entry,
    EntryBody,
    InactivityWarned,
    LeaveReason,
    OfferEnded,
    OfferMade,
    OfferOutcome,
    OwnerChanged,
    Rated,
    Started,
    SystemMessage,
    TicketOpened,
    VisitorMessage,
    WaitingAgain,
)
from contracts.views import Header, apply_entry


@dataclass(frozen=True, slots=True)
class Offer:
    """A conversation put to one agent, who has until `expires_at`: by the queue, or by the colleague who chose them."""

    id: UUID
    agent: NamedRef
    expires_at: datetime
    chosen_by: NamedRef | None = None

    def ended(self, outcome: OfferOutcome) -> OfferEnded:
        return OfferEnded(offer_id=self.id, agent=self.agent, outcome=outcome)


@dataclass(frozen=True, slots=True)
class Conversation:
    """`waiting_since` is the place in the queue; `asked` are the agents who have been tried in this round.

    `departed` are the agents who left, and why. The last to become owner did at `owned_at`. While `unanswered`, that
    owner has accepted and not written yet: until `answer_due`, or with `answer_left` once they stop typing. The visitor
    wrote last at `visitor_wrote_at`, has had no page open since `visitor_gone_at`, and was last warned of their silence
    at `warned_at`. `verified`: the site vouched for the address that they gave at the start.
    """

    header: Header
    visitor_id: UUID
    waiting_since: datetime
    offer: Offer | None = None
    asked: frozenset[UUID] = frozenset()
    departed: Mapping[UUID, LeaveReason] = field(default_factory=dict, hash=False)
    preferred_id: UUID | None = None
    unanswered: bool = False
    answer_due: datetime | None = None
    answer_left: timedelta | None = None
    owned_at: datetime | None = None
    visitor_wrote_at: datetime | None = None
    visitor_gone_at: datetime | None = None
    warned_at: datetime | None = None
    verified: bool = False

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
        """The agents whose room this conversation takes: who is being asked, and who takes part while it is active."""
        held = {self.offer.agent.id} if self.offer else set()
        if self.header.state == "active":
            held |= {agent.id for agent in self.header.participants}
        return frozenset(held)

    @property
    def owner_id(self) -> UUID | None:
        return self.header.owner.id if self.header.owner else None

    @property
    def closed(self) -> bool:
        return self.header.state == "closed"

    def participant(self, agent_id: UUID | None) -> NamedRef | None:
        """The agent of this id, if they take part, or did at the end."""
        return next((agent for agent in self.header.participants if agent.id == agent_id), None)

    @property
    def withdrawal(self) -> tuple[OfferEnded, ...]:
        """What says that whoever is being asked is asked no longer; nothing where nobody is."""
        return (self.offer.ended("withdrawn"),) if self.offer else ()

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
        """The entry that answers whoever asked: the last that is no text of the company's."""
        return next((entry for entry in reversed(self.entries) if not isinstance(entry.body, SystemMessage)), None)


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
        case Started() | VisitorMessage():
            return replace(after, visitor_wrote_at=entry.at)
        case AgentMessage() as message:
            return answered(after) if message.agent.id == after.owner_id else after
        case OfferMade() as made:
            # The queue asks an agent a second time only when everybody has been: that is what begins a new round.
            anew = made.chosen_by is None and made.agent.id in after.asked
            offer = Offer(made.offer_id, made.agent, made.expires_at, made.chosen_by)
            return replace(after, offer=offer, asked=frozenset() if anew else after.asked)
        case OfferEnded() as ended:
            turned_down = {ended.agent.id} if ended.outcome in ("declined", "expired") else set()
            after = replace(after, offer=None, asked=after.asked | turned_down)
            return replace(answered(after), unanswered=True) if ended.outcome == "accepted" else after
        case AgentJoined() as joined:
            departed = {k: v for k, v in after.departed.items() if k != joined.agent.id}
            return replace(after, departed=departed, owned_at=entry.at if joined.owner else after.owned_at)
        case OwnerChanged():
            return replace(after, owned_at=entry.at)
        case AgentLeft() as left:
            return _after_leaving(conversation, after, left)
        case WaitingAgain() as again:
            return replace(after, asked=frozenset()) if again.reason in ("connection_lost", "moved") else after
        case InactivityWarned():
            return replace(after, warned_at=entry.at)
        case Ended():
            return answered(after)
        case CustomerLookedUp() | CustomerAttached() | SystemMessage() | TicketOpened() | Rated():
            return after
        case _ as unreachable:
            assert_never(unreachable)


def answered(conversation: Conversation) -> Conversation:
    """Nobody's first answer is waited for."""
    return replace(conversation, unanswered=False, answer_due=None, answer_left=None)


def _after_leaving(before: Conversation, after: Conversation, left: AgentLeft) -> Conversation:
    after = replace(after, departed={**after.departed, left.agent.id: left.reason})
    if left.agent.id != before.owner_id or left.reason == "handed_over":
        # Who hands over is not whose answer is waited for: their successor has just accepted.
        return after
    match left.reason:
        case "left":
            # A round of its own begins, should it wait again: without whoever has just left it.
            after = replace(after, asked=frozenset({left.agent.id}))
        case "not_answered":
            after = replace(after, asked=after.asked | {left.agent.id})
        case _:
            pass
    return answered(after)
