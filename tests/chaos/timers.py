"""When timers fired, read from the logs: each entry that a timer made, beside the moment at which it was due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

ENTRIES: Final = """
SELECT e.conversation_id, e.seq, e.at, e.body ->> 'kind' AS kind, e.body ->> 'outcome' AS outcome,
       e.body ->> 'reason' AS reason, e.body ->> 'offer_id' AS offer_id, e.body -> 'agent' ->> 'id' AS agent_id,
       (e.body ->> 'expires_at')::timestamptz AS expires_at, (e.body ->> 'closes_at')::timestamptz AS closes_at
  FROM entry e
 ORDER BY e.conversation_id, e.seq
"""


class Outage(NamedTuple):
    """Between these moments something was not up; while the database was not, no timer could fire."""

    begun: datetime
    over: datetime


@dataclass(frozen=True)
class Fired:
    """A timer that made an entry. `late` is in seconds, and counts from the end of an outage that held it up."""

    kind: str
    conversation_id: UUID
    due: datetime
    at: datetime

    def late(self, outages: Sequence[Outage]) -> float:
        due = self.due
        for outage in outages:
            if outage.begun <= due < outage.over or due <= outage.begun < self.at < outage.over + timedelta(seconds=1):
                due = max(due, outage.over)
        return (self.at - due).total_seconds()

    def met(self, outages: Sequence[Outage]) -> bool:
        """Whether something was not up between the moment at which it was due and that at which it fired."""
        return any(outage.begun <= self.at and self.due <= outage.over for outage in outages)


async def fired(connection: asyncpg.Connection, *, first_answer: timedelta) -> list[Fired]:
    """Every expired offer, every first answer that did not come, and every conversation closed for inactivity."""
    found = []
    due: dict[tuple[UUID, str], datetime] = {}
    for row in await connection.fetch(ENTRIES):
        one: UUID = row["conversation_id"]
        for timer, at in _set_by(row, first_answer):
            due[one, timer] = at
        if (ended := _fired_by(row)) is not None:
            found.append(Fired(ended.split(" ")[0], one, due[one, ended], row["at"]))
    return found


def _set_by(row: Any, first_answer: timedelta) -> list[tuple[str, datetime]]:
    match row["kind"]:
        case "offer_made":
            return [(f"offer {row['offer_id']}", row["expires_at"])]
        case "agent_joined":
            return [(f"answer {row['agent_id']}", row["at"] + first_answer)]
        case "owner_changed":
            return [(f"answer {row['agent_id']}", row["at"] + first_answer)]
        case "inactivity_warned":
            return [("inactive", row["closes_at"])]
        case _:
            return []


def _fired_by(row: Any) -> str | None:
    match row["kind"], row["outcome"], row["reason"]:
        case "offer_ended", "expired", _:
            return f"offer {row['offer_id']}"
        case "agent_left", _, "not_answered":
            return f"answer {row['agent_id']}"
        case "ended", _, "inactive":
            return "inactive"
        case _:
            return None
