"""How agents pass conversations on among themselves: to a colleague, to another topic, by joining, by taking over.

The owner hands over; a supervisor may with every conversation. Until a chosen colleague accepts, nothing changes.
"""

from datetime import datetime, timedelta
from uuid import UUID

from contracts.base import NamedRef
from contracts.entries import AgentJoined, AgentLeft, EntryBody, OfferMade, WaitingAgain
from contracts.parameters import TopicSettings
from contracts.refusals import Refusal, RefusalCode
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation, Decision, record
from services.router.domain.hours import is_open
from services.router.domain.leaving import stranger
from services.router.domain.offers import owned_by


def choose(
    conversation: Conversation, by: Agent, chosen: Agent | None, offer_id: UUID, lasts: timedelta, now: datetime
) -> Decision | Refusal:
    """Ask one colleague, instead of whoever is being asked; the conversation stays where it is until they accept."""
    refusal = _may_pass_on(conversation, by)
    if refusal is None:
        refusal = _may_be_asked(conversation, chosen)
    if refusal is not None or chosen is None:
        return refusal or Refusal(code=RefusalCode.UNKNOWN)
    made = OfferMade(offer_id=offer_id, agent=chosen.ref, expires_at=now + lasts, chosen_by=by.ref)
    return record(conversation, now, *conversation.withdrawal, made)


def move(conversation: Conversation, by: Agent, topic: TopicSettings | None, now: datetime) -> Decision | Refusal:
    """Let the conversation wait in another topic's queue, at the place of its original waiting time."""
    refusal = _may_pass_on(conversation, by)
    if refusal is not None:
        return refusal
    if topic is None:
        return Refusal(code=RefusalCode.UNKNOWN)
    if topic.id == conversation.topic.id:
        return Refusal(code=RefusalCode.INVALID, detail="topic_id")
    if not is_open(topic.hours, now):
        return Refusal(code=RefusalCode.OUTSIDE_HOURS)
    left = (AgentLeft(agent=agent, reason="moved") for agent in conversation.header.participants)
    again = WaitingAgain(reason="moved", topic=NamedRef(id=topic.id, name=topic.name))
    return record(conversation, now, *conversation.withdrawal, *left, again)


def join(conversation: Conversation, by: Agent, now: datetime) -> Decision | Refusal:
    """Take part beside the owner; who already does, does."""
    if conversation.topic.id not in by.topic_ids and not by.supervises:
        return stranger(conversation, by.id)
    if conversation.closed:
        return Refusal(code=RefusalCode.CLOSED)
    if conversation.header.state != "active":
        return Refusal(code=RefusalCode.NOT_ACTIVE)
    if conversation.participant(by.id):
        return Decision(conversation)
    if _lacks_room(conversation, by):
        return Refusal(code=RefusalCode.NO_CAPACITY)
    return record(conversation, now, AgentJoined(agent=by.ref, owner=False))


def take_over(conversation: Conversation, by: Agent, topic: TopicSettings, now: datetime) -> Decision | Refusal:
    """A supervisor becomes the owner, whoever was or is being asked; by its owner, nothing happens."""
    if not by.supervises:
        return Refusal(code=RefusalCode.NOT_ALLOWED)
    if conversation.closed:
        return Refusal(code=RefusalCode.CLOSED)
    owner = conversation.header.owner
    if owner is not None and owner.id == by.id:
        return Decision(conversation)
    if _lacks_room(conversation, by):
        return Refusal(code=RefusalCode.NO_CAPACITY)
    left: tuple[EntryBody, ...] = (AgentLeft(agent=owner, reason="taken_over"),) if owner else ()
    return record(conversation, now, *conversation.withdrawal, *left, *owned_by(conversation, by.ref, topic))


def _may_pass_on(conversation: Conversation, by: Agent) -> Refusal | None:
    if by.id != conversation.owner_id and not by.supervises:
        return stranger(conversation, by.id)
    return Refusal(code=RefusalCode.CLOSED) if conversation.closed else None


def _may_be_asked(conversation: Conversation, chosen: Agent | None) -> Refusal | None:
    if chosen is None:
        return Refusal(code=RefusalCode.UNKNOWN)
    if chosen.id == conversation.owner_id:
        return Refusal(code=RefusalCode.INVALID, detail="chosen_id")
    if not chosen.takes_offers or conversation.topic.id not in chosen.topic_ids:
        return Refusal(code=RefusalCode.AGENT_AWAY)
    return Refusal(code=RefusalCode.NO_CAPACITY) if _lacks_room(conversation, chosen) else None


def _lacks_room(conversation: Conversation, agent: Agent) -> bool:
    """Whether the conversation would be one too many; who is in it, or is being asked, has the room already."""
    return agent.is_full and agent.id not in conversation.holders
