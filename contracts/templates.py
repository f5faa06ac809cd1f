"""Reply templates: texts that agents insert by a shortcut or a search, with variables such as {{customer.name}}."""

from typing import Annotated, Final
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import MessageText, Model, Name

VARIABLES: Final = ("customer.name", "customer.company", "visitor.name", "agent.name", "topic.name", "ticket.number")
Shortcut = Annotated[str, StringConstraints(pattern=r"^[\w-]{1,40}$")]


class Template(Model):
    """`PUT /api/templates/{id}`. Of all agents of `topic_ids` (none: of all), or of one agent alone."""

    id: UUID
    version: Annotated[int, Field(ge=0)] = 0
    shortcut: Shortcut
    title: Name
    text: MessageText
    topic_ids: Annotated[tuple[UUID, ...], Field(max_length=500)] = ()
    own: bool = False
    """Only the agent's who made it."""


class Templates(Model):
    """`GET /api/templates`: all that the agent may use."""

    templates: tuple[Template, ...] = ()
