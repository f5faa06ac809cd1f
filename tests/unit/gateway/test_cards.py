"""Whose board a conversation is on, and who had it there."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from contracts.base import NamedRef
from contracts.conversation import AgentRole
from contracts.reads import BoardCard
from services.gateway.cards import MOST_OVER, Cards, sees
from services.gateway.store import Session

NOW = datetime(2025, 3, 14, tzinfo=UTC)
SALES, SUPPORT = (NamedRef(id=UUID(int=number), name=name) for number, name in ((1, "Sprzedaż"), (2, "Wsparcie")))
JAN = NamedRef(id=UUID(int=3), name="Jan")


def card(head: int = 1, **changes: Any) -> BoardCard:
    values: dict[str, Any] = {
        "conversation_id": UUID(int=9),
        "head": head,
        "state": "waiting",
        "topic": SALES,
        "visitor_name": "Anna",
        "waiting_since": NOW,
        "started_at": NOW,
    }
    return BoardCard(**values | changes)


def session(role: AgentRole = "agent", *topic_ids: UUID) -> Session:
    return Session(UUID(int=8), JAN.id, "Jan", "jan@example.com", role, topic_ids, NOW, NOW)


def test_an_agent_sees_the_conversations_of_their_topics_and_those_they_are_in_or_are_asked_about() -> None:
    assert sees(session("agent", SALES.id), card())
    assert not sees(session("agent", SUPPORT.id), card())
    for part in ({"owner": JAN}, {"participants": (JAN,)}, {"offered_to": JAN}):
        assert sees(session("agent", SUPPORT.id), card(**part))


def test_supervisors_and_administrators_see_all() -> None:
    assert sees(session("supervisor"), card())
    assert sees(session("administrator"), card())


def test_a_card_that_is_not_newer_is_no_news() -> None:
    cards = Cards()
    assert cards.take(card(2)) == (True, None)
    assert cards.take(card(2))[0] is False
    assert cards.take(card(1))[0] is False
    assert cards.take(card(3, topic=SUPPORT)) == (True, card(2))


def test_a_conversation_that_is_over_is_forgotten() -> None:
    cards = Cards()
    cards.take(card(1))
    assert cards.take(card(2, state="closed")) == (True, card(1))
    assert not cards._cards


def test_what_comes_late_does_not_open_a_conversation_again_that_is_over() -> None:
    cards = Cards()
    cards.take(card(1))
    cards.take(card(3, state="closed"))
    assert cards.take(card(2)) == (False, None)
    assert cards.take(card(3, state="closed")) == (False, None)
    assert not cards._cards


def test_of_what_is_over_only_the_latest_is_remembered() -> None:
    cards = Cards()
    for number in range(2 * MOST_OVER):
        cards.take(card(2, conversation_id=UUID(int=number), state="closed"))
    assert len(cards._over) == MOST_OVER
    assert cards.take(card(1, conversation_id=UUID(int=2 * MOST_OVER - 1)))[0] is False
