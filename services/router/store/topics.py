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


async def add(connection: Connection, topic: TopicSettings) -> bool:
    """Make the topic; False when there is one of its id, which stays as it is."""
    settings = topic.model_dump_json(exclude=KEPT_APART)
    return await connection.fetchval(QUERIES.add_topic, topic.id, topic.name, settings) is not None


def _settings(row: asyncpg.Record) -> TopicSettings:
    apart = {name: row[name] for name in KEPT_APART}
    return TopicSettings(**json.loads(row["settings"]), **apart)


async def routing(connection: Connection) -> RoutingSettings:
    """What holds for all topics and agents; the defaults, at version 0, before anything was saved."""
    row = await connection.fetchrow(QUERIES.routing_settings)
    return RoutingSettings() if row is None else RoutingSettings(**json.loads(row["settings"]), version=row["version"])
