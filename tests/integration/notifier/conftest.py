"""A notifier of the test's own, a mail server for it, and what became of its mails."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest_asyncio
from fastapi import FastAPI

from contracts.mail import ConfirmationMail, Mail, MailBody, Mails, ReplyMail, SendMail, TranscriptMail
from tests.support.in_process import client_of, migrated, running
from tests.support.mail_server import MailServer

COMMANDS = "notifier.commands"
AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def notifier_url(database_urls: dict[str, str]) -> str:
    """The notifier's schema."""
    return await migrated("notifier", database_urls)


@pytest_asyncio.fixture(loop_scope="session")
async def mail_server() -> AsyncIterator[MailServer]:
    """A mail server that takes everything until it is told otherwise."""
    async with MailServer() as server:
        yield server


def notifier(url: str, amqp_url: str, server: MailServer, **own: Any) -> AbstractAsyncContextManager[FastAPI]:
    """The notifier while it runs, sending to the server."""
    return running("notifier", url, amqp_url, **{"smtp_port": server.port, "from_address": "pomoc@kawa.test", **own})


def reply(text: str = "Dzień dobry, tak, wysyłamy.", *, to: str = "anna@example.com") -> SendMail:
    """An agent's answer to a ticket of its own."""
    body = ReplyMail(number=1042, subject_line="Pytanie o wysyłkę", text=text, agent_name="Jan Kowalski")
    return send(body, to=to)


def confirmation(*, to: str = "anna@example.com") -> SendMail:
    """The confirmation of a ticket of its own."""
    return send(ConfirmationMail(number=1042), to=to)


def transcript(*, to: str = "anna@example.com", verified: bool = False) -> SendMail:
    """A conversation of its own."""
    body = TranscriptMail(topic_name="Sprzedaż", visitor_name="Anna", started_at=AT, entries=(), verified=verified)
    return SendMail(mail_id=uuid4(), to=to, to_name="Anna", body=body, conversation_id=uuid4())


def send(body: MailBody, *, to: str) -> SendMail:
    return SendMail(mail_id=uuid4(), to=to, to_name="Anna Nowak", body=body, ticket_id=uuid4())


async def mails(app: FastAPI, **query: object) -> tuple[Mail, ...]:
    """What the console would show of mails."""
    async with client_of(app) as client:
        return (await client.get("/internal/mails", Mails, **query)).mails


async def mail_of(app: FastAPI, asked: SendMail) -> Mail:
    """What the console would show of the mail asked for."""
    (mail,) = await mails(app, ticket_id=asked.ticket_id, conversation_id=asked.conversation_id)
    return mail


async def make_due(url: str, mail_id: UUID) -> None:
    """Let the time of the mail's next try come, or of its sender counting as dead."""
    connection = await asyncpg.connect(url, server_settings={"search_path": "notifier"})
    try:
        await connection.execute("UPDATE mail SET next_try_at = now() WHERE id = $1", mail_id)
    finally:
        await connection.close()


async def make_old(url: str, mail_id: UUID) -> None:
    """Let the mail be one that was asked for longer ago than any is tried."""
    connection = await asyncpg.connect(url, server_settings={"search_path": "notifier"})
    try:
        await connection.execute("UPDATE mail SET asked_at = now() - interval '49 hours' WHERE id = $1", mail_id)
    finally:
        await connection.close()
