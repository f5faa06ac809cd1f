"""When silence closes a conversation, and when the visitor is warned of it.

What counts as silence is the topic's choice: the visitor's page being closed, in any conversation that is not over (a
message tells sooner than the gateway that one is open again); or no message of the visitor's, once an agent has the
conversation, for while nobody answers it is not they who are silent.
Every function is a look at facts: a timer that rings too early finds out here and is set again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.parameters import TopicSettings
from contracts.views import State


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of life there are of a visitor. Of a page that was never seen, `gone_at` is when it should have been.

    `answered_at`: when an agent last took the conversation. `wrote_at`: the visitor's last message. `gone_at`: since
    when no page of theirs is open; None while one is. `warned_at`: the last warning.
    """

    state: State
    answered_at: datetime | None = None
    wrote_at: datetime | None = None
    gone_at: datetime | None = None
    warned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Warn:
    """Warn the visitor now; without a sign of life it is closed at `closes_at`."""

    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Close:
    """Close the conversation now."""


Step = Wait | Warn | Close


def silent_since(topic: TopicSettings, signs: Signs) -> datetime | None:
    """Since when the silence lasts; None while there is none."""
    if signs.state == "closed":
        return None
    if topic.inactivity_from == "page_closed":
        return None if signs.gone_at is None else max(signs.gone_at, signs.wrote_at or signs.gone_at)
    if signs.state != "active" or signs.answered_at is None:
        return None
    return max(signs.answered_at, signs.wrote_at or signs.answered_at)


def next_step(topic: TopicSettings, signs: Signs, now: datetime) -> Step | None:
    """What the silence asks for now; None while there is no silence.

    A warning is given once per silence, and always the agreed time before the closing: where it comes late, because
    nothing ran or the time was shortened meanwhile, the closing is late as well.
    """
    since = silent_since(topic, signs)
    if since is None:
        return None
    closes_at = since + timedelta(seconds=topic.inactivity_seconds)
    ahead = timedelta(seconds=topic.inactivity_warning_seconds)
    if not ahead:
        return Close() if closes_at <= now else Wait(closes_at)
    if signs.warned_at is None or signs.warned_at <= since:
        return Warn(max(closes_at, now + ahead)) if closes_at - ahead <= now else Wait(closes_at - ahead)
    closes_at = max(closes_at, signs.warned_at + ahead)
    return Close() if closes_at <= now else Wait(closes_at)


def first_look(topic: TopicSettings, now: datetime) -> datetime:
    """When to look at a silence that begins now."""
    return now + timedelta(seconds=topic.inactivity_seconds - topic.inactivity_warning_seconds)
