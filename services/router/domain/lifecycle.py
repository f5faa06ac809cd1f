"""How a conversation begins, goes on and ends: what may happen when, who may not, and what it leaves in the log.

Each function takes the state, the command and the time, and gives a `Decision` or says why not. What has happened
elsewhere (a ticket, a rating) cannot be refused; told twice, it changes nothing the second time. Offers are in
offers.py, what agents do among themselves in handover.py and leaving.py, and whose it is in customer.py.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from contracts.base import Actor, NamedRef
from contracts.conversation import (
    EndConversation,
    LeaveAsTicket,
    LeaveMessage,
    PostMessage,
    RateConversation,
    StartConversation,
)
from contracts.entries import (
    AgentMessage,
    Ended,
    Rated,
    Started,
    TicketOpened,
    VisitorMessage,
)
from contracts.parameters import TopicSettings
from contracts.refusals import Refusal, RefusalCode
from contracts.tickets import RatingRecorded
from contracts.views import Header
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation, Decision, record
from services.router.domain.hours import is_open
from services.router.domain.leaving import stranger
from services.router.domain.welcome import closing, welcome

# --- the visitor


def start(
    command: StartConversation, topic: TopicSettings, now: datetime, preferred_id: UUID | None = None
) -> Decision | Refusal:
    """A conversation begins and waits, last in its topic's queue. `preferred_id` owned the visitor's last one."""
    if not is_open(topic.hours, now):
        return Refusal(code=RefusalCode.OUTSIDE_HOURS)
    begun = replace(_empty(command, now), preferred_id=preferred_id)
    return record(begun, now, _started(command, topic), *welcome(topic, command.language, "at_start"))


def leave_message(command: LeaveMessage, topic: TopicSettings, now: datetime) -> Decision:
    """A conversation that nobody is to answer: a ticket from the start, whatever the hours."""
    message = VisitorMessage(client_id=command.client_id, text=command.text)
    return record(_empty(command, now), now, _started(command, topic), message, Ended(reason="became_ticket"))


def leave_as_ticket(conversation: Conversation, command: LeaveAsTicket, now: datetime) -> Decision | Refusal:
    """The visitor stops waiting; only what nobody has answered yet can become a ticket."""
    if command.visitor_id != conversation.visitor_id:
        return Refusal(code=RefusalCode.NOT_YOURS)
    if conversation.closed:
        return Refusal(code=RefusalCode.CLOSED)
    if not conversation.in_line:
        return Refusal(code=RefusalCode.NOT_WAITING)
    return record(conversation, now, *conversation.withdrawal, Ended(reason="became_ticket"))


def may_rate(conversation: Conversation, command: RateConversation) -> Refusal | None:
    """Why the visitor may not rate, or None. The log hears of a rating only once it is stored (`rating_recorded`)."""
    if command.visitor_id != conversation.visitor_id:
        return Refusal(code=RefusalCode.NOT_YOURS)
    if not conversation.closed:
        return Refusal(code=RefusalCode.NOT_CLOSED)
    if conversation.header.close_reason == "became_ticket":
        return Refusal(code=RefusalCode.NOT_CLOSED, detail="became_ticket")
    return None


# --- either side


def post(conversation: Conversation, command: PostMessage, now: datetime) -> Decision | Refusal:
    """Whoever takes part may write until the end; a visitor may also write while waiting."""
    agent = _agent_of(conversation, command.author)
    if agent is None and not _is_visitor(conversation, command.author):
        return _stranger(conversation, command.author)
    if conversation.closed:
        return Refusal(code=RefusalCode.CLOSED)
    if agent is None:
        return record(conversation, now, VisitorMessage(client_id=command.client_id, text=command.text))
    return record(conversation, now, AgentMessage(client_id=command.client_id, agent=agent, text=command.text))


def end(
    conversation: Conversation, command: EndConversation, by: Agent | None, topic: TopicSettings, now: datetime
) -> Decision | Refusal:
    """The visitor, the owner, or a supervisor who takes part may end it, once. A pending offer ends with it.

    `by` is the agent who asks, where it is one.
    """
    agent = _agent_of(conversation, command.by)
    if agent is None and not _is_visitor(conversation, command.by):
        return _stranger(conversation, command.by)
    if agent is not None and agent.id != conversation.owner_id and not (by is not None and by.supervises):
        return Refusal(code=RefusalCode.NOT_YOURS)
    if conversation.closed:
        return Refusal(code=RefusalCode.CLOSED)
    reason = Ended(reason="ended_by_agent", agent=agent) if agent else Ended(reason="ended_by_visitor")
    return close(conversation, reason, topic, now)


def close(conversation: Conversation, ended: Ended, topic: TopicSettings, now: datetime) -> Decision:
    """The end, with the company's last word; nothing where it has ended."""
    if conversation.closed:
        return Decision(conversation)
    last_word = closing(topic, conversation.header.language, ended.reason)
    return record(conversation, now, *conversation.withdrawal, *last_word, ended)


# --- what other services tell


def ticket_opened(conversation: Conversation, ticket_id: UUID, number: int, now: datetime) -> Decision:
    """A ticket exists: the one that the conversation became, or one that an agent opened out of it."""
    if conversation.header.ticket_number == number:
        return Decision(conversation)
    return record(conversation, now, TicketOpened(ticket_id=ticket_id, number=number))


def rating_recorded(conversation: Conversation, rating: RatingRecorded, now: datetime) -> Decision:
    """The visitor's rating is stored; a later one replaces it."""
    return record(conversation, now, Rated(score=rating.score, comment=rating.comment))


# --- the words used above


def _empty(command: StartConversation | LeaveMessage, now: datetime) -> Conversation:
    verified = command.verified and command.email is not None
    header = Header(conversation_id=command.conversation_id)
    return Conversation(header, command.visitor_id, waiting_since=now, verified=verified)


def _started(command: StartConversation | LeaveMessage, topic: TopicSettings) -> Started:
    return Started(
        topic=NamedRef(id=topic.id, name=topic.name),
        visitor_name=command.name,
        visitor_email=command.email,
        language=command.language,
        browser=command.browser,
    )


def _is_visitor(conversation: Conversation, actor: Actor) -> bool:
    return actor.kind == "visitor" and actor.id == conversation.visitor_id


def _agent_of(conversation: Conversation, actor: Actor) -> NamedRef | None:
    """The agent in the conversation that `actor` is, if any."""
    return conversation.participant(actor.id) if actor.kind == "agent" else None


def _stranger(conversation: Conversation, actor: Actor) -> Refusal:
    if actor.kind == "agent" and actor.id is not None:
        return stranger(conversation, actor.id)
    return Refusal(code=RefusalCode.NOT_YOURS)
