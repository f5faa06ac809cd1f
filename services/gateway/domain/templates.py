"""What a reply template must be, who may change it, and which shortcuts may stand side by side.

Invariants: in one conversation a shortcut means one shared template at the most, for those that have it are of
different topics; an agent's own template may take a shared one's shortcut, and is then offered before it.
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from contracts.conversation import AgentRole
from contracts.templates import Template
from services.gateway.domain.variables import unknown_variables

MOST_OWN: Final = 200
MOST_SHARED: Final = 1000
"""More than anybody looks through; all that an agent may use are read at once."""


class InvalidTemplate(Exception):
    """The template cannot be kept so; `field` is the part of it that is wrong."""

    def __init__(self, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field


@dataclass(frozen=True)
class Kept:
    """A template as it is kept; `agent_id` is whose own it is, None where it is shared."""

    template: Template
    agent_id: UUID | None


def shortcut_key(shortcut: str) -> str:
    """A shortcut as it is compared: whatever its letters' case, and however they are written in Unicode."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", shortcut).casefold())


def may_share(role: AgentRole) -> bool:
    """Whether shared templates are this person's to make, change and remove."""
    return role in ("supervisor", "administrator")


def check(template: Template) -> None:
    """Raises InvalidTemplate for what no template may be, whatever others there are."""
    if template.own and template.topic_ids:
        raise InvalidTemplate("topic_ids", "A template of one agent's own is of no topic.")
    for field, text in (("title", template.title), ("text", template.text)):
        if "\0" in text:
            raise InvalidTemplate(field, "It holds a sign that cannot be kept.")
    unknown = unknown_variables(template.text)
    if unknown:
        raise InvalidTemplate("text", f"There is no variable called {unknown[0][:60]}.")


def overlap(one: Collection[UUID], other: Collection[UUID]) -> bool:
    """Whether shared templates of these topics meet in a conversation; without topics one is of all."""
    return not one or not other or not set(one).isdisjoint(other)


def check_beside(template: Template, others: Collection[Template]) -> None:
    """Raises InvalidTemplate where it cannot stand beside `others`: all shared ones, or all of the same agent's."""
    if len(others) >= (MOST_OWN if template.own else MOST_SHARED):
        raise InvalidTemplate("", "There are too many templates. Remove some that nobody needs.")
    key = shortcut_key(template.shortcut)
    for other in others:
        if shortcut_key(other.shortcut) == key and overlap(template.topic_ids, other.topic_ids):
            raise InvalidTemplate("shortcut", f"The template “{other.title}” has this shortcut.")


def is_repetition(template: Template, present: Template) -> bool:
    """Whether saving `template` is what made the present one, as after a lost answer."""
    return present == template.model_copy(update={"version": template.version + 1})
