"""What the work at hand belongs to: correlation, cause and trace, carried by context variables.

Everything a handler publishes or logs carries the ids of the message it handles, with no argument passed for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple
from uuid import UUID

from contracts.envelope import Received


class Cause(NamedTuple):
    """The chain a message belongs to, the message that caused it, and its trace (W3C traceparent)."""

    correlation_id: UUID
    causation_id: UUID | None
    traceparent: str | None


_cause: ContextVar[Cause | None] = ContextVar("dymek_cause", default=None)


def current_cause() -> Cause | None:
    """What is being handled now, if anything."""
    return _cause.get()


def cause_of(received: Received) -> Cause:
    return Cause(received.correlationid, received.id, received.traceparent)


@contextmanager
def bound(cause: Cause) -> Iterator[None]:
    """Do the work inside as caused by `cause`."""
    token = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(token)
