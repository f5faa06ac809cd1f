"""Which process leads which partition: each its equal share, whoever came first."""

from collections.abc import Sequence
from uuid import UUID


def leader(partition: int, processes: Sequence[UUID]) -> UUID:
    """The process that is to handle the partition's commands; `processes` are all there are, in a common order."""
    return processes[partition % len(processes)]
