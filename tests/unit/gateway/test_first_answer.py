"""The time for an agent's first answer stands still while they type it, and only then."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from contracts.base import Message, NamedRef
from contracts.conversation import TypeFirstAnswer
from contracts.reads import ChatCard, Desk
from services.chassis.clock import RandomIds
from services.chassis.errors import Unavailable
from services.gateway.first_answer import FirstAnswer

NOW = datetime(2025, 3, 14, tzinfo=UTC)
JAN, CHAT, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)


class Broker:
    def __init__(self) -> None:
        self.said: list[tuple[UUID, bool]] = []
        self.away = False

    async def publish(self, message: Message) -> None:
        if self.away:
            raise Unavailable("no broker")
        assert isinstance(message, TypeFirstAnswer)
        assert message.agent_id == JAN
        self.said.append((message.conversation_id, message.typing))


def desk(*, unanswered: bool = True, runs: bool = True) -> Desk:
    """A desk with one chat, whose time runs or stands still."""
    card = ChatCard(
        conversation_id=CHAT,
        topic=NamedRef(id=UUID(int=4), name="Sprzedaż"),
        visitor_name="Anna",
        state="active",
        head=5,
        started_at=NOW,
        owner_id=JAN,
        unanswered=unanswered,
        answer_due=NOW if runs else None,
    )
    return Desk(agent_id=JAN, version=1, status="available", load=1, capacity=3, chats=(card,))


def console(shown: Desk) -> tuple[FirstAnswer, Broker]:
    broker = Broker()
    publisher: Any = broker
    first_answer = FirstAnswer(JAN, publisher, RandomIds())
    first_answer.shows(shown)
    return first_answer, broker


async def test_typing_is_said_once_and_its_end_once() -> None:
    first_answer, broker = console(desk())
    await first_answer.types(CHAT, typing=True)
    first_answer.shows(desk(runs=False))
    await first_answer.types(CHAT, typing=True)
    await first_answer.types(CHAT, typing=False)
    await first_answer.types(CHAT, typing=False)
    assert broker.said == [(CHAT, True), (CHAT, False)]


async def test_nothing_is_said_of_a_chat_that_was_answered_or_is_not_the_agents() -> None:
    first_answer, broker = console(desk(unanswered=False))
    await first_answer.types(CHAT, typing=True)
    await first_answer.types(OTHER, typing=True)
    await first_answer.stops()
    assert broker.said == []


async def test_a_console_that_goes_lets_the_time_run() -> None:
    first_answer, broker = console(desk())
    await first_answer.types(CHAT, typing=True)
    await first_answer.stops()
    assert broker.said == [(CHAT, True), (CHAT, False)]


async def test_time_that_a_lost_console_stopped_runs_on_when_the_next_one_comes() -> None:
    first_answer, broker = console(desk(runs=False))
    await first_answer.runs_on()
    assert broker.said == [(CHAT, False)]


async def test_another_console_that_comes_does_not_outdo_one_that_types_for_longer_than_a_key() -> None:
    first_answer, broker = console(desk())
    await first_answer.types(CHAT, typing=True)
    first_answer.shows(desk(runs=False))
    first_answer.shows(desk(runs=True))  # The other console came.
    await first_answer.types(CHAT, typing=True)
    assert broker.said == [(CHAT, True), (CHAT, True)]


async def test_a_broker_that_is_away_keeps_no_console_from_coming_or_going() -> None:
    first_answer, broker = console(desk(runs=False))
    broker.away = True
    await first_answer.runs_on()
    await first_answer.stops()
