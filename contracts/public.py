"""HTTP bodies between pages and gateway that are not a service's read answer: widget, session, accounts."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Email, LanguageCode, Line, Model, Name, NamedRef
from contracts.conversation import AgentRole, Priority
from contracts.reads import TopicView

WidgetKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]


class FormField(Model):
    shown: bool = True
    required: bool = True


class WidgetConfig(Model):
    """What the panel needs to draw itself: `GET /api/widgets/{key}`."""

    key: WidgetKey
    title: Line
    language: LanguageCode = "pl"
    topics: tuple[TopicView, ...]
    name_field: FormField = FormField()
    email_field: FormField = FormField()
    sneak_peek: bool = True
    rating: bool = True
    transcript: bool = True


class VisitorToken(Model):
    """`POST /api/widgets/{key}/visitors`: a random token, kept by the widget's frame, stored hashed by the gateway."""

    token: str


class IdentityToken(Model):
    """`POST /api/visitor/identity`: a token that the site signed to vouch for its user's address (docs/identity.md).

    What it says holds for this visitor until it runs out; conversations begun meanwhile with that address are verified.
    One of more than 4,000 characters, as any other that is not good, is answered `verified: false`.
    """

    token: str


class IdentityHeard(Model):
    """Whether the token was good. Says nothing of any customer's card."""

    verified: bool


class SignIn(Model):
    email: Email
    password: Annotated[str, Field(min_length=1, max_length=200)]


class Me(Model):
    """The signed-in agent: `GET /api/session`."""

    agent_id: UUID
    name: Name
    email: Email
    role: AgentRole = "agent"


class AgentProfile(Model):
    """What an administrator sets of an agent."""

    email: Email
    name: Name
    capacity: Annotated[int, Field(ge=1, le=100)] | None = None
    """Conversations at once; None for the global number."""
    topic_ids: Annotated[tuple[UUID, ...], Field(max_length=500)]
    role: AgentRole = "agent"
    priorities: dict[UUID, Priority] = {}
    """Per topic; 5 where none is named."""


class NewAgent(AgentProfile):
    """`POST /internal/agents`: makes the account or changes it (by e-mail address)."""

    password: Annotated[str, Field(min_length=8, max_length=200)]


class AgentChange(AgentProfile):
    """`PUT /api/admin/agents/{id}`; without a password it stays as it is. 409 when `version` is not the stored one."""

    password: Annotated[str, Field(min_length=8, max_length=200)] | None = None
    version: Annotated[int, Field(ge=1)]


class AgentAccount(AgentProfile):
    """`GET /api/admin/agents`: an account as administrators see it."""

    agent_id: UUID
    version: Annotated[int, Field(ge=1)]


class AgentAccounts(Model):
    agents: tuple[AgentAccount, ...] = ()


class AgentNames(Model):
    """`GET /api/agents/names`: every agent, by name, for all who are signed in."""

    agents: tuple[NamedRef, ...] = ()


class AgentPreferences(Model):
    """`GET/PUT /api/session/preferences`: the signed-in agent's own choices."""

    language: LanguageCode = "pl"
    new_tickets: bool = False
    """An e-mail for each new ticket of the agent's topics."""
    missed_chats: bool = False
    """An e-mail for each visitor of the agent's topics whom nobody answered."""


class WidgetSummary(Model):
    """A widget as administrators see it."""

    key: WidgetKey
    title: Line
    has_secret: bool = False
    """Its site can sign identities."""


class WidgetSummaries(Model):
    """`GET /api/admin/widgets`: every widget, by key."""

    widgets: tuple[WidgetSummary, ...] = ()


class WidgetSecret(Model):
    """`POST /api/admin/widgets/{key}/secret`: a new secret to sign identities with; shown once."""

    secret: str


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
    rating: bool = True
    transcript: bool = True
