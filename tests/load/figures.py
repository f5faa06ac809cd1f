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
