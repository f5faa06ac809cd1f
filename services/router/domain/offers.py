"""A conversation is put to one agent at a time: by the queue to whose turn it is, or by a colleague to a chosen one.

What ends an offer ends it once; whoever comes later is told what came in between.
"""

from datetime import datetime, timedelta
from uuid import UUID

from contracts.base import NamedRef
from contracts.conversation import AcceptOffer, DeclineOffer
from contracts.entries import AgentJoined, AgentLeft, EntryBody, OfferMade, OfferOutcome, OwnerChanged
from contracts.parameters import TopicSettings
from contracts.refusals import Refusal, RefusalCode
from services.router.domain.conversation import Conversation, Decision, Offer, record
from services.router.domain.first_answer import wait_for_answer
from services.router.domain.welcome import welcome


def make_offer(
    conversation: Conversation, agent: NamedRef, offer_id: UUID, lasts: timedelta, now: datetime
) -> Decision | Refusal:
    """Put a waiting conversation to an agent. Who, is `routing.next_agent`'s choice."""
    if conversation.header.state != "waiting":
        return Refusal(code=RefusalCode.NOT_WAITING)
    return record(conversation, now, OfferMade(offer_id=offer_id, agent=agent, expires_at=now + lasts))


def accept(conversation: Conversation, command: AcceptOffer, topic: TopicSettings, now: datetime) -> Decision | Refusal:
    """The agent takes the conversation and owns it, in place of whoever did; their first answer is waited for."""
    pending = _pending(conversation, command.offer_id, command.agent_id)
    if isinstance(pending, Refusal):
        return pending
    owner = conversation.header.owner
    handed_over = (AgentLeft(agent=owner, reason="handed_over"),) if owner else ()
    taken = record(
        conversation, now, pending.ended("accepted"), *handed_over, *owned_by(conversation, pending.agent, topic)
    )
    return wait_for_answer(taken, timedelta(seconds=topic.first_answer_seconds), now)


def decline(conversation: Conversation, command: DeclineOffer, now: datetime) -> Decision | Refusal:
    """The agent turns it down; it waits on at its old place, or stays with its owner."""
    pending = _pending(conversation, command.offer_id, command.agent_id)
    if isinstance(pending, Refusal):
        return pending
    return record(conversation, now, pending.ended("declined"))


def expire(conversation: Conversation, offer_id: UUID, now: datetime) -> Decision:
    """The agent's time is over; an offer that has ended otherwise stays as it ended."""
    return _end_offer(conversation, offer_id, "expired", now)


def withdraw(conversation: Conversation, offer_id: UUID, now: datetime) -> Decision:
    """The agent takes no conversations any more; one who comes back may be asked again in the same round."""
    return _end_offer(conversation, offer_id, "withdrawn", now)


# --- what taking a conversation over has in common, however it comes about


def owned_by(conversation: Conversation, agent: NamedRef, topic: TopicSettings) -> tuple[EntryBody, ...]:
    """The agent owns the conversation from here on, whether they took part before or not."""
    if conversation.participant(agent.id):
        return (OwnerChanged(agent=agent),)
    # Who is greeted once by somebody's coming is not greeted by the next: nobody was here before, nor has anybody left.
    first = not conversation.header.participants and not conversation.departed
    greeting = welcome(topic, conversation.header.language, "on_join") if first else ()
    return (AgentJoined(agent=agent, owner=True), *greeting)


def _pending(conversation: Conversation, offer_id: UUID, agent_id: UUID) -> Offer | Refusal:
    """The offer if it still stands and is this agent's; otherwise what came in between."""
    pending = conversation.offer
    if pending is not None and pending.id == offer_id:
        return pending if pending.agent.id == agent_id else Refusal(code=RefusalCode.NOT_YOURS)
    if conversation.closed:
        by_visitor = conversation.header.close_reason in ("ended_by_visitor", "became_ticket")
        return Refusal(code=RefusalCode.VISITOR_LEFT if by_visitor else RefusalCode.CLOSED)
    if conversation.departed.get(agent_id) == "connection_lost":
        return Refusal(code=RefusalCode.AWAY)
    if conversation.owner_id not in (None, agent_id):
        return Refusal(code=RefusalCode.TAKEN)
    return Refusal(code=RefusalCode.TOO_LATE)


def _end_offer(conversation: Conversation, offer_id: UUID, outcome: OfferOutcome, now: datetime) -> Decision:
    pending = conversation.offer
    if pending is None or pending.id != offer_id:
        return Decision(conversation)
    return record(conversation, now, pending.ended(outcome))
