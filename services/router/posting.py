"""Messages: the commonest command, done in one statement and one round trip. Only a refusal is looked into."""

from typing import Final
from uuid import UUID

from contracts.base import NamedRef
from contracts.conversation import PostMessage
from contracts.entries import AgentMessage, Entry, VisitorMessage
from contracts.live import LiveEntry, LiveReply
from contracts.refusals import Refusal, RefusalCode
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database, Transaction
from services.router.answers import done, refused
from services.router.domain import lifecycle
from services.router.domain.effects import ANSWER, Timer
from services.router.store import Outrun, conversations
from services.router.work import Work

ATTEMPTS: Final = 3
PLACEHOLDER: Final = "-"
"""Stands for the agent's name until SQL fills in the one of the conversation."""


class Posting:
    """Logs what people write."""

    def __init__(self, database: Database, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids

    async def post(self, command: PostMessage) -> LiveReply | None:
        """Log the message, once; None where its entry is the answer."""
        author, now = command.author, self._clock.now()
        if author.id is None:
            return refused(command, RefusalCode.NOT_YOURS)
        body = (
            VisitorMessage(client_id=command.client_id, text=command.text)
            if author.kind == "visitor"
            else AgentMessage(
                client_id=command.client_id, agent=NamedRef(id=author.id, name=PLACEHOLDER), text=command.text
            )
        )
        told = LiveEntry(
            conversation_id=command.conversation_id,
            entry=Entry(seq=1, at=now, body=body),
            sender=author,
            client_id=command.client_id,
        )
        row = self._database.letterhead.prepare(told)
        for _ in range(ATTEMPTS):
            async with self._database.connection() as connection:
                posted = await conversations.post(
                    connection,
                    command.conversation_id,
                    command.client_id,
                    author,
                    now,
                    body.model_dump_json(),
                    row,
                )
            if posted is not None and posted.row is None:
                return done(command, posted.seq)
            if posted is not None and posted.row is not None:
                self._database.announce([posted.row])
                if posted.first_answer:
                    await self._database.run(lambda tx: self._show_as_answered(tx, command.conversation_id))
                return None
            refusal = await self._database.run(lambda tx: self._why_not(tx, command))
            if refusal is not None:
                return refused(command, refusal)
        raise Outrun("whether the author may write changed with every look")

    async def _show_as_answered(self, tx: Transaction, conversation_id: UUID) -> None:
        """The owner's desk counts no time any more. Nothing depends on it: the timer would find the answer there."""
        work = Work(tx, self._ids, self._clock.now())
        conversation = await work.load(conversation_id)
        if conversation is None or conversation.unanswered:
            return
        work.set_timer(Timer(ANSWER, conversation_id, None))
        if conversation.owner_id in work.agents:
            await work.keep_agent(work.agents[conversation.owner_id])

    async def _why_not(self, tx: Transaction, command: PostMessage) -> Refusal | None:
        """Why the author may not write there; None when they now may."""
        conversation = await Work(tx, self._ids, self._clock.now()).load(command.conversation_id)
        if conversation is None:
            return Refusal(code=RefusalCode.UNKNOWN)
        outcome = lifecycle.post(conversation, command, self._clock.now())
        return outcome if isinstance(outcome, Refusal) else None
