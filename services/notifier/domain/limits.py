"""How many mails may go out that a visitor can have sent to any address, so that nobody can flood a third person.

They are confirmations of tickets, and transcripts to addresses for which no site vouched; they count together. What is
over a limit is not sent later either: the ticket or conversation it tells of exists all the same.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

DAY: Final = timedelta(hours=24)
"""What counts as a day: the last 24 hours, at any time of it."""

RECIPIENT_REASON: Final = "limit_recipient"
DAY_REASON: Final = "limit_day"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most such mails in a day: to one mailbox, and to all together."""

    per_recipient: int
    per_day: int


def held_back(limits: Limits, *, to_recipient: int, to_all: int) -> str | None:
    """Why one more such mail is not sent after so many in a day; None when it may go."""
    if to_recipient >= limits.per_recipient:
        return RECIPIENT_REASON
    if to_all >= limits.per_day:
        return DAY_REASON
    return None
