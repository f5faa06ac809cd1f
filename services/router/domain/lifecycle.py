"""The rules of a conversation's life: what may happen when, to whom it is refused, and what it leaves in the log.

Each function takes the state, the command and the time, and gives a `Decision` or says why not. What has happened
elsewhere (a look-up, a ticket, a rating) cannot be refused; told twice, it changes nothing the second time.
"""

from datetime import datetime, timedelta
from uuid import UUID

from contracts.base import Actor, NamedRef
from contracts.conversation import (
    AcceptOffer,
    DeclineOffer,
    EndConversation,
    LeaveAsTicket,
    PostMessage,
    RateConversation,
    StartConversation,
)
from contracts.entries import (
    AgentJoined,
    AgentMessage,
    CustomerLookedUp,
    Ended,
    EntryBody,
    OfferEnded,
    OfferMade,
    OfferOutcome,
    Rated,
    Started,
    TicketOpened,
    VisitorMessage,
)
from contracts.refusals import Refusal, RefusalCode
from contracts.tickets import RatingRecorded
from contracts.views import Header
from services.router.domain.conversation import Conversation, Decision, Offer, record

# --- the visitor


def start(command: StartConversation, topic: NamedRef, now: datetime) -> Decision:
    """A conversation begins and waits, last in its topic's queue."""
    conversation = Conversation(Header(conversation_id=command.conversation_id), command.visitor_id, waiting_since=now)
    started = Started(
        topic=topic,
        visitor_name=command.name,
        visitor_email=command.email,
        language=command.language,
        browser=command.browser,
    )
    return record(conversation, now, started)


def leave_as_ticket(conversation: Conversation, command: LeaveAsTicket, now: datetime) -> Decision | Refusal:
    """The visitor stops waiting; only what nobody has answered yet can become a ticket."""
    if command.visitor_id != conversation.visitor_id:
        return Refusal(code=RefusalCode.NOT_YOURS)
    if conversation.header.state == "closed":
        return Refusal(code=RefusalCode.CLOSED)
    if not conversation.in_line:
        return Refusal(code=RefusalCode.NOT_WAITING)
    return record(conversation, now, *_withdrawal(conversation), Ended(reason="became_ticket"))


def may_rate(conversation: Conversation, command: RateConversation) -> Refusal | None:
    """Why the visitor may not rate, or None. The log hears of a rating only once it is stored (`rating_recorded`)."""
    if command.visitor_id != conversation.visitor_id:
        return Refusal(code=RefusalCode.NOT_YOURS)
    if conversation.header.state != "closed":
        return Refusal(code=RefusalCode.NOT_CLOSED)
    if conversation.header.close_reason == "became_ticket":
        return Refusal(code=RefusalCode.NOT_CLOSED, detail="became_ticket")
    return None


# --- either side


def post(conversation: Conversation, command: PostMessage, now: datetime) -> Decision | Refusal:
    """Whoever takes part may write until the end; a visitor may also write while waiting."""
    agent = _participant(conversation, command.author)
    if agent is None and not _is_visitor(conversation, command.author):
        return Refusal(code=RefusalCode.NOT_YOURS)
    if conversation.header.state == "closed":
        return Refusal(code=RefusalCode.CLOSED)
    if agent is None:
        return record(conversation, now, VisitorMessage(client_id=command.client_id, text=command.text))
    return record(conversation, now, AgentMessage(client_id=command.client_id, agent=agent, text=command.text))


def end(conversation: Conversation, command: EndConversation, now: datetime) -> Decision | Refusal:
    """Whoever takes part may end it, once. A pending offer ends with it."""
    agent = _participant(conversation, command.by)
    if agent is None and not _is_visitor(conversation, command.by):
        return Refusal(code=RefusalCode.NOT_YOURS)
    if conversation.header.state == "closed":
        return Refusal(code=RefusalCode.CLOSED)
    reason = Ended(reason="ended_by_agent", agent=agent) if agent else Ended(reason="ended_by_visitor")
    return record(conversation, now, *_withdrawal(conversation), reason)


# --- offers


def make_offer(
    conversation: Conversation, agent: NamedRef, offer_id: UUID, lasts: timedelta, now: datetime
) -> Decision | Refusal:
    """Put a waiting conversation to an agent. Who, is `routing.next_agent`'s choice."""
    if conversation.header.state != "waiting":
        return Refusal(code=RefusalCode.NOT_WAITING)
    return record(conversation, now, OfferMade(offer_id=offer_id, agent=agent, expires_at=now + lasts))


def accept(conversation: Conversation, command: AcceptOffer, now: datetime) -> Decision | Refusal:
    """The agent takes the conversation and owns it."""
    pending = _pending(conversation, command.offer_id, command.agent_id)
    if isinstance(pending, Refusal):
        return pending
    return record(conversation, now, _ended(pending, "accepted"), AgentJoined(agent=pending.agent, owner=True))


def decline(conversation: Conversation, command: DeclineOffer, now: datetime) -> Decision | Refusal:
    """The agent turns it down; it waits on, at its old place."""
    pending = _pending(conversation, command.offer_id, command.agent_id)
    if isinstance(pending, Refusal):
        return pending
    return record(conversation, now, _ended(pending, "declined"))


def expire(conversation: Conversation, offer_id: UUID, now: datetime) -> Decision:
    """The agent's time is over; an offer that has ended otherwise stays as it ended."""
    return _end_offer(conversation, offer_id, "expired", now)


def withdraw(conversation: Conversation, offer_id: UUID, now: datetime) -> Decision:
    """The agent takes no conversations any more; one who comes back may be asked again in the same round."""
    return _end_offer(conversation, offer_id, "withdrawn", now)


# --- what other services tell


def customer_looked_up(conversation: Conversation, customer_id: UUID | None, now: datetime) -> Decision:
    """One entry whether somebody was found or not, and after the end too: numbering tells the visitor nothing."""
    if conversation.header.looked_up:
        return Decision(conversation)
    return record(conversation, now, CustomerLookedUp(customer_id=customer_id))


def ticket_opened(conversation: Conversation, ticket_id: UUID, number: int, now: datetime) -> Decision:
    """The ticket that the conversation became exists."""
    if conversation.header.ticket_number is not None:
        return Decision(conversation)
    return record(conversation, now, TicketOpened(ticket_id=ticket_id, number=number))


def rating_recorded(conversation: Conversation, rating: RatingRecorded, now: datetime) -> Decision:
    """The visitor's rating is stored; a later one replaces it."""
    return record(conversation, now, Rated(score=rating.score, comment=rating.comment))


# --- the words used above


def _is_visitor(conversation: Conversation, actor: Actor) -> bool:
    return actor.kind == "visitor" and actor.id == conversation.visitor_id


def _participant(conversation: Conversation, actor: Actor) -> NamedRef | None:
    """The agent of the conversation that `actor` is, if any."""
    owner = conversation.header.owner
    return owner if owner is not None and actor.kind == "agent" and actor.id == owner.id else None


def _pending(conversation: Conversation, offer_id: UUID, agent_id: UUID) -> Offer | Refusal:
    """The offer if it still stands and is this agent's; otherwise what came in between."""
    pending = conversation.offer
    if pending is not None and pending.id == offer_id:
        return pending if pending.agent.id == agent_id else Refusal(code=RefusalCode.NOT_YOURS)
    match conversation.header:
        case Header(state="closed"):
            return Refusal(code=RefusalCode.CLOSED)
        case Header(state="active", owner=NamedRef(id=owner_id)) if owner_id != agent_id:
            return Refusal(code=RefusalCode.TAKEN)
        case _:
            return Refusal(code=RefusalCode.TOO_LATE)


def _end_offer(conversation: Conversation, offer_id: UUID, outcome: OfferOutcome, now: datetime) -> Decision:
    pending = conversation.offer
    if pending is None or pending.id != offer_id:
        return Decision(conversation)
    return record(conversation, now, _ended(pending, outcome))


def _withdrawal(conversation: Conversation) -> tuple[EntryBody, ...]:
    return (_ended(conversation.offer, "withdrawn"),) if conversation.offer else ()


def _ended(offer: Offer, outcome: OfferOutcome) -> OfferEnded:
    return OfferEnded(offer_id=offer.id, agent=offer.agent, outcome=outcome)
