"""Tells the router that an agent is typing their first answer, while its time stands still.

Of each conversation that the desk shows as unanswered: "types" is said when its time runs, "types no more" when the
agent stops or the console goes. What the desk shows decides, not what was said before: what a killed process could not
take back is taken back when the agent's next console comes, and another console's word is overruled by the next key.
"""

from uuid import UUID

from contracts.conversation import TypeFirstAnswer
from contracts.reads import ChatCard, Desk
from services.chassis.clock import Ids
from services.chassis.errors import Unavailable
from services.chassis.publisher import Publisher


class FirstAnswer:
    """One console's share."""

    def __init__(self, agent_id: UUID, publisher: Publisher, ids: Ids) -> None:
        self._agent_id = agent_id
        self._publisher = publisher
        self._ids = ids
        self._version = 0
        self._unanswered: dict[UUID, ChatCard] = {}
        self._typed: set[UUID] = set()
        """Conversations whose time this console has stopped."""

    def shows(self, desk: Desk) -> None:
        """A desk of the agent; the newest known one holds."""
        if desk.version < self._version:
            return
        self._version = desk.version
        self._unanswered = {card.conversation_id: card for card in desk.chats if card.unanswered}
        self._typed &= self._unanswered.keys()

    async def types(self, stream: UUID, *, typing: bool) -> None:
        """The agent types there, or stopped. Raises Unavailable."""
        card = self._unanswered.get(stream)
        if typing and card is not None and card.answer_due is not None:
            await self._tell(stream, typing=True)
            self._typed.add(stream)
        elif not typing and stream in self._typed:
            await self._tell(stream, typing=False)
            self._typed.discard(stream)

    async def runs_on(self) -> None:
        """A console has come, in which nobody types yet: time that stood still for a lost one goes on."""
        for stream, card in tuple(self._unanswered.items()):
            if card.answer_due is None:
                await self._try_to_tell(stream)

    async def stops(self) -> None:
        """The console has gone."""
        for stream in tuple(self._typed):
            await self._try_to_tell(stream)
        self._typed.clear()

    async def _try_to_tell(self, stream: UUID) -> None:
        try:
            await self._tell(stream, typing=False)
        except Unavailable:
            return  # The agent's next console says it.

    async def _tell(self, stream: UUID, *, typing: bool) -> None:
        command = TypeFirstAnswer(
            conversation_id=stream, client_id=self._ids.new(), agent_id=self._agent_id, typing=typing
        )
        await self._publisher.publish(command)
