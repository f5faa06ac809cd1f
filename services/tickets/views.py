"""Reading: tickets as pages see them, transcripts, ratings and their figures."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from contracts.base import LanguageCode
from contracts.tickets import Rating, RatingFigures, Ratings, TicketPage, TicketSummary
from contracts.tickets import Ticket as TicketCard
from contracts.tickets import TicketMessage as MessageOnCard
from services.chassis.clock import Clock
from services.chassis.database import Database
from services.tickets.domain import figures, transcript
from services.tickets.domain.listing import Direction, Filter, Place, Sort
from services.tickets.domain.ticket import Ticket, is_unread
from services.tickets.store import listing, ratings, tickets, transcripts

TranscriptFormat = Literal["text", "html"]


def summary(ticket: Ticket, *, unread: bool) -> TicketSummary:
    """The ticket as a list shows it."""
    return TicketSummary(
        id=ticket.id,
        number=ticket.number,
        version=ticket.version,
        subject_line=ticket.subject_line,
        status=ticket.status,
        postponed_until=ticket.postponed_until,
        topic=ticket.topic,
        assignee=ticket.assignee,
        tags=ticket.tags,
        customer=ticket.customer,
        name=ticket.name,
        email=ticket.email,
        opened_at=ticket.opened_at,
        changed_at=ticket.changed_at,
        last_line=ticket.last_line,
        unread=unread,
    )


def card(ticket: Ticket, *, unread: bool = False) -> TicketCard:
    """The ticket with its thread."""
    return TicketCard(
        **dict(summary(ticket, unread=unread)),
        origin=ticket.origin,
        conversation_id=ticket.conversation_id,
        language=ticket.language,
        messages=tuple(
            MessageOnCard(
                id=message.id,
                kind=message.kind,
                author=message.author,
                text=message.text,
                at=message.written_at,
                mail=message.mail,
                mail_reason=message.mail_reason,
            )
            for message in ticket.messages
        ),
    )


class Views:
    """The read side, on one database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def page(
        self, agent_id: UUID, only: Filter, sort: Sort, direction: Direction, after: Place | None, limit: int
    ) -> TicketPage:
        """One page of the list, as the agent sees it."""
        async with self._database.connection() as connection:
            return await listing.page(connection, agent_id, only, sort, direction, after, limit, self._clock.now())

    async def card(self, ticket_id: UUID, agent_id: UUID) -> TicketCard | None:
        """The ticket's card as the agent sees it, or None when there is no such ticket."""
        # The version and the thread are of one moment.
        async with (
            self._database.connection() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            ticket = await tickets.load(connection, ticket_id)
            if ticket is None:
                return None
            seen = await tickets.seen(connection, agent_id, ticket_id)
        return card(ticket, unread=is_unread(ticket, seen, self._clock.now()))

    async def transcript(
        self, conversation_id: UUID, form: TranscriptFormat, zone: str, language: LanguageCode | None
    ) -> str | None:
        """The conversation as its visitor saw it; None while it is not over."""
        async with self._database.connection() as connection:
            ended = await transcripts.ended(connection, conversation_id)
        if ended is None:
            return None
        render = transcript.as_html if form == "html" else transcript.as_text
        return render(ended, zone, language)

    async def rating(self, conversation_id: UUID) -> Rating | None:
        """The conversation's rating, if it has one."""
        async with self._database.connection() as connection:
            return await ratings.load(connection, conversation_id)

    async def ratings(self, conversation_ids: list[UUID]) -> Ratings:
        """The ratings of some conversations; the newest first."""
        async with self._database.connection() as connection:
            return Ratings(ratings=tuple(await ratings.of_conversations(connection, conversation_ids)))

    async def figures(self, since: date, until: date, zone: str) -> RatingFigures:
        """What was rated from the first day to the last, both counted."""
        begin, end = _midnight(since, zone), _midnight(until + timedelta(days=1), zone)
        async with self._database.connection() as connection:
            counts = await ratings.counts(connection, begin, end, zone)
            comments = await ratings.comments(connection, begin, end)
        return RatingFigures(
            since=since,
            until=until,
            topics=figures.by_topic(counts),
            agents=figures.by_agent(counts),
            days=figures.by_day(counts),
            comments=tuple(comments),
        )


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
