"""What the customers service tells, and the card it is told."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.base import Email, Line, Message, Model, Name


class CustomerLookedUp(Message):
    """The answer to a conversation's start: whose address it is, or nobody's. Sent once per conversation, always."""

    TYPE: ClassVar[str] = "customer.looked_up.v1"
    conversation_id: UUID
    customer_id: UUID | None = None


class CardField(Model):
    """A custom field of a card; agents see it beside a chat only with `show_in_chat`."""

    label: Name
    value: Line
    show_in_chat: bool = False


class SaveCustomer(Model):
    """`POST /internal/customers`: makes the card or replaces it as a whole (by id).

    Refused with 409 while one of the addresses is another customer's.
    """

    id: UUID
    name: Name
    company: Line = ""
    emails: Annotated[tuple[Email, ...], Field(max_length=20)] = ()
    phones: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    note: Line = ""
    fields: Annotated[tuple[CardField, ...], Field(max_length=50)] = ()
