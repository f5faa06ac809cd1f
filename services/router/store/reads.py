"""What is read without changing anything: snapshots, desks, heads. Each answer is one statement, so one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from contracts.entries import Entry
from contracts.reads import Board, Colleague, Colleagues, Desk, PastConversation, PastConversations
from contracts.views import Header
from services.chassis.database import Connection
from services.router.store import QUERIES

MOST_ENTRIES: Final = 1000
NO_ENTRIES: Final = 2**31 - 1
"""More than any log has: what is read after it is the header alone."""
MOST_ENDED_CHATS: Final = 20
MOST_CARDS: Final = 500
MOST_PAST: Final = 50
ENDED_CHATS_SHOWN: Final = timedelta(minutes=30)
MISSED_OFFERS_COUNTED: Final = timedelta(hours=24)

_ENTRIES: Final[TypeAdapter[tuple[Entry, ...]]] = TypeAdapter(tuple[Entry, ...])


@dataclass(frozen=True, slots=True)
class Stand:
    """A conversation at one moment. `place` is its place in the queue; `visitor_online`, whether a page of it is open.

    Of the agent who looks: `asked`, whether they are being asked about it; `supervises`, whether they may see all.
    """

    header: Header
    entries: tuple[Entry, ...]
    place: int | None
    visitor_online: bool
    asked: bool
    supervises: bool


async def stand(connection: Connection, conversation_id: UUID, after: int, agent_id: UUID | None) -> Stand | None:
    """The conversation with its newest entries beyond `after`, at most 1,000."""
    row = await connection.fetchrow(QUERIES.snapshot, conversation_id, after, MOST_ENTRIES, agent_id)
    if row is None:
        return None
    return Stand(
        header=Header.model_validate_json(row["header"]),
        entries=_ENTRIES.validate_json(row["entries"]),
        place=row["place"],
        visitor_online=row["visitor_online"],
        asked=row["asked"],
        supervises=row["supervises"],
    )


async def desk(connection: Connection, agent_id: UUID, now: datetime) -> Desk | None:
    """The agent's desk, with the chats that are active and the last 20 of those that ended lately."""
    times = now - ENDED_CHATS_SHOWN, now - MISSED_OFFERS_COUNTED
    text = await connection.fetchval(QUERIES.desk, agent_id, *times, MOST_ENDED_CHATS)
    return None if text is None else Desk.model_validate_json(text)


async def board(connection: Connection, agent_id: UUID) -> Board | None:
    """The open conversations that the agent may see; None for nobody's id."""
    text = await connection.fetchval(QUERIES.board, agent_id, MOST_CARDS)
    return None if text is None else Board.model_validate_json(text)


async def colleagues(connection: Connection, topic_id: UUID | None, now: datetime) -> Colleagues:
    """The agents of a topic who have a console open; all agents without a topic."""
    rows = await connection.fetch(QUERIES.colleagues, topic_id, now - MISSED_OFFERS_COUNTED)
    return Colleagues(agents=tuple(Colleague.model_validate_json(row[0]) for row in rows))


async def past(connection: Connection, visitor_id: UUID) -> PastConversations:
    """The visitor's conversations, the newest first."""
    rows = await connection.fetch(QUERIES.past, visitor_id, MOST_PAST)
    return PastConversations(conversations=tuple(PastConversation.model_validate_json(row[0]) for row in rows))


async def past_of_customer(connection: Connection, customer_id: UUID, *, verified: bool) -> PastConversations:
    """The customer's conversations, the newest first; with `verified` those alone that the site vouched for.

    `verified` is how the customer asks; how agents do is without, and of running conversations it tells no words.
    """
    rows = await connection.fetch(QUERIES.past_of_customer, customer_id, verified, MOST_PAST)
    return PastConversations(conversations=tuple(PastConversation.model_validate_json(row[0]) for row in rows))


async def heads(connection: Connection, conversation_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The last number of each conversation that exists."""
    rows = await connection.fetch(QUERIES.heads, conversation_ids)
    return {row["id"]: row["head"] for row in rows}


async def desk_versions(connection: Connection, agent_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The version of the desk of each agent that exists."""
    rows = await connection.fetch(QUERIES.desk_versions, agent_ids)
    return {row["id"]: row["desk_version"] for row in rows}
