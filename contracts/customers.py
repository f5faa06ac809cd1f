"""What the customers service tells."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Message


class CustomerLookedUp(Message):
    """The answer to a conversation's start: whose address it is, or nobody's. Sent once per conversation, always."""

    TYPE: ClassVar[str] = "customer.looked_up.v1"
    conversation_id: UUID
    customer_id: UUID | None = None
