"""How the gateway says no on a socket: one `refused` frame, by the id under which the page knows what it asked."""

from typing import Final
from uuid import UUID

from contracts.refusals import Refusal, RefusalCode
from contracts.wire import ClientFrame, Open, Pull, Refused, Send
from services.chassis.errors import NotFound

RETRY_AFTER: Final = 2.0
"""Seconds after which a page tries again what could not be served."""


def refused(code: RefusalCode, id: UUID | None = None, detail: str | None = None) -> Refused:
    return Refused(id=id, refusal=Refusal(code=code, detail=detail))


def unavailable(id: UUID | None = None) -> Refused:
    """A part of the system does not answer now."""
    return Refused(id=id, refusal=Refusal(code=RefusalCode.UNAVAILABLE, retry_after=RETRY_AFTER))


def too_fast(wait: float) -> Refusal:
    """More than allowed; `wait` seconds until it is not."""
    return Refusal(code=RefusalCode.TOO_FAST, retry_after=round(wait + 0.05, 2))


def not_to_be_seen(error: Exception, stream: UUID) -> Refused:
    """The owner's NotFound or Forbidden, as the answer to `open` or `pull`."""
    return refused(RefusalCode.UNKNOWN if isinstance(error, NotFound) else RefusalCode.NOT_YOURS, stream)


def id_of(frame: ClientFrame | None) -> UUID | None:
    """The id by which the page knows a frame's answer: the request's of a `send`, else the stream; None without one."""
    match frame:
        case Send():
            return frame.id
        case Open() | Pull():
            return frame.stream
        case _:
            return None
