"""Commands to conversations (gateway to router) and the events that they cause."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Actor, Comment, Email, LanguageCode, Message, MessageText, Name, NamedRef, Timestamp
from contracts.entries import BrowserDetails, CloseReason, Score, VisitorEntry

AgentRole = Literal["agent", "supervisor", "administrator"]
"""A supervisor sees and may take over every conversation; an administrator also changes settings."""


Priority = Annotated[int, Field(ge=1, le=9, description="Lower is asked first.")]


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
    verified: bool = False
    """The site vouched for the address."""


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


class LeaveMessage(ConversationCommand):
    """A visitor leaves a question without waiting for an agent: a conversation that is a ticket from the start."""

    TYPE: ClassVar[str] = "conversation.leave_message.v1"
    visitor_id: UUID
    widget_id: UUID
    topic_id: UUID
    name: Name
    email: Email
    text: MessageText
    language: LanguageCode = "pl"
    browser: BrowserDetails = BrowserDetails()
    verified: bool = False


class AttachCustomer(ConversationCommand):
    """An agent says whose conversation it is; None: nobody's that is known."""

    TYPE: ClassVar[str] = "conversation.attach_customer.v1"
    agent_id: UUID
    customer: NamedRef | None = None


class ChooseAgent(ConversationCommand):
    """Offer the conversation to one agent; it stays with its present owner until accepted."""

    TYPE: ClassVar[str] = "conversation.choose_agent.v1"
    agent_id: UUID
    chosen_id: UUID


class MoveToTopic(ConversationCommand):
    """Let the conversation wait in another topic's queue, by its original waiting time."""

    TYPE: ClassVar[str] = "conversation.move_to_topic.v1"
    agent_id: UUID
    topic_id: UUID


class JoinConversation(ConversationCommand):
    """Take part beside the owner."""

    TYPE: ClassVar[str] = "conversation.join.v1"
    agent_id: UUID


class LeaveConversation(ConversationCommand):
    """Take part no longer; an owner's conversation passes to whoever is longest there, else it waits again."""

    TYPE: ClassVar[str] = "conversation.leave.v1"
    agent_id: UUID


class TakeOver(ConversationCommand):
    """A supervisor becomes the owner of a waiting or running conversation."""

    TYPE: ClassVar[str] = "conversation.take_over.v1"
    agent_id: UUID


class TypeFirstAnswer(ConversationCommand):
    """The owner began or stopped typing the first message: meanwhile the first-answer time stands still."""

    TYPE: ClassVar[str] = "conversation.type_first_answer.v1"
    agent_id: UUID
    typing: bool


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
    verified: bool = False
    started_at: Timestamp


class ConversationEnded(Message):
    """A conversation is over; `entries` are the newest as the visitor saw them: at most 1,000, and 1 MiB of JSON."""

    TYPE: ClassVar[str] = "conversation.ended.v1"
    conversation_id: UUID
    topic: NamedRef
    visitor_name: Name
    visitor_email: Email | None = None
    verified: bool = False
    """The site vouched for the address when the conversation began."""
    language: LanguageCode = "pl"
    reason: CloseReason
    owner: NamedRef | None = None
    customer_id: UUID | None = None
    answered: bool = False
    """An agent wrote something."""
    started_at: Timestamp
    ended_at: Timestamp
    entries: Annotated[tuple[VisitorEntry, ...], Field(max_length=1000)] = ()
    older_left_out: bool = False
    """The conversation has entries before these."""


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
    default_capacity: bool = False
    """The account has no capacity of its own: the global one holds, whatever `capacity` says."""
    priorities: dict[UUID, Priority] = {}
    """Per topic; 5 where none is named."""
    role: AgentRole = "agent"


class GatewayPresence(Message):
    """Who has a page open at a gateway: all of it, at every change of the agents and every few seconds.

    The gateway's lease on its pages: when it tells nothing for a while, they count as gone since it last did. Of two
    messages of one gateway the one with the higher `number` holds.
    """

    TYPE: ClassVar[str] = "gateway.presence.v1"
    gateway_id: UUID
    number: Annotated[int, Field(ge=1)]
    at: Timestamp
    agents: tuple[UUID, ...] = ()
    conversations: tuple[UUID, ...] = ()
    """The conversations whose visitor has a page open."""
