"""What becomes of a mail after a try: sent, failed for good, or tried again later, and when.

Invariants: only the mail itself being refused is for good; a server that is away, busy or wrongly set up is tried
again, ever more rarely, until the mail is `GIVE_UP_AFTER` old, and so is a mail at which we ourselves fail.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=1)
GIVE_UP_AFTER: Final = timedelta(hours=48)
LONGEST_REASON: Final = 300

Fault = Literal["refused", "busy", "no_connection", "no_answer", "log_in", "encryption", "address", "unexpected"]
FOR_GOOD: Final[frozenset[Fault]] = frozenset({"refused", "address"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server has taken the mail."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The server has not taken the mail, or nobody knows whether it has. `words` are the server's own."""

    fault: Fault
    words: str = ""

    @property
    def reason(self) -> str:
        """`fault: words`, one line of at most 300 characters."""
        words = " ".join("".join(c if c.isprintable() else " " for c in self.words).split())
        return f"{self.fault}: {words}"[:LONGEST_REASON] if words else self.fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state after a try; `next_try_at` only where the mail is pending again."""

    state: Literal["pending", "sent", "failed"]
    reason: str = ""
    next_try_at: datetime | None = None


def pause_after(attempts: int, spread: float = 0.0) -> timedelta:
    """How long to wait after so many tries: doubling from 30 s to an hour, and up to a quarter more by `spread` (0-1).

    The spread keeps mails that failed together from being tried together.
    """
    doubled: timedelta = FIRST_PAUSE * 2.0 ** min(max(attempts, 1) - 1, 20)
    return min(doubled, LONGEST_PAUSE) * (1 + spread / 4)


def after_try(
    outcome: Accepted | Failed, *, attempts: int, asked_at: datetime, now: datetime, spread: float = 0.0
) -> Verdict:
    """What becomes of a mail whose `attempts`-th try has ended with `outcome`."""
    if isinstance(outcome, Accepted):
        return Verdict("sent")
    next_try_at = now + pause_after(attempts, spread)
    if outcome.fault in FOR_GOOD or next_try_at > asked_at + GIVE_UP_AFTER:
        return Verdict("failed", outcome.reason)
    return Verdict("pending", outcome.reason, next_try_at)
