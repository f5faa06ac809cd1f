"""Conversations with their logs, those who take part in them, and offers."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from contracts.base import Actor, NamedRef
from contracts.entries import AgentJoined, AgentLeft, Ended, Entry, OfferEnded, OfferMade
from contracts.views import Header
from services.chassis.database import Connection, Stored
from services.chassis.outbox import OutboxRow
from services.router.domain.conversation import Conversation, Decision, Offer
from services.router.store import QUERIES, Outrun

KEPT_APART: Final = {"conversation_id", "head"}
"""Fields of a header that have columns of their own."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message's number; without `row` it had been logged before. `first_answer`: its conversation waited for it."""

    seq: int
    row: Stored | None = None
    first_answer: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation whose turn it is: `asked` have been tried in this round, `preferred_id` knows the visitor."""

    conversation_id: UUID
    asked: frozenset[UUID]
    preferred_id: UUID | None


async def post(
    connection: Connection,
    conversation_id: UUID,
    client_id: UUID,
    author: Actor,
    at: datetime,
    body: str,
    row: OutboxRow,
) -> Posted | None:
    """Log a message and tell of it; None where the author may not write there.

    `body` is the entry's JSON and `row` tells of it; number and agent's name are filled in here.
    """
    arguments = (
        conversation_id,
        client_id,
        author.kind,
        author.id,
        at,
        body,
        row.message_id,
        row.exchange,
        row.routing_key,
        row.type,
        row.correlation_id,
        row.body,
    )
    try:
        record = await connection.fetchrow(QUERIES.post, *arguments)
    except asyncpg.UniqueViolationError:
        # Another process has just logged the same request; now it is there to be found.
        record = await connection.fetchrow(QUERIES.post, *arguments)
    if record is None:
        return None
    if record["outbox_id"] is None:
        return Posted(record["seq"])
    told = (record["outbox_id"], row.with_body(record["outbox_body"]))
    return Posted(record["seq"], told, record["first_answer"])


async def holders(connection: Connection, conversation_ids: Iterable[UUID]) -> set[UUID]:
    """The agents whose room the conversations take, unlocked."""
    return {row[0] for row in await connection.fetch(QUERIES.holders, list(conversation_ids))}


async def lock(connection: Connection, conversation_id: UUID, agents: Collection[UUID]) -> Conversation | None:
    """The conversation, locked after its agents. Raises Outrun when it is meanwhile held by others than `agents`."""
    row = await connection.fetchrow(QUERIES.lock_conversation, conversation_id)
    if row is None:
        return None
    pending = await connection.fetchrow(QUERIES.lock_pending_offer, conversation_id)
    conversation = _conversation(row, pending)
    if not conversation.holders.issubset(agents):
        raise Outrun("the conversation is another agent's now")
    return conversation


def _conversation(row: asyncpg.Record, pending: asyncpg.Record | None) -> Conversation:
    values = {
        **row,
        "header": Header.model_validate_json(row["header"]),
        "offer": _offer(pending) if pending else None,
        "asked": frozenset(row["asked"]),
        "departed": {UUID(agent_id): reason for agent_id, reason in json.loads(row["departed"]).items()},
    }
    return Conversation(**values)


def _offer(row: asyncpg.Record) -> Offer:
    chooser = row["chosen_by_id"]
    return Offer(
        row["id"],
        NamedRef(id=row["agent_id"], name=row["agent_name"]),
        row["expires_at"],
        None if chooser is None else NamedRef(id=chooser, name=row["chosen_by_name"]),
    )


async def answered(connection: Connection, conversation_id: UUID, client_id: UUID) -> int | None:
    """The number of the entry that answered the request, if it has been answered."""
    seq: int | None = await connection.fetchval(QUERIES.answered, conversation_id, client_id)
    return seq


async def holds_answer(connection: Connection, conversation_id: UUID) -> bool:
    """Whether an agent wrote something in the conversation."""
    holds: bool = await connection.fetchval(QUERIES.holds_answer, conversation_id)
    return holds


async def add(connection: Connection, decision: Decision, client_id: UUID) -> bool:
    """Begin a conversation; False when there is one of its id."""
    begun = decision.conversation
    columns = (*_columns(begun), begun.visitor_id, begun.waiting_since, begun.preferred_id, begun.verified)
    added = await connection.fetchval(QUERIES.add_conversation, *columns)
    if added:
        await _append(connection, decision, client_id)
    return added is not None


async def save(connection: Connection, before: Conversation, decision: Decision, client_id: UUID | None) -> None:
    """Keep what was decided: conversation, log, participants, offers. Raises Outrun when somebody was quicker."""
    after = decision.conversation
    if not await connection.fetchval(QUERIES.save_conversation, *_columns(after), before.header.head):
        raise Outrun("the conversation has moved on")
    if decision.entries:
        await _append(connection, decision, client_id)
    for entry in decision.entries:
        await _follow(connection, after.id, entry)


def _columns(conversation: Conversation) -> tuple[object, ...]:
    """What changes of a conversation, in the order of both statements that write one."""
    header = conversation.header
    return (
        conversation.id,
        conversation.topic.id,
        header.state,
        conversation.owner_id,
        header.head,
        header.ended_at,
        list(conversation.asked),
        json.dumps({str(agent_id): reason for agent_id, reason in conversation.departed.items()}),
        conversation.unanswered,
        conversation.answer_due,
        conversation.answer_left,
        conversation.owned_at,
        conversation.visitor_wrote_at,
        conversation.visitor_gone_at,
        conversation.warned_at,
        header.model_dump_json(exclude=KEPT_APART),
    )


async def _follow(connection: Connection, conversation_id: UUID, entry: Entry) -> None:
    """Change what an entry says has changed in the tables beside the log."""
    match entry.body:
        case OfferMade() as made:
            chooser = made.chosen_by
            await connection.execute(
                QUERIES.add_offer,
                made.offer_id,
                conversation_id,
                made.agent.id,
                made.agent.name,
                entry.at,
                made.expires_at,
                chooser.id if chooser else None,
                chooser.name if chooser else None,
            )
        case OfferEnded() as ended:
            if not await connection.fetchval(QUERIES.settle_offer, ended.offer_id, ended.outcome, entry.at):
                raise Outrun("the offer has ended")
        case AgentJoined() as joined:
            await connection.execute(QUERIES.add_participant, conversation_id, joined.agent.id)
        case AgentLeft() as left:
            await connection.execute(QUERIES.remove_participant, conversation_id, left.agent.id)
        case Ended():
            await connection.execute(QUERIES.end_participation, conversation_id, entry.at)
        case _:
            pass


async def _append(connection: Connection, decision: Decision, client_id: UUID | None) -> None:
    """Add to the log; one of the entries is the request's answer."""
    entries, answer = decision.entries, decision.answer
    await connection.execute(
        QUERIES.add_entries,
        decision.conversation.id,
        [entry.seq for entry in entries],
        [entry.at for entry in entries],
        [client_id if entry is answer else None for entry in entries],
        [entry.body.model_dump_json() for entry in entries],
    )


async def agent_of_offer(connection: Connection, offer_id: UUID) -> UUID | None:
    """The agent who is being asked; None once the offer has ended."""
    agent_id: UUID | None = await connection.fetchval(QUERIES.agent_of_offer, offer_id)
    return agent_id


async def last_owner(connection: Connection, visitor_id: UUID) -> UUID | None:
    """The agent who owned the visitor's last conversation that had an owner."""
    agent_id: UUID | None = await connection.fetchval(QUERIES.last_owner, visitor_id)
    return agent_id


async def lock_topic(connection: Connection, topic_id: UUID) -> None:
    """Wait until nobody else routes the topic, and keep others from it until the transaction ends."""
    await connection.execute(QUERIES.lock_topic, topic_id)


async def next_waiting(connection: Connection, topic_id: UUID) -> Turn | None:
    """The conversation of the topic whose turn it is, unlocked."""
    row = await connection.fetchrow(QUERIES.next_waiting, topic_id)
    if row is None:
        return None
    return Turn(row["id"], frozenset(row["asked"]), row["preferred_id"])


async def line(connection: Connection, topic_id: UUID, most: int) -> list[UUID]:
    """The first `most` conversations of the topic's queue, in order."""
    return [row["id"] for row in await connection.fetch(QUERIES.line, topic_id, most)]
