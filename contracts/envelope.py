"""The CloudEvents 1.0 envelope, structured JSON, in which every message travels."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import ValidationError

from contracts.base import Line, Message, Model, Timestamp
from contracts.catalogue import message_type
from contracts.text import holds_nul

CONTENT_TYPE = "application/cloudevents+json"


class MalformedMessage(Exception):
    """The bytes are not a message of this system. Says where it is wrong, never what it holds."""

    def __init__(self, where: str) -> None:
        super().__init__(f"malformed message: {where}")


class Envelope(Model):
    """A message with where it came from and what caused it."""

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: Line
    type: Line
    subject: str | None = None
    time: Timestamp
    datacontenttype: Literal["application/json"] = "application/json"
    correlationid: UUID
    causationid: UUID | None = None
    traceparent: Line | None = None
    data: dict[str, Any]


class Received(Model):
    """An envelope whose data has been read as its contract."""

    id: UUID
    type: str
    time: Timestamp
    correlationid: UUID
    causationid: UUID | None
    traceparent: str | None
    message: Any


def wrap(
    message: Message,
    *,
    id: UUID,
    source: str,
    time: datetime,
    correlationid: UUID | None = None,
    causationid: UUID | None = None,
    traceparent: str | None = None,
) -> Envelope:
    """The envelope of `message`; without a correlation id the message begins a new one, its own id."""
    return Envelope(
        id=id,
        source=source,
        type=message.TYPE,
        subject=str(message.subject) if message.subject else None,
        time=time,
        correlationid=correlationid or id,
        causationid=causationid,
        traceparent=traceparent,
        data=message.model_dump(mode="json"),
    )


def read(body: bytes) -> Received:
    """Read a body as the contract it names. Raises MalformedMessage or UnknownMessageType."""
    if holds_nul(body):
        raise MalformedMessage("body: text with U+0000")
    try:
        envelope = Envelope.model_validate_json(body)
        message = message_type(envelope.type).model.model_validate(envelope.data)
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['type']}" for e in error.errors()[:5])
        raise MalformedMessage(where) from None
    return Received(
        id=envelope.id,
        type=envelope.type,
        time=envelope.time,
        correlationid=envelope.correlationid,
        causationid=envelope.causationid,
        traceparent=envelope.traceparent,
        message=message,
    )
