"""What it means for an agent to be away, and to be back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from contracts.parameters import RoutingSettings
from contracts.refusals import RefusalCode
from services.router.domain.agent import Agent
from services.router.domain.effects import topics_staffed
from services.router.domain.presence import fenced, lost_at, seen, signed_off

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SALES, SUPPORT = UUID(int=1), UUID(int=2)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def jan(**changes: object) -> Agent:
    values: dict[str, object] = {
        "id": UUID(int=1001),
        "name": "Jan",
        "topic_ids": frozenset({SALES, SUPPORT}),
        "capacity": 3,
        "idle_since": NOON,
        "status": "available",
        "connected": True,
    }
    return Agent(**(values | changes))  # type: ignore[arg-type]


def test_who_goes_is_offered_nothing_at_once_and_keeps_status_and_turn() -> None:
    away = seen(jan(), console=False, at=at(5))
    assert (away.connected, away.away_since, away.status, away.idle_since) == (False, at(5), "available", NOON)
    assert not away.has_room


def test_of_several_ends_the_first_that_was_known_stands() -> None:
    away = seen(jan(), console=False, at=at(5))
    assert seen(away, console=False, at=at(9)).away_since == at(5)


def test_who_comes_back_is_as_before() -> None:
    assert seen(seen(jan(), console=False, at=at(5)), console=True, at=at(9)) == jan()


def test_the_time_to_lose_something_counts_from_the_last_consoles_end() -> None:
    assert lost_at(jan(), 20) is None
    assert lost_at(jan(connected=False), 20) is None, "who never came cannot have gone"
    assert lost_at(seen(jan(), console=False, at=at(5)), 20) == at(25)


def test_who_has_lost_their_conversations_begins_with_none_until_a_console_is_known_of_again() -> None:
    away, settings = seen(jan(), console=False, at=at(5)), RoutingSettings(conversations_lost_seconds=60)
    assert fenced(jan(), settings, at(500)) is None
    assert fenced(away, settings, at(64)) is None, "they may be back in time"
    refusal = fenced(away, settings, at(65))
    assert refusal is not None
    assert refusal.code == RefusalCode.AWAY
    assert refusal.retry_after, "a console that is back asks again by itself"
    assert fenced(seen(away, console=True, at=at(66)), settings, at(66)) is None


def test_who_is_away_for_good_is_offline_for_that_reason() -> None:
    gone = signed_off(seen(jan(status="break", status_reason="obiad"), console=False, at=at(5)), at(65))
    assert (gone.status, gone.status_reason, gone.status_cause) == ("offline", "", "connection_lost")


def test_a_topic_gains_or_loses_somebody_with_status_console_and_membership() -> None:
    both = {SALES, SUPPORT}
    assert topics_staffed(jan(connected=False), jan()) == both
    assert topics_staffed(jan(), jan(status="break")) == both
    assert topics_staffed(jan(), jan(topic_ids=frozenset({SALES}))) == {SUPPORT}
    assert topics_staffed(jan(), jan(load=3)) == topics_staffed(jan(status="break"), jan(status="offline")) == set()
