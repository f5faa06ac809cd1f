"""The table of reply templates: what store.py is for the gateway's other tables."""

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from contracts.templates import Template
from services.chassis.database import Connection
from services.gateway.domain.templates import Kept
from services.gateway.store import QUERIES


class Row(Protocol):
    """A row of a statement's answer."""

    def __getitem__(self, column: str, /) -> Any: ...


async def hold(connection: Connection, agent_id: UUID | None) -> None:
    """Nobody else changes shared templates (None), or this agent's own, until the transaction ends."""
    await connection.execute(QUERIES.hold_templates, agent_id)


async def usable(
    connection: Connection, agent_id: UUID, topic_ids: Iterable[UUID], *, every: bool
) -> tuple[Template, ...]:
    """The agent's own, then the shared ones of these topics or of all; with `every`, all shared ones."""
    rows = await connection.fetch(QUERIES.templates_for, agent_id, every, list(topic_ids))
    return tuple(_kept(row).template for row in rows)


async def all_of(connection: Connection, agent_id: UUID | None) -> tuple[Template, ...]:
    """All shared ones (None), or all of the agent's own."""
    return tuple(_kept(row).template for row in await connection.fetch(QUERIES.templates_of, agent_id))


async def one(connection: Connection, template_id: UUID) -> Kept | None:
    row = await connection.fetchrow(QUERIES.template, template_id)
    return None if row is None else _kept(row)


async def add(connection: Connection, template: Template, agent_id: UUID | None) -> bool:
    """False when there is one of this id."""
    added = await connection.fetchval(QUERIES.add_template, template.id, agent_id, *_values(template))
    return added is not None


async def change(connection: Connection, template: Template) -> bool:
    """False when it is not of this version any more."""
    changed = await connection.fetchval(QUERIES.change_template, template.id, template.version, *_values(template))
    return changed is not None


async def drop(connection: Connection, template_id: UUID, version: int) -> bool:
    """False when it is not of this version any more."""
    return await connection.fetchval(QUERIES.drop_template, template_id, version) is not None


def _values(template: Template) -> tuple[str, str, str, list[UUID]]:
    return template.shortcut, template.title, template.text, list(template.topic_ids)


def _kept(row: Row) -> Kept:
    template = Template(
        id=row["template_id"],
        version=row["version"],
        shortcut=row["shortcut"],
        title=row["title"],
        text=row["body"],
        topic_ids=tuple(row["topic_ids"]),
        own=row["agent_id"] is not None,
    )
    return Kept(template, row["agent_id"])
