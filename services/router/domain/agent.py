"""What routing knows of an agent, and how their room changes.

Invariant: `load` counts the conversations that the agent holds (`Conversation.holders`) and changes only with them; an
offer is made only to an agent who has room, and nobody joins without room, so the load never grows beyond the capacity.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.base import NamedRef
from contracts.conversation import AgentRegistered, AgentRole
from contracts.reads import AgentStatus, StatusCause

USUAL_PRIORITY: Final = 5


@dataclass(frozen=True, slots=True)
class Agent:
    """`idle_since` is the last turn: when the load last changed, or when the agent became available.

    `connected` says that a console of theirs is open somewhere; without one, `away_since` says since when. With
    `default_capacity` the capacity is the global one.
    """

    id: UUID
    name: str
    topic_ids: frozenset[UUID]
    capacity: int
    idle_since: datetime
    status: AgentStatus = "offline"
    status_reason: str = ""
    load: int = 0
    account_version: int = 0
    role: AgentRole = "agent"
    default_capacity: bool = False
    priorities: Mapping[UUID, int] = field(default_factory=dict, hash=False)
    status_cause: StatusCause = "chosen"
    last_offered_at: datetime | None = None
    connected: bool = False
    away_since: datetime | None = None

    @property
    def ref(self) -> NamedRef:
        return NamedRef(id=self.id, name=self.name)

    @property
    def supervises(self) -> bool:
        """Whether every conversation is theirs to see, to join and to take over."""
        return self.role != "agent"

    @property
    def takes_offers(self) -> bool:
        """Whether the agent is there and wants conversations."""
        return self.status == "available" and self.connected

    @property
    def is_full(self) -> bool:
        return self.load >= self.capacity

    @property
    def has_room(self) -> bool:
        """Whether the agent can be offered one more conversation now."""
        return self.takes_offers and not self.is_full

    def takes(self, topic_id: UUID) -> bool:
        """Whether a conversation of the topic can be offered to the agent now."""
        return self.has_room and topic_id in self.topic_ids

    def priority_for(self, topic_id: UUID) -> int:
        """From 1, who is asked first, to 9."""
        return self.priorities.get(topic_id, USUAL_PRIORITY)


def register(known: Agent | None, account: AgentRegistered, usual_capacity: int, now: datetime) -> Agent:
    """The agent as the account now says; of two versions the newer one stays, whichever comes last.

    `usual_capacity` is that of all agents who have none of their own.
    """
    if known is None:
        known = Agent(account.agent_id, account.name, frozenset(), account.capacity, idle_since=now)
    elif account.version <= known.account_version:
        return known
    return replace(
        known,
        name=account.name,
        topic_ids=frozenset(account.topic_ids),
        capacity=usual_capacity if account.default_capacity else account.capacity,
        default_capacity=account.default_capacity,
        priorities=dict(account.priorities),
        role=account.role,
        account_version=account.version,
    )


def set_status(agent: Agent, status: AgentStatus, reason: str, now: datetime, cause: StatusCause = "chosen") -> Agent:
    """Who becomes available starts being idle then; who already is keeps their turn."""
    comes_on = status == "available" and agent.status != "available"
    idle_since = now if comes_on else agent.idle_since
    return replace(agent, status=status, status_reason=reason, status_cause=cause, idle_since=idle_since)


def take(agent: Agent, now: datetime) -> Agent:
    """The agent holds one conversation more."""
    return replace(agent, load=agent.load + 1, idle_since=now)


def release(agent: Agent, now: datetime) -> Agent:
    """The agent holds one conversation less."""
    return replace(agent, load=agent.load - 1, idle_since=now)
