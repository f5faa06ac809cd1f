"""A customer's card: what is kept of one that somebody saves.

Invariants:
- One address belongs to one customer; a card never names the same address twice.
- A card is kept only as a whole and under the version from which it was changed; the same save again, as after a lost
  answer, is no second change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from contracts.address import Address, NotAnAddress, normalise
from contracts.customers import Customer, FieldDefinition, SaveCustomer
from services.customers.domain.fields import checked_values
from services.customers.domain.invalid import Invalid


@dataclass(frozen=True)
class Card:
    """A card as it is to be kept; `addresses` maps each normalised address, in order, to its first writing."""

    id: UUID
    name: str
    company: str
    addresses: Mapping[Address, str]
    phones: tuple[str, ...]
    note: str
    values: Mapping[UUID, str]


def checked(body: SaveCustomer, fields: Sequence[FieldDefinition], present: Customer | None) -> Card:
    """The card that `body` describes. Raises Invalid, naming the part of it."""
    return Card(
        id=body.id,
        name=body.name,
        company=body.company.strip(),
        addresses=_addresses(body.emails),
        phones=_phones(body.phones),
        note=body.note,
        values=checked_values(fields, body.values, values_of(present)),
    )


def values_of(card: Customer | None) -> dict[UUID, str]:
    """The values on a card, by field; none on a card that is not there."""
    return {field.id: field.value for field in card.fields} if card else {}


def is_repetition(card: Card, version: int, present: Customer) -> bool:
    """Whether saving `card` over `version` is what made the present card."""
    return (
        present.version == version + 1
        and (present.name, present.company, present.phones, present.note)
        == (card.name, card.company, card.phones, card.note)
        and present.emails == tuple(card.addresses.values())
        and values_of(present) == card.values
    )


def _addresses(emails: Iterable[str]) -> dict[Address, str]:
    first: dict[Address, str] = {}
    for index, written in enumerate(emails):
        try:
            first.setdefault(normalise(written), written.strip())
        except NotAnAddress:
            raise Invalid(f"emails.{index}", "this is not an e-mail address") from None
    return first


def _phones(phones: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, None] = {}
    for index, written in enumerate(phones):
        phone = written.strip()
        if phone and not any(character.isdecimal() for character in phone):
            raise Invalid(f"phones.{index}", "a phone number has digits")
        if phone:
            kept[phone] = None
    return tuple(kept)
