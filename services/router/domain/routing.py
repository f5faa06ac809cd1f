"""Who is offered a conversation.

- A conversation goes to an agent of its topic who is there, available and has room, and has not been tried in this
  round; when all of them have, a new round starts.
- A returning visitor goes first to the agent they last talked to, where the topic says so.
- Else the best priority for the topic comes first (1 before 9), and among equals the topic's rule of choice decides.

Which conversation comes first is the order of its topic's queue: the longest waiting, and one that comes back at its
old place (`place_in_line`; the tables are read in the same order).
"""

from collections.abc import Iterable, Set
from datetime import UTC, datetime
from typing import Final, NamedTuple
from uuid import UUID

from contracts.parameters import Choice, TopicSettings
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation

NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Candidate(NamedTuple):
    """An agent to whom a conversation of the topic can be offered now, as far as the choice is concerned."""

    id: UUID
    priority: int
    load: int
    idle_since: datetime
    last_offered_at: datetime | None


def candidates(topic_id: UUID, agents: Iterable[Agent]) -> list[Candidate]:
    """Those of `agents` who can be offered a conversation of the topic."""
    return [
        Candidate(agent.id, agent.priority_for(topic_id), agent.load, agent.idle_since, agent.last_offered_at)
        for agent in agents
        if agent.takes(topic_id)
    ]


def place_in_line(conversation: Conversation) -> tuple[datetime, UUID]:
    """What orders the queue of a topic. The id only makes the order definite."""
    return conversation.waiting_since, conversation.id


def next_agent(
    topic: TopicSettings, asked: Set[UUID], preferred_id: UUID | None, eligible: Iterable[Candidate]
) -> UUID | None:
    """Whom to offer a conversation of the topic; `asked` have been tried. None when nobody has room."""
    everybody = list(eligible)
    not_asked = [one for one in everybody if one.id not in asked]
    if topic.returning_first and any(one.id == preferred_id for one in not_asked):
        return preferred_id
    chosen = min(not_asked or everybody, key=lambda one: _order(topic.choice, one), default=None)
    return None if chosen is None else chosen.id


def _order(choice: Choice, one: Candidate) -> tuple[int, int, datetime, UUID]:
    """The least is asked. Every rule ends in a turn, so that nobody is passed over for ever."""
    match choice:
        case "longest_idle":
            return one.priority, one.load > 0, one.idle_since, one.id
        case "round_robin":
            return one.priority, 0, one.last_offered_at or NEVER, one.id
        case "fewest_chats":
            return one.priority, one.load, one.idle_since, one.id
