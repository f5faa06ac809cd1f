"""Cards and their addresses: read, found, saved, made of an unknown address."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.address import Address
from contracts.base import NamedRef
from contracts.customers import Customer, CustomerSummary, CustomField, TakenAddress
from services.chassis.database import Connection
from services.customers.domain.card import Card
from services.customers.domain.search import FOLDING, Sought, sort_key, words
from services.customers.store import QUERIES

Place = tuple[str, UUID]
"""Where a card stands in the list: what it is sorted by, and its id."""

FIRST: Place = ("", UUID(int=0))


async def owner_of(connection: Connection, address: Address) -> NamedRef | None:
    """The customer whose address it is, or None."""
    row = await connection.fetchrow(QUERIES.owner_of, address)
    return NamedRef(**row) if row else None


async def named(connection: Connection, customer_id: UUID) -> NamedRef | None:
    """The customer with their name, or None when there is none."""
    name = await connection.fetchval(QUERIES.name_of, customer_id)
    return None if name is None else NamedRef(id=customer_id, name=name)


async def card(connection: Connection, customer_id: UUID) -> Customer | None:
    """The whole card, or None when there is no such customer."""
    row = await connection.fetchrow(QUERIES.card, customer_id)
    if row is None:
        return None
    parts = ("id", "label", "kind", "value", "show_in_chat")
    fields = tuple(CustomField(**dict(zip(parts, field, strict=True))) for field in row["fields"])
    return Customer(**{**row, "fields": fields})


async def lock(connection: Connection, customer_id: UUID) -> Customer | None:
    """The whole card, held against others' saves; None when there is no such customer."""
    if await connection.fetchrow(QUERIES.lock_card, customer_id) is None:
        return None
    # A statement of its own, because one that waits for a lock sees only the locked row as it then is.
    return await card(connection, customer_id)


async def add(connection: Connection, card: Card, now: datetime) -> bool:
    """Make the customer, without addresses and values; False when there is one of this id."""
    return await connection.fetchval(QUERIES.add_card, *_columns(card, now)) is not None


async def change(connection: Connection, card: Card, now: datetime) -> None:
    """Replace what is said of a customer whose card is locked, but for addresses and values."""
    await connection.execute(QUERIES.change_card, *_columns(card, now))


async def save_addresses(connection: Connection, card: Card) -> tuple[TakenAddress, ...]:
    """Give the customer the card's addresses; those that belong to others. The transaction must end where any does."""
    wanted = card.addresses
    await connection.execute(QUERIES.forget_addresses, card.id)
    rows = await connection.fetch(QUERIES.claim_addresses, card.id, list(wanted), list(wanted.values()))
    missing = wanted.keys() - {row["address"] for row in rows}
    if not missing:
        return ()
    owners = {
        row["address"]: NamedRef(id=row["id"], name=row["name"])
        for row in await connection.fetch(QUERIES.owners_of, list(missing))
    }
    # In the card's order. An address whose owner has just given it up is still refused: saving again will take it.
    return tuple(
        TakenAddress(email=written, customer=owners.get(address))
        for address, written in wanted.items()
        if address in missing
    )


async def save_values(connection: Connection, card: Card) -> None:
    """Give the customer the card's values."""
    await connection.execute(QUERIES.forget_values, card.id)
    if card.values:
        await connection.execute(QUERIES.add_values, card.id, list(card.values), list(card.values.values()))


async def add_with_address(
    connection: Connection, customer: NamedRef, address: Address, written: str, now: datetime
) -> bool:
    """Make a customer of this address; False, and nothing is made, when it is somebody's."""
    name = customer.name
    return (
        await connection.fetchval(
            QUERIES.add_with_address,
            address,
            customer.id,
            written,
            name,
            sort_key(name),
            list(words(name, "", (written,), ())),
            FOLDING,
            now,
        )
        is not None
    )


async def page(connection: Connection, sought: Sought, after: Place, limit: int) -> list[tuple[CustomerSummary, Place]]:
    """At most `limit` cards that are found, by name, from behind `after`, each with its place."""
    query = ts_query(sought)
    rows: list[Any]
    if query:
        rows = await connection.fetch(QUERIES.found_cards, *after, limit, query)
    else:
        rows = await connection.fetch(QUERIES.all_cards, *after, limit)
    return [(_summary(row), (row["sort_name"], row["id"])) for row in rows]


async def fold_anew(connection: Connection, limit: int) -> int:
    """Make the words of some cards anew whose words were made by older rules; of how many."""
    rows = await connection.fetch(QUERIES.cards_folded_otherwise, FOLDING, limit)
    await connection.executemany(
        QUERIES.fold_anew,
        [
            (
                row["id"],
                sort_key(row["name"]),
                list(words(row["name"], row["company"], row["emails"], row["phones"])),
                FOLDING,
            )
            for row in rows
        ],
    )
    return len(rows)


def ts_query(sought: Sought) -> str:
    """What is sought in PostgreSQL's writing; empty when it is nothing in particular."""
    return " & ".join(f"({' | '.join(map(_beginning, writings))})" for writings in sought.parts)


def _beginning(word: str) -> str:
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*"


def _columns(card: Card, now: datetime) -> tuple[object, ...]:
    found_by = words(card.name, card.company, card.addresses.values(), card.phones)
    return (
        card.id,
        card.name,
        card.company,
        list(card.phones),
        card.note,
        sort_key(card.name),
        list(found_by),
        FOLDING,
        now,
    )


def _summary(row: Any) -> CustomerSummary:
    return CustomerSummary(
        id=row["id"], name=row["name"], company=row["company"], email=row["email"] or "", phone=row["phone"] or ""
    )
