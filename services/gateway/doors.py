"""How many sockets are open at once, in all and from one address: what a process bears, and what one address may take.

An address is counted as the rate limits count it (domain/address.py): a whole IPv4 address, the /64 of an IPv6 one.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from services.gateway.domain.address import limited_as

Full = Literal["process", "address"]


class Doors:
    def __init__(self, *, most: int, most_per_address: int) -> None:
        self._most = most
        self._most_per_address = most_per_address
        self._open: Counter[str] = Counter()

    def full(self, address: str) -> Full | None:
        """What has no room for one more socket from this address; None where there is room."""
        if self._open.total() >= self._most:
            return "process"
        return "address" if self._open[limited_as(address)] >= self._most_per_address else None

    @contextmanager
    def entered(self, address: str) -> Iterator[None]:
        """Count a socket for as long as the block lasts."""
        key = limited_as(address)
        self._open[key] += 1
        try:
            yield
        finally:
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]
