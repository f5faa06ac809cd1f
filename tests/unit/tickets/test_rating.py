"""One rating per conversation: the one given last."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from contracts.base import NamedRef
from contracts.tickets import SubmitRating
from services.tickets.domain.rating import replaces

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def rating(client: int, *, at: int = 0) -> SubmitRating:
    return SubmitRating(
        conversation_id=UUID(int=1),
        client_id=UUID(int=client),
        topic=NamedRef(id=UUID(int=2), name="Sprzedaż"),
        score="good",
        rated_at=NOON + timedelta(seconds=at),
    )


def test_a_later_rating_replaces_an_earlier_one() -> None:
    assert replaces(rating(2, at=1), rating(1, at=0))


def test_an_earlier_rating_that_arrives_late_changes_nothing() -> None:
    assert not replaces(rating(1, at=0), rating(2, at=1))


def test_a_resend_of_the_same_rating_changes_nothing() -> None:
    assert not replaces(rating(1, at=5), rating(1, at=0))


RATINGS = st.lists(
    st.builds(rating, st.integers(1, 99), at=st.integers(0, 3)), min_size=1, unique_by=lambda given: given.client_id
)


@given(RATINGS, st.randoms(use_true_random=False))
def test_every_order_of_arrival_ends_with_the_same_rating(ratings: list[SubmitRating], random: Random) -> None:
    shuffled = ratings.copy()
    random.shuffle(shuffled)

    def keep(stored: SubmitRating, arriving: SubmitRating) -> SubmitRating:
        return arriving if replaces(arriving, stored) else stored

    assert reduce(keep, shuffled) == reduce(keep, ratings)
