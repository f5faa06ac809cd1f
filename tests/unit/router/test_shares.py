"""Every partition has one leader, and nobody leads more than one partition more than another."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from contracts.topology import PARTITIONS
from services.router.domain.shares import leader


@given(st.lists(st.uuids(), min_size=1, max_size=40, unique=True).map(sorted))
def test_routers_lead_equal_shares_of_the_partitions(processes: list[UUID]) -> None:
    led = Counter(leader(partition, processes) for partition in range(PARTITIONS))
    assert set(led) <= set(processes)
    shares = [led[process] for process in processes]
    assert max(shares) - min(shares) <= 1
