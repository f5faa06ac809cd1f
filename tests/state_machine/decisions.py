"""Which rule of the domain a command asks for, with what the rule needs to know."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from contracts import conversation as asked
from contracts.parameters import RoutingSettings, TopicSettings
from contracts.refusals import Refusal, RefusalCode
from services.router.domain import customer, first_answer, handover, leaving, lifecycle, offers, presence
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation, Decision

UNKNOWN = Refusal(code=RefusalCode.UNKNOWN)


class House(Protocol):
    """Who and what there is."""

    agents: dict[UUID, Agent]
    topics: dict[UUID, TopicSettings]
    routing: RoutingSettings
    conversations: dict[UUID, Conversation]

    @property
    def now(self) -> datetime: ...

    def new_id(self) -> UUID: ...


def decide(house: House, conversation: Conversation | None, command: asked.ConversationCommand) -> Decision | Refusal:
    """What becomes of the command; `conversation` is None only where the command begins one."""
    if conversation is None:
        return _begin(house, command)
    topic, now = house.topics[conversation.topic.id], house.now
    match command:
        case asked.PostMessage():
            return lifecycle.post(conversation, command, now)
        case asked.AcceptOffer():
            return offers.accept(conversation, command, topic, now)
        case asked.DeclineOffer():
            return offers.decline(conversation, command, now)
        case asked.EndConversation():
            by = house.agents.get(command.by.id) if command.by.id else None
            return lifecycle.end(conversation, command, by, topic, now)
        case asked.LeaveAsTicket():
            return lifecycle.leave_as_ticket(conversation, command, now)
        case asked.LeaveConversation():
            return leaving.leave(conversation, command.agent_id, now)
        case asked.TypeFirstAnswer():
            return first_answer.type_first_answer(conversation, command, now)
        case asked.RateConversation():
            return lifecycle.may_rate(conversation, command) or Decision(conversation)
        case _:
            return _among_agents(house, conversation, command)


def _begin(house: House, command: asked.ConversationCommand) -> Decision | Refusal:
    match command:
        case asked.StartConversation():
            past = [c for c in house.conversations.values() if c.visitor_id == command.visitor_id]
            last = max(past, key=lambda one: one.waiting_since, default=None)
            known = last.owner_id if last else None
            return lifecycle.start(command, house.topics[command.topic_id], house.now, known)
        case asked.LeaveMessage():
            return lifecycle.leave_message(command, house.topics[command.topic_id], house.now)
        case _:
            return UNKNOWN


def _among_agents(house: House, conversation: Conversation, command: asked.ConversationCommand) -> Decision | Refusal:
    by = house.agents.get(command.agent_id) if hasattr(command, "agent_id") else None
    if by is None:
        return UNKNOWN
    fence = presence.fenced(by, house.routing, house.now)
    if fence is not None:
        return fence
    topic, now = house.topics[conversation.topic.id], house.now
    match command:
        case asked.AttachCustomer():
            return customer.attach(conversation, by, command.customer, now)
        case asked.ChooseAgent():
            lasts = timedelta(seconds=topic.offer_seconds)
            return handover.choose(conversation, by, house.agents.get(command.chosen_id), house.new_id(), lasts, now)
        case asked.MoveToTopic():
            return handover.move(conversation, by, house.topics.get(command.topic_id), now)
        case asked.JoinConversation():
            return handover.join(conversation, by, now)
        case asked.TakeOver():
            return handover.take_over(conversation, by, topic, now)
        case _:
            raise TypeError(command.TYPE)
