"""Custom fields: which lists of them hold together, and which values they take.

Invariants:
- A value is kept in one writing, whatever was typed: decimals with a point, a day as YYYY-MM-DD, yes or no.
- What is already on a card never stands in the way of saving it: a value is checked when it changes, so that taking a
  choice off a list spoils no card.
- A field keeps its kind for ever, because its values are of it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from contracts.customers import FieldDefinition, FieldKind
from services.customers.domain.invalid import Invalid

_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,30}(?:[.,][0-9]{1,30})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_IN_A_LINK: Final = re.compile(r"[\s\x00-\x1f\x7f\\<>\"]")


def checked_values(
    fields: Sequence[FieldDefinition], written: Mapping[UUID, str], kept: Mapping[UUID, str]
) -> dict[UUID, str]:
    """The values to keep, in the fields' order; `kept` are those on the card now. Raises Invalid, naming `values.<id>`.

    An empty value is none.
    """
    known = {field.id: field for field in fields}
    for field_id in written:
        if field_id not in known:
            raise Invalid(f"values.{field_id}", "there is no such field")
    values: dict[UUID, str] = {}
    for field in fields:
        value = written.get(field.id, "").strip()
        if value and value != kept.get(field.id):
            value = _read(field, value)
        if value:
            values[field.id] = value
    return values


def _read(field: FieldDefinition, value: str) -> str:
    if field.kind == "choice":
        if value not in field.choices:
            raise _wrong(field, f"is one of: {', '.join(field.choices)}")
        return value
    read = _KINDS[field.kind](value)
    if read is None:
        raise _wrong(field, _SAID[field.kind])
    return read


def _wrong(field: FieldDefinition, said: str) -> Invalid:
    return Invalid(f"values.{field.id}", f"{field.label} {said}")


def _number(value: str) -> str | None:
    if not _NUMBER.fullmatch(value):
        return None
    whole, _, fraction = value.lstrip("+-").replace(",", ".").partition(".")
    whole = whole.lstrip("0") or "0"
    number = f"{whole}.{fraction}" if fraction else whole
    return f"-{number}" if value.startswith("-") and number.strip("0.") else number


def _day(value: str) -> str | None:
    if not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def _link(value: str) -> str | None:
    if _NOT_IN_A_LINK.search(value):
        return None
    try:
        parts = urlsplit(value)
        named = parts.hostname and parts.port != 0
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and named else None


_KINDS: Final[Mapping[FieldKind, Callable[[str], str | None]]] = {
    "text": lambda value: value,
    "number": _number,
    "date": _day,
    "yes_no": lambda value: value if value in ("yes", "no") else None,
    "link": _link,
}
_SAID: Final[Mapping[FieldKind, str]] = {
    "number": "is a number, such as 12.5",
    "date": "is a day, such as 2025-03-01",
    "yes_no": "is yes or no",
    "link": "is a link that begins with http:// or https://",
}


def check_definitions(fields: Sequence[FieldDefinition], present: Sequence[FieldDefinition]) -> None:
    """Whether the list can take the place of the present one. Raises Invalid, naming `fields.<index>.<part>`."""
    kinds = {field.id: field.kind for field in present}
    ids: set[UUID] = set()
    labels: set[str] = set()
    for index, field in enumerate(fields):
        if field.id in ids:
            raise Invalid(f"fields.{index}.id", "another field of the list has this id")
        if field.label.casefold() in labels:
            raise Invalid(f"fields.{index}.label", "another field has this label")
        if len(set(field.choices)) != len(field.choices):
            raise Invalid(f"fields.{index}.choices", "a choice can be named only once")
        if kinds.get(field.id, field.kind) != field.kind:
            raise Invalid(f"fields.{index}.kind", "a field keeps its kind; add another field instead")
        ids.add(field.id)
        labels.add(field.label.casefold())
