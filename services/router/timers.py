"""The kinds of timers that presence, silence and parameters have, and how one is moved.

Moving must not wait for a worker that is just handling the timer: setting the same row again would, and the handler may
wait for a lock held here. So the old rows are cancelled as far as they are free, and the new one has a generation of
its own; a handler that rings once too often looks at its subject and finds nothing to do.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from services.chassis.clock import Ids
from services.chassis.database import Transaction
from services.chassis.deadlines import Deadline, Deadlines

PRESENCE: Final = "presence"
"""An agent's pages have changed. The generation is the moment of it, in microseconds since 1970."""
OFFERS_LOST: Final = "offers_lost"
"""An agent has been away so long that they lose what they are being asked about."""
CHATS_LOST: Final = "chats_lost"
"""An agent has been away so long that they lose their conversations."""
GATEWAY: Final = "gateway"
"""A gateway should have been heard of."""
INACTIVE: Final = "inactive"
"""The visitor of a conversation may have been silent for too long."""
HOURS: Final = "hours"
"""A topic opens or closes."""
STAFFED: Final = "staffed"
"""Of a topic's agents one more, or one less, takes conversations."""
CAPACITY: Final = "capacity"
"""The capacity of agents who have none of their own has changed."""


def move(deadlines: Deadlines, kind: str, subject: UUID, due_at: datetime, ids: Ids) -> None:
    """Let the timer ring at `due_at` and, unless it is ringing now, at no other time."""
    deadlines.cancel(kind, subject)
    deadlines.set(kind, subject, due_at, ids.new().int >> 65)


async def answer_all(tx: Transaction, deadline: Deadline) -> None:
    """Answer with this look all notes of the kind that there are; to be called before looking, never after."""
    notes = Deadlines()
    notes.cancel(deadline.kind, deadline.subject)
    await notes.write(tx.connection)
