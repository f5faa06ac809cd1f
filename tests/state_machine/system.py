"""What the state machine drives: a router, as whoever sends it messages and looks at what has become of them knows it.

There are two: the domain's pure functions around dictionaries (pure.py), and the service on its real store and broker
(real.py). Both are asked the same and have to keep the same promises (promises.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from contracts.base import Message
from contracts.entries import Entry
from contracts.parameters import RoutingSettings, TopicSettings
from contracts.refusals import Refusal
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation

MONDAY_NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """What whoever asked was told: done, with the number of the entry that says so where there is one; or refused."""

    seq: int | None = None
    refusal: Refusal | None = None

    @property
    def code(self) -> str | None:
        return str(self.refusal.code) if self.refusal else None


@dataclass(frozen=True)
class State:
    """All that the router knows once nothing is under way."""

    now: datetime
    conversations: Mapping[UUID, Conversation]
    logs: Mapping[UUID, Sequence[Entry]]
    agents: Mapping[UUID, Agent]
    topics: Mapping[UUID, TopicSettings]
    routing: RoutingSettings = field(default_factory=RoutingSettings)


class System(Protocol):
    """A router. Each call returns once all that follows from it has happened."""

    def new_id(self) -> UUID:
        """An id never given before."""

    def ask(self, command: Message) -> Answer:
        """Let a command arrive, the first time or again."""

    def tell(self, fact: Message) -> None:
        """Let an event arrive, the first time or again."""

    def set_topic(self, topic: TopicSettings) -> None:
        """Save a topic's parameters, as they stand but for `version`."""

    def set_routing(self, routing: RoutingSettings) -> None:
        """Save the parameters of all topics and agents."""

    def pass_time(self, seconds: float) -> None:
        """Let time pass, and every timer ring that comes due meanwhile, in its turn."""

    def look(self) -> State:
        """The state as it is now."""
