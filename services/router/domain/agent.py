"""What routing knows of an agent, and how their room changes.

Invariant: `load` counts the conversations that the agent holds (`Conversation.holders`) and changes only with them; an
offer is made only to an agent who has room, so the load never grows beyond the capacity.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from contracts.base import NamedRef
from contracts.conversation import AgentRegistered
from contracts.reads import AgentStatus


@dataclass(frozen=True, slots=True)
class Agent:
    """`idle_since` is the last turn: when the load last changed, or when the agent became available."""

    id: UUID
    name: str
    topic_ids: frozenset[UUID]
    capacity: int
    idle_since: datetime
    status: AgentStatus = "offline"
    status_reason: str = ""
    load: int = 0
    account_version: int = 0

    @property
    def ref(self) -> NamedRef:
        return NamedRef(id=self.id, name=self.name)

    @property
    def has_room(self) -> bool:
        """Whether the agent can be offered one more conversation now."""
        return self.status == "available" and self.load < self.capacity

    def takes(self, topic_id: UUID) -> bool:
        """Whether a conversation of the topic can be offered to the agent now."""
        return self.has_room and topic_id in self.topic_ids


def register(known: Agent | None, account: AgentRegistered, now: datetime) -> Agent:
    """The agent as the account now says; of two versions the newer one stays, whichever comes last."""
    if known is None:
        known = Agent(account.agent_id, account.name, frozenset(), account.capacity, idle_since=now)
    elif account.version <= known.account_version:
        return known
    return replace(
        known,
        name=account.name,
        topic_ids=frozenset(account.topic_ids),
        capacity=account.capacity,
        account_version=account.version,
    )


def set_status(agent: Agent, status: AgentStatus, reason: str, now: datetime) -> Agent:
    """Who becomes available starts being idle then; who already is keeps their turn."""
    comes_on = status == "available" and agent.status != "available"
    idle_since = now if comes_on else agent.idle_since
    return replace(agent, status=status, status_reason=reason, idle_since=idle_since)


def take(agent: Agent, now: datetime) -> Agent:
    """The agent holds one conversation more."""
    return replace(agent, load=agent.load + 1, idle_since=now)


def release(agent: Agent, now: datetime) -> Agent:
    """The agent holds one conversation less."""
    return replace(agent, load=agent.load - 1, idle_since=now)
