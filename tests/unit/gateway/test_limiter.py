"""Limits per address and per account."""

from services.gateway.domain.limits import Rate
from services.gateway.limiter import MAX_KEYS, Limiter


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_every_key_has_its_own_limit() -> None:
    limiter = Limiter(Rate(burst=2, per_second=1), Time())
    assert [limiter.wait("a") for _ in range(3)] == [0, 0, 1]
    assert limiter.wait("b") == 0


def test_an_attempt_that_is_forgiven_did_not_count() -> None:
    limiter = Limiter(Rate(burst=1, per_second=0.1), Time())
    for _ in range(5):
        assert limiter.wait("a") == 0
        limiter.forgive("a")


def test_who_has_waited_long_enough_is_forgotten_and_who_has_not_is_not() -> None:
    time = Time()
    limiter = Limiter(Rate(burst=1, per_second=0.1), time)
    limiter.wait("early")
    time.now = 8
    limiter.wait("late")
    time.now = 12
    limiter.wait("now")
    assert set(limiter._buckets) == {"late", "now"}
    assert limiter.wait("late") > 0


def test_there_are_never_more_keys_than_fit() -> None:
    limiter = Limiter(Rate(burst=1, per_second=0.0001), Time())
    for number in range(MAX_KEYS + 10):
        limiter.wait(str(number))
    assert len(limiter._buckets) == MAX_KEYS
