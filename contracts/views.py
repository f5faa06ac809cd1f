"""The two views of a conversation: their headers, and the pure functions that build them from the log.

Invariants:
- `apply_entry` and `apply_visitor_entry` are the only definition of a header: applying the
  entries after a snapshot to its header gives the header of a fresh snapshot. The TypeScript reducers do the same
  and share the vectors in contracts/samples/views.
- What a visitor sees is built by naming what is allowed (`visitor_entry`), never by removing what is not.
"""

from collections.abc import Iterable
from typing import Annotated, Final, Literal, assert_never
from uuid import UUID

from pydantic import Field

from contracts.base import Email, Head, LanguageCode, Model, Name, NamedRef, Timestamp
from contracts.entries import (
    AgentJoined,
    AgentJoinedForVisitor,
    AgentLeft,
    AgentLeftForVisitor,
    AgentMessage,
    AgentMessageForVisitor,
    BrowserDetails,
    CloseReason,
    CustomerAttached,
    CustomerLookedUp,
    Ended,
    EndedForVisitor,
    Entry,
    InactivityWarned,
    OfferEnded,
    OfferMade,
    OwnerChanged,
    Rated,
    Started,
    StartedForVisitor,
    SystemMessage,
    TicketOpened,
    TicketOpenedForVisitor,
    VisitorEntry,
    VisitorEntryBody,
    VisitorMessage,
    WaitingAgain,
    WaitingAgainForVisitor,
)

State = Literal["waiting", "offered", "active", "closed"]
VisitorState = Literal["waiting", "active", "closed"]


class PendingOffer(Model):
    """An agent is being asked, until `expires_at`; `chosen_by` a colleague, or by the queue."""

    offer_id: UUID
    agent: NamedRef
    expires_at: Timestamp
    chosen_by: NamedRef | None = None


class Header(Model):
    """What agents see of a conversation at a glance."""

    conversation_id: UUID
    head: Head = 0
    state: State = "waiting"
    topic: NamedRef | None = None
    visitor_name: Name | None = None
    visitor_email: Email | None = None
    language: LanguageCode = "pl"
    browser: BrowserDetails = BrowserDetails()
    customer_id: UUID | None = None
    customer_verified: bool = False
    """The look-up of an address that the site vouched for found the customer; no agent chose them."""
    looked_up: bool = False
    """Whose it is has been said: by the look-up of the address, or by an agent before it."""
    owner: NamedRef | None = None
    participants: tuple[NamedRef, ...] = ()
    """The agents in the conversation, the longest present first; once it is closed, those who were."""
    offer: PendingOffer | None = None
    started_at: Timestamp | None = None
    ended_at: Timestamp | None = None
    close_reason: CloseReason | None = None
    ticket_number: int | None = None
    rating: Rated | None = None


class VisitorHeader(Model):
    """What the visitor sees of their conversation at a glance."""

    conversation_id: UUID
    head: Head = 0
    state: VisitorState = "waiting"
    topic_name: Name | None = None
    visitor_name: Name | None = None
    agents: tuple[Name, ...] = ()
    """The names of the agents in the conversation, in the order of `by_name`; once it is closed, of those who were."""
    started_at: Timestamp | None = None
    ended_at: Timestamp | None = None
    close_reason: CloseReason | None = None
    ticket_number: int | None = None
    rating: Rated | None = None


class Snapshot(Model):
    """A conversation as an agent sees it: header and the entries after the number asked for."""

    header: Header
    entries: tuple[Entry, ...]
    visitor_online: bool | None = None
    """Whether a page of the visitor's is open, as far as gateways have told; None where it is not known."""


class VisitorSnapshot(Model):
    """A conversation as its visitor sees it; `place` is theirs in the queue while they wait."""

    header: VisitorHeader
    entries: tuple[VisitorEntry, ...]
    place: Annotated[int, Field(ge=1)] | None = None


def visitor_entry(entry: Entry) -> VisitorEntry:
    """The visitor's view of an entry: the fields named here and no others; a skip where none is for them."""
    return VisitorEntry(seq=entry.seq, at=entry.at, body=_visitor_body(entry))


def _visitor_body(entry: Entry) -> VisitorEntryBody | None:
    match entry.body:
        case Started() as b:
            return StartedForVisitor(topic_name=b.topic.name, visitor_name=b.visitor_name)
        case VisitorMessage() as b:
            return VisitorMessage(client_id=b.client_id, text=b.text)
        case AgentMessage() as b:
            return AgentMessageForVisitor(agent_name=b.agent.name, text=b.text)
        case SystemMessage() as b:
            return SystemMessage(purpose=b.purpose, text=b.text)
        case AgentJoined() as b:
            return AgentJoinedForVisitor(agent_name=b.agent.name)
        case AgentLeft() as b:
            lost = b.reason == "connection_lost"
            return AgentLeftForVisitor(agent_name=b.agent.name, reason="connection_lost" if lost else "left")
        case WaitingAgain() as b:
            return WaitingAgainForVisitor(reason=b.reason, topic_name=b.topic.name)
        case InactivityWarned() as b:
            return InactivityWarned(closes_at=b.closes_at)
        case Ended() as b:
            return EndedForVisitor(reason=b.reason, agent_name=b.agent.name if b.agent else None)
        case TicketOpened() as b:
            return TicketOpenedForVisitor(number=b.number)
        case Rated() as b:
            return Rated(score=b.score, comment=b.comment)
        case CustomerLookedUp() | CustomerAttached() | OfferMade() | OfferEnded() | OwnerChanged():
            return None
        case _ as unreachable:
            assert_never(unreachable)


def apply_entry(header: Header, entry: Entry) -> Header:
    """The agents' header after `entry`; entries are applied in order, one after another.

    Raises ValueError when `entry` is not the next one.
    """
    _expect_next(header.head, entry.seq)
    return header.model_copy(update={"head": entry.seq, **_header_changes(header, entry)})


_NUMBER_TO_COME: Final[dict[str, object]] = {"ticket_number": None}
"""A ticket that an agent opened before is not the one that the conversation becomes."""


def _header_changes(header: Header, entry: Entry) -> dict[str, object]:
    match entry.body:
        case Started() as b:
            return {
                "state": "waiting",
                "topic": b.topic,
                "visitor_name": b.visitor_name,
                "visitor_email": b.visitor_email,
                "language": b.language,
                "browser": b.browser,
                "started_at": entry.at,
            }
        case CustomerLookedUp() as b:
            return {"looked_up": True, "customer_id": b.customer_id, "customer_verified": b.verified}
        case CustomerAttached() as b:
            customer_id = b.customer.id if b.customer else None
            return {"looked_up": True, "customer_id": customer_id, "customer_verified": False}
        case OfferMade() as b:
            offer = PendingOffer(offer_id=b.offer_id, agent=b.agent, expires_at=b.expires_at, chosen_by=b.chosen_by)
            return {"state": "offered" if header.state == "waiting" else header.state, "offer": offer}
        case OfferEnded() as b:
            back = header.state == "offered" and b.outcome != "accepted"
            return {"state": "waiting" if back else header.state, "offer": None}
        case AgentJoined() as b:
            joined: dict[str, object] = {"state": "active", "participants": (*header.participants, b.agent)}
            return {**joined, "owner": b.agent} if b.owner else joined
        case AgentLeft() as b:
            stay = tuple(agent for agent in header.participants if agent.id != b.agent.id)
            owner = None if header.owner and header.owner.id == b.agent.id else header.owner
            return {"participants": stay, "owner": owner}
        case OwnerChanged() as b:
            return {"owner": b.agent}
        case WaitingAgain() as b:
            state = "offered" if header.offer else "waiting"
            return {"state": state, "topic": b.topic, "owner": None, "participants": ()}
        case Ended() as b:
            closed = {"state": "closed", "ended_at": entry.at, "close_reason": b.reason}
            return {**closed, **_NUMBER_TO_COME} if b.reason == "became_ticket" else closed
        case TicketOpened() as b:
            return {"ticket_number": b.number}
        case Rated() as b:
            return {"rating": b}
        case VisitorMessage() | AgentMessage() | SystemMessage() | InactivityWarned():
            return {}
        case _ as unreachable:
            assert_never(unreachable)


def apply_visitor_entry(header: VisitorHeader, entry: VisitorEntry) -> VisitorHeader:
    """The visitor's header after `entry`; same order and errors as `apply_entry`."""
    _expect_next(header.head, entry.seq)
    return header.model_copy(update={"head": entry.seq, **_visitor_header_changes(header, entry)})


def _visitor_header_changes(header: VisitorHeader, entry: VisitorEntry) -> dict[str, object]:
    match entry.body:
        case StartedForVisitor() as b:
            return {"topic_name": b.topic_name, "visitor_name": b.visitor_name, "started_at": entry.at}
        case AgentJoinedForVisitor() as b:
            return {"state": "active", "agents": by_name((*header.agents, b.agent_name))}
        case AgentLeftForVisitor() as b:
            return {"agents": _without(header.agents, b.agent_name)}
        case WaitingAgainForVisitor() as b:
            return {"state": "waiting", "topic_name": b.topic_name, "agents": ()}
        case EndedForVisitor() as b:
            closed = {"state": "closed", "ended_at": entry.at, "close_reason": b.reason}
            return {**closed, **_NUMBER_TO_COME} if b.reason == "became_ticket" else closed
        case TicketOpenedForVisitor() as b:
            return {"ticket_number": b.number}
        case Rated() as b:
            return {"rating": b}
        case VisitorMessage() | AgentMessageForVisitor() | SystemMessage() | InactivityWarned() | None:
            return {}
        case _ as unreachable:
            assert_never(unreachable)


def by_name(names: Iterable[Name]) -> tuple[Name, ...]:
    """Names in the order in which browsers sort them.

    Sorted, because a visitor cannot tell apart two agents of one name, and so not who of them was there first.
    """
    return tuple(sorted(names, key=lambda name: name.encode("utf-16-be")))


def _without(names: tuple[Name, ...], name: Name) -> tuple[Name, ...]:
    """The names less one of that name: two agents may be called the same."""
    at = names.index(name) if name in names else len(names)
    return names[:at] + names[at + 1 :]


def _expect_next(head: int, seq: int) -> None:
    if seq != head + 1:
        raise ValueError(f"entry {seq} does not follow entry {head}")
