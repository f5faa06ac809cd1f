"""How much one socket or one address may ask for, as values.

A token bucket is a value: `take` gives the bucket after the attempt and the seconds to wait, 0 when it was allowed.
Time is any steadily growing number of seconds. A refused attempt costs nothing, so that waiting always helps.
"""

from dataclasses import dataclass, replace
from typing import Final

MAX_FRAME_BYTES: Final = 32 * 1024
"""The same number as contracts.wire.MAX_FRAME_BYTES, which a test holds equal."""

COST: Final[dict[str, float]] = {
    "send": 1.0,
    "open": 0.5,
    "pull": 0.5,
    "typing": 0.1,
    "seen": 0.1,
    "leave": 0.1,
    "pong": 0.05,
}
"""What a frame of each type takes from its socket's bucket; anything else, malformed frames included, takes 1."""

MAX_STRIKES: Final = 200
"""Frames refused one after another until the socket is closed: whoever does not listen is not answered for ever."""


@dataclass(frozen=True)
class Rate:
    """`burst` at once, `per_second` in the long run."""

    burst: float
    per_second: float


@dataclass(frozen=True)
class Bucket:
    tokens: float
    at: float


def full(rate: Rate, now: float) -> Bucket:
    return Bucket(tokens=rate.burst, at=now)


def take(bucket: Bucket, rate: Rate, now: float, cost: float = 1.0) -> tuple[Bucket, float]:
    """Take `cost` tokens. Returns the new bucket and the seconds until the cost is affordable, 0 when it was taken."""
    tokens = min(rate.burst, bucket.tokens + max(0.0, now - bucket.at) * rate.per_second)
    if tokens >= cost:
        return Bucket(tokens - cost, now), 0.0
    return Bucket(tokens, now), (cost - tokens) / rate.per_second


def give_back(bucket: Bucket, rate: Rate, cost: float = 1.0) -> Bucket:
    """The bucket after an attempt that turned out not to count."""
    return replace(bucket, tokens=min(rate.burst, bucket.tokens + cost))


def is_full(bucket: Bucket, rate: Rate, now: float) -> bool:
    """Whether nothing would be lost by forgetting the bucket."""
    return bucket.tokens + max(0.0, now - bucket.at) * rate.per_second >= rate.burst


def cost_of(frame_type: str) -> float:
    return COST.get(frame_type, 1.0)
