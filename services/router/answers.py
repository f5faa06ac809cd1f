"""How a command is answered: by its own entry where it makes one, else by a reply on the key of its subject."""

from contracts.base import Actor
from contracts.conversation import (
    ConversationCommand,
    EndConversation,
    LeaveAsTicket,
    LeaveMessage,
    PostMessage,
    RateConversation,
    SetStatus,
    StartConversation,
)
from contracts.live import LiveReply
from contracts.refusals import Refusal, RefusalCode


def sender_of(command: ConversationCommand | SetStatus) -> Actor:
    """Who asks."""
    match command:
        case PostMessage():
            return command.author
        case EndConversation():
            return command.by
        case StartConversation() | LeaveAsTicket() | LeaveMessage() | RateConversation():
            return Actor(kind="visitor", id=command.visitor_id)
        case _:
            return Actor(kind="agent", id=command.agent_id)  # type: ignore[union-attr]


def done(command: ConversationCommand | SetStatus, seq: int | None = None) -> LiveReply:
    """It is done; `seq` is the number of the entry that was made for it, where one was."""
    return _reply(command, seq=seq)


def refused(command: ConversationCommand | SetStatus, refusal: Refusal | RefusalCode) -> LiveReply:
    """It is not done, and why."""
    return _reply(command, refusal=Refusal(code=refusal) if isinstance(refusal, RefusalCode) else refusal)


def _reply(
    command: ConversationCommand | SetStatus, *, seq: int | None = None, refusal: Refusal | None = None
) -> LiveReply:
    return LiveReply(
        conversation_id=command.conversation_id if isinstance(command, ConversationCommand) else None,
        agent_id=command.agent_id if isinstance(command, SetStatus) else None,
        sender=sender_of(command),
        client_id=command.client_id,
        seq=seq,
        refusal=refusal,
    )
