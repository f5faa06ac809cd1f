"""What becomes of a mail after a try."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifier.domain.delivery import FOR_GOOD, GIVE_UP_AFTER, Accepted, Failed, Fault, after_try, pause_after

ASKED_AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
PASSING: tuple[Fault, ...] = ("busy", "no_connection", "no_answer", "log_in", "encryption", "unexpected")


def test_a_mail_that_was_taken_is_sent() -> None:
    verdict = after_try(Accepted(), attempts=3, asked_at=ASKED_AT, now=ASKED_AT)
    assert (verdict.state, verdict.reason, verdict.next_try_at) == ("sent", "", None)


@pytest.mark.parametrize("fault", sorted(FOR_GOOD))
def test_a_mail_that_was_refused_has_failed_for_good(fault: Fault) -> None:
    verdict = after_try(Failed(fault, "550 No"), attempts=1, asked_at=ASKED_AT, now=ASKED_AT)
    assert (verdict.state, verdict.reason, verdict.next_try_at) == ("failed", f"{fault}: 550 No", None)


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_tried_again_later(fault: Fault) -> None:
    now = ASKED_AT + timedelta(hours=1)
    verdict = after_try(Failed(fault), attempts=1, asked_at=ASKED_AT, now=now)
    assert (verdict.state, verdict.reason) == ("pending", fault)
    assert verdict.next_try_at == now + timedelta(seconds=30)


def test_pauses_double_until_an_hour() -> None:
    pauses = [pause_after(attempts) / timedelta(seconds=30) for attempts in range(1, 10)]
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 120, 120]


@pytest.mark.parametrize("fault", PASSING)
def test_two_days_are_tried_and_no_longer(fault: Fault) -> None:
    now, attempts = ASKED_AT, 0
    while True:
        attempts += 1
        verdict = after_try(Failed(fault), attempts=attempts, asked_at=ASKED_AT, now=now)
        if verdict.next_try_at is None:
            break
        now = verdict.next_try_at
    assert verdict.state == "failed"
    assert GIVE_UP_AFTER - timedelta(hours=1) <= now - ASKED_AT <= GIVE_UP_AFTER
    assert 50 < attempts < 60


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_pause_is_never_shorter_than_half_a_minute_nor_longer_than_an_hour_and_a_quarter(
    attempts: int, spread: float
) -> None:
    assert timedelta(seconds=30) <= pause_after(attempts, spread) <= timedelta(minutes=75)


@given(st.text())
def test_a_servers_words_become_one_short_line(words: str) -> None:
    reason = Failed("busy", words).reason
    assert len(reason) <= 300
    assert len(reason.splitlines()) == 1
    assert reason.startswith("busy")
    assert reason.isprintable()
