"""The cards' tables: the only place of this service that speaks SQL."""

from pathlib import Path
from uuid import UUID

from services.chassis.database import Connection
from services.chassis.queries import load_queries
from services.customers.domain.address import Address
from services.customers.domain.card import AddressTaken, Card, CustomField

QUERIES = load_queries(Path(__file__).parent / "sql")


async def owner_of(connection: Connection, address: Address) -> UUID | None:
    """The customer whose address it is, or None."""
    owner: UUID | None = await connection.fetchval(QUERIES.owner_of, address)
    return owner


async def card(connection: Connection, customer_id: UUID) -> Card | None:
    """The whole card, or None when there is no such customer."""
    row = await connection.fetchrow(QUERIES.card, customer_id)
    if row is None:
        return None
    return Card(
        id=row["id"],
        name=row["name"],
        company=row["company"],
        emails=tuple(row["emails"]),
        phones=tuple(row["phones"]),
        note=row["note"],
        fields=tuple(CustomField(*field) for field in row["fields"]),
    )


async def save(connection: Connection, card: Card) -> None:
    """Make the card or replace it as a whole. Raises AddressTaken and NotAnAddress; the transaction must then end."""
    addresses = card.addresses
    await connection.execute(QUERIES.save_customer, card.id, card.name, card.company, list(card.phones), card.note)
    await connection.execute(QUERIES.forget_addresses, card.id)
    claimed = await connection.fetch(QUERIES.claim_addresses, card.id, list(addresses.keys()), list(addresses.values()))
    taken = addresses.keys() - {row["address"] for row in claimed}
    if taken:
        raise AddressTaken(written for address, written in addresses.items() if address in taken)
    await connection.execute(QUERIES.forget_fields, card.id)
    await connection.execute(
        QUERIES.add_fields,
        card.id,
        [field.label for field in card.fields],
        [field.value for field in card.fields],
        [field.show_in_chat for field in card.fields],
    )
