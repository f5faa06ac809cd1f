"""Answers of the services' internal read APIs, which the gateway passes on to pages."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Email, Head, LanguageCode, Line, Model, Name, NamedRef, Timestamp
from contracts.conversation import AgentRole
from contracts.entries import CloseReason, OfferOutcome, VisitorEntry
from contracts.parameters import Localised
from contracts.views import State

AgentStatus = Literal["available", "break", "offline"]
StatusCause = Literal["chosen", "missed_offer", "connection_lost"]
"""The agent chose the status, let an offer expire, or was without a console too long."""


class Topic(Model):
    """A chat queue as visitors and agents see it."""

    id: UUID
    name: Name
    offer_seconds: Annotated[int, Field(ge=5, le=3600)] = 60


class TopicView(Topic):
    """A topic as it is now. `open` by its hours; `staffed` when an available agent of it has a console open."""

    open: bool = True
    changes_at: Timestamp | None = None
    """When it next opens or closes, if ever."""
    staffed: bool = True
    waiting_text: Localised = Localised()
    after_hours_text: Localised = Localised()


class Topics(Model):
    """`GET /internal/topics`: every topic, by name."""

    topics: tuple[TopicView, ...] = ()


class AgentTopic(TopicView):
    """A topic as agents see it."""

    ticket_subject: Line = ""
    """What a ticket from one of its conversations is called; `<topic>` stands for the topic's name."""


class AgentTopics(Model):
    """`GET /internal/topics`, with what only agents are told."""

    topics: tuple[AgentTopic, ...] = ()


class OfferCard(Model):
    """A conversation offered to the agent, until `expires_at`."""

    offer_id: UUID
    conversation_id: UUID
    topic: NamedRef
    visitor_name: Name
    made_at: Timestamp
    expires_at: Timestamp
    waiting_since: Timestamp
    chosen_by: NamedRef | None = None


class ChatCard(Model):
    """A conversation the agent takes part in, or took part in lately."""

    conversation_id: UUID
    topic: NamedRef
    visitor_name: Name
    state: State
    head: Head
    started_at: Timestamp
    owner_id: UUID | None = None
    unanswered: bool = False
    """The agent accepted it and has not written yet."""
    answer_due: Timestamp | None = None
    """When it passes on for want of a first answer; None while the time stands still."""


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
    status_cause: StatusCause = "chosen"
    missed_count: Annotated[int, Field(ge=0)] = 0
    """Offers the agent let expire in the last 24 hours."""
    role: AgentRole = "agent"


class BoardCard(Model):
    """A conversation as lists show it."""

    conversation_id: UUID
    head: Head
    state: State
    topic: NamedRef
    visitor_name: Name
    waiting_since: Timestamp
    started_at: Timestamp
    owner: NamedRef | None = None
    participants: tuple[NamedRef, ...] = ()
    offered_to: NamedRef | None = None


class Board(Model):
    """The conversations that are not over and that the agent may see, the longest waiting first.

    Own topics' for an agent, all for a supervisor; the first 500, and how many `more` there are.
    """

    cards: tuple[BoardCard, ...] = ()
    more: Annotated[int, Field(ge=0)] = 0


class Colleague(Model):
    """An agent as colleagues see them."""

    agent: NamedRef
    status: AgentStatus
    connected: bool
    load: Annotated[int, Field(ge=0)]
    capacity: Annotated[int, Field(ge=0)]
    missed_count: Annotated[int, Field(ge=0)] = 0
    topic_ids: tuple[UUID, ...] = ()
    has_room: bool = False
    """Whether a conversation can be offered to them now."""


class Colleagues(Model):
    """Agents by name: those of one topic who have a console open, or all for a supervisor."""

    agents: tuple[Colleague, ...] = ()


class PastConversation(Model):
    """A conversation in its visitor's own list, or in a customer's."""

    conversation_id: UUID
    topic_name: Name
    state: State
    started_at: Timestamp
    ended_at: Timestamp | None = None
    close_reason: CloseReason | None = None
    agents: tuple[Name, ...] = ()
    last_line: Line = ""


class PastConversations(Model):
    """`GET /internal/visitors/{id}/conversations`, or `/internal/customers/{id}/conversations?verified=`.

    A visitor's own, or a customer's (with `verified=true` only those begun with a verified address): the newest 50.
    A customer's without `verified` are for every agent: `last_line` is empty of what is not over yet.
    """

    conversations: tuple[PastConversation, ...] = ()


class ConversationRecord(Model):
    """`GET /internal/conversations/{id}/record?agent_id=`: what it was, and what was said, as its visitor saw it.

    Of one that is over every agent may read it, before that those who take part, are being asked, or supervise. The
    newest thousand entries; `agents` are those in it, once it is over those who were at its end.
    """

    conversation_id: UUID
    state: State
    topic: NamedRef
    visitor_name: Name
    visitor_email: Email | None = None
    language: LanguageCode = "pl"
    customer_id: UUID | None = None
    customer_verified: bool = False
    owner: NamedRef | None = None
    agents: tuple[NamedRef, ...] = ()
    started_at: Timestamp
    ended_at: Timestamp | None = None
    close_reason: CloseReason | None = None
    entries: tuple[VisitorEntry, ...] = ()


class HeadsRequest(Model):
    conversation_ids: Annotated[tuple[UUID, ...], Field(max_length=10000)] = ()
    agent_ids: Annotated[tuple[UUID, ...], Field(max_length=10000)] = ()


class Heads(Model):
    """The newest sequence number of each conversation and the newest desk version of each agent asked for."""

    conversations: dict[UUID, Head] = {}
    desks: dict[UUID, int] = {}
