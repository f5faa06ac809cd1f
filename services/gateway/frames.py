"""Read a client's frame, or say readably why it cannot be read.

A frame is never answered by silence or by the parser's own words (they quote what was sent): a refusal names the code,
the field, and, wherever it can be found, the id of the request, so that the page can mark the very message.
"""

import json
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from contracts.refusals import Refusal, RefusalCode
from contracts.text import holds_nul
from contracts.wire import MAX_FRAME_BYTES, ClientFrame, Refused

_FRAME: Final[TypeAdapter[ClientFrame]] = TypeAdapter(ClientFrame)


class Unreadable(Exception):
    """The frame could not be read; `refused` is the answer to it."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.refusal.code)
        self.refused = refused


def read_frame(text: str) -> ClientFrame:
    """The frame that `text` holds. Raises Unreadable."""
    if len(text) > MAX_FRAME_BYTES or len(text.encode("utf-8", "replace")) > MAX_FRAME_BYTES:
        raise _unreadable(RefusalCode.TOO_LONG, "frame", text)
    if holds_nul(text):
        raise _unreadable(RefusalCode.INVALID, "frame", text)
    try:
        return _FRAME.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    raise _unreadable(_code(first), _field(first), text)


def _code(error: ErrorDetails) -> RefusalCode:
    return RefusalCode.TOO_LONG if error["type"] in ("string_too_long", "too_long") else RefusalCode.INVALID


def _field(error: ErrorDetails) -> str:
    match error["type"]:
        case "json_invalid" | "model_attributes_type" | "model_type":
            return "frame"
        case "union_tag_invalid" | "union_tag_not_found":
            return "do" if "action" in error["loc"] else "t"
        case _:
            names = [str(part) for part in error["loc"] if isinstance(part, str)]
            return names[-1] if names else "frame"


def _unreadable(code: RefusalCode, field: str, text: str) -> Unreadable:
    return Unreadable(Refused(id=_request_id(text), refusal=Refusal(code=code, detail=field[:100])))


def _request_id(text: str) -> UUID | None:
    """The id by which the page knows its request: of a `send`, or the stream of an `open` or `pull`."""
    try:
        frame: Any = json.loads(text)
        value = frame.get("id") or frame.get("stream")
        return UUID(value)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
