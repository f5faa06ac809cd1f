"""The only place of the gateway that speaks SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import asyncpg

from contracts.public import FormField, NewAgent, NewWidget
from services.chassis.database import Connection
from services.chassis.queries import load_queries

QUERIES: Final = load_queries(Path(__file__).parent / "sql")


@dataclass(frozen=True)
class Account:
    agent_id: UUID
    name: str
    email: str
    password_hash: str


@dataclass(frozen=True)
class Session:
    """A signed-in agent. `created_at` bounds how long it can be prolonged."""

    session_id: UUID
    agent_id: UUID
    name: str
    email: str
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


async def save_agent(connection: Connection, *, new_id: UUID, agent: NewAgent, password_hash: str) -> tuple[UUID, int]:
    """Make or change the account of `agent.email`. Returns its id and its new version."""
    row = await connection.fetchrow(
        QUERIES.save_agent,
        new_id,
        agent.email,
        email_key(agent.email),
        agent.name,
        password_hash,
        agent.capacity,
        list(agent.topic_ids),
    )
    return _one(row)["agent_id"], _one(row)["version"]


async def rehash(connection: Connection, agent_id: UUID, old: str, new: str) -> None:
    await connection.execute(QUERIES.rehash, agent_id, old, new)


async def end_sessions_of(connection: Connection, agent_id: UUID) -> None:
    await connection.execute(QUERIES.end_sessions_of, agent_id)


async def open_session(
    connection: Connection, *, session_id: UUID, agent_id: UUID, token_hash: bytes, now: datetime, expires_at: datetime
) -> None:
    await connection.execute(QUERIES.open_session, session_id, agent_id, token_hash, now, expires_at)


async def session(connection: Connection, token_hash: bytes, now: datetime) -> Session | None:
    row = await connection.fetchrow(QUERIES.session, token_hash, now)
    return None if row is None else Session(**row)


async def prolong_session(connection: Connection, session_id: UUID, expires_at: datetime) -> None:
    await connection.execute(QUERIES.prolong_session, session_id, expires_at)


async def close_session(connection: Connection, token_hash: bytes) -> UUID | None:
    """The id of the session that was open, None when there was none."""
    closed: UUID | None = await connection.fetchval(QUERIES.close_session, token_hash)
    return closed


async def live_sessions(connection: Connection, session_ids: Sequence[UUID], now: datetime) -> set[UUID]:
    return {row["session_id"] for row in await connection.fetch(QUERIES.live_sessions, list(session_ids), now)}


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
    )


def _one(row: "asyncpg.Record | None") -> Any:
    if row is None:
        raise RuntimeError("a statement that always returns a row returned none")
    return row
