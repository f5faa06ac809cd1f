"""The tables of mail and of agents' wishes: the only place of this service that speaks SQL."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import asyncpg

from contracts.base import NamedRef
from contracts.mail import AgentContactChanged, Mail, MailKind, MailState
from services.chassis.database import Connection
from services.chassis.queries import load_queries
from services.notifier.domain.delivery import Verdict
from services.notifier.domain.mails import Order
from services.notifier.domain.message import Envelope

QUERIES = load_queries(Path(__file__).parent / "sql")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that is being sent, for the `attempts`-th time."""

    envelope: Envelope
    attempts: int
    announced: bool
    ticket_id: UUID | None
    conversation_id: UUID | None
    correlation_id: UUID | None

    @property
    def id(self) -> UUID:
        return self.envelope.mail_id


async def is_known(connection: Connection, mail_id: UUID) -> bool:
    """Whether the mail has been asked for before."""
    known: bool = await connection.fetchval(QUERIES.is_known, mail_id)
    return known


async def count_limited(connection: Connection, mailbox_key: str, since: datetime) -> tuple[int, int]:
    """How many mails count since then, to the mailbox and to all; held until the transaction ends."""
    await connection.execute(QUERIES.lock_limited)
    row = await connection.fetchrow(QUERIES.count_limited, mailbox_key, since)
    assert row is not None  # noqa: S101 -- an aggregate always has a row
    return row["to_recipient"], row["to_all"]


async def add(
    connection: Connection,
    order: Order,
    *,
    mailbox_key: str,
    asked_at: datetime,
    announced: bool,
    correlation_id: UUID | None,
    failed: str | None = None,
) -> bool:
    """Keep the mail, to be sent or, with a reason, as one that is not; False when it is kept already."""
    letter = order.letter
    added = await connection.fetchval(
        QUERIES.add,
        order.mail_id,
        order.kind,
        order.to,
        order.to_name,
        mailbox_key,
        letter.language,
        letter.subject,
        "" if failed else letter.text(),
        "" if failed else letter.html(),
        "failed" if failed else "pending",
        failed or "",
        asked_at,
        order.limited and failed is None,
        announced,
        order.ticket_id,
        order.conversation_id,
        order.about.id if order.about else None,
        order.about.name if order.about else None,
        correlation_id,
    )
    return added is not None


async def claim(
    connection: Connection, now: datetime, *, dead_at: datetime, under_way: Collection[UUID], most: int
) -> list[Claimed]:
    """At most so many mails that are due, noted as being sent; at `dead_at` whoever sends them counts as dead."""
    rows = await connection.fetch(QUERIES.claim, now, dead_at, list(under_way), most)
    return [_claimed(row) for row in rows]


async def give_up(
    connection: Connection, now: datetime, *, before: datetime, reason: str, under_way: Collection[UUID]
) -> list[Claimed]:
    """Fail the mails asked for before then whose sender counts as dead."""
    return [_claimed(row) for row in await connection.fetch(QUERIES.give_up, now, before, reason, list(under_way))]


async def hand_back(connection: Connection, mail: Claimed, now: datetime) -> bool:
    """Leave a claimed mail as if it had not been claimed; False when another one has claimed it meanwhile."""
    return await connection.fetchval(QUERIES.hand_back, mail.id, mail.attempts, now) is not None


async def settle(connection: Connection, mail: Claimed, verdict: Verdict, now: datetime) -> bool:
    """Note what became of the try; False when another one has begun meanwhile."""
    settled = await connection.fetchval(
        QUERIES.settle, mail.id, mail.attempts, verdict.state, verdict.reason, verdict.next_try_at, now
    )
    return settled is not None


async def newest(
    connection: Connection,
    *,
    state: MailState | None,
    ticket_id: UUID | None,
    conversation_id: UUID | None,
    before: UUID | None,
    kinds: tuple[MailKind, ...] | None,
    limit: int,
) -> tuple[Mail, ...]:
    """The newest mails that fit, asked for before the mail `before` (None: all), of these kinds (None: of all)."""
    wanted = None if kinds is None else list(kinds)
    rows = await connection.fetch(QUERIES.newest, state, ticket_id, conversation_id, before, wanted, limit)
    return tuple(_mail(row) for row in rows)


async def save_contact(connection: Connection, contact: AgentContactChanged) -> None:
    """Keep where an agent wants to hear of what, unless something newer is kept."""
    await connection.execute(
        QUERIES.save_contact,
        contact.agent_id,
        contact.version,
        contact.name,
        contact.email,
        contact.language,
        list(contact.topic_ids),
        contact.new_tickets,
        contact.missed_chats,
    )


async def contacts(connection: Connection) -> list[AgentContactChanged]:
    """The agents who want to hear of anything."""
    return [
        AgentContactChanged(**{**row, "topic_ids": tuple(row["topic_ids"])})
        for row in await connection.fetch(QUERIES.contacts)
    ]


def _claimed(row: asyncpg.Record) -> Claimed:
    envelope = Envelope(
        mail_id=row["id"],
        to=row["recipient"],
        to_name=row["recipient_name"],
        language=row["language"],
        subject=row["subject_line"],
        text=row["body_text"],
        html=row["body_html"],
        asked_at=row["asked_at"],
        thread=row["ticket_id"] or row["conversation_id"],
        automatic=row["kind"] != "ticket_reply",
    )
    return Claimed(
        envelope, row["attempts"], row["announced"], row["ticket_id"], row["conversation_id"], row["correlation_id"]
    )


def _mail(row: asyncpg.Record) -> Mail:
    return Mail(
        mail_id=row["id"],
        kind=row["kind"],
        to=row["recipient"],
        subject_line=row["subject_line"],
        state=row["state"],
        reason=row["reason"],
        attempts=row["attempts"],
        next_try_at=row["next_try_at"] if row["state"] == "pending" else None,
        asked_at=row["asked_at"],
        sent_at=row["sent_at"],
        ticket_id=row["ticket_id"],
        conversation_id=row["conversation_id"],
        about=NamedRef(id=row["about_id"], name=row["about_name"]) if row["about_id"] else None,
    )
