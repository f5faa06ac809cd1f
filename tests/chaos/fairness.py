"""First come, first served within a topic, read from the logs afterwards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import asyncpg

TOLERANCE: Final = timedelta(seconds=1)
"""A conversation that came back to the queue less than this before an offer may not have been committed then."""

LOGGED: Final = """
SELECT e.conversation_id, e.at, e.body ->> 'kind' AS kind, e.body ->> 'outcome' AS outcome, c.topic_id, c.waiting_since
  FROM entry e
  JOIN conversation c ON c.id = e.conversation_id
 WHERE e.body ->> 'kind' IN ('started', 'offer_made', 'offer_ended', 'waiting_again', 'ended')
 ORDER BY e.conversation_id, e.seq
"""

Place = tuple[datetime, UUID]


@dataclass(frozen=True)
class _Wait:
    place: Place
    since: datetime
    until: datetime
    offered: bool


async def overtaken(connection: asyncpg.Connection) -> tuple[int, list[tuple[UUID, UUID]]]:
    """How many offers were looked at, and who was offered (first) while somebody before them waited (second).

    Only for conversations that stayed in one topic and were not offered by choice.
    """
    waits: defaultdict[UUID, list[_Wait]] = defaultdict(list)
    since: dict[UUID, datetime] = {}
    for row in await connection.fetch(LOGGED):
        one = row["conversation_id"]
        if row["kind"] in ("offer_made", "ended"):
            if (begun := since.pop(one, None)) is not None:
                place = (row["waiting_since"], one)
                waits[row["topic_id"]].append(_Wait(place, begun, row["at"], row["kind"] == "offer_made"))
        elif row["outcome"] != "accepted":
            since[one] = row["at"]
    offers = 0
    wrong = []
    for topic in waits.values():
        for wait in (wait for wait in topic if wait.offered):
            offers += 1
            wrong += [
                (wait.place[1], other.place[1])
                for other in topic
                if other.place < wait.place and other.since < wait.until - TOLERANCE and other.until > wait.until
            ]
    return offers, wrong
