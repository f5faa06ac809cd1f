"""The variables of reply templates: which of them a text names, and what it becomes with their values.

`{{customer.name}}` names one, with or without blanks inside the braces; braces around nothing are plain text. A
variable without a value stays in the text, so that it is seen before anything is sent. A value brings no braces with
it: what a visitor calls themselves can never be read as a variable.

The console fills in by the same rules (console/src/templates/fill.ts); contracts/samples/templates holds both to them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from contracts.templates import VARIABLES

_NAMED: Final = re.compile(r"\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")
_BRACES: Final = str.maketrans("{}", "()")


@dataclass(frozen=True)
class Filled:
    """A text with what could be filled in, and the variables that had no value, in their order and once each."""

    text: str
    missing: tuple[str, ...]


def unknown_variables(text: str) -> tuple[str, ...]:
    """What the text names as variables and is none, in its order and once each."""
    return _once(name for name in _NAMED.findall(text) if name and name not in VARIABLES)


def unfilled_variables(text: str) -> tuple[str, ...]:
    """The variables that stand in the text, in their order and once each."""
    return _once(name for name in _NAMED.findall(text) if name in VARIABLES)


def filled(text: str, values: Mapping[str, str]) -> Filled:
    """The text with these values in it, by the variables' names; one of blanks alone is none."""
    missing: list[str] = []

    def value_of(found: re.Match[str]) -> str:
        name = found[1]
        if name not in VARIABLES:
            return found[0]
        value = values.get(name, "").strip().translate(_BRACES)
        if value:
            return value
        missing.append(name)
        return f"{{{{{name}}}}}"

    return Filled(_NAMED.sub(value_of, text), _once(missing))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
