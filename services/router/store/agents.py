"""Agents: what routing knows of them, and how much room they have."""

import json
from collections.abc import Iterable
from uuid import UUID

import asyncpg

from services.chassis.database import Connection
from services.router.domain.agent import Agent
from services.router.domain.routing import Candidate
from services.router.store import QUERIES, Outrun


async def lock(connection: Connection, agent_ids: Iterable[UUID]) -> dict[UUID, Agent]:
    """The agents that exist, locked; to be called before any conversation is."""
    rows = await connection.fetch(QUERIES.lock_agents, list(agent_ids))
    return {row["id"]: _agent(row) for row in rows}


async def candidates(connection: Connection, topic_id: UUID) -> list[Candidate]:
    """Who could be offered a conversation of the topic, unlocked."""
    return [Candidate(*row) for row in await connection.fetch(QUERIES.candidates, topic_id)]


async def offered(connection: Connection, agent_id: UUID) -> list[UUID]:
    """The conversations that the agent is being asked about; stable while the agent is locked."""
    return [row[0] for row in await connection.fetch(QUERIES.offered_conversations, agent_id)]


async def chats(connection: Connection, agent_id: UUID) -> list[UUID]:
    """The conversations that the agent takes part in and that are not over; stable while the agent is locked."""
    return [row[0] for row in await connection.fetch(QUERIES.chats_of_agent, agent_id)]


async def first_answers(connection: Connection, agent_id: UUID) -> list[UUID]:
    """The conversations to which the agent was typing the first answer when last heard of, unlocked."""
    return [row[0] for row in await connection.fetch(QUERIES.first_answers_typed, agent_id)]


async def has_console(connection: Connection, agent_id: UUID) -> bool:
    """Whether a console of the agent's is open anywhere."""
    return bool(await connection.fetchval(QUERIES.has_console, agent_id))


async def add(connection: Connection, agent: Agent) -> None:
    """Add an agent. Raises Outrun when somebody else just has."""
    if not await connection.fetchval(QUERIES.add_agent, *_columns(agent), agent.load):
        raise Outrun("the agent has been added")


async def save(connection: Connection, before: Agent, after: Agent) -> None:
    """Keep the agent and count up the desk. Raises Outrun when the load would grow beyond the capacity."""
    if not await connection.fetchval(QUERIES.save_agent, *_columns(after), after.load - before.load):
        raise Outrun("the agent has no room any more")


def _columns(agent: Agent) -> tuple[object, ...]:
    """What an agent consists of but for the load, in the order of both statements that write one."""
    return (
        agent.id,
        agent.name,
        sorted(agent.topic_ids),
        agent.capacity,
        agent.status,
        agent.status_reason,
        agent.idle_since,
        agent.account_version,
        agent.role,
        agent.default_capacity,
        json.dumps({str(topic_id): priority for topic_id, priority in agent.priorities.items()}),
        agent.status_cause,
        agent.last_offered_at,
        agent.connected,
        agent.away_since,
    )


def _agent(row: asyncpg.Record) -> Agent:
    priorities = {UUID(topic_id): priority for topic_id, priority in json.loads(row["priorities"]).items()}
    return Agent(**{**row, "topic_ids": frozenset(row["topic_ids"]), "priorities": priorities})
