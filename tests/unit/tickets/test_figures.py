"""How conversations were rated: every rating counted once in each table, under the newest name."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from contracts.tickets import RatingRow
from services.tickets.domain.figures import Count, by_agent, by_day, by_topic

SALES, SERVICE, JAN, EWA = (UUID(int=n) for n in range(1, 5))
FIRST, SECOND = date(2025, 3, 1), date(2025, 3, 2)

COUNTS = [
    Count(SALES, "Sprzedaż i zwroty", JAN, "Jan Nowak", SECOND, "good", 2),
    Count(SALES, "Sprzedaż", JAN, "Jan", FIRST, "good", 3),
    Count(SALES, "Sprzedaż", None, None, FIRST, "bad", 1),
    Count(SERVICE, "Serwis", EWA, "Ewa", FIRST, "neutral", 4),
]


def test_topics_are_by_name_and_one_that_was_renamed_is_one() -> None:
    assert by_topic(COUNTS) == (
        RatingRow(key=str(SERVICE), label="Serwis", neutral=4),
        RatingRow(key=str(SALES), label="Sprzedaż i zwroty", good=5, bad=1),
    )


def test_what_no_agent_had_is_no_agents() -> None:
    assert by_agent(COUNTS) == (
        RatingRow(key=str(EWA), label="Ewa", neutral=4),
        RatingRow(key=str(JAN), label="Jan Nowak", good=5),
    )


def test_days_are_in_order() -> None:
    assert [(row.key, row.good, row.neutral, row.bad) for row in by_day(COUNTS)] == [
        ("2025-03-01", 3, 4, 1),
        ("2025-03-02", 2, 0, 0),
    ]


ANY = st.builds(
    Count,
    st.sampled_from([SALES, SERVICE]),
    st.sampled_from(["a", "b"]),
    st.sampled_from([None, JAN, EWA]),
    st.sampled_from(["c", "d"]),
    st.sampled_from([FIRST, SECOND]),
    st.sampled_from(["good", "neutral", "bad"]),
    st.integers(1, 9),
)


@given(st.lists(ANY))
def test_every_rating_is_counted_once(counts: list[Count]) -> None:
    def total(rows: tuple[RatingRow, ...]) -> int:
        return sum(row.good + row.neutral + row.bad for row in rows)

    everything = sum(one.count for one in counts)
    assert total(by_topic(counts)) == total(by_day(counts)) == everything
    assert total(by_agent(counts)) == sum(one.count for one in counts if one.agent_id)
