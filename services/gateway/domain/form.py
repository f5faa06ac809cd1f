"""The start form: what a widget asks of a visitor before a conversation starts."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Form:
    """What the widget requires; `topics` are those its visitors may choose."""

    topics: frozenset[UUID]
    name_required: bool
    email_required: bool


def missing_field(form: Form, *, topic_id: UUID, name: str, email: str | None) -> str | None:
    """The first field that keeps the conversation from starting, by its name on the wire; None when none does."""
    if topic_id not in form.topics:
        return "topic_id"
    if form.name_required and not name.strip():
        return "name"
    if form.email_required and not email:
        return "email"
    return None
