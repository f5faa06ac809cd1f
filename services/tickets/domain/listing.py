"""Which tickets a list shows, in which order, and from where on.

A page begins after the last ticket of the one before it, named by what the list is sorted by and its number: so a page
is as quick to find as the first, and no ticket is shown twice or left out because others have come or gone meanwhile.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.tickets import TicketStatus

Sort = Literal["changed", "opened", "number"]
Direction = Literal["asc", "desc"]


class BadCursor(ValueError):
    """This is no place in this list."""


@dataclass(frozen=True)
class Filter:
    """Only tickets for which all of this holds; what is None or empty leaves the choice open."""

    statuses: tuple[TicketStatus, ...] = ()
    assignee_id: UUID | Literal["none"] | None = None
    topic_ids: tuple[UUID, ...] = ()
    tag: str | None = None
    customer_id: UUID | None = None
    conversation_id: UUID | None = None
    unread: bool = False
    asked: str = ""
    """Words to look for."""


@dataclass(frozen=True)
class Place:
    """The last ticket of a page: its time, in lists by time, and its number."""

    number: int
    at: datetime | None = None


def write_cursor(sort: Sort, place: Place) -> str:
    """The place as opaque text."""
    at = place.at.isoformat() if place.at else ""
    return base64.urlsafe_b64encode(f"{sort}|{at}|{place.number}".encode()).decode().rstrip("=")


def read_cursor(sort: Sort, cursor: str) -> Place:
    """The place that `write_cursor` wrote for a list sorted alike. Raises BadCursor."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        sorted_by, at, number = text.split("|")
        place = Place(int(number), datetime.fromisoformat(at) if at else None)
    except (ValueError, binascii.Error):
        raise BadCursor(BadCursor.__doc__) from None
    timed = place.at is not None and place.at.tzinfo is not None
    if sorted_by != sort or timed != (sort != "number") or not 0 <= place.number < 2**63:
        raise BadCursor(BadCursor.__doc__)
    return place
