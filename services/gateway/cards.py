"""The cards of the conversations that are not over, as last told, to know who had one that is no longer theirs.

The router tells a card with every change of a conversation. Each console shows those its agent may see; when a
conversation moves out of an agent's sight, the card they knew has to be taken away.
"""

from typing import Final
from uuid import UUID

from contracts.reads import BoardCard
from services.gateway.store import Session

MOST_OVER: Final = 1000


def sees_all(session: Session) -> bool:
    """Whether the agent may see every conversation."""
    return session.role in ("supervisor", "administrator")


def sees(session: Session, card: BoardCard) -> bool:
    """Whether the conversation is on the agent's board."""
    concerned = (card.owner, card.offered_to, *card.participants)
    return (
        sees_all(session)
        or card.topic.id in session.topic_ids
        or any(agent is not None and agent.id == session.agent_id for agent in concerned)
    )


class Cards:
    """Bounded by the conversations that are open: of one that is over, only its last number is kept for a while."""

    def __init__(self) -> None:
        self._cards: dict[UUID, BoardCard] = {}
        self._over: dict[UUID, int] = {}
        """The latest ends, oldest first: a card that another router told before it may come after it."""

    def take(self, card: BoardCard) -> tuple[bool, BoardCard | None]:
        """Whether the card is news, and the one that was known before it."""
        before = self._cards.get(card.conversation_id)
        if card.head <= max(before.head if before else 0, self._over.get(card.conversation_id, 0)):
            return False, before
        if card.state == "closed":
            self._cards.pop(card.conversation_id, None)
            self._over[card.conversation_id] = card.head
            if len(self._over) > MOST_OVER:
                del self._over[next(iter(self._over))]
        else:
            self._cards[card.conversation_id] = card
        return True, before
