"""Who is offered a conversation, and which conversation comes first.

- The longest waiting conversation of a topic comes first; one that comes back keeps its place.
- It goes to an available agent of the topic with room who has not turned it down in this round; when all of them have,
  a new round starts.
- Of those the longest idle comes first: agents without any conversation before busy ones, then by the last turn.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation


def next_conversation(waiting: Iterable[Conversation]) -> Conversation | None:
    """The conversation whose turn it is, of those that nobody is being asked about."""
    candidates = (c for c in waiting if c.header.state == "waiting")
    return min(candidates, key=place_in_line, default=None)


def place_in_line(conversation: Conversation) -> tuple[datetime, UUID]:
    """What orders the queue of a topic."""
    return conversation.waiting_since, conversation.id


def next_agent(conversation: Conversation, agents: Iterable[Agent]) -> Agent | None:
    """The agent to offer the conversation to, or None when nobody has room."""
    eligible = [a for a in agents if a.has_room and conversation.topic.id in a.topic_ids]
    not_asked = [a for a in eligible if a.id not in conversation.asked]
    return min(not_asked or eligible, key=longest_idle, default=None)


def longest_idle(agent: Agent) -> tuple[bool, datetime, UUID]:
    """The choice rule: the least is the longest idle. The id only makes the choice definite."""
    return agent.load > 0, agent.idle_since, agent.id
