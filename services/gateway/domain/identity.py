"""When a site's token vouches for its user: rules over the claims of a token whose signature is good already.

Invariants:
- every claim that is asked for is there and of its kind, or nobody is vouched for;
- a token is for one widget, holds from its making on, and for an hour at the most, so that one that got lost is soon
  worth nothing;
- clocks may differ by half a minute.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from contracts.address import Address, NotAnAddress, normalise

LEEWAY: Final = timedelta(seconds=30)
LONGEST: Final = timedelta(hours=1)
MAX_TOKEN: Final = 4000
MAX_TOKEN_ID: Final = 200
MAX_ADDRESS: Final = 254

Reason = Literal[
    "no_secret",
    "malformed",
    "algorithm",
    "signature",
    "claims",
    "another_widget",
    "not_yet_valid",
    "expired",
    "too_long_lived",
    "too_long",
    "too_many",
    "replayed",
]


class NotVouched(Exception):
    """Nobody is vouched for; `reason` is a word for the log and says nothing of what the token held."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True)
class Identity:
    """Whom a token vouches for. `until` is when it is worth nothing any more, on anybody's clock."""

    token_id: str
    address: Address
    until: datetime


def identity_of(claims: Mapping[str, object], widget_key: str, now: datetime) -> Identity:
    """The identity that these claims give a visitor of the widget. Raises NotVouched.

    Asked for are `aud` (the widget's key), `email`, `jti`, `iat` and `exp` (seconds since 1970); `nbf` is heeded, and
    any further claim is left alone.
    """
    token_id, email = _text(claims.get("jti"), MAX_TOKEN_ID), _text(claims.get("email"), MAX_ADDRESS)
    audience = claims.get("aud")
    made, ends = _moment(claims.get("iat")), _moment(claims.get("exp"))
    begins = _moment(claims["nbf"]) if "nbf" in claims else made
    if token_id is None or email is None or audience is None or made is None or ends is None or begins is None:
        raise NotVouched("claims")
    if audience != widget_key:
        raise NotVouched("another_widget")
    if max(made, begins) > now + LEEWAY:
        raise NotVouched("not_yet_valid")
    if ends <= now - LEEWAY:
        raise NotVouched("expired")
    if ends - made > LONGEST:
        raise NotVouched("too_long_lived")
    try:
        return Identity(token_id, normalise(email), ends + LEEWAY)
    except NotAnAddress:
        raise NotVouched("claims") from None


def is_verified(email: str | None, vouched: Address | None) -> bool:
    """Whether the address that a visitor gives is the one that their site vouches for now."""
    if email is None or vouched is None:
        return False
    try:
        return normalise(email) == vouched
    except NotAnAddress:
        return False


def _text(claim: object, most: int) -> str | None:
    """A claim that is a text which can be stored, of at most so many characters; None where it is none."""
    if not isinstance(claim, str) or not 1 <= len(claim) <= most:
        return None
    # Written out in JSON, halves of surrogate pairs and U+0000 can stand in a text that no database takes.
    return claim if claim.isprintable() else None


def _moment(claim: object) -> datetime | None:
    """A claim in seconds since 1970; None where it is no such number."""
    if isinstance(claim, bool) or not isinstance(claim, (int, float)):
        return None
    try:
        return datetime.fromtimestamp(claim, UTC)
    except (OverflowError, ValueError, OSError):
        return None
