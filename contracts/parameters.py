"""What an administrator sets: the parameters of a topic, and those that hold everywhere. All times are in seconds."""

from datetime import date
from functools import cache
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from contracts.base import Line, Model, Name

Choice = Literal["longest_idle", "round_robin", "fewest_chats"]
InactivityFrom = Literal["page_closed", "last_message"]
Welcome = Literal["never", "at_start", "on_join"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
ClockTime = Annotated[
    str,
    StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"),
    Field(description="Hours and minutes on the topic's clock; 24:00 is the end of the day."),
]


@cache
def _zones() -> frozenset[str]:
    # Once per process: it reads a directory of hundreds of files.
    return frozenset(available_timezones())


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError(f"there is no time zone called {name!r}")
    return name


TimeZone = Annotated[str, StringConstraints(max_length=60), AfterValidator(_known_zone)]


class Localised(Model):
    """A text per language; an empty one leaves the word to the widget."""

    pl: Text = ""
    en: Text = ""


class Span(Model):
    """From `opens` until `closes`, on one day."""

    opens: ClockTime
    closes: ClockTime

    @field_validator("closes")
    @classmethod
    def _in_order(cls, closes: str, rest: ValidationInfo) -> str:
        if closes <= rest.data.get("opens", ""):
            raise ValueError("a span must open before it closes")
        return closes


class Opening(Span):
    """A span of each week; days as in ISO 8601: 1 is Monday, 7 is Sunday."""

    day: Annotated[int, Field(ge=1, le=7)]


class Holiday(Model):
    """A day with hours of its own; without spans it is closed."""

    day: date
    name: Line = ""
    spans: Annotated[tuple[Span, ...], Field(max_length=10)] = ()


class Hours(Model):
    """When a topic is open, on the clocks of `time_zone`; without `weekly` on every day that is no holiday."""

    time_zone: TimeZone = "Europe/Warsaw"
    weekly: Annotated[tuple[Opening, ...], Field(max_length=70)] | None = None
    holidays: Annotated[tuple[Holiday, ...], Field(max_length=400)] = ()

    @field_validator("holidays")
    @classmethod
    def _each_day_once(cls, holidays: tuple[Holiday, ...]) -> tuple[Holiday, ...]:
        days = [holiday.day for holiday in holidays]
        if len(days) != len(set(days)):
            raise ValueError("a day can be a holiday only once")
        return holidays


class TopicSettings(Model):
    """Every parameter of a topic. Saved as a whole; refused with 409 when `version` is not the stored one (0: new)."""

    id: UUID
    version: Annotated[int, Field(ge=0)] = 0
    name: Name
    offer_seconds: Annotated[int, Field(ge=5, le=3600)] = 60
    """An offer that is not accepted within passes to the next agent."""
    first_answer_seconds: Annotated[int, Field(ge=5, le=3600)] = 60
    """An agent who accepted and has not written within passes the conversation on."""
    choice: Choice = "longest_idle"
    inactivity_seconds: Annotated[int, Field(ge=30, le=604800)] = 3600
    """Silence that closes a conversation."""
    inactivity_warning_seconds: Annotated[int, Field(ge=0, le=86400, validate_default=True)] = 300
    """The visitor is warned this long before; 0 for no warning."""
    inactivity_from: InactivityFrom = "page_closed"
    welcome: Welcome = "at_start"
    returning_first: bool = False
    """A returning visitor goes first to the agent they last talked to."""
    hours: Hours = Hours()
    welcome_text: Localised = Localised()
    waiting_text: Localised = Localised()
    after_hours_text: Localised = Localised()
    closing_text: Localised = Localised()
    ticket_subject: Annotated[Line, StringConstraints(min_length=1)] = "Zgłoszenie dla czata z kolejki <topic>"
    """`<topic>` stands for the topic's name."""

    @field_validator("inactivity_warning_seconds")
    @classmethod
    def _warned_before_closing(cls, warning: int, rest: ValidationInfo) -> int:
        if warning >= rest.data.get("inactivity_seconds", warning + 1):
            raise ValueError("the warning must come before the closing")
        return warning


class TopicSettingsList(Model):
    topics: tuple[TopicSettings, ...] = ()


class RoutingSettings(Model):
    """What holds for all topics and agents. Saved as a whole; refused with 409 when `version` is not the stored one."""

    version: Annotated[int, Field(ge=0)] = 0
    default_capacity: Annotated[int, Field(ge=1, le=100)] = 3
    """Conversations at once of an agent without a capacity of their own."""
    break_after_missed: bool = True
    """An agent who lets an offer expire is put on a break."""
    offers_lost_seconds: Annotated[int, Field(ge=5, le=600)] = 20
    """An agent without a console for so long loses what they are being asked about."""
    conversations_lost_seconds: Annotated[int, Field(ge=10, le=3600, validate_default=True)] = 60
    """An agent without a console for so long loses their conversations."""

    @field_validator("conversations_lost_seconds")
    @classmethod
    def _offers_first(cls, seconds: int, rest: ValidationInfo) -> int:
        if seconds < rest.data.get("offers_lost_seconds", 0):
            raise ValueError("conversations must not be lost before offers are")
        return seconds
