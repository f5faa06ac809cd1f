"""The base of every contract: frozen, tolerant of unknown fields, with bounded strings and aware times."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

MAX_MESSAGE_CHARS = 4000
MAX_COMMENT_CHARS = 1000

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Line = Annotated[str, StringConstraints(max_length=300)]
Url = Annotated[str, StringConstraints(max_length=2000)]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")
]
MessageText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_MESSAGE_CHARS, pattern=r"\S")]
Comment = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_COMMENT_CHARS)]
LanguageCode = Literal["pl", "en"]
Seq = Annotated[int, Field(ge=1, description="Number of an entry in its conversation's log: from 1, without gaps.")]
Head = Annotated[int, Field(ge=0, description="Number of the last entry of a log; 0 when it has none.")]
Timestamp = AwareDatetime


class Model(BaseModel):
    """A value that crosses a service's wall."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)


class Message(Model):
    """Data of one message type. `TYPE` is the routing name, the AMQP type and the CloudEvents type at once."""

    TYPE: ClassVar[str]

    @property
    def subject(self) -> UUID | None:
        """What the message is about: orders it and chooses its partition or shard."""
        for field in ("conversation_id", "agent_id", "ticket_id", "customer_id"):
            value = getattr(self, field, None)
            if isinstance(value, UUID):
                return value
        return None


class Actor(Model):
    """Who did something. The system has no id."""

    kind: Literal["visitor", "agent", "system"]
    id: UUID | None = None


SYSTEM = Actor(kind="system")


class NamedRef(Model):
    """An id with the name it had when the message was made, so that a log stays readable after a rename."""

    id: UUID
    name: Name
