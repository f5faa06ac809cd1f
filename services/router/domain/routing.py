"""Who is offered a conversation.

- A conversation goes to an available agent of its topic with room who has not turned it down in this round; when all of
  them have, a new round starts.
- Of those the longest idle comes first: agents without any conversation before busy ones, then by the last turn.

Which conversation comes first is the order of its topic's queue: the longest waiting, and one that comes back at its
old place (`place_in_line`; the tables are read in the same order).
"""

from collections.abc import Iterable, Set
from datetime import datetime
from uuid import UUID

from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation


def place_in_line(conversation: Conversation) -> tuple[datetime, UUID]:
    """What orders the queue of a topic. The id only makes the order definite."""
    return conversation.waiting_since, conversation.id


def next_agent(topic_id: UUID, asked: Set[UUID], agents: Iterable[Agent]) -> Agent | None:
    """The agent to offer a conversation of the topic to; `asked` turned it down. None when nobody has room."""
    eligible = [agent for agent in agents if agent.takes(topic_id)]
    not_asked = [agent for agent in eligible if agent.id not in asked]
    return min(not_asked or eligible, key=longest_idle, default=None)


def longest_idle(agent: Agent) -> tuple[bool, datetime, UUID]:
    """The choice rule: the least is the longest idle."""
    return agent.load > 0, agent.idle_since, agent.id
