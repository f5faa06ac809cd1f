"""What a token must say to vouch for somebody, once its signature is good."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.identity import LEEWAY, LONGEST, NotVouched, identity_of, is_verified

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AT = NOW.timestamp()
HOUR = LONGEST.total_seconds()
SKEW = LEEWAY.total_seconds()
GOOD: dict[str, Any] = {"aud": "shop", "email": "Anna@Example.com", "jti": "1", "iat": AT, "exp": AT + 60}


def reason(claims: dict[str, Any]) -> str | None:
    """Why these claims vouch for nobody; None when they do."""
    try:
        identity_of(claims, "shop", NOW)
    except NotVouched as refusal:
        return refusal.reason
    return None


def test_a_good_token_vouches_for_the_normalised_address_until_it_runs_out_on_every_clock() -> None:
    identity = identity_of(GOOD, "shop", NOW)
    assert (identity.token_id, identity.address) == ("1", "anna@example.com")
    assert identity.until == NOW + timedelta(seconds=60) + LEEWAY


@pytest.mark.parametrize("claim", ["aud", "email", "jti", "iat", "exp"])
@pytest.mark.parametrize("value", [None, "", [], {}, True, ["shop"], "\ud800", "a\0b"])
def test_every_claim_is_asked_for_and_is_of_its_kind(claim: str, value: object) -> None:
    assert reason(GOOD | {claim: value}) in ("claims", "another_widget")
    assert reason({name: known for name, known in GOOD.items() if name != claim}) == "claims"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"aud": "other"}, "another_widget"),
        ({"aud": "SHOP"}, "another_widget"),
        ({"email": "nobody"}, "claims"),
        ({"email": "a" * 250 + "@b.pl"}, "claims"),
        ({"jti": "x" * 201}, "claims"),
        ({"exp": AT - SKEW}, "expired"),
        ({"exp": AT - SKEW + 1}, None),
        ({"iat": AT - HOUR, "exp": AT}, None),
        ({"iat": AT + SKEW + 1, "exp": AT + 60}, "not_yet_valid"),
        ({"iat": AT + SKEW, "exp": AT + 60}, None),
        ({"nbf": AT + SKEW + 1}, "not_yet_valid"),
        ({"nbf": AT}, None),
        ({"nbf": "now"}, "claims"),
        ({"exp": AT + HOUR}, None),
        ({"exp": AT + HOUR + 1}, "too_long_lived"),
        ({"iat": AT - 10 * HOUR, "exp": AT + 1}, "too_long_lived"),
        ({"iat": float("nan")}, "claims"),
        ({"exp": float("inf")}, "claims"),
        ({"exp": 10**30}, "claims"),
        ({"exp": 253_402_300_799}, "too_long_lived"),
        ({"iat": -(10**9), "exp": AT + 60}, "too_long_lived"),
        ({"name": "Anna", "phone": 7, "role": {"admin": True}}, None),
    ],
)
def test_a_token_holds_for_its_widget_from_its_making_for_an_hour_at_most(
    changed: dict[str, Any], why: str | None
) -> None:
    assert reason(GOOD | changed) == why


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["aud", "email", "jti", "iat", "exp", "nbf"]), JSON))
def test_whatever_a_site_signs_is_judged_and_never_an_error(changed: dict[str, Any]) -> None:
    reason(GOOD | changed)


@pytest.mark.parametrize(
    ("given_address", "vouched", "verified"),
    [
        ("anna@example.com", "anna@example.com", True),
        (" ANNA@Example.COM ", "anna@example.com", True),
        ("anna@example.org", "anna@example.com", False),
        ("anna", "anna@example.com", False),
        (None, "anna@example.com", False),
        ("anna@example.com", None, False),
        (None, None, False),
    ],
)
def test_only_the_very_address_that_is_vouched_for_is_verified(
    given_address: str | None, vouched: Any, verified: bool
) -> None:
    assert is_verified(given_address, vouched) is verified
