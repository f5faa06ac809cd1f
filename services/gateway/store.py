"""The only place of the gateway that speaks SQL."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg

from contracts.conversation import AgentRole
from contracts.mail import AgentContactChanged
from contracts.public import AgentAccount, AgentPreferences, AgentProfile, FormField, NewWidget
from services.chassis.database import Connection
from services.chassis.queries import load_queries

QUERIES: Final = load_queries(Path(__file__).parent / "sql")


class AddressTaken(Exception):
    """Another account has this e-mail address."""


@dataclass(frozen=True)
class Account:
    """What a sign-in is checked against."""

    agent_id: UUID
    name: str
    email: str
    role: AgentRole
    version: int
    password_hash: str


@dataclass(frozen=True)
class Session:
    """A signed-in agent, as the account was when it was read. `created_at` bounds how long it can be prolonged."""

    session_id: UUID
    agent_id: UUID
    name: str
    email: str
    role: AgentRole
    topic_ids: tuple[UUID, ...]
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Visitor:
    """Whose token it is, and the widget they came through."""

    visitor_id: UUID
    widget_id: UUID
    widget: NewWidget


def email_key(email: str) -> str:
    """An account's address as it is compared."""
    return email.strip().lower()


async def account(connection: Connection, email: str) -> Account | None:
    row = await connection.fetchrow(QUERIES.account_by_email, email_key(email))
    return None if row is None else Account(**row)


async def agents(connection: Connection) -> list[AgentAccount]:
    """Every account, by name."""
    return [_agent(row) for row in await connection.fetch(QUERIES.agents)]


async def add_agent(connection: Connection, agent_id: UUID, agent: AgentProfile, password_hash: str) -> int:
    """Make the account; its version. Raises AddressTaken."""
    key, profile = email_key(agent.email), _profile(agent)
    version: int | None = await connection.fetchval(
        QUERIES.add_agent, agent_id, agent.email, key, agent.name, password_hash, *profile
    )
    if version is None:
        raise AddressTaken
    return version


async def change_agent(
    connection: Connection, agent_id: UUID, agent: AgentProfile, *, password_hash: str | None, version: int
) -> int | None:
    """Change the account of this version; its new one, None when it is another by now. Raises AddressTaken.

    Without a hash the password stays.
    """
    key, profile = email_key(agent.email), _profile(agent)
    try:
        changed: int | None = await connection.fetchval(
            QUERIES.change_agent, agent_id, version, agent.email, key, agent.name, password_hash, *profile
        )
    except asyncpg.UniqueViolationError:
        raise AddressTaken from None
    return changed


async def agent_exists(connection: Connection, agent_id: UUID) -> bool:
    return await connection.fetchval(QUERIES.agent_exists, agent_id) is not None


async def administrators(connection: Connection) -> set[UUID]:
    """Who they are, none of whom changes until the transaction ends."""
    return {row["agent_id"] for row in await connection.fetch(QUERIES.administrators)}


async def preferences(connection: Connection, agent_id: UUID) -> AgentPreferences:
    """What the agent has chosen, or what holds until they do."""
    row = await connection.fetchrow(QUERIES.preferences, agent_id)
    return AgentPreferences() if row is None else AgentPreferences(**row)


async def save_preferences(connection: Connection, agent_id: UUID, chosen: AgentPreferences) -> bool:
    """False when they are what was kept."""
    changed = await connection.fetchval(
        QUERIES.save_preferences, agent_id, chosen.language, chosen.new_tickets, chosen.missed_chats
    )
    return changed is not None


async def next_contact(connection: Connection, agent_id: UUID) -> AgentContactChanged:
    """Where the agent wants to hear of what now, under a version higher than any before."""
    row = await connection.fetchrow(QUERIES.next_contact, agent_id)
    assert row is not None  # noqa: S101 -- an account is never removed
    return AgentContactChanged(**{**row, "topic_ids": tuple(row["topic_ids"])})


async def rehash(connection: Connection, agent_id: UUID, old: str, new: str) -> None:
    await connection.execute(QUERIES.rehash, agent_id, old, new)


async def end_sessions_of(connection: Connection, agent_id: UUID, keep: UUID | None = None) -> tuple[UUID, ...]:
    """End the agent's sessions but for `keep`. Returns which they were."""
    return tuple(row["session_id"] for row in await connection.fetch(QUERIES.end_sessions_of, agent_id, keep))


async def open_session(
    connection: Connection, *, session_id: UUID, agent_id: UUID, token_hash: bytes, now: datetime, expires_at: datetime
) -> None:
    await connection.execute(QUERIES.open_session, session_id, agent_id, token_hash, now, expires_at)


async def session(connection: Connection, token_hash: bytes, now: datetime) -> Session | None:
    row = await connection.fetchrow(QUERIES.session, token_hash, now)
    return None if row is None else _session(row)


async def prolong_session(connection: Connection, session_id: UUID, expires_at: datetime) -> None:
    await connection.execute(QUERIES.prolong_session, session_id, expires_at)


async def prolong_sessions(
    connection: Connection,
    session_ids: Sequence[UUID],
    now: datetime,
    *,
    idle: timedelta,
    longest: timedelta,
    once_in: timedelta,
) -> None:
    await connection.execute(QUERIES.prolong_sessions, list(session_ids), now, idle, longest, once_in)


async def close_session(connection: Connection, token_hash: bytes) -> UUID | None:
    """The id of the session that was open, None when there was none."""
    closed: UUID | None = await connection.fetchval(QUERIES.close_session, token_hash)
    return closed


async def live_sessions(connection: Connection, session_ids: Sequence[UUID], now: datetime) -> dict[UUID, Session]:
    """Those of these sessions that are open, by id."""
    rows = await connection.fetch(QUERIES.live_sessions, list(session_ids), now)
    return {row["session_id"]: _session(row) for row in rows}


async def save_widget(connection: Connection, new_id: UUID, widget: NewWidget) -> None:
    await connection.execute(
        QUERIES.save_widget,
        new_id,
        widget.key,
        widget.title,
        widget.language,
        list(widget.topic_ids),
        list(widget.allowed_origins),
        widget.name_field.shown,
        widget.name_field.required,
        widget.email_field.shown,
        widget.email_field.required,
        widget.sneak_peek,
        widget.rating,
        widget.transcript,
    )


async def widget(connection: Connection, key: str) -> NewWidget | None:
    row = await connection.fetchrow(QUERIES.widget, key)
    return None if row is None else _widget(row)


async def add_visitor(
    connection: Connection, *, visitor_id: UUID, widget_key: str, token_hash: bytes, now: datetime
) -> bool:
    """False when there is no such widget."""
    return await connection.fetchval(QUERIES.add_visitor, visitor_id, widget_key, token_hash, now) is not None


async def visitor(connection: Connection, token_hash: bytes) -> Visitor | None:
    row = await connection.fetchrow(QUERIES.visitor, token_hash)
    return None if row is None else Visitor(row["visitor_id"], row["widget_id"], _widget(row))


async def bind_conversation(connection: Connection, conversation_id: UUID, visitor_id: UUID, now: datetime) -> UUID:
    """Give the conversation to the visitor unless somebody has it. Returns whose it is."""
    await connection.execute(QUERIES.bind_conversation, conversation_id, visitor_id, now)
    return (await owners(connection, [conversation_id]))[conversation_id]


async def owners(connection: Connection, conversation_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The visitor of each conversation that has one."""
    rows = await connection.fetch(QUERIES.owners, list(conversation_ids))
    return {row["conversation_id"]: row["visitor_id"] for row in rows}


def _session(row: "asyncpg.Record") -> Session:
    return Session(**{**row, "topic_ids": tuple(row["topic_ids"])})


def _agent(row: "asyncpg.Record") -> AgentAccount:
    return AgentAccount(**{**row, "priorities": json.loads(row["priorities"])})


def _profile(agent: AgentProfile) -> tuple[int | None, list[UUID], AgentRole, str]:
    """Capacity, topics, role and priorities, as the statements take them."""
    priorities = json.dumps({str(topic_id): priority for topic_id, priority in agent.priorities.items()})
    return agent.capacity, list(agent.topic_ids), agent.role, priorities


def _widget(row: "asyncpg.Record") -> NewWidget:
    return NewWidget(
        key=row["key"],
        title=row["title"],
        language=row["language"],
        topic_ids=tuple(row["topic_ids"]),
        allowed_origins=tuple(row["allowed_origins"]),
        name_field=FormField(shown=row["name_shown"], required=row["name_required"]),
        email_field=FormField(shown=row["email_shown"], required=row["email_required"]),
        sneak_peek=row["sneak_peek"],
        rating=row["rating"],
        transcript=row["transcript"],
    )
