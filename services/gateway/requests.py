"""Requests on their way to their owner, until they are answered.

A request is known by its sender and the id its sender gave it; the same again is the same request. It is answered
exactly once: by what the owner says, or, when nothing came in time or the broker did not take it, by `unavailable`
(a late success still reaches the page as an event). While it waits, the key on which its answer comes is held.
"""

import asyncio
from collections.abc import Callable
from uuid import UUID

from contracts.base import Actor, Message
from contracts.refusals import Refusal
from contracts.topology import agent_key, conversation_key
from contracts.wire import Ack, Refused
from services.chassis.errors import Unavailable
from services.chassis.publisher import Publisher
from services.gateway.bindings import Bindings
from services.gateway.refusals import unavailable

Answer = Callable[[Ack | Refused], None]
Name = tuple[str, UUID | None, UUID]


class _Waiting:
    """One request under way."""

    def __init__(self, key: str, answer: Answer) -> None:
        self.key = key
        self.answer = answer
        self.timer: asyncio.TimerHandle | None = None


class Requests:
    def __init__(self, publisher: Publisher, bindings: Bindings, answer_seconds: float) -> None:
        self._publisher = publisher
        self._bindings = bindings
        self._seconds = answer_seconds
        self._waiting: dict[Name, _Waiting] = {}

    async def ask(self, sender: Actor, id: UUID, command: Message, answer: Answer) -> None:
        """Publish the sender's command; `answer` is called once, now or later."""
        name, key = _name(sender, id), _answer_key(command)
        waiting = _Waiting(key, answer)
        try:
            await self._bindings.hold(key)
        except Unavailable:
            answer(unavailable(id))
            return
        self._take(name)
        self._waiting[name] = waiting
        waiting.timer = asyncio.get_running_loop().call_later(self._seconds, self._give_up, name, waiting, id)
        try:
            await self._publisher.publish(command)
        except Unavailable:
            self._give_up(name, waiting, id)

    def answered(self, sender: Actor, id: UUID, *, seq: int | None = None, refusal: Refusal | None = None) -> None:
        """The owner's answer; ignored when nobody here waits for it."""
        waiting = self._take(_name(sender, id))
        if waiting is not None:
            waiting.answer(Ack(id=id, seq=seq) if refusal is None else Refused(id=id, refusal=refusal))

    def _give_up(self, name: Name, waiting: _Waiting, id: UUID) -> None:
        if self._waiting.get(name) is waiting:
            self._take(name)
            waiting.answer(unavailable(id))

    def _take(self, name: Name) -> _Waiting | None:
        waiting = self._waiting.pop(name, None)
        if waiting is not None:
            self._bindings.release(waiting.key)
            if waiting.timer is not None:
                waiting.timer.cancel()
        return waiting


def _name(sender: Actor, id: UUID) -> Name:
    return sender.kind, sender.id, id


def _answer_key(command: Message) -> str:
    conversation_id = getattr(command, "conversation_id", None)
    return agent_key(command.agent_id) if conversation_id is None else conversation_key(conversation_id)  # type: ignore[attr-defined]
