"""Confirmations have limits, so that the form floods nobody."""

import pytest

from services.notifier.domain.limits import Limits, held_back

LIMITS = Limits(per_recipient=5, per_day=1000)


@pytest.mark.parametrize(
    ("to_recipient", "to_all", "reason"),
    [
        (0, 0, None),
        (4, 999, None),
        (5, 5, "limit_recipient"),
        (50, 50, "limit_recipient"),
        (0, 1000, "limit_day"),
        (5, 1000, "limit_recipient"),
    ],
)
def test_one_more_confirmation_goes_out_only_below_both_limits(
    to_recipient: int, to_all: int, reason: str | None
) -> None:
    assert held_back(LIMITS, to_recipient=to_recipient, to_all=to_all) == reason
