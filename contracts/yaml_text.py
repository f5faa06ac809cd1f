"""Writes plain JSON-like values as YAML, always the same way: the little that generated documents need.

Scalars that could be read as something else are written as JSON strings, which YAML reads alike.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_PLAIN = re.compile(r"[A-Za-z/$][A-Za-z0-9 _./$()-]*(?<! )")
_WORDS_OF_YAML = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def dump(value: Mapping[str, Any]) -> str:
    """The YAML text of a mapping, keys in the order given."""
    return "\n".join(_block(value)) + "\n"


def _block(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _item(f"{_scalar(str(key))}:", inner, indent="  ")
    else:
        for inner in value:
            yield from _listed(inner)


def _item(start: str, value: Any, indent: str) -> Iterator[str]:
    if _is_nested(value):
        yield start
        yield from (indent + line for line in _block(value))
    else:
        yield f"{start} {_scalar(value)}"


def _listed(value: Any) -> Iterator[str]:
    if _is_nested(value):
        for number, line in enumerate(_block(value)):
            yield ("  " if number else "- ") + line
    else:
        yield f"- {_scalar(value)}"


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping | Sequence) and not isinstance(value, str) and len(value) > 0


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML:
        return value
    text = json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and "." not in text:
        return text.replace("e", ".0e")  # without a point YAML 1.1 reads a string
    return "".join(character if character.isprintable() else f"\\U{ord(character):08x}" for character in text)
