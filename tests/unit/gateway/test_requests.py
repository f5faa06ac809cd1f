"""A request is answered exactly once, whatever becomes of it."""

import asyncio
from typing import Any
from uuid import UUID

from contracts.base import Actor, Message
from contracts.conversation import PostMessage
from contracts.refusals import Refusal, RefusalCode
from contracts.wire import Ack, Refused
from services.chassis.errors import Unavailable
from services.gateway.bindings import Bindings
from services.gateway.requests import Requests

ANNA = Actor(kind="visitor", id=UUID(int=1))
EWA = Actor(kind="agent", id=UUID(int=1))
ID, CONVERSATION = UUID(int=2), UUID(int=3)
POST = PostMessage(conversation_id=CONVERSATION, client_id=ID, author=ANNA, text="Dzień dobry")


class Broker:
    """Takes commands, or does not."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.away = False

    async def publish(self, message: Message) -> None:
        if self.away:
            raise Unavailable("no broker")
        self.taken.append(message)

    async def bind(self, key: str) -> None:
        if self.away:
            raise Unavailable("no broker")

    async def unbind(self, key: str) -> None: ...


def requests_over(broker: Broker, seconds: float = 5) -> tuple[Requests, Bindings]:
    bindings = Bindings(broker)
    publisher: Any = broker
    return Requests(publisher, bindings, seconds), bindings


async def test_the_owners_word_is_the_answer_and_a_second_one_is_none() -> None:
    requests, bindings = requests_over(Broker())
    answers: list[Ack | Refused] = []
    await requests.ask(ANNA, ID, POST, answers.append)
    requests.answered(ANNA, ID, seq=7)
    requests.answered(ANNA, ID, refusal=Refusal(code=RefusalCode.CLOSED))
    assert answers == [Ack(id=ID, seq=7)]
    assert not bindings._held


async def test_somebody_elses_request_with_the_same_id_is_another_request() -> None:
    requests, _ = requests_over(Broker())
    answers: list[Ack | Refused] = []
    await requests.ask(ANNA, ID, POST, answers.append)
    requests.answered(EWA, ID, seq=7)
    assert answers == []


async def test_a_request_asked_again_is_published_again_and_answered_once() -> None:
    broker = Broker()
    requests, bindings = requests_over(broker)
    first: list[Ack | Refused] = []
    second: list[Ack | Refused] = []
    await requests.ask(ANNA, ID, POST, first.append)
    await requests.ask(ANNA, ID, POST, second.append)
    requests.answered(ANNA, ID, seq=7)
    assert (first, second) == ([], [Ack(id=ID, seq=7)])
    assert len(broker.taken) == 2
    assert not bindings._held


async def test_a_request_the_broker_does_not_take_is_refused_at_once() -> None:
    broker = Broker()
    requests, bindings = requests_over(broker)
    answers: list[Ack | Refused] = []
    await bindings.hold("warm")
    broker.away = True
    await requests.ask(ANNA, ID, POST, answers.append)
    (refused,) = answers
    assert isinstance(refused, Refused)
    assert refused.refusal.code is RefusalCode.UNAVAILABLE
    requests.answered(ANNA, ID, seq=7)
    assert len(answers) == 1


async def test_a_request_without_an_answer_is_refused_in_time() -> None:
    requests, bindings = requests_over(Broker(), seconds=0.01)
    refused: asyncio.Future[Ack | Refused] = asyncio.get_running_loop().create_future()
    await requests.ask(ANNA, ID, POST, refused.set_result)
    answer = await asyncio.wait_for(refused, 5)
    assert isinstance(answer, Refused)
    assert answer.refusal.retry_after is not None
    assert not bindings._held
