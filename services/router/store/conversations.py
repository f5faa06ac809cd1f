"""Topics, conversations with their logs, and offers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from contracts.base import Actor, NamedRef
from contracts.entries import Entry, OfferEnded, OfferMade
from contracts.reads import Topic
from contracts.views import Header
from services.chassis.database import Connection, Stored
from services.chassis.outbox import OutboxRow
from services.router.domain.conversation import Conversation, Decision, Offer
from services.router.store import QUERIES, Outrun

KEPT_APART: Final = {"conversation_id", "head"}
"""Fields of a header that have columns of their own."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message's number; without `row` it had been logged before."""

    seq: int
    row: Stored | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation whose turn it is; `asked` turned it down, whoever is next has `offer_seconds`."""

    conversation_id: UUID
    topic_id: UUID
    offer_seconds: int
    asked: frozenset[UUID]


async def topic(connection: Connection, topic_id: UUID) -> Topic | None:
    row = await connection.fetchrow(QUERIES.topic, topic_id)
    return None if row is None else Topic(**row)


async def topics(connection: Connection) -> list[Topic]:
    return [Topic(**row) for row in await connection.fetch(QUERIES.topics)]


async def save_topic(connection: Connection, topic: Topic) -> None:
    await connection.execute(QUERIES.save_topic, topic.id, topic.name, topic.offer_seconds)


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
    return Posted(record["seq"], (record["outbox_id"], row.with_body(record["outbox_body"])))


async def holders(connection: Connection, conversation_id: UUID) -> set[UUID]:
    """The agents whose room the conversation takes, unlocked."""
    return {row[0] for row in await connection.fetch(QUERIES.holders, conversation_id)}


async def lock(connection: Connection, conversation_id: UUID, agents: Collection[UUID]) -> Conversation | None:
    """The conversation, locked after its agents. Raises Outrun when it is meanwhile held by others than `agents`."""
    row = await connection.fetchrow(QUERIES.lock_conversation, conversation_id)
    if row is None:
        return None
    pending = await connection.fetchrow(QUERIES.lock_pending_offer, conversation_id)
    conversation = Conversation(
        header=Header.model_validate_json(row["header"]),
        visitor_id=row["visitor_id"],
        waiting_since=row["waiting_since"],
        offer=_offer(pending) if pending else None,
        asked=frozenset(row["asked"]),
    )
    if not conversation.holders.issubset(agents):
        raise Outrun("the conversation is another agent's now")
    return conversation


def _offer(row: asyncpg.Record) -> Offer:
    return Offer(row["id"], NamedRef(id=row["agent_id"], name=row["agent_name"]), row["expires_at"])


async def answered(connection: Connection, conversation_id: UUID, client_id: UUID) -> int | None:
    """The number of the entry that answered the request, if it has been answered."""
    seq: int | None = await connection.fetchval(QUERIES.answered, conversation_id, client_id)
    return seq


async def add(connection: Connection, decision: Decision, client_id: UUID) -> bool:
    """Begin a conversation; False when there is one of its id."""
    conversation = decision.conversation
    header = conversation.header
    added = await connection.fetchval(
        QUERIES.add_conversation,
        conversation.id,
        conversation.topic.id,
        conversation.visitor_id,
        header.state,
        None,
        header.head,
        conversation.waiting_since,
        header.ended_at,
        list(conversation.asked),
        header.model_dump_json(exclude=KEPT_APART),
    )
    if added:
        await _append(connection, conversation.id, decision.entries, client_id)
    return added is not None


async def save(connection: Connection, before: Conversation, decision: Decision, client_id: UUID | None) -> None:
    """Keep what was decided: conversation, log, offers. Raises Outrun when somebody was quicker."""
    after = decision.conversation
    header = after.header
    saved = await connection.fetchval(
        QUERIES.save_conversation,
        after.id,
        before.header.head,
        header.state,
        header.owner.id if header.owner else None,
        header.head,
        header.ended_at,
        list(after.asked),
        header.model_dump_json(exclude=KEPT_APART),
    )
    if not saved:
        raise Outrun("the conversation has moved on")
    await _append(connection, after.id, decision.entries, client_id)
    for entry in decision.entries:
        match entry.body:
            case OfferMade() as made:
                await connection.execute(
                    QUERIES.add_offer,
                    made.offer_id,
                    after.id,
                    made.agent.id,
                    made.agent.name,
                    entry.at,
                    made.expires_at,
                )
            case OfferEnded() as ended:
                if not await connection.fetchval(QUERIES.settle_offer, ended.offer_id, ended.outcome, entry.at):
                    raise Outrun("the offer has ended")
            case _:
                pass


async def _append(
    connection: Connection, conversation_id: UUID, entries: tuple[Entry, ...], client_id: UUID | None
) -> None:
    """Add to the log; the last of the entries is the request's answer."""
    await connection.execute(
        QUERIES.add_entries,
        conversation_id,
        [entry.seq for entry in entries],
        [entry.at for entry in entries],
        [*[None] * (len(entries) - 1), client_id],
        [entry.body.model_dump_json() for entry in entries],
    )


async def conversation_of_offer(connection: Connection, offer_id: UUID) -> UUID | None:
    """The conversation that a pending offer is for."""
    conversation_id: UUID | None = await connection.fetchval(QUERIES.conversation_of_offer, offer_id)
    return conversation_id


async def lock_topic(connection: Connection, topic_id: UUID) -> None:
    """Wait until nobody else routes the topic, and keep others from it until the transaction ends."""
    await connection.execute(QUERIES.lock_topic, topic_id)


async def next_waiting(connection: Connection, topic_id: UUID) -> Turn | None:
    """The conversation of the topic whose turn it is, unlocked."""
    row = await connection.fetchrow(QUERIES.next_waiting, topic_id)
    if row is None:
        return None
    return Turn(row["id"], topic_id, row["offer_seconds"], frozenset(row["asked"]))


async def line(connection: Connection, topic_id: UUID, most: int) -> list[UUID]:
    """The first `most` conversations of the topic's queue, in order."""
    return [row["id"] for row in await connection.fetch(QUERIES.line, topic_id, most)]
