"""Customers: what the service tells, the cards and their custom fields.

An address belongs to one customer. Cards and the list of fields are saved as a whole: refused with 409 when `version`
is not the stored one, or while an address is another customer's.
"""

from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.base import Email, Line, Message, Model, Name, NamedRef, Timestamp

FieldKind = Literal["text", "number", "date", "choice", "yes_no", "link"]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class CustomerLookedUp(Message):
    """The answer to a conversation's start: whose address it is, or nobody's. Sent once per conversation, always."""

    TYPE: ClassVar[str] = "customer.looked_up.v1"
    conversation_id: UUID
    customer_id: UUID | None = None
    verified: bool = False
    """The site vouched for the address; otherwise it is the visitor's claim."""


class TicketLookedUp(Message):
    """The answer to a ticket's opening: whose address it is, or nobody's."""

    TYPE: ClassVar[str] = "customer.ticket_looked_up.v1"
    ticket_id: UUID
    customer: NamedRef | None = None


class FieldDefinition(Model):
    """A custom field of every card."""

    id: UUID
    label: Name
    kind: FieldKind = "text"
    choices: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    show_in_chat: bool = False

    @model_validator(mode="after")
    def _choices_for_a_choice(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("choices are named for a field of kind choice, and only there")
        return self


class FieldDefinitions(Model):
    """`GET/PUT /internal/customer-fields`: all of them, in their order."""

    version: Annotated[int, Field(ge=0)] = 0
    fields: Annotated[tuple[FieldDefinition, ...], Field(max_length=50)] = ()


class CustomerSettings(Model):
    """`GET/PUT /internal/customer-settings`."""

    version: Annotated[int, Field(ge=0)] = 0
    create_automatically: bool = False
    """Make a card for an unknown address when a conversation starts, or a visitor leaves a ticket."""


class SaveCustomer(Model):
    """`PUT /internal/customers/{id}`: makes the card (version 0) or replaces it as a whole."""

    id: UUID
    version: Annotated[int, Field(ge=0)] = 0
    name: Name
    company: Line = ""
    emails: Annotated[tuple[Email, ...], Field(max_length=20)] = ()
    phones: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    note: Note = ""
    values: dict[UUID, Line] = {}
    """By field: a number as decimals, a date as YYYY-MM-DD, yes or no as yes, no, a link with http or https."""


class CustomField(Model):
    """A field of a card with its value."""

    id: UUID
    label: Name
    kind: FieldKind = "text"
    value: Line
    show_in_chat: bool = False


class Customer(Model):
    """A customer's card."""

    id: UUID
    version: Annotated[int, Field(ge=0)] = 0
    name: Name
    company: Line = ""
    emails: tuple[Email, ...] = ()
    phones: tuple[Line, ...] = ()
    note: Note = ""
    fields: tuple[CustomField, ...] = ()
    """Those with a value, in their order."""
    created_at: Timestamp | None = None
    changed_at: Timestamp | None = None


class TakenAddress(Model):
    """An address of a card that could not be saved, and whose it is; None: given up just now, so that it is free."""

    email: Email
    customer: NamedRef | None = None


class CustomerConflict(Model):
    """409 to a save: somebody else has changed the card, which `present` is, or addresses are other customers'.

    The list of fields and the settings are refused alike, with the present ones and without `taken`.
    """

    detail: str
    present: Customer | None = None
    taken: tuple[TakenAddress, ...] = ()


class CustomerSummary(Model):
    id: UUID
    name: Name
    company: Line = ""
    email: Line = ""
    phone: Line = ""


class CustomerPage(Model):
    """`GET /internal/customers?q=&after=&limit=`: by name; `q` is looked for in name, company, address and phone."""

    customers: tuple[CustomerSummary, ...] = ()
    next: str | None = None
