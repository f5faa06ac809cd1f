"""Commands to conversations (gateway to router) and the events that they cause."""

from typing import ClassVar, Literal
from uuid import UUID

from contracts.base import Actor, Comment, Email, LanguageCode, Message, MessageText, Name, NamedRef, Timestamp
from contracts.entries import BrowserDetails, Score


class ConversationCommand(Message):
    """What every conversation command carries.

    `client_id` is the sender's own id of the request: a repeated one is answered as the first was and changes nothing.
    """

    conversation_id: UUID
    client_id: UUID


class StartConversation(ConversationCommand):
    """A visitor starts a conversation and waits for an agent of the topic."""

    TYPE: ClassVar[str] = "conversation.start.v1"
    visitor_id: UUID
    widget_id: UUID
    topic_id: UUID
    name: Name
    email: Email | None = None
    language: LanguageCode = "pl"
    browser: BrowserDetails = BrowserDetails()


class PostMessage(ConversationCommand):
    """A visitor or an agent of the conversation writes."""

    TYPE: ClassVar[str] = "conversation.post_message.v1"
    author: Actor
    text: MessageText


class AcceptOffer(ConversationCommand):
    TYPE: ClassVar[str] = "conversation.accept_offer.v1"
    offer_id: UUID
    agent_id: UUID


class DeclineOffer(ConversationCommand):
    TYPE: ClassVar[str] = "conversation.decline_offer.v1"
    offer_id: UUID
    agent_id: UUID


class EndConversation(ConversationCommand):
    TYPE: ClassVar[str] = "conversation.end.v1"
    by: Actor


class LeaveAsTicket(ConversationCommand):
    """The visitor stops waiting; what they wrote becomes a ticket. Every field is required."""

    TYPE: ClassVar[str] = "conversation.leave_as_ticket.v1"
    visitor_id: UUID
    name: Name
    email: Email
    text: MessageText


class RateConversation(ConversationCommand):
    TYPE: ClassVar[str] = "conversation.rate.v1"
    visitor_id: UUID
    score: Score
    comment: Comment = ""


class ConversationStarted(Message):
    """A conversation waits. The address is the visitor's claim, not an identity."""

    TYPE: ClassVar[str] = "conversation.started.v1"
    conversation_id: UUID
    topic: NamedRef
    visitor_name: Name
    visitor_email: Email | None = None
    started_at: Timestamp


class SetStatus(Message):
    """An agent says whether they take conversations."""

    TYPE: ClassVar[str] = "agent.set_status.v1"
    agent_id: UUID
    client_id: UUID
    status: Literal["available", "break", "offline"]
    reason: Comment = ""


class AgentRegistered(Message):
    """An agent account was made or changed; the router keeps what routing needs of it."""

    TYPE: ClassVar[str] = "agent.registered.v1"
    agent_id: UUID
    name: Name
    capacity: int
    topic_ids: tuple[UUID, ...]
    version: int
