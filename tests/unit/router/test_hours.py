"""When a topic is open: weeks, holidays, and the two days of the year on which clocks are set."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.parameters import Holiday, Hours, Opening, Span
from services.router.domain.hours import is_open, next_change

WARSAW = ZoneInfo("Europe/Warsaw")
OFFICE = Hours(weekly=tuple(Opening(day=day, opens="08:00", closes="16:00") for day in range(1, 6)))


def warsaw(text: str, fold: int = 0) -> datetime:
    # In UTC, because a time that a clock shows twice equals no time of another zone.
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW, fold=fold).astimezone(UTC)


def on_sundays(opens: str, closes: str) -> Hours:
    return Hours(weekly=(Opening(day=7, opens=opens, closes=closes),))


def test_a_topic_without_hours_is_always_open() -> None:
    assert is_open(Hours(), warsaw("2026-03-02T03:00"))
    assert next_change(Hours(), warsaw("2026-03-02T03:00")) is None


def test_a_topic_without_a_single_span_is_never_open() -> None:
    never = Hours(weekly=())
    assert not is_open(never, warsaw("2026-03-02T12:00"))
    assert next_change(never, warsaw("2026-03-02T12:00")) is None


def test_it_is_open_from_the_first_minute_of_a_span_until_just_before_its_end() -> None:
    assert not is_open(OFFICE, warsaw("2026-03-02T07:59:59"))
    assert is_open(OFFICE, warsaw("2026-03-02T08:00"))
    assert is_open(OFFICE, warsaw("2026-03-02T15:59:59"))
    assert not is_open(OFFICE, warsaw("2026-03-02T16:00"))


def test_the_next_change_is_this_days_end_or_the_next_working_days_beginning() -> None:
    assert next_change(OFFICE, warsaw("2026-03-02T12:00")) == warsaw("2026-03-02T16:00")
    assert next_change(OFFICE, warsaw("2026-03-02T16:00")) == warsaw("2026-03-03T08:00")
    assert next_change(OFFICE, warsaw("2026-03-06T20:00")) == warsaw("2026-03-09T08:00")


def test_the_hours_are_those_of_the_topics_clock_in_winter_and_in_summer() -> None:
    assert next_change(OFFICE, datetime(2026, 3, 27, 20, 0, tzinfo=UTC)) == datetime(2026, 3, 30, 6, 0, tzinfo=UTC)
    assert next_change(OFFICE, datetime(2026, 10, 23, 20, 0, tzinfo=UTC)) == datetime(2026, 10, 26, 7, 0, tzinfo=UTC)


def test_a_span_until_midnight_goes_over_into_one_that_begins_there() -> None:
    night = Hours(weekly=(Opening(day=1, opens="20:00", closes="24:00"), Opening(day=2, opens="00:00", closes="04:00")))
    assert is_open(night, warsaw("2026-03-02T23:59:59.9"))
    assert next_change(night, warsaw("2026-03-02T21:00")) == warsaw("2026-03-03T04:00")


def test_spans_that_touch_or_overlap_are_one() -> None:
    shifts = Hours(
        weekly=(
            Opening(day=1, opens="08:00", closes="12:00"),
            Opening(day=1, opens="12:00", closes="16:00"),
            Opening(day=1, opens="15:00", closes="18:00"),
        )
    )
    assert next_change(shifts, warsaw("2026-03-02T09:00")) == warsaw("2026-03-02T18:00")


def test_a_holiday_is_closed_and_the_day_after_it_open_again() -> None:
    hours = OFFICE.model_copy(update={"holidays": (Holiday(day=date(2026, 3, 3), name="Święto"),)})
    assert not is_open(hours, warsaw("2026-03-03T12:00"))
    assert next_change(hours, warsaw("2026-03-02T17:00")) == warsaw("2026-03-04T08:00")


def test_a_holiday_may_have_hours_of_its_own_on_a_day_that_is_else_closed() -> None:
    saturday = Holiday(day=date(2026, 3, 7), spans=(Span(opens="10:00", closes="12:00"),))
    hours = OFFICE.model_copy(update={"holidays": (saturday,)})
    assert next_change(hours, warsaw("2026-03-06T20:00")) == warsaw("2026-03-07T10:00")
    assert next_change(hours, warsaw("2026-03-07T10:30")) == warsaw("2026-03-07T12:00")


def test_a_holiday_far_ahead_is_the_next_change_of_a_topic_that_is_else_always_open() -> None:
    hours = Hours(holidays=(Holiday(day=date(2031, 12, 25)), Holiday(day=date(2031, 12, 26))))
    assert next_change(hours, warsaw("2026-03-02T12:00")) == warsaw("2031-12-25T00:00")
    assert next_change(hours, warsaw("2031-12-25T12:00")) == warsaw("2031-12-27T00:00")


def test_a_holiday_at_the_end_of_the_calendar_is_no_failure() -> None:
    hours = Hours(holidays=(Holiday(day=date.max), Holiday(day=date.min)))
    assert next_change(hours, warsaw("2026-03-02T12:00")) is None


def test_a_span_that_would_begin_at_a_time_the_clock_skips_begins_after_the_jump() -> None:
    hours = on_sundays("02:30", "05:00")
    assert next_change(hours, warsaw("2026-03-28T12:00")) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert is_open(hours, warsaw("2026-03-29T03:00"))


def test_a_span_that_would_end_at_a_time_the_clock_skips_ends_with_the_jump() -> None:
    hours = on_sundays("00:00", "02:30")
    assert next_change(hours, warsaw("2026-03-29T00:30")) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_span_that_the_clock_skips_is_left_out_that_day() -> None:
    assert next_change(on_sundays("02:00", "03:00"), warsaw("2026-03-28T12:00")) == warsaw("2026-04-05T02:00")


def test_a_time_that_the_clock_shows_twice_counts_twice() -> None:
    hours = on_sundays("01:00", "02:30")
    first_end = next_change(hours, warsaw("2026-10-25T01:30"))
    assert first_end == warsaw("2026-10-25T02:30")
    assert next_change(hours, first_end) == datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    assert next_change(hours, datetime(2026, 10, 25, 1, 0, tzinfo=UTC)) == warsaw("2026-10-25T02:30", fold=1)


def test_a_clock_may_skip_midnight_or_a_whole_day() -> None:
    cairo = Hours(time_zone="Africa/Cairo", weekly=(Opening(day=5, opens="00:00", closes="10:00"),))
    assert next_change(cairo, datetime(2026, 4, 23, 12, tzinfo=UTC)) == datetime(2026, 4, 23, 22, tzinfo=UTC)
    apia = Hours(time_zone="Pacific/Apia", weekly=(Opening(day=6, opens="09:00", closes="10:00"),))
    assert next_change(apia, datetime(2011, 12, 29, 12, tzinfo=UTC)) == datetime(2011, 12, 30, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("time_zone", {"time_zone": "Europe/Atlantis"}),
        ("weekly", {"weekly": [{"day": 8, "opens": "08:00", "closes": "16:00"}]}),
        ("weekly", {"weekly": [{"day": 1, "opens": "16:00", "closes": "08:00"}]}),
        ("weekly", {"weekly": [{"day": 1, "opens": "8:00", "closes": "16:00"}]}),
        ("holidays", {"holidays": [{"day": "2026-02-30"}]}),
        ("holidays", {"holidays": [{"day": "2026-12-25"}, {"day": "2026-12-25"}]}),
    ],
)
def test_hours_that_no_clock_can_show_are_refused_with_the_fields_name(field: str, values: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refusal:
        Hours.model_validate(values)
    assert [error["loc"][0] for error in refusal.value.errors()] == [field]


ZONES = (
    "Europe/Warsaw",
    "Europe/London",
    "America/New_York",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Asia/Gaza",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
)

clocks = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")


@st.composite
def spans(draw: st.DrawFn) -> Span:
    opens, closes = sorted(draw(st.lists(clocks | st.just("24:00"), min_size=2, max_size=2, unique=True)))
    return Span(opens=opens, closes=closes)


@st.composite
def some_hours(draw: st.DrawFn, around: date) -> Hours:
    weekly = draw(st.none() | st.lists(st.tuples(st.integers(1, 7), spans()), max_size=6))
    days = draw(st.lists(st.integers(-2, 4), unique=True, max_size=3))
    return Hours(
        time_zone=draw(st.sampled_from(ZONES)),
        weekly=None
        if weekly is None
        else tuple(Opening(day=day, opens=span.opens, closes=span.closes) for day, span in weekly),
        holidays=tuple(
            Holiday(day=around + timedelta(days=day), spans=tuple(draw(st.lists(spans(), max_size=2)))) for day in days
        ),
    )


# Days about which clocks are set somewhere, and any other.
days = st.one_of(
    st.sampled_from(
        [
            date(2026, 3, 29),
            date(2026, 10, 25),
            date(2026, 3, 8),
            date(2026, 11, 1),
            date(2026, 4, 24),
            date(2026, 4, 5),
            date(2011, 12, 30),
        ]
    ),
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
)


def shown_open(hours: Hours, at: datetime) -> bool:
    """What somebody says who looks at the clock on the wall and at the sheet with the hours beside it."""
    shown = at.astimezone(ZoneInfo(hours.time_zone))
    clock = f"{shown:%H:%M}"
    holidays = {holiday.day: holiday.spans for holiday in hours.holidays}
    if shown.date() in holidays:
        spans: tuple[Span, ...] = holidays[shown.date()]
    elif hours.weekly is None:
        return True
    else:
        spans = tuple(opening for opening in hours.weekly if opening.day == shown.isoweekday())
    return any(span.opens <= clock < span.closes for span in spans)


@given(st.data())
def test_it_changes_at_the_next_change_and_at_no_moment_before(data: st.DataObject) -> None:
    day = data.draw(days)
    hours = data.draw(some_hours(day))
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
        minutes=data.draw(st.integers(-24 * 60, 24 * 60)), seconds=data.draw(st.integers(0, 59))
    )
    before = shown_open(hours, start)
    assert is_open(hours, start) == before
    change = next_change(hours, start)
    quarter = timedelta(minutes=15)
    # Every zone here is a whole number of quarters from UTC, and every span begins and ends on one.
    looked_at = start.replace(minute=start.minute // 15 * 15, second=0) + quarter
    end = start + timedelta(days=9)
    while looked_at < (change or end) and looked_at < end:
        assert shown_open(hours, looked_at) == before
        looked_at += quarter
    if change is not None:
        assert change > start
        assert shown_open(hours, change) != before
        assert shown_open(hours, change - timedelta(seconds=1)) == before
