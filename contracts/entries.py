"""The entries of a conversation's log: what agents see, and the separate, smaller model of what a visitor sees.

Everything that happens in a conversation is one entry, numbered from 1 without gaps. Both views share the
numbering; an entry that is for agents only reaches the visitor as a skip (`VisitorEntry.body is None`).
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Comment, Email, LanguageCode, Line, MessageText, Model, Name, NamedRef, Seq, Timestamp, Url

Score = Literal["good", "neutral", "bad"]
CloseReason = Literal["ended_by_agent", "ended_by_visitor", "inactive", "became_ticket"]
OfferOutcome = Literal["accepted", "declined", "expired", "withdrawn"]
LeaveReason = Literal["left", "handed_over", "taken_over", "not_answered", "connection_lost", "moved"]
WaitReason = Literal["left", "not_answered", "connection_lost", "moved"]
Purpose = Literal["welcome", "closing"]


class BrowserDetails(Model):
    """What the visitor's browser told, as agents see it. The address is already shortened according to the setting."""

    user_agent: Annotated[str, Field(max_length=500)] = ""
    browser: Line = ""
    system: Line = ""
    languages: Line = ""
    screen: Line = ""
    page_url: Url = ""
    page_title: Line = ""
    referrer: Url = ""
    address: Line = ""


class Started(Model):
    """The visitor started the conversation."""

    kind: Literal["started"] = "started"
    topic: NamedRef
    visitor_name: Name
    visitor_email: Email | None = None
    language: LanguageCode = "pl"
    browser: BrowserDetails = BrowserDetails()


class VisitorMessage(Model):
    kind: Literal["visitor_message"] = "visitor_message"
    client_id: UUID
    text: MessageText


class AgentMessage(Model):
    kind: Literal["agent_message"] = "agent_message"
    client_id: UUID
    agent: NamedRef
    text: MessageText


class SystemMessage(Model):
    """A text of the company's, in the visitor's language."""

    kind: Literal["system_message"] = "system_message"
    purpose: Purpose
    text: MessageText


class CustomerLookedUp(Model):
    """The visitor's address was looked up: logged once, found or not, so that numbering tells nothing.

    Not where an agent has said before whose conversation it is.
    """

    kind: Literal["customer_looked_up"] = "customer_looked_up"
    customer_id: UUID | None = None
    verified: bool = False


class CustomerAttached(Model):
    """An agent said whose conversation it is, which stands whatever a look-up says; None: nobody's that is known."""

    kind: Literal["customer_attached"] = "customer_attached"
    customer: NamedRef | None = None
    by: NamedRef


class OfferMade(Model):
    """The conversation is put to an agent: by the queue, or by `chosen_by`, who keeps it until it is accepted."""

    kind: Literal["offer_made"] = "offer_made"
    offer_id: UUID
    agent: NamedRef
    expires_at: Timestamp
    chosen_by: NamedRef | None = None


class OfferEnded(Model):
    kind: Literal["offer_ended"] = "offer_ended"
    offer_id: UUID
    agent: NamedRef
    outcome: OfferOutcome


class AgentJoined(Model):
    kind: Literal["agent_joined"] = "agent_joined"
    agent: NamedRef
    owner: bool


class AgentLeft(Model):
    """The agent takes part no longer. Where the owner left, the next entries say who owns it, or that it waits."""

    kind: Literal["agent_left"] = "agent_left"
    agent: NamedRef
    reason: LeaveReason


class OwnerChanged(Model):
    """An agent who already took part owns the conversation from here on."""

    kind: Literal["owner_changed"] = "owner_changed"
    agent: NamedRef


class WaitingAgain(Model):
    """No agent is left: the conversation waits again, at its old place, in the queue of `topic`."""

    kind: Literal["waiting_again"] = "waiting_again"
    reason: WaitReason
    topic: NamedRef


class InactivityWarned(Model):
    """Unless the visitor gives a sign of life, the conversation is closed at `closes_at`."""

    kind: Literal["inactivity_warned"] = "inactivity_warned"
    closes_at: Timestamp


class Ended(Model):
    """The conversation is over."""

    kind: Literal["ended"] = "ended"
    reason: CloseReason
    agent: NamedRef | None = None
    """The agent who ended it, where one did."""


class TicketOpened(Model):
    """The conversation became this ticket, or an agent opened it out of the conversation, which goes on."""

    kind: Literal["ticket_opened"] = "ticket_opened"
    ticket_id: UUID
    number: Annotated[int, Field(ge=1)]


class Rated(Model):
    """The visitor rated the conversation; a later entry replaces an earlier one."""

    kind: Literal["rated"] = "rated"
    score: Score
    comment: Comment = ""


EntryBody = Annotated[
    Started
    | VisitorMessage
    | AgentMessage
    | SystemMessage
    | CustomerLookedUp
    | CustomerAttached
    | OfferMade
    | OfferEnded
    | AgentJoined
    | AgentLeft
    | OwnerChanged
    | WaitingAgain
    | InactivityWarned
    | Ended
    | TicketOpened
    | Rated,
    Field(discriminator="kind"),
]


class Entry(Model):
    """One entry as agents see it."""

    seq: Seq
    at: Timestamp
    body: EntryBody


class StartedForVisitor(Model):
    kind: Literal["started"] = "started"
    topic_name: Name
    visitor_name: Name


class AgentMessageForVisitor(Model):
    kind: Literal["agent_message"] = "agent_message"
    agent_name: Name
    text: MessageText


class AgentJoinedForVisitor(Model):
    kind: Literal["agent_joined"] = "agent_joined"
    agent_name: Name


class AgentLeftForVisitor(Model):
    """Why agents hand conversations to one another is theirs to know."""

    kind: Literal["agent_left"] = "agent_left"
    agent_name: Name
    reason: Literal["left", "connection_lost"]


class WaitingAgainForVisitor(Model):
    kind: Literal["waiting_again"] = "waiting_again"
    reason: WaitReason
    topic_name: Name


class EndedForVisitor(Model):
    kind: Literal["ended"] = "ended"
    reason: CloseReason
    agent_name: Name | None = None


class TicketOpenedForVisitor(Model):
    kind: Literal["ticket_opened"] = "ticket_opened"
    number: Annotated[int, Field(ge=1)]


VisitorEntryBody = Annotated[
    StartedForVisitor
    | VisitorMessage
    | AgentMessageForVisitor
    | SystemMessage
    | AgentJoinedForVisitor
    | AgentLeftForVisitor
    | WaitingAgainForVisitor
    | InactivityWarned
    | EndedForVisitor
    | TicketOpenedForVisitor
    | Rated,
    Field(discriminator="kind"),
]


class VisitorEntry(Model):
    """One entry as the visitor sees it; without a body it is a skip that only keeps the numbering whole."""

    seq: Seq
    at: Timestamp
    body: VisitorEntryBody | None = None
