"""Timers as rows: set and cancelled with the state they belong to, fired once.

A worker claims one due row with FOR UPDATE SKIP LOCKED and deletes it in the same transaction in which it calls the
handler; so several workers share the work, a crash leaves the row to another, and a handler that raises leaves it to be
tried again, later each time. Cancelling skips rows that are just being handled, and never waits: a handler must
therefore look at its subject and do nothing when that is settled.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from services.chassis.database import Connection

SET: Final = """
INSERT INTO deadline (kind, subject, generation, due_at)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::timestamptz[])
ON CONFLICT (kind, subject, generation) DO UPDATE SET due_at = excluded.due_at, attempts = 0
"""

CANCEL: Final = """
DELETE FROM deadline
 WHERE ctid = ANY (ARRAY(
       SELECT d.ctid
         FROM deadline d
         JOIN unnest($1::text[], $2::uuid[], $3::bigint[]) AS c (kind, subject, generation)
           ON d.kind = c.kind AND d.subject = c.subject AND (c.generation IS NULL OR d.generation = c.generation)
          FOR UPDATE OF d SKIP LOCKED))
"""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A timer that has come due."""

    kind: str
    subject: UUID
    generation: int
    due_at: datetime


class Deadlines:
    """The timers one transaction sets and cancels; written before its commit, cancellations first."""

    def __init__(self) -> None:
        self._set: dict[tuple[str, UUID, int], datetime] = {}
        self._cancelled: dict[tuple[str, UUID, int | None], None] = {}
        self.changed = False
        """Whether a deadline was set, so that the worker must look."""

    def set(self, kind: str, subject: UUID, due_at: datetime, generation: int = 0) -> None:
        """Call the handler of `kind` for `subject` at `due_at`; the same kind, subject and generation is moved."""
        self._set[kind, subject, generation] = due_at

    def cancel(self, kind: str, subject: UUID, generation: int | None = None) -> None:
        """Forget the deadline, or every generation of it; what this transaction itself had set is forgotten too."""
        for key in [k for k in self._set if k[:2] == (kind, subject) and generation in (None, k[2])]:
            del self._set[key]
        self._cancelled[kind, subject, generation] = None

    async def write(self, connection: "Connection") -> None:
        """Write what was collected."""
        if self._cancelled:
            cancelled = list(self._cancelled)
            await connection.execute(
                CANCEL, [key[0] for key in cancelled], [key[1] for key in cancelled], [key[2] for key in cancelled]
            )
            self._cancelled.clear()
        if self._set:
            # In one order everywhere, so that two transactions that set the same timers do not wait crosswise.
            due = sorted(self._set.items())
            await connection.execute(
                SET,
                [key[0] for key, _ in due],
                [key[1] for key, _ in due],
                [key[2] for key, _ in due],
                [at for _, at in due],
            )
            self._set.clear()
            self.changed = True
