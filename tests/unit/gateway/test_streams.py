"""What a socket is given of a stream it follows: each entry once, whatever overtakes what."""

from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain import streams
from services.gateway.domain.streams import Following, Opening, arrive, arrive_early, pulled, read


def test_entries_that_arrive_while_the_snapshot_is_read_come_after_it_in_order() -> None:
    opening: Opening[str] = Opening()
    for seq, entry in [(3, "c"), (5, "e"), (4, "d")]:
        opening = arrive_early(opening, seq, entry)
    following, late = read(opening, head=3)
    assert late == ["d", "e"]
    assert following == Following(head=5)


def test_an_entry_delivered_twice_is_given_out_once() -> None:
    following, first = arrive(Following(head=1), 2)
    following, second = arrive(following, 2)
    assert (first, second) == (True, False)


def test_a_hole_is_shown_at_once_and_filled_when_the_missing_entry_comes() -> None:
    following, given_out = arrive(Following(head=1), 3)
    assert given_out
    assert following == Following(head=1, ahead=frozenset({3}))
    following, given_out = arrive(following, 2)
    assert given_out
    assert following == Following(head=3)


def test_a_pull_closes_the_hole() -> None:
    following = pulled(Following(head=1, ahead=frozenset({4, 6})), 3)
    assert following == Following(head=4, ahead=frozenset({6}))
    assert arrive(following, 3) == (following, False)


def test_a_hole_that_never_closes_does_not_grow_the_memory() -> None:
    following = Following(head=0)
    for seq in range(2, 2 * streams.MAX_AHEAD):
        following, _ = arrive(following, seq)
    assert len(following.ahead) <= streams.MAX_AHEAD


@given(
    before=st.lists(st.integers(1, 30), max_size=40),
    after=st.lists(st.integers(1, 30), max_size=60),
    head=st.integers(0, 30),
)
def test_whatever_arrives_in_whatever_order_nothing_is_given_out_twice_or_withheld(
    before: list[int], after: list[int], head: int
) -> None:
    opening: Opening[int] = Opening()
    for seq in before:
        opening = arrive_early(opening, seq, seq)
    following, given_out = read(opening, head)
    for seq in after:
        following, new = arrive(following, seq)
        given_out += [seq] if new else []
    assert sorted(given_out) == sorted({seq for seq in before + after if seq > head})
