"""What one socket knows of one stream it follows.

A stream is first bound (live entries begin to arrive), then read (a snapshot up to some head), then open. Entries that
arrive in between are kept and given out after the snapshot. Invariants:
- every entry that reached the socket is given out at most once, and none that the snapshot already held;
- entries are given out as they arrive: a hole is shown, not waited for, because the client can `pull`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

T = TypeVar("T")

MAX_WAITING: Final = 2000
"""Entries kept while a stream is being opened; what is dropped beyond it, the client pulls."""

MAX_AHEAD: Final = 1000
"""Numbers remembered above a hole; beyond it the hole is taken for lost here, and left to the client's `pull`."""


@dataclass(frozen=True)
class Opening(Generic[T]):
    """Bound, not yet read: entries wait."""

    waiting: tuple[tuple[int, T], ...] = ()


@dataclass(frozen=True)
class Following:
    """Open. Everything up to `head` and everything in `ahead` has been given out."""

    head: int
    ahead: frozenset[int] = frozenset()


def arrive_early(state: Opening[T], seq: int, entry: T) -> Opening[T]:
    """A live entry while the snapshot is being read."""
    if len(state.waiting) >= MAX_WAITING:
        return state
    return Opening((*state.waiting, (seq, entry)))


def read(state: Opening[T], head: int) -> tuple[Following, list[T]]:
    """The snapshot was read up to `head`: the stream is open, and these waiting entries come after the snapshot."""
    following = Following(head)
    late: list[T] = []
    for seq, entry in sorted(state.waiting, key=lambda pair: pair[0]):
        following, new = arrive(following, seq)
        if new:
            late.append(entry)
    return following, late


def arrive(state: Following, seq: int) -> tuple[Following, bool]:
    """A live entry: the state after it, and whether it is to be given out."""
    if seq <= state.head or seq in state.ahead:
        return state, False
    return _settled(state, state.ahead | {seq}), True


def pulled(state: Following, upto: int) -> Following:
    """Entries up to `upto` were given out by a replay."""
    return _settled(replace(state, head=max(state.head, upto)), state.ahead)


def follows_on(first: Sequence[int], after: int, head: int) -> bool:
    """Whether entries beginning with number `first` ([] for none), read up to `head`, continue what ends at `after`."""
    return first[0] == after + 1 if first else head == after


def _settled(state: Following, ahead: frozenset[int]) -> Following:
    head = state.head
    if len(ahead) > MAX_AHEAD:
        head = max(head, min(ahead) - 1)
    left = {seq for seq in ahead if seq > head}
    while head + 1 in left:
        head += 1
        left.discard(head)
    return Following(head, frozenset(left))
