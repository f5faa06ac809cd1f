"""The list of tickets. A statement is put together from fixed parts, so that only what is asked for is looked at.

Every value goes into a parameter; the text holds nothing that came from outside.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from contracts.base import NamedRef
from contracts.tickets import TicketPage, TicketSummary
from services.chassis.database import Connection
from services.tickets.domain import search
from services.tickets.domain.listing import Direction, Filter, Place, Sort, write_cursor
from services.tickets.domain.ticket import UNREAD_FOR
from services.tickets.store import QUERIES
from services.tickets.store.tickets import reference

MOST_COUNTED: Final = 10_000
"""Beyond so many tickets a list does not say how many there are."""

_TIME: Final[dict[Sort, str | None]] = {"changed": "changed_at", "opened": "opened_at", "number": None}


class Statement:
    """A statement and its parameters."""

    def __init__(self, base: str, agent_id: UUID, unread_since: datetime) -> None:
        self._parts = [base]
        self._joint = "WHERE"
        self.parameters: list[object] = [agent_id, unread_since]

    @property
    def text(self) -> str:
        return "\n".join(self._parts)

    def where(self, condition: str, *values: object) -> None:
        """Only where the condition holds; each `{}` in it stands for a value."""
        self._parts.append(f"{self._joint} {condition.format(*(self._parameter(value) for value in values))}")
        self._joint = "  AND"

    def end(self, text: str, *values: object) -> None:
        self._parts.append(text.format(*(self._parameter(value) for value in values)))

    def _parameter(self, value: object) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}"


def page_statement(
    agent_id: UUID, only: Filter, sort: Sort, direction: Direction, after: Place | None, limit: int, now: datetime
) -> Statement | None:
    """What reads a page; None where nothing can be found."""
    statement = _filtered(QUERIES.listed, agent_id, only, now)
    if statement is None:
        return None
    time, order = _TIME[sort], "ASC" if direction == "asc" else "DESC"
    beyond = ">" if direction == "asc" else "<"
    if after is not None and time is None:
        statement.where(f"t.number {beyond} {{}}", after.number)
    elif after is not None:
        statement.where(f"(t.{time}, t.number) {beyond} ({{}}, {{}})", after.at, after.number)
    by = f"t.number {order}" if time is None else f"t.{time} {order}, t.number {order}"
    statement.end(f"ORDER BY {by} LIMIT {{}}", limit)
    return statement


def _filtered(base: str, agent_id: UUID, only: Filter, now: datetime) -> Statement | None:
    statement = Statement(base, agent_id, now - UNREAD_FOR)
    for condition, *values in _conditions(only):
        statement.where(condition, *values)
    if only.asked.strip():
        words, number = search.tsquery(only.asked), search.number_asked(only.asked)
        if words is None:
            return None
        if number is None:
            statement.where("t.search @@ {}::text::tsquery", words)
        else:
            statement.where("(t.search @@ {}::text::tsquery OR t.number = {})", words, number)
    return statement


def _conditions(only: Filter) -> Iterator[tuple[str, *tuple[object, ...]]]:
    if len(only.statuses) == 1:
        # Not ANY: so the index gives them in order.
        yield "t.status = {}", only.statuses[0]
    elif only.statuses:
        yield "t.status = ANY ({})", list(only.statuses)
    if only.assignee_id == "none":
        yield ("t.assignee_id IS NULL",)
    elif only.assignee_id is not None:
        yield "t.assignee_id = {}", only.assignee_id
    if len(only.topic_ids) == 1:
        yield "t.topic_id = {}", only.topic_ids[0]
    elif only.topic_ids:
        yield "t.topic_id = ANY ({})", list(only.topic_ids)
    if only.tag is not None:
        yield "t.tags @> {}", [only.tag.strip().lower()]
    if only.customer_id is not None:
        yield "t.customer_id = {}", only.customer_id
    if only.conversation_id is not None:
        yield "t.conversation_id = {}", only.conversation_id
    if only.unread:
        # As `unread` in the list: the index by time leaves out what is too old to be looked at.
        yield ("t.changed_at > $2::timestamptz",)
        yield ("coalesce(r.seen, 0) < t.version - (t.lookup_version IS NOT DISTINCT FROM t.version)::int",)


async def page(
    connection: Connection,
    agent_id: UUID,
    only: Filter,
    sort: Sort,
    direction: Direction,
    after: Place | None,
    limit: int,
    now: datetime,
) -> TicketPage:
    """At most `limit` tickets beyond `after`; a list's first page also says how many tickets the list has."""
    statement = page_statement(agent_id, only, sort, direction, after, limit + 1, now)
    if statement is None:
        return TicketPage(tickets=(), total=0)
    rows = await connection.fetch(statement.text, *statement.parameters)
    shown, more = rows[:limit], len(rows) > limit
    total = None
    if after is None:
        total = await _count(connection, agent_id, only, now) if more else len(rows)
    return TicketPage(
        tickets=tuple(_summary(row) for row in shown),
        next=write_cursor(sort, _place(sort, shown[-1])) if more else None,
        total=total,
    )


async def _count(connection: Connection, agent_id: UUID, only: Filter, now: datetime) -> int | None:
    statement = _filtered(QUERIES.counted, agent_id, only, now)
    if statement is None:
        return 0
    statement.end("LIMIT {}", MOST_COUNTED + 1)
    text = f"SELECT count(*) FROM ({statement.text}) AS listed"  # noqa: S608 -- fixed parts only, see above
    count: int = await connection.fetchval(text, *statement.parameters)
    return count if count <= MOST_COUNTED else None


def _place(sort: Sort, row: asyncpg.Record) -> Place:
    time = _TIME[sort]
    return Place(row["number"], row[time] if time else None)


def _summary(row: asyncpg.Record) -> TicketSummary:
    return TicketSummary(
        id=row["id"],
        number=row["number"],
        version=row["version"],
        subject_line=row["subject_line"],
        status=row["status"],
        postponed_until=row["postponed_until"],
        topic=NamedRef(id=row["topic_id"], name=row["topic_name"]),
        assignee=reference(row, "assignee"),
        tags=tuple(row["tags"]),
        customer=reference(row, "customer"),
        name=row["name"],
        email=row["email"],
        opened_at=row["opened_at"],
        changed_at=row["changed_at"],
        last_line=row["last_line"],
        unread=row["unread"],
    )
