"""Agents' accounts: made and changed by administrators, or by an operator's command line.

Invariants: an account and the messages that tell the router and the notifier of it commit together, and of two changes
the one with the higher version is the newer; nobody's change is overwritten by one who has not seen it; there is an
administrator left; a changed password ends the account's sessions.
"""

from dataclasses import replace
from typing import Final
from uuid import UUID

from contracts.conversation import AgentRegistered
from contracts.parameters import RoutingSettings
from contracts.public import AgentAccount, AgentAccounts, AgentChange, AgentProfile, Me, NewAgent
from services.chassis.clock import Ids
from services.chassis.database import Database, Transaction
from services.gateway import store
from services.gateway.passwords import Passwords
from services.gateway.preferences import tell_contact

UNSAID: Final = RoutingSettings().default_capacity
"""What the router is told where the global capacity holds; it does not look at it."""


class UnknownAgent(Exception):
    """There is no such account."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the account since it was read."""


class LastAdministrator(Exception):
    """Without this account nobody could change anything any more."""


class Agents:
    def __init__(self, database: Database, passwords: Passwords, ids: Ids) -> None:
        self._database = database
        self._passwords = passwords
        self._ids = ids

    async def all(self) -> AgentAccounts:
        async with self._database.connection() as connection:
            return AgentAccounts(agents=tuple(await store.agents(connection)))

    async def add(self, agent: NewAgent) -> AgentAccount:
        """Make an account. Raises AddressTaken."""
        password_hash = await self._passwords.hash(agent.password)

        async def work(transaction: Transaction) -> AgentAccount:
            agent_id = self._ids.new()
            version = await store.add_agent(transaction.connection, agent_id, agent, password_hash)
            return await _told(transaction, agent_id, agent, version)

        return await self._database.run(work)

    async def change(
        self, agent_id: UUID, agent: AgentChange, *, keep: UUID | None = None
    ) -> tuple[AgentAccount, tuple[UUID, ...]]:
        """Change an account. Returns it, and the sessions that ended with the old password: all but `keep`.

        Raises UnknownAgent, ChangedMeanwhile, AddressTaken or LastAdministrator.
        """
        password_hash = None if agent.password is None else await self._passwords.hash(agent.password)

        async def work(transaction: Transaction) -> tuple[AgentAccount, tuple[UUID, ...]]:
            connection = transaction.connection
            if agent.role != "administrator" and await store.administrators(connection) == {agent_id}:
                raise LastAdministrator
            version = await store.change_agent(
                connection, agent_id, agent, password_hash=password_hash, version=agent.version
            )
            if version is None:
                raise ChangedMeanwhile if await store.agent_exists(connection, agent_id) else UnknownAgent
            ended = await store.end_sessions_of(connection, agent_id, keep) if password_hash else ()
            return await _told(transaction, agent_id, agent, version), ended

        return await self._database.run(work)

    async def register(self, agent: NewAgent, *, keep_known: bool = False) -> Me:
        """Make the account of this address, or change it unless known ones are kept. Raises as `add` and `change`."""
        async with self._database.connection() as connection:
            known = await store.account(connection, agent.email)
        if known is None:
            added = await self.add(agent)
            return Me(agent_id=added.agent_id, name=added.name, email=added.email, role=added.role)
        if not keep_known:
            same = await self._passwords.matches(agent.password, known.password_hash)
            fields = {**dict(agent), "password": None if same else agent.password, "version": known.version}
            await self.change(known.agent_id, AgentChange(**fields))
            known = replace(known, name=agent.name, email=agent.email, role=agent.role)
        return Me(agent_id=known.agent_id, name=known.name, email=known.email, role=known.role)


async def _told(transaction: Transaction, agent_id: UUID, agent: AgentProfile, version: int) -> AgentAccount:
    """The account as it is now, told to the router and the notifier with the commit."""
    fields = {name: getattr(agent, name) for name in AgentProfile.model_fields}
    account = AgentAccount(**fields, agent_id=agent_id, version=version)
    transaction.outbox.add(
        AgentRegistered(
            agent_id=agent_id,
            name=account.name,
            capacity=account.capacity or UNSAID,
            default_capacity=account.capacity is None,
            topic_ids=account.topic_ids,
            priorities=account.priorities,
            role=account.role,
            version=version,
        )
    )
    await tell_contact(transaction, agent_id)
    return account
