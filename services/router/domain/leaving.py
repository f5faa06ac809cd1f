"""What becomes of a conversation when an agent is no longer in it.

The owner's place goes to whoever has been there longest; with nobody left the conversation waits again, at its old
place. A colleague who is being asked goes on being asked.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.base import NamedRef
from contracts.entries import AgentLeft, EntryBody, OfferEnded, OwnerChanged, WaitingAgain
from contracts.refusals import Refusal, RefusalCode
from services.router.domain.conversation import Conversation, Decision, record

Reason = Literal["left", "not_answered", "connection_lost"]


def leave(conversation: Conversation, agent_id: UUID, now: datetime) -> Decision | Refusal:
    """The agent asks to take part no longer."""
    agent = conversation.participant(agent_id)
    if agent is None:
        return stranger(conversation, agent_id)
    if conversation.closed:
        return Refusal(code=RefusalCode.CLOSED)
    return record(conversation, now, *departure(conversation, agent, "left"))


def connection_lost(conversation: Conversation, agent_id: UUID, now: datetime) -> Decision:
    """The agent has been without a console too long; nothing where they take no part or it is over."""
    agent = conversation.participant(agent_id)
    if agent is None or conversation.closed:
        return Decision(conversation)
    return record(conversation, now, *departure(conversation, agent, "connection_lost"))


def departure(conversation: Conversation, agent: NamedRef, reason: Reason) -> tuple[EntryBody, ...]:
    """What the log says when a participant goes."""
    left = AgentLeft(agent=agent, reason=reason)
    if agent.id != conversation.owner_id:
        return (left,)
    stay = [one for one in conversation.header.participants if one.id != agent.id]
    if not stay:
        return left, WaitingAgain(reason=reason, topic=conversation.topic)
    return left, *_question_answered(conversation, stay[0]), OwnerChanged(agent=stay[0])


def stranger(conversation: Conversation, agent_id: UUID) -> Refusal:
    """Why somebody who takes no part may not act: it was never theirs, or has gone on while they were away."""
    away = conversation.departed.get(agent_id) == "connection_lost"
    return Refusal(code=RefusalCode.AWAY if away else RefusalCode.NOT_YOURS)


def _question_answered(conversation: Conversation, owner: NamedRef) -> tuple[OfferEnded, ...]:
    """Who becomes owner need not be asked any more whether they want to."""
    asked = conversation.offer is not None and conversation.offer.agent.id == owner.id
    return conversation.withdrawal if asked else ()
