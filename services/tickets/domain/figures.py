"""The page of figures: how conversations were rated, by topic, agent and day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.entries import Score
from contracts.tickets import RatingRow


@dataclass(frozen=True)
class Count:
    """How often a score was given on a day, of an agent's conversations in a topic. Nobody's have no agent."""

    topic_id: UUID
    topic_name: str
    agent_id: UUID | None
    agent_name: str | None
    day: date
    score: Score
    count: int


def by_topic(counts: Iterable[Count]) -> tuple[RatingRow, ...]:
    """Topics by name; one that was renamed has the name it had last."""
    return _by_label(_rows(counts, lambda one: (str(one.topic_id), one.topic_name)))


def by_agent(counts: Iterable[Count]) -> tuple[RatingRow, ...]:
    """Agents by name, without the conversations that no agent had."""
    had = (one for one in counts if one.agent_id is not None)
    return _by_label(_rows(had, lambda one: (str(one.agent_id), one.agent_name or "")))


def by_day(counts: Iterable[Count]) -> tuple[RatingRow, ...]:
    """Days with ratings, the oldest first."""
    rows = _rows(counts, lambda one: (one.day.isoformat(), one.day.isoformat()))
    return tuple(sorted(rows, key=lambda row: row.key))


def _rows(counts: Iterable[Count], named: Callable[[Count], tuple[str, str]]) -> list[RatingRow]:
    sums: dict[str, dict[Score, int]] = {}
    labels: dict[str, str] = {}
    for one in sorted(counts, key=lambda one: one.day):
        key, label = named(one)
        labels[key] = label
        scores = sums.setdefault(key, {"good": 0, "neutral": 0, "bad": 0})
        scores[one.score] += one.count
    return [
        RatingRow(key=key, label=labels[key], good=of["good"], neutral=of["neutral"], bad=of["bad"])
        for key, of in sums.items()
    ]


def _by_label(rows: list[RatingRow]) -> tuple[RatingRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.label.casefold(), row.key)))
