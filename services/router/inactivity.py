"""Closes conversations whose visitor has fallen silent, after a warning; driven by deadlines.

The timer of a conversation rings when its silence might be long enough. What happens then follows from the facts of
that moment, which are looked at under the conversation's lock: a message only notes when it was written and moves no
timer, and a timer that rings too early, late or twice warns once and closes once.
"""

from contracts.entries import Ended, InactivityWarned
from services.chassis.clock import Clock, Ids
from services.chassis.database import Transaction
from services.chassis.deadlines import Deadline
from services.router.domain.conversation import Conversation, record
from services.router.domain.inactivity import Close, Signs, Wait, Warn, next_step
from services.router.domain.lifecycle import close
from services.router.store import presence
from services.router.timers import INACTIVE, move
from services.router.work import Work


class Inactivity:
    """Handler of the `inactive` timers."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids

    async def look(self, tx: Transaction, deadline: Deadline) -> None:
        """Do what the visitor's silence asks for, and look again when it next may ask for something."""
        work = Work(tx, self._ids, self._clock.now())
        conversation = await work.load(deadline.subject)
        if conversation is None or conversation.closed:
            return
        topic = await work.topic_of(conversation)
        match next_step(topic, await _signs(tx, conversation), work.now):
            case Warn(closes_at=closes_at):
                await work.keep(conversation, record(conversation, work.now, InactivityWarned(closes_at=closes_at)))
                move(tx.deadlines, INACTIVE, conversation.id, closes_at, self._ids)
            case Wait(until=until):
                move(tx.deadlines, INACTIVE, conversation.id, until, self._ids)
            case Close():
                await work.keep(conversation, close(conversation, Ended(reason="inactive"), topic, work.now))
            case None:
                # The timer is set anew when a silence begins: an agent answers, or the page goes.
                pass


async def _signs(tx: Transaction, conversation: Conversation) -> Signs:
    gone_at = conversation.visitor_gone_at
    if gone_at is None and not await presence.has_visitor(tx.connection, conversation.id):
        # Its page was closed before any gateway told of it.
        gone_at = conversation.header.started_at
    return Signs(
        state=conversation.header.state,
        answered_at=conversation.owned_at,
        wrote_at=conversation.visitor_wrote_at,
        gone_at=gone_at,
        warned_at=conversation.warned_at,
    )
