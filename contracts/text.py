"""Text that can be kept: any but such as holds U+0000, which no PostgreSQL text can.

JSON can carry it, so whoever reads JSON from elsewhere looks for it, before a statement fails on it.
"""

import json
from typing import Any, Final

_NUL: Final = "\\u0000"
_NUL_BYTES: Final = _NUL.encode()
WITHOUT_NUL: Final = r"^[^\x00]*$"
"""The pattern of a parameter that is compared with what is kept."""


def holds_nul(text: str | bytes) -> bool:
    """Whether a string of this JSON text holds U+0000; False for what is no JSON."""
    # In JSON it can only be written this way, so nearly every text is done with after one look.
    if (_NUL not in text) if isinstance(text, str) else (_NUL_BYTES not in text):
        return False
    try:
        todo: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return False
    while todo:
        match todo.pop():
            case str() as value if "\0" in value:
                return True
            case list() as values:
                todo += values
            case dict() as values:
                todo += [*values, *values.values()]
    return False
