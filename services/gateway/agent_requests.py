"""What an agent may ask for, as the command that asks it of the router; whether it may be done is the router's word."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from contracts.base import Actor, Message, NamedRef
from contracts.conversation import (
    AcceptOffer,
    AttachCustomer,
    ChooseAgent,
    DeclineOffer,
    EndConversation,
    JoinConversation,
    LeaveConversation,
    MoveToTopic,
    PostMessage,
    SetStatus,
    TakeOver,
)
from contracts.refusals import RefusalCode
from contracts.wire import (
    Accept,
    Attach,
    Choose,
    Decline,
    End,
    Join,
    LeaveChat,
    Move,
    Post,
    Refused,
    Send,
    Status,
    TakeOverChat,
)
from services.gateway.refusals import refused

Named = Callable[[UUID], Awaitable[NamedRef | None]]


async def command_of(send: Send, agent_id: UUID, customer: Named) -> Message | Refused:
    """The agent's command, or why there is none; `customer` says what one is called. Raises what `customer` raises."""
    action = send.action
    if isinstance(action, Attach) and send.stream is not None and action.customer_id is not None:
        named = await customer(action.customer_id)
        if named is None:
            return refused(RefusalCode.UNKNOWN, send.id, "customer_id")
        return AttachCustomer(conversation_id=send.stream, client_id=send.id, agent_id=agent_id, customer=named)
    return _command_of(send, agent_id)


def _command_of(send: Send, agent_id: UUID) -> Message | Refused:
    action = send.action
    if isinstance(action, Status):
        return SetStatus(agent_id=agent_id, client_id=send.id, status=action.status, reason=action.reason)
    if send.stream is None:
        return refused(RefusalCode.INVALID, send.id, "stream")
    me = Actor(kind="agent", id=agent_id)
    ids = {"conversation_id": send.stream, "client_id": send.id}
    match action:
        case Post(text=text):
            return PostMessage(**ids, author=me, text=text)
        case Accept(offer_id=offer_id):
            return AcceptOffer(**ids, offer_id=offer_id, agent_id=agent_id)
        case Decline(offer_id=offer_id):
            return DeclineOffer(**ids, offer_id=offer_id, agent_id=agent_id)
        case Attach():
            return AttachCustomer(**ids, agent_id=agent_id)
        case Choose(agent_id=chosen_id):
            return ChooseAgent(**ids, agent_id=agent_id, chosen_id=chosen_id)
        case Move(topic_id=topic_id):
            return MoveToTopic(**ids, agent_id=agent_id, topic_id=topic_id)
        case Join():
            return JoinConversation(**ids, agent_id=agent_id)
        case LeaveChat():
            return LeaveConversation(**ids, agent_id=agent_id)
        case TakeOverChat():
            return TakeOver(**ids, agent_id=agent_id)
        case End():
            return EndConversation(**ids, by=me)
        case _:
            return refused(RefusalCode.INVALID, send.id, "do")
