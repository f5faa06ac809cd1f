"""Conversations that are over, and who wants to have them mailed."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from contracts.conversation import ConversationEnded
from services.chassis.database import Connection
from services.tickets.store import QUERIES


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is known of a conversation's transcript. Locked until the transaction ends."""

    ended: ConversationEnded | None
    requested: bool
    mailed: bool


async def end(connection: Connection, ended: ConversationEnded) -> Transcript:
    """Keep a conversation that is over, unless it is kept already."""
    body = ended.model_dump_json()
    return _transcript(await connection.fetchrow(QUERIES.end_conversation, ended.conversation_id, body))


async def request(connection: Connection, conversation_id: UUID) -> Transcript:
    """Note that the visitor wants the transcript."""
    return _transcript(await connection.fetchrow(QUERIES.request_transcript, conversation_id))


async def mailed(connection: Connection, conversation_id: UUID) -> None:
    """Note that the transcript is on its way."""
    await connection.execute(QUERIES.transcript_mailed, conversation_id)


async def ended(connection: Connection, conversation_id: UUID) -> ConversationEnded | None:
    """The conversation, once it is over."""
    text = await connection.fetchval(QUERIES.ended_conversation, conversation_id)
    return None if text is None else ConversationEnded.model_validate_json(text)


def _transcript(row: asyncpg.Record | None) -> Transcript:
    if row is None:
        raise LookupError("an upsert always gives its row")
    text = row["ended"]
    return Transcript(
        None if text is None else ConversationEnded.model_validate_json(text), row["requested"], row["mailed"]
    )
