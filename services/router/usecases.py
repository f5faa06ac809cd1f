"""What visitors and agents ask for: load, decide by the domain, keep and tell, in one transaction each.

A repetition, known by (conversation, client id), changes nothing and is answered with the number it was given. Replies
may be lost, since whoever gets none asks again; entries may not, and go through the outbox.
"""

from typing import Final
from uuid import uuid5

from contracts.base import Message, NamedRef
from contracts.conversation import (
    AcceptOffer,
    AttachCustomer,
    ChooseAgent,
    ConversationStarted,
    DeclineOffer,
    EndConversation,
    JoinConversation,
    LeaveAsTicket,
    LeaveConversation,
    LeaveMessage,
    MoveToTopic,
    PostMessage,
    RateConversation,
    SetStatus,
    StartConversation,
    TakeOver,
    TypeFirstAnswer,
)
from contracts.envelope import Received
from contracts.live import LiveReply
from contracts.parameters import TopicSettings
from contracts.refusals import Refusal, RefusalCode
from contracts.tickets import OpenTicket, SubmitRating
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database, Transaction
from services.chassis.publisher import Publisher
from services.router.answers import done, refused, sender_of
from services.router.changes import Change, concerned, decide
from services.router.domain import lifecycle
from services.router.domain.agent import set_status
from services.router.domain.conversation import Conversation, Decision
from services.router.domain.ticket import is_verified, subject_line
from services.router.posting import Posting
from services.router.store import conversations, topics
from services.router.work import Work

NOT_YOURS: Final = RefusalCode.NOT_YOURS


class Commands:
    """Handles the commands to conversations and agents."""

    def __init__(self, database: Database, publisher: Publisher, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock
        self._ids = ids
        self._posting = Posting(database, clock, ids)

    async def handle(self, received: Received) -> None:
        """Do what the command says, and answer it unless its own entry does."""
        reply = await self._do(received.message)
        if reply is not None:
            await self._publisher.cast(reply)

    async def _do(self, command: Message) -> LiveReply | None:
        if isinstance(command, PostMessage):
            return await self._posting.post(command)

        async def attempt(tx: Transaction) -> LiveReply | None:
            work = Work(tx, self._ids, self._clock.now())
            match command:
                case StartConversation() | LeaveMessage():
                    return await _begin(work, command)
                case (
                    AcceptOffer()
                    | DeclineOffer()
                    | EndConversation()
                    | LeaveAsTicket()
                    | AttachCustomer()
                    | ChooseAgent()
                    | MoveToTopic()
                    | JoinConversation()
                    | LeaveConversation()
                    | TakeOver()
                    | TypeFirstAnswer()
                ):
                    return await _change(work, command)
                case RateConversation():
                    return await _rate(work, command)
                case SetStatus():
                    return await _set_status(work, command)
                case _:
                    raise TypeError(f"{command.TYPE} is no command to the router")

        return await self._database.run(attempt)


async def _begin(work: Work, command: StartConversation | LeaveMessage) -> LiveReply | None:
    """Begin a conversation; one that has begun is answered as it was, whatever has changed since."""
    topic = await topics.load(work.tx.connection, command.topic_id)
    if topic is None:
        return refused(command, RefusalCode.UNKNOWN)
    outcome = await _beginning(work, command, topic)
    if isinstance(outcome, Refusal) or not await work.add(outcome, command.client_id, sender_of(command)):
        return await _begun(work, command) or refused(command, outcome if isinstance(outcome, Refusal) else NOT_YOURS)
    work.tx.outbox.add(
        ConversationStarted(
            conversation_id=command.conversation_id,
            topic=NamedRef(id=topic.id, name=topic.name),
            visitor_name=command.name,
            visitor_email=command.email,
            verified=outcome.conversation.verified,
            started_at=work.now,
        )
    )
    if isinstance(command, LeaveMessage):
        work.tx.outbox.add(_open_ticket(work, command, topic, outcome.conversation))
    return None


async def _beginning(work: Work, command: StartConversation | LeaveMessage, topic: TopicSettings) -> Decision | Refusal:
    if isinstance(command, LeaveMessage):
        return lifecycle.leave_message(command, topic, work.now)
    preferred_id = await conversations.last_owner(work.tx.connection, command.visitor_id)
    return lifecycle.start(command, topic, work.now, preferred_id)


async def _begun(work: Work, command: StartConversation | LeaveMessage) -> LiveReply | None:
    """The answer to a request for a conversation that there is; None where the visitor has none of this id."""
    known = await work.load(command.conversation_id)
    if known is None or known.visitor_id != command.visitor_id:
        return None
    seq = await conversations.answered(work.tx.connection, known.id, command.client_id)
    if seq is None and isinstance(command, LeaveMessage):
        # What it says would be lost if it counted as done: there is a conversation, but not of this message.
        return refused(command, Refusal(code=RefusalCode.INVALID, detail="stream"))
    return done(command, seq or 1)


async def _change(work: Work, command: Change) -> LiveReply | None:
    conversation = await work.load(command.conversation_id, *concerned(command))
    if conversation is None:
        return refused(command, RefusalCode.UNKNOWN)
    before = await conversations.answered(work.tx.connection, conversation.id, command.client_id)
    if before is not None:
        return done(command, before)
    outcome = await decide(work, conversation, command)
    if isinstance(outcome, Refusal):
        return refused(command, outcome)
    await work.keep(conversation, outcome, client_id=command.client_id, sender=sender_of(command))
    if isinstance(command, LeaveAsTicket):
        topic = await work.topic_of(conversation)
        work.tx.outbox.add(_open_ticket(work, command, topic, conversation))
    return None if outcome.answer else done(command)


async def _rate(work: Work, command: RateConversation) -> LiveReply | None:
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


async def _set_status(work: Work, command: SetStatus) -> LiveReply | None:
    """An agent who takes no conversations any more loses what they are being asked about."""
    await work.load_offered(command.agent_id)
    agent = work.agents.get(command.agent_id)
    if agent is None:
        return refused(command, RefusalCode.UNKNOWN)
    if not await work.tx.first_time(uuid5(agent.id, str(command.client_id)), SetStatus.TYPE):
        return done(command)
    changed = set_status(agent, command.status, command.reason, work.now)
    if changed != agent:
        await work.keep_agent(changed)
    return done(command)


def _open_ticket(
    work: Work, command: LeaveAsTicket | LeaveMessage, topic: TopicSettings, conversation: Conversation
) -> OpenTicket:
    return OpenTicket(
        ticket_id=work.ids.new(),
        origin="after_hours" if isinstance(command, LeaveMessage) else "waiting_chat",
        conversation_id=command.conversation_id,
        topic=NamedRef(id=topic.id, name=topic.name),
        subject_line=subject_line(topic),
        name=command.name,
        email=command.email,
        language=conversation.header.language,
        text=command.text,
        asked_at=work.now,
        verified=is_verified(conversation, command),
    )
