"""Several routers: the partitions of commands are spread over them, whoever came first, and pass on when one goes."""

import asyncio
from collections import Counter
from uuid import UUID, uuid4

import pytest

from contracts.base import Actor
from contracts.conversation import EndConversation
from contracts.envelope import Received
from contracts.topology import PARTITIONS, partition_of
from services.router.usecases import Commands
from tests.integration.router.world import PATIENCE, World

STRANGER = Actor(kind="visitor", id=uuid4())


def one_of(partition: int) -> UUID:
    while partition_of(conversation_id := uuid4()) != partition:
        pass
    return conversation_id


class Leaders:
    """Asks every partition something, and notes which router answered."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self._world = world
        self._by: dict[UUID, int] = {}
        handle = Commands.handle

        async def noted(commands: Commands, received: Received) -> None:
            self._by[received.message.client_id] = id(commands)
            await handle(commands, received)

        monkeypatch.setattr(Commands, "handle", noted)

    async def shares(self) -> list[int]:
        """How many partitions each router leads, the fewest first."""
        asked = [EndConversation(conversation_id=one_of(p), client_id=uuid4(), by=STRANGER) for p in range(PARTITIONS)]
        answers = [await self._world.ask(command) for command in asked]
        assert {answer.code for answer in answers} == {"unknown"}
        return sorted(Counter(self._by[command.client_id] for command in asked).values())

    async def until(self, shares: list[int]) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.shares() != shares:
                pass


async def test_partitions_spread_over_routers_that_come_later_and_pass_on_when_one_goes(
    empty_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, leaders = empty_world, Leaders(empty_world, monkeypatch)
    async with world.router():
        assert await leaders.shares() == [16]
        async with world.router():
            await leaders.until([8, 8])
            async with world.router():
                await leaders.until([5, 5, 6])
            await leaders.until([8, 8])
        await leaders.until([16])
