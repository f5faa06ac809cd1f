"""What people do with cards, fields and settings: load, decide by the domain, save, in one transaction each."""

from collections.abc import Sequence
from uuid import UUID

from contracts.address import NotAnAddress, normalise
from contracts.base import NamedRef
from contracts.customers import (
    Customer,
    CustomerPage,
    CustomerSettings,
    FieldDefinition,
    FieldDefinitions,
    SaveCustomer,
    TakenAddress,
)
from services.chassis.clock import Clock
from services.chassis.database import Connection, Database, Transaction
from services.customers.domain.card import checked, is_repetition
from services.customers.domain.fields import check_definitions
from services.customers.domain.invalid import Invalid
from services.customers.domain.search import sought
from services.customers.place import place_of, written_place
from services.customers.store import cards, configuration

State = Customer | FieldDefinitions | CustomerSettings


class UnknownCustomer(Exception):
    """There is no such customer."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed it since it was read; `present` is what it is now."""

    def __init__(self, present: State) -> None:
        super().__init__("Somebody else has changed it since it was read.")
        self.present = present


class AddressTaken(Exception):
    """Addresses of the card belong to other customers."""

    def __init__(self, taken: tuple[TakenAddress, ...]) -> None:
        self.taken = taken
        named = ", ".join(address.email for address in taken)
        super().__init__(
            f"{named} belongs to another customer." if len(taken) == 1 else f"{named} belong to other customers."
        )


class Cards:
    """Finding, reading and saving cards."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def page(self, q: str, after: str | None, limit: int) -> CustomerPage:
        """At most `limit` cards by name in which `q` is found, from behind `after`. Raises Invalid."""
        place = place_of(after) if after else cards.FIRST
        async with self._database.connection() as connection:
            found = await cards.page(connection, sought(q), place, limit + 1)
        shown = found[:limit]
        return CustomerPage(
            customers=tuple(summary for summary, _ in shown),
            next=written_place(shown[-1][1]) if len(found) > limit else None,
        )

    async def card(self, customer_id: UUID) -> Customer | None:
        """The card, or None when there is no such customer."""
        async with self._database.connection() as connection:
            return await cards.card(connection, customer_id)

    async def owner_of(self, email: str) -> NamedRef | None:
        """Whose address it is; None when nobody's, or when it is none."""
        try:
            address = normalise(email)
        except NotAnAddress:
            return None
        async with self._database.connection() as connection:
            return await cards.owner_of(connection, address)

    async def save(self, body: SaveCustomer) -> Customer:
        """Make the card (version 0) or replace it; the card as it is kept.

        Raises Invalid, UnknownCustomer, ChangedMeanwhile, AddressTaken.
        """

        async def attempt(tx: Transaction) -> Customer:
            connection = tx.connection
            fields = await configuration.hold_fields(connection)
            present = await cards.lock(connection, body.id)
            if present is None:
                if body.version:
                    raise UnknownCustomer
                card = checked(body, fields, None)
                if not await cards.add(connection, card, self._clock.now()):
                    # Made by somebody else in this moment.
                    return _unchanged(body, fields, await _kept(connection, body.id))
            elif present.version == body.version:
                card = checked(body, fields, present)
                await cards.change(connection, card, self._clock.now())
            else:
                return _unchanged(body, fields, present)
            taken = await cards.save_addresses(connection, card)
            if taken:
                raise AddressTaken(taken)
            await cards.save_values(connection, card)
            return await _kept(connection, card.id)

        return await self._database.run(attempt)


class Configuration:
    """Reading and changing the list of fields and the settings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fields(self) -> FieldDefinitions:
        """The custom fields of every card, in their order."""
        async with self._database.connection() as connection:
            return await configuration.fields(connection)

    async def save_fields(self, changed: FieldDefinitions) -> FieldDefinitions:
        """Change the list; what is not in it any more goes with its values. Raises Invalid, ChangedMeanwhile."""

        async def attempt(tx: Transaction) -> FieldDefinitions:
            present = await configuration.lock_fields(tx.connection)
            if present.version != changed.version:
                if (present.version, present.fields) == (changed.version + 1, changed.fields):
                    return present
                raise ChangedMeanwhile(present)
            check_definitions(changed.fields, present.fields)
            return await configuration.save_fields(tx.connection, changed)

        return await self._database.run(attempt)

    async def settings(self) -> CustomerSettings:
        """What holds for all customers."""
        async with self._database.connection() as connection:
            return await configuration.settings(connection)

    async def save_settings(self, changed: CustomerSettings) -> CustomerSettings:
        """Change what holds for all customers. Raises ChangedMeanwhile."""

        async def attempt(tx: Transaction) -> CustomerSettings:
            present = await configuration.lock_settings(tx.connection)
            if present.version != changed.version:
                if present == changed.model_copy(update={"version": changed.version + 1}):
                    return present
                raise ChangedMeanwhile(present)
            return await configuration.save_settings(tx.connection, changed)

        return await self._database.run(attempt)


async def _kept(connection: Connection, customer_id: UUID) -> Customer:
    kept = await cards.card(connection, customer_id)
    if kept is None:
        raise UnknownCustomer
    return kept


def _unchanged(body: SaveCustomer, fields: Sequence[FieldDefinition], present: Customer) -> Customer:
    """The present card, where it is what the same save has made of it before. Raises ChangedMeanwhile."""
    try:
        if is_repetition(checked(body, fields, present), body.version, present):
            return present
    except Invalid:
        pass  # Whoever looks at the present card sees more than what is wrong with one that is out of date.
    raise ChangedMeanwhile(present)
