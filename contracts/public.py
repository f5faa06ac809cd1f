"""HTTP bodies between pages and gateway that are not a service's read answer: widget, session, accounts."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Email, LanguageCode, Line, Model, Name
from contracts.reads import Topic

WidgetKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]


class FormField(Model):
    shown: bool = True
    required: bool = True


class WidgetConfig(Model):
    """What the panel needs to draw itself: `GET /api/widgets/{key}`."""

    key: WidgetKey
    title: Line
    language: LanguageCode = "pl"
    topics: tuple[Topic, ...]
    name_field: FormField = FormField()
    email_field: FormField = FormField()
    sneak_peek: bool = True


class VisitorToken(Model):
    """`POST /api/widgets/{key}/visitors`: a random token, kept by the widget's frame, stored hashed by the gateway."""

    token: str


class SignIn(Model):
    email: Email
    password: Annotated[str, Field(min_length=1, max_length=200)]


class Me(Model):
    """The signed-in agent: `GET /api/session`."""

    agent_id: UUID
    name: Name
    email: Email


class NewAgent(Model):
    """`POST /internal/agents`: makes the account or changes it (by e-mail address)."""

    email: Email
    name: Name
    password: Annotated[str, Field(min_length=8, max_length=200)]
    capacity: Annotated[int, Field(ge=1, le=100)] = 3
    topic_ids: tuple[UUID, ...]


class NewWidget(Model):
    """`POST /internal/widgets`: makes the widget or replaces it (by key)."""

    key: WidgetKey
    title: Line
    language: LanguageCode = "pl"
    topic_ids: tuple[UUID, ...]
    allowed_origins: tuple[Line, ...]
    name_field: FormField = FormField()
    email_field: FormField = FormField()
    sneak_peek: bool = True
