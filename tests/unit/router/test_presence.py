"""Who has been away too long begins nothing anew from a console that is no more."""

from dataclasses import replace

from contracts.parameters import RoutingSettings
from services.router.domain.presence import fenced, seen
from tests.unit.router.builders import NOON, agent, at, refused

SETTINGS = RoutingSettings(conversations_lost_seconds=60)
AWAY = seen(agent(1, connected=True), console=False, at=NOON)


def test_who_lost_their_conversations_takes_no_other_before_they_are_back() -> None:
    assert refused(fenced(AWAY, SETTINGS, at(60))) == "away"
    assert fenced(seen(AWAY, console=True, at=at(61)), SETTINGS, at(61)) is None


def test_who_is_away_for_a_moment_or_was_never_seen_may_act() -> None:
    assert fenced(AWAY, SETTINGS, at(59)) is None
    assert fenced(replace(AWAY, away_since=None), SETTINGS, at(600)) is None
