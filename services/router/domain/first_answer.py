"""Who accepts a conversation owes its visitor a first answer in time; else it passes on.

The time stands still while the owner types, and is over with the owner's first message (`conversation.evolve`).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from contracts.conversation import TypeFirstAnswer
from services.router.domain.conversation import Conversation, Decision, record
from services.router.domain.leaving import departure

NO_TIME = timedelta()


def wait_for_answer(taken: Decision, lasts: timedelta, now: datetime) -> Decision:
    """The same, with the new owner's time begun."""
    return replace(taken, conversation=replace(taken.conversation, answer_due=now + lasts, answer_left=None))


def type_first_answer(conversation: Conversation, command: TypeFirstAnswer, now: datetime) -> Decision:
    """The owner began or stopped typing. Typing that tells nothing new, or is not waited for, changes nothing."""
    if not conversation.unanswered or command.agent_id != conversation.owner_id:
        return Decision(conversation)
    if command.typing and conversation.answer_due is not None:
        left = max(NO_TIME, conversation.answer_due - now)
        return Decision(replace(conversation, answer_due=None, answer_left=left))
    return Decision(conversation if command.typing else _resumed(conversation, now))


def answer_overdue(conversation: Conversation, now: datetime, *, there: bool = True) -> Decision:
    """Pass the conversation on, if its owner's time is over; a timer of what has been answered finds nothing to do.

    Of an owner who is not `there` nobody tells that they stopped typing: their time goes on.
    """
    current = conversation if there else _resumed(conversation, now)
    owner, due = current.header.owner, current.answer_due
    if owner is None or due is None or due > now:
        return Decision(current)
    return record(current, now, *departure(current, owner, "not_answered"))


def _resumed(conversation: Conversation, now: datetime) -> Conversation:
    if conversation.answer_left is None:
        return conversation
    return replace(conversation, answer_due=now + conversation.answer_left, answer_left=None)
