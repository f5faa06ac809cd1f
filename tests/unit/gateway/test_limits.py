"""How fast one socket may ask, as rules."""

from hypothesis import given
from hypothesis import strategies as st

from contracts import wire
from services.gateway.domain.limits import MAX_FRAME_BYTES, Bucket, Rate, cost_of, full, give_back, is_full, take

SENDS = Rate(burst=20, per_second=5)


def taken_at_once(rate: Rate, attempts: int) -> list[float]:
    bucket, waits = full(rate, now=0), []
    for _ in range(attempts):
        bucket, wait = take(bucket, rate, now=0)
        waits.append(wait)
    return waits


def test_twenty_messages_at_once_are_taken_and_the_next_is_told_how_long_to_wait() -> None:
    waits = taken_at_once(SENDS, 21)
    assert waits[:20] == [0] * 20
    assert waits[20] == 0.2


def test_whoever_waits_as_long_as_told_is_taken() -> None:
    bucket = Bucket(tokens=0, at=100)
    bucket, wait = take(bucket, SENDS, now=100)
    assert wait > 0
    assert take(bucket, SENDS, now=100 + wait)[1] == 0


def test_a_refused_attempt_costs_nothing() -> None:
    bucket = Bucket(tokens=0.5, at=0)
    assert take(bucket, SENDS, now=0)[0] == bucket


def test_typing_is_cheaper_than_sending_and_nonsense_is_not() -> None:
    assert cost_of("typing") < cost_of("send") == cost_of("nonsense")


def test_an_attempt_given_back_did_not_count() -> None:
    bucket, _ = take(full(SENDS, 0), SENDS, now=0)
    assert give_back(bucket, SENDS) == full(SENDS, 0)


def test_a_bucket_that_has_filled_up_may_be_forgotten() -> None:
    bucket, _ = take(full(SENDS, 0), SENDS, now=0)
    assert not is_full(bucket, SENDS, now=0)
    assert is_full(bucket, SENDS, now=1)


@given(st.lists(st.floats(min_value=0, max_value=3), max_size=200))
def test_no_pattern_of_attempts_gets_more_than_burst_and_rate_allow(pauses: list[float]) -> None:
    bucket, now, allowed = full(SENDS, 0), 0.0, 0
    for pause in pauses:
        now += pause
        bucket, wait = take(bucket, SENDS, now)
        allowed += wait == 0
    assert allowed <= SENDS.burst + now * SENDS.per_second + 1e-6


def test_the_frame_limit_is_the_one_of_the_wire() -> None:
    assert MAX_FRAME_BYTES == wire.MAX_FRAME_BYTES
