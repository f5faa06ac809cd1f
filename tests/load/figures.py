"""What is measured, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Latency:
    """In seconds."""

    p50: float
    p99: float
    count: int

    @classmethod
    def of(cls, samples: Sequence[float]) -> Self:
        ordered = sorted(samples)
        return cls(ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)], len(ordered))


@dataclass(frozen=True)
class BrokerFigures:
    """One hop: publish with confirm to a quorum queue, consume, acknowledge."""

    confirm: Latency
    hop: Latency
    """From publishing to the consumer."""
    rate: float
    """Messages per second, many on their way at once."""


@dataclass(frozen=True)
class ChatFigures:
    """The whole way through gateway, router, database and back."""

    ack: Latency
    """Unloaded, from `send` to `ack`."""
    across: Latency
    """Unloaded, from the visitor's `send` to the agent's `event`."""
    chats: int
    rate: float
    """Acknowledged messages per second of all chats together."""
    loaded_ack: Latency
    loaded_across: Latency


@dataclass(frozen=True)
class DecisionFigures:
    """One routing decision among few and among many; each crowd is agents with room and visitors who wait."""

    few_crowd: tuple[int, int]
    few: Latency
    many_crowd: tuple[int, int]
    many: Latency

    @property
    def ratio(self) -> float:
        """How many times as long a decision among many takes, by the median."""
        return self.many.p50 / self.few.p50
