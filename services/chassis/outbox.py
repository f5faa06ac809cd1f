"""The outbox of a transaction: messages that become true together with the state they tell of.

`add` only remembers; the rows are inserted in one statement just before the commit (database.py) and handed to the
relay (relay.py) after it. A use case that inserts an outbox row within its own SQL takes the column values from
`prepare` and tells the transaction with `Transaction.committed`, or hands the row to the relay itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from contracts.base import Message
from contracts.envelope import Received, wrap
from contracts.topology import routing_of
from services.chassis.clock import Clock, Ids
from services.chassis.context import Cause, cause_of, current_cause
from services.chassis.tracing import current_traceparent


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """The columns of table `outbox` except those the database fills in (`id`, `created_at`)."""

    message_id: UUID
    exchange: str
    routing_key: str
    type: str
    correlation_id: UUID
    body: str
    """The envelope as JSON text."""

    def with_body(self, body: str) -> "OutboxRow":
        """The same row with the body as it was stored, when SQL filled in a part of it (a sequence number)."""
        return replace(self, body=body)


class Letterhead:
    """Turns messages into rows: source, id, time, correlation, trace and route."""

    def __init__(self, source: str, clock: Clock, ids: Ids) -> None:
        self._source = source
        self._clock = clock
        self._ids = ids

    def prepare(self, message: Message, *, caused_by: Received | None = None) -> OutboxRow:
        """The row of `message`, caused by `caused_by` or by what is being handled now."""
        cause: Cause | None = current_cause() if caused_by is None else cause_of(caused_by)
        exchange, routing_key = routing_of(message)
        message_id = self._ids.new()
        envelope = wrap(
            message,
            id=message_id,
            source=self._source,
            time=self._clock.now(),
            correlationid=cause.correlation_id if cause else None,
            causationid=cause.causation_id if cause else None,
            traceparent=current_traceparent(cause.traceparent if cause else None),
        )
        return OutboxRow(
            message_id=message_id,
            exchange=exchange,
            routing_key=routing_key,
            type=message.TYPE,
            correlation_id=envelope.correlationid,
            body=envelope.model_dump_json(exclude_none=True),
        )


class Outbox:
    """What one transaction will say."""

    def __init__(self, prepare: Callable[..., OutboxRow]) -> None:
        self._prepare = prepare
        self.rows: list[OutboxRow] = []

    def add(self, message: Message, *, caused_by: Received | None = None) -> None:
        """Say `message` when the transaction commits, and not at all when it does not."""
        self.rows.append(self._prepare(message, caused_by=caused_by))

    def prepare(self, message: Message, *, caused_by: Received | None = None) -> OutboxRow:
        """The column values for a statement that inserts the row itself."""
        return self._prepare(message, caused_by=caused_by)
