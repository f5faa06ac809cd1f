"""What visitors and agents ask for: load, decide by the domain, keep and tell, in one transaction each.

A repetition, known by (conversation, client id), changes nothing and is answered with the number it was given. Replies
may be lost, since whoever gets none asks again; entries may not, and go through the outbox.
"""

from typing import Final
from uuid import UUID, uuid5

from contracts.base import Message, NamedRef
from contracts.conversation import (
    AcceptOffer,
    ConversationStarted,
    DeclineOffer,
    EndConversation,
    LeaveAsTicket,
    PostMessage,
    RateConversation,
    SetStatus,
    StartConversation,
)
from contracts.entries import AgentMessage, Entry, VisitorMessage
from contracts.envelope import Received
from contracts.live import LiveEntry, LiveReply
from contracts.refusals import Refusal, RefusalCode
from contracts.tickets import OpenTicket, SubmitRating
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database, Transaction
from services.chassis.publisher import Publisher
from services.router.answers import done, refused, sender_of
from services.router.domain import lifecycle
from services.router.domain.agent import set_status
from services.router.domain.conversation import Conversation, Decision
from services.router.domain.ticket import default_subject
from services.router.store import Outrun, agents, conversations
from services.router.work import Work

Change = AcceptOffer | DeclineOffer | EndConversation | LeaveAsTicket

POST_ATTEMPTS: Final = 3
PLACEHOLDER: Final = "-"
"""Stands for the agent's name until SQL fills in the one of the conversation."""


class Commands:
    """Handles the commands to conversations and agents."""

    def __init__(self, database: Database, publisher: Publisher, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock
        self._ids = ids

    async def handle(self, received: Received) -> None:
        """Do what the command says, and answer it unless its own entry does."""
        reply = await self._do(received.message)
        if reply is not None:
            await self._publisher.cast(reply)

    async def _do(self, command: Message) -> LiveReply | None:
        if isinstance(command, PostMessage):
            return await self._post(command)

        async def attempt(tx: Transaction) -> LiveReply | None:
            work = Work(tx, self._ids, self._clock.now())
            match command:
                case StartConversation():
                    return await self._start(work, command)
                case AcceptOffer() | DeclineOffer() | EndConversation() | LeaveAsTicket():
                    return await self._change(work, command)
                case RateConversation():
                    return await self._rate(work, command)
                case SetStatus():
                    return await self._set_status(work, command)
                case _:
                    raise TypeError(f"{command.TYPE} is no command to the router")

        return await self._database.run(attempt)

    async def _post(self, command: PostMessage) -> LiveReply | None:
        """The commonest command: one statement, one round trip. Only a refusal is looked into."""
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
        for _ in range(POST_ATTEMPTS):
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
                return None
            refusal = await self._database.run(lambda tx: self._why_not(tx, command))
            if refusal is not None:
                return refused(command, refusal)
        raise Outrun("whether the author may write changed with every look")

    async def _why_not(self, tx: Transaction, command: PostMessage) -> Refusal | None:
        """Why the author may not write there; None when they now may."""
        conversation = await Work(tx, self._ids, self._clock.now()).load(command.conversation_id)
        if conversation is None:
            return Refusal(code=RefusalCode.UNKNOWN)
        outcome = lifecycle.post(conversation, command, self._clock.now())
        return outcome if isinstance(outcome, Refusal) else None

    async def _start(self, work: Work, command: StartConversation) -> LiveReply | None:
        topic = await conversations.topic(work.tx.connection, command.topic_id)
        if topic is None:
            return refused(command, RefusalCode.UNKNOWN)
        ref = NamedRef(id=topic.id, name=topic.name)
        decision = lifecycle.start(command, ref, work.now)
        if not await work.add(decision, command.client_id, sender_of(command)):
            known = await work.load(command.conversation_id)
            if known is None or known.visitor_id != command.visitor_id:
                return refused(command, RefusalCode.NOT_YOURS)
            return done(command, seq=1)
        work.tx.outbox.add(
            ConversationStarted(
                conversation_id=command.conversation_id,
                topic=ref,
                visitor_name=command.name,
                visitor_email=command.email,
                started_at=work.now,
            )
        )
        return None

    async def _change(self, work: Work, command: Change) -> LiveReply | None:
        conversation = await work.load(command.conversation_id)
        if conversation is None:
            return refused(command, RefusalCode.UNKNOWN)
        before = await conversations.answered(work.tx.connection, conversation.id, command.client_id)
        if before is not None:
            return done(command, before)
        outcome = _decide(conversation, command, work)
        if isinstance(outcome, Refusal):
            return refused(command, outcome)
        await work.keep(conversation, outcome, client_id=command.client_id, sender=sender_of(command))
        if isinstance(command, LeaveAsTicket):
            work.tx.outbox.add(_open_ticket(conversation, command, self._ids.new(), work))
        return None

    async def _rate(self, work: Work, command: RateConversation) -> LiveReply | None:
        """Pass the rating on once; the log tells of it when it is stored."""
        conversation = await work.load(command.conversation_id)
        if conversation is None:
            return refused(command, RefusalCode.UNKNOWN)
        refusal = lifecycle.may_rate(conversation, command)
        if refusal is not None:
            return refused(command, refusal)
        if await work.tx.first_time(uuid5(conversation.id, str(command.client_id)), RateConversation.TYPE):
            work.tx.outbox.add(
                SubmitRating(
                    conversation_id=conversation.id,
                    client_id=command.client_id,
                    topic=conversation.topic,
                    agent=conversation.header.owner,
                    score=command.score,
                    comment=command.comment,
                    rated_at=work.now,
                )
            )
        return done(command, await conversations.answered(work.tx.connection, conversation.id, command.client_id))

    async def _set_status(self, work: Work, command: SetStatus) -> LiveReply | None:
        """An agent who takes no conversations any more loses what they are being asked about."""
        agent = await work.lock_agent(command.agent_id)
        if agent is None:
            return refused(command, RefusalCode.UNKNOWN)
        if not await work.tx.first_time(uuid5(agent.id, str(command.client_id)), SetStatus.TYPE):
            return done(command)
        changed = set_status(agent, command.status, command.reason, work.now)
        if changed != agent:
            await work.keep_agent(changed)
        if command.status != "available":
            for offer_id, conversation_id in await agents.pending_offers(work.tx.connection, agent.id):
                conversation = await work.load_locked(conversation_id)
                if conversation is not None:
                    await work.keep(conversation, lifecycle.withdraw(conversation, offer_id, work.now))
        return done(command)


def _decide(conversation: Conversation, command: Change, work: Work) -> Decision | Refusal:
    match command:
        case AcceptOffer():
            return lifecycle.accept(conversation, command, work.now)
        case DeclineOffer():
            return lifecycle.decline(conversation, command, work.now)
        case EndConversation():
            return lifecycle.end(conversation, command, work.now)
        case LeaveAsTicket():
            return lifecycle.leave_as_ticket(conversation, command, work.now)


def _open_ticket(conversation: Conversation, command: LeaveAsTicket, ticket_id: UUID, work: Work) -> OpenTicket:
    return OpenTicket(
        ticket_id=ticket_id,
        origin="waiting_chat",
        conversation_id=conversation.id,
        topic=conversation.topic,
        subject_line=default_subject(conversation.topic.name),
        name=command.name,
        email=command.email,
        language=conversation.header.language,
        text=command.text,
        asked_at=work.now,
    )
