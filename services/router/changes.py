"""Commands to a conversation that there is: whom each concerns, and which rule decides it."""

from datetime import timedelta
from uuid import UUID

from contracts.conversation import (
    AcceptOffer,
    AttachCustomer,
    ChooseAgent,
    DeclineOffer,
    EndConversation,
    JoinConversation,
    LeaveAsTicket,
    LeaveConversation,
    MoveToTopic,
    TakeOver,
    TypeFirstAnswer,
)
from contracts.refusals import Refusal, RefusalCode
from services.router.domain import customer, first_answer, handover, leaving, lifecycle, offers, presence
from services.router.domain.conversation import Conversation, Decision
from services.router.store import topics
from services.router.work import Work

AmongAgents = AttachCustomer | ChooseAgent | MoveToTopic | JoinConversation | TakeOver
Change = (
    AmongAgents | AcceptOffer | DeclineOffer | EndConversation | LeaveAsTicket | LeaveConversation | TypeFirstAnswer
)


def concerned(command: Change) -> tuple[UUID, ...]:
    """The agents who have to be known, and locked, beside those who hold the conversation."""
    match command:
        case ChooseAgent():
            return command.agent_id, command.chosen_id
        case AttachCustomer() | MoveToTopic() | JoinConversation() | TakeOver():
            return (command.agent_id,)
        case EndConversation(by=by) if by.kind == "agent" and by.id is not None:
            return (by.id,)
        case _:
            return ()


async def decide(work: Work, conversation: Conversation, command: Change) -> Decision | Refusal:
    """What the domain says to the command; whom it concerns has been locked."""
    match command:
        case AcceptOffer():
            return offers.accept(conversation, command, await work.topic_of(conversation), work.now)
        case DeclineOffer():
            return offers.decline(conversation, command, work.now)
        case TypeFirstAnswer():
            return first_answer.type_first_answer(conversation, command, work.now)
        case LeaveConversation():
            return leaving.leave(conversation, command.agent_id, work.now)
        case LeaveAsTicket():
            return lifecycle.leave_as_ticket(conversation, command, work.now)
        case EndConversation(by=by):
            agent = work.agents.get(by.id) if by.id is not None else None
            return lifecycle.end(conversation, command, agent, await work.topic_of(conversation), work.now)
        case AttachCustomer() | ChooseAgent() | MoveToTopic() | JoinConversation() | TakeOver():
            return await _among_agents(work, conversation, command)


async def _among_agents(work: Work, conversation: Conversation, command: AmongAgents) -> Decision | Refusal:
    by = work.agents.get(command.agent_id)
    if by is None:
        return Refusal(code=RefusalCode.UNKNOWN)
    fence = presence.fenced(by, await topics.routing(work.tx.connection), work.now)
    if fence is not None:
        return fence
    match command:
        case AttachCustomer():
            return customer.attach(conversation, by, command.customer, work.now)
        case ChooseAgent():
            topic = await work.topic_of(conversation)
            chosen, lasts = work.agents.get(command.chosen_id), timedelta(seconds=topic.offer_seconds)
            return handover.choose(conversation, by, chosen, work.ids.new(), lasts, work.now)
        case MoveToTopic():
            target = await topics.load(work.tx.connection, command.topic_id)
            return handover.move(conversation, by, target, work.now)
        case JoinConversation():
            return handover.join(conversation, by, work.now)
        case TakeOver():
            return handover.take_over(conversation, by, await work.topic_of(conversation), work.now)
