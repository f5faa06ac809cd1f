"""What is read without changing anything: snapshots, desks, heads. Each answer is one statement, so one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from contracts.entries import Entry
from contracts.reads import Desk
from contracts.views import Header
from services.chassis.database import Connection
from services.router.store import QUERIES

MOST_ENTRIES: Final = 1000
MOST_ENDED_CHATS: Final = 20

_ENTRIES: Final[TypeAdapter[tuple[Entry, ...]]] = TypeAdapter(tuple[Entry, ...])


@dataclass(frozen=True, slots=True)
class Stand:
    """A conversation at one moment. `place` is its place in the queue; `asked`, whether the agent is being asked."""

    header: Header
    entries: tuple[Entry, ...]
    place: int | None
    asked: bool


async def stand(connection: Connection, conversation_id: UUID, after: int, agent_id: UUID | None) -> Stand | None:
    """The conversation with its newest entries beyond `after`, at most 1,000."""
    row = await connection.fetchrow(QUERIES.snapshot, conversation_id, after, MOST_ENTRIES, agent_id)
    if row is None:
        return None
    return Stand(
        header=Header.model_validate_json(row["header"]),
        entries=_ENTRIES.validate_json(row["entries"]),
        place=row["place"],
        asked=row["asked"],
    )


async def desk(connection: Connection, agent_id: UUID, ended_after: datetime) -> Desk | None:
    """The agent's desk, with the chats that are active and the last 20 of those that ended after a moment."""
    text = await connection.fetchval(QUERIES.desk, agent_id, ended_after, MOST_ENDED_CHATS)
    return None if text is None else Desk.model_validate_json(text)


async def heads(connection: Connection, conversation_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The last number of each conversation that exists."""
    rows = await connection.fetch(QUERIES.heads, conversation_ids)
    return {row["id"]: row["head"] for row in rows}


async def desk_versions(connection: Connection, agent_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The version of the desk of each agent that exists."""
    rows = await connection.fetch(QUERIES.desk_versions, agent_ids)
    return {row["id"]: row["desk_version"] for row in rows}
