"""When a topic is open, and when that next changes.

A topic is open while the clock on its wall shows a time within a span of that day: a holiday's own spans on a holiday,
else those of the week, else all day. Daylight saving follows from that. A time that the clock skips is over as soon as
the clock has jumped, so a span that would begin then begins after the jump; a time that it shows twice counts twice.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from contracts.parameters import Hours

DAY: Final = timedelta(days=1)
MIDNIGHT: Final = time()
MINUTES_OF_A_DAY: Final = 24 * 60
ALWAYS: Final = ((0, MINUTES_OF_A_DAY),)
LOOKED_AHEAD: Final = 15
"""Days. A week that has no holiday begins again after seven; one more, for a clock that has skipped the very span."""


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether the topic is open at `at` (aware)."""
    shown = at.astimezone(ZoneInfo(hours.time_zone))
    minute = shown.hour * 60 + shown.minute
    return any(opens <= minute < closes for opens, closes in _spans(hours, shown.date()))


def next_change(hours: Hours, at: datetime) -> datetime | None:
    """The first moment after `at` at which the topic opens or closes, in UTC; None where it never does."""
    if hours.weekly is None and not hours.holidays:
        return None
    zone = ZoneInfo(hours.time_zone)
    now_open = is_open(hours, at)
    for day in _days_that_matter(hours, at.astimezone(zone).date()):
        for moment in sorted(_moments(hours, day, zone)):
            if moment > at and is_open(hours, moment) != now_open:
                return moment
    return None


def _spans(hours: Hours, day: date) -> tuple[tuple[int, int], ...]:
    """The day's spans in minutes from midnight as clocks count them."""
    for holiday in hours.holidays:
        if holiday.day == day:
            return tuple((_minutes(span.opens), _minutes(span.closes)) for span in holiday.spans)
    if hours.weekly is None:
        return ALWAYS
    return tuple(
        (_minutes(opening.opens), _minutes(opening.closes))
        for opening in hours.weekly
        if opening.day == day.isoweekday()
    )


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _days_that_matter(hours: Hours, today: date) -> list[date]:
    """In order, every day on which the first change can be: those ahead, and those after a holiday to come."""
    starts = [today, *(holiday.day for holiday in hours.holidays if holiday.day > today)]
    ahead = {start.toordinal() + days for start in starts for days in range(-1, LOOKED_AHEAD)}
    # A day short of what the calendar holds at either end, which some clocks have left.
    return [date.fromordinal(day) for day in sorted(ahead) if day < date.max.toordinal() - 1]


def _moments(hours: Hours, day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments of the day at which something can change: where a span begins or ends, midnight, a clock's jump."""
    for minute in {0, *(edge for span in _spans(hours, day) for edge in span)}:
        shown = datetime.combine(day, MIDNIGHT) + timedelta(minutes=minute)
        for fold in (0, 1):
            moment = shown.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            if moment.astimezone(zone).replace(tzinfo=None) == shown:
                yield moment
    begins = datetime.combine(day, MIDNIGHT, zone).astimezone(UTC)
    ends = datetime.combine(day + DAY, MIDNIGHT, zone).astimezone(UTC)
    if begins.astimezone(zone).utcoffset() != ends.astimezone(zone).utcoffset():
        yield _jump(begins, ends, zone)


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment, a whole second, from which the offset is that of `after` and no longer that of `before`."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
