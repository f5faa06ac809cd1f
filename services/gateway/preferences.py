"""What an agent chooses for themselves, and the word of it to the notifier.

Invariant: whatever the notifier should know of an agent (name, address, topics, language, wishes) is told with the
commit that changes it, and of two such messages the one with the higher version is the newer.
"""

from uuid import UUID

from contracts.public import AgentPreferences
from services.chassis.database import Database, Transaction
from services.gateway import store


class Preferences:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, agent_id: UUID) -> AgentPreferences:
        """What the agent has chosen, or what holds until they do."""
        async with self._database.connection() as connection:
            return await store.preferences(connection, agent_id)

    async def save(self, agent_id: UUID, chosen: AgentPreferences) -> AgentPreferences:
        """Keep what the agent has chosen; nothing is told where it is what was kept."""

        async def work(transaction: Transaction) -> None:
            if await store.save_preferences(transaction.connection, agent_id, chosen):
                await tell_contact(transaction, agent_id)

        await self._database.run(work)
        return chosen


async def tell_contact(transaction: Transaction, agent_id: UUID) -> None:
    """Have the notifier told, with the commit, where the agent wants to hear of what from now on."""
    transaction.outbox.add(await store.next_contact(transaction.connection, agent_id))
