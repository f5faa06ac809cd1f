"""Parameters: of topics, each kept as one value beside its id, name and version, and those that hold everywhere."""

import json
from typing import Final
from uuid import UUID

import asyncpg

from contracts.parameters import RoutingSettings, TopicSettings
from services.chassis.database import Connection
from services.router.store import QUERIES

KEPT_APART: Final = {"id", "name", "version"}
"""Parameters that have columns of their own."""


async def load(connection: Connection, topic_id: UUID) -> TopicSettings | None:
    """The topic with its parameters; what was never set is as the contract says."""
    row = await connection.fetchrow(QUERIES.topic, topic_id)
    return None if row is None else _settings(row)


async def all_of_them(connection: Connection) -> list[TopicSettings]:
    """Every topic, by name."""
    return [_settings(row) for row in await connection.fetch(QUERIES.topics)]


async def lock(connection: Connection, topic_id: UUID) -> TopicSettings | None:
    """The topic, kept from changing until the transaction ends."""
    row = await connection.fetchrow(QUERIES.lock_topic_row, topic_id)
    return None if row is None else _settings(row)


async def staffed(connection: Connection) -> dict[UUID, bool]:
    """Of each topic, whether an available agent has a console open, as it was last told."""
    return {row["id"]: row["staffed"] for row in await connection.fetch(QUERIES.topics_staffed)}


async def is_staffed(connection: Connection, topic_id: UUID) -> bool:
    """The same of one topic."""
    return bool(await connection.fetchval(QUERIES.topic_staffed, topic_id))


async def note_staff(connection: Connection, topic_id: UUID) -> bool:
    """Look at the agents of a locked topic; whether it has become staffed or unstaffed since the last look."""
    return await connection.fetchval(QUERIES.note_staff, topic_id) is not None


async def open_conversations(connection: Connection, topic_id: UUID) -> list[UUID]:
    """The conversations of the topic that are not over, unlocked."""
    return [row["id"] for row in await connection.fetch(QUERIES.open_conversations, topic_id)]


async def add(connection: Connection, topic: TopicSettings) -> bool:
    """Make the topic; False when there is one of its id, which stays as it is."""
    settings = topic.model_dump_json(exclude=KEPT_APART)
    return await connection.fetchval(QUERIES.add_topic, topic.id, topic.name, settings) is not None


async def save(connection: Connection, topic: TopicSettings) -> int | None:
    """Change the topic; its new version, or None when `topic.version` is not the one that is kept."""
    settings = topic.model_dump_json(exclude=KEPT_APART)
    version: int | None = await connection.fetchval(QUERIES.save_topic, topic.id, topic.name, settings, topic.version)
    return version


def _settings(row: asyncpg.Record) -> TopicSettings:
    apart = {name: row[name] for name in KEPT_APART}
    return TopicSettings(**json.loads(row["settings"]), **apart)


async def routing(connection: Connection) -> RoutingSettings:
    """What holds for all topics and agents; the defaults, at version 0, before anything was saved."""
    row = await connection.fetchrow(QUERIES.routing_settings)
    return RoutingSettings() if row is None else RoutingSettings(**json.loads(row["settings"]), version=row["version"])


async def hold_routing(connection: Connection) -> RoutingSettings:
    """The same, and it stays so until the transaction ends."""
    await connection.execute(QUERIES.hold_routing_settings)
    return await routing(connection)


async def save_routing(connection: Connection, settings: RoutingSettings) -> int | None:
    """Change them, once nobody holds them; the new version, or None when the version is not the one that is kept."""
    await connection.execute(QUERIES.lock_routing_settings)
    kept = settings.model_dump_json(exclude={"version"})
    query = QUERIES.save_routing_settings if settings.version else QUERIES.add_routing_settings
    version: int | None = await connection.fetchval(query, kept, settings.version)
    return version


async def agents_without_capacity(connection: Connection) -> list[UUID]:
    """The agents who have the capacity that holds for all, unlocked."""
    return [row["id"] for row in await connection.fetch(QUERIES.agents_without_capacity)]
