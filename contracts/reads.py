"""Answers of the services' internal read APIs, which the gateway passes on to pages."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Email, Head, LanguageCode, Line, MessageText, Model, Name, NamedRef, Timestamp
from contracts.entries import OfferOutcome, Score
from contracts.views import State

AgentStatus = Literal["available", "break", "offline"]


class Topic(Model):
    """A chat queue as visitors and agents see it."""

    id: UUID
    name: Name
    offer_seconds: Annotated[int, Field(ge=5, le=3600)] = 60


class Topics(Model):
    """`GET /internal/topics`: every topic, by name."""

    topics: tuple[Topic, ...] = ()


class OfferCard(Model):
    """A conversation offered to the agent, until `expires_at`."""

    offer_id: UUID
    conversation_id: UUID
    topic: NamedRef
    visitor_name: Name
    made_at: Timestamp
    expires_at: Timestamp
    waiting_since: Timestamp


class ChatCard(Model):
    """A conversation the agent takes part in, or took part in lately."""

    conversation_id: UUID
    topic: NamedRef
    visitor_name: Name
    state: State
    head: Head
    started_at: Timestamp
    owner_id: UUID | None = None


class MissedOffer(Model):
    """The agent's latest offer that ended without them accepting it, and why."""

    offer_id: UUID
    conversation_id: UUID
    visitor_name: Name
    outcome: OfferOutcome
    at: Timestamp


class Desk(Model):
    """All an agent's console shows outside a conversation. Replaced as a whole; the highest `version` wins."""

    agent_id: UUID
    version: Annotated[int, Field(ge=0)]
    status: AgentStatus
    status_reason: Line = ""
    load: Annotated[int, Field(ge=0)]
    capacity: Annotated[int, Field(ge=0)]
    offers: tuple[OfferCard, ...] = ()
    chats: tuple[ChatCard, ...] = ()
    missed: MissedOffer | None = None


class HeadsRequest(Model):
    conversation_ids: Annotated[tuple[UUID, ...], Field(max_length=10000)] = ()
    agent_ids: Annotated[tuple[UUID, ...], Field(max_length=10000)] = ()


class Heads(Model):
    """The newest sequence number of each conversation and the newest desk version of each agent asked for."""

    conversations: dict[UUID, Head] = {}
    desks: dict[UUID, int] = {}


class CustomField(Model):
    label: Name
    value: Line


class Customer(Model):
    """A customer's card as shown beside a conversation."""

    id: UUID
    name: Name
    company: Line = ""
    emails: tuple[Email, ...] = ()
    phones: tuple[Line, ...] = ()
    note: Line = ""
    fields: tuple[CustomField, ...] = ()
    """Only the custom fields with "show in chat"."""


class TicketSummary(Model):
    id: UUID
    number: Annotated[int, Field(ge=1)]
    subject_line: Line
    status: Literal["new"]
    topic: NamedRef
    name: Name
    email: Email
    opened_at: Timestamp


class TicketMessage(Model):
    author: Line
    text: MessageText
    at: Timestamp


class Ticket(TicketSummary):
    """A ticket's card: the summary and the thread, oldest first."""

    conversation_id: UUID | None = None
    language: LanguageCode = "pl"
    messages: tuple[TicketMessage, ...] = ()


class TicketPage(Model):
    """One page of the list, newest first; `next` is the number to ask on from, None at the end."""

    tickets: tuple[TicketSummary, ...]
    next: int | None = None


class Rating(Model):
    conversation_id: UUID
    score: Score
    comment: Line = ""
    rated_at: Timestamp
