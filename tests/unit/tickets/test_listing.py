"""A place in a list travels as opaque text and comes back as it was, or not at all."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tickets.domain.listing import BadCursor, Place, Sort, read_cursor, write_cursor
from tests.unit.tickets.builders import NOW

TIMES = st.datetimes(timezones=st.just(NOW.tzinfo))
NUMBERS = st.integers(0, 2**63 - 1)


@given(NUMBERS, TIMES, st.sampled_from(["changed", "opened"]))
def test_a_place_by_time_comes_back(number: int, at: object, sort: Sort) -> None:
    place = Place(number, at)  # type: ignore[arg-type]
    assert read_cursor(sort, write_cursor(sort, place)) == place


@given(NUMBERS)
def test_a_place_by_number_comes_back(number: int) -> None:
    assert read_cursor("number", write_cursor("number", Place(number))) == Place(number)


def test_a_place_in_another_order_is_none_in_this() -> None:
    with pytest.raises(BadCursor):
        read_cursor("opened", write_cursor("changed", Place(1, NOW)))


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "changed",
        "changed||1",
        "changed|2025-03-01T09:30:00|1",
        "changed|2025-03-01T09:30:00+00:00|x",
        "changed|a|1|2",
    ]
    + [f"changed|2025-03-01T09:30:00+00:00|{number}" for number in (-1, 2**63)],
)
def test_what_is_no_place_is_refused(inside: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor("changed", base64.urlsafe_b64encode(inside.encode()).decode())


@given(st.text(max_size=50))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor("changed", text)
