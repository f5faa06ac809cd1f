"""A customer's card.

Invariants:
- One address belongs to one customer; a card never names the same address twice.
- Beside a chat only the custom fields with "show in chat" are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.customers.domain.address import Address, normalise


@dataclass(frozen=True)
class CustomField:
    label: str
    value: str
    show_in_chat: bool = False


@dataclass(frozen=True)
class Card:
    """A customer. `emails` are as written; `addresses` gives the form in which they are compared."""

    id: UUID
    name: str
    company: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    note: str = ""
    fields: tuple[CustomField, ...] = ()

    @property
    def addresses(self) -> dict[Address, str]:
        """Each normalised address once, in the card's order, with its first writing. Raises NotAnAddress."""
        first: dict[Address, str] = {}
        for written in self.emails:
            first.setdefault(normalise(written), written.strip())
        return first


class AddressTaken(Exception):
    """An address of the card already belongs to another customer."""

    def __init__(self, emails: Iterable[str]) -> None:
        self.emails = tuple(emails)
        named = ", ".join(self.emails)
        super().__init__(
            f"{named} belongs to another customer." if len(self.emails) == 1 else f"{named} belong to other customers."
        )


def shown_in_chat(card: Card) -> tuple[CustomField, ...]:
    """The custom fields that agents see beside a chat, in the card's order."""
    return tuple(field for field in card.fields if field.show_in_chat)
