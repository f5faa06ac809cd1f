"""The frames that a page sends."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Head, Model, Seq
from contracts.public import WidgetKey
from contracts.wire.actions import Action


class Hello(Model):
    """First frame. A visitor names token and streams; an agent is known by the session cookie of the upgrade.

    A widget's panel that has no token yet names its widget, and hears of its topics only.
    """

    t: Literal["hello"] = "hello"
    v: Literal[1] = 1
    token: Annotated[str, Field(max_length=200)] | None = None
    widget: WidgetKey | None = None
    streams: Annotated[dict[UUID, Head], Field(max_length=200)] = {}
    """Each stream with the last number the client has; 0 asks for a snapshot (`reset`)."""


class Open(Model):
    """Follow a stream from `after` on; 0 asks for a snapshot.

    Answered by `replay`, `reset` or `refused {id: stream}`.
    """

    t: Literal["open"] = "open"
    stream: UUID
    after: Head = 0


class Leave(Model):
    """Follow a stream no longer."""

    t: Literal["leave"] = "leave"
    stream: UUID


class Pull(Model):
    """Ask for the entries after a number: fills a hole.

    Answered by `replay`; by `reset` where more than 1,000 entries are missing or `after` is a number that does not
    exist; by `refused {id: stream}` where the stream is not followed or not to be seen (`not_yours`, `unknown`), or
    cannot be read now (`unavailable`).
    """

    t: Literal["pull"] = "pull"
    stream: UUID
    after: Head


class Send(Model):
    """Ask for something to be done. `stream` is absent only in `status`. Answered once by `ack` or `refused`."""

    t: Literal["send"] = "send"
    id: UUID
    stream: UUID | None = None
    action: Action


class Typing(Model):
    """The sender is writing. A visitor sends the unsent text where sneak-peek is on; an agent never does."""

    t: Literal["typing"] = "typing"
    stream: UUID
    typing: bool
    text: Annotated[str, Field(max_length=4000)] = ""


class Seen(Model):
    """A console has shown the entries up to `seq`."""

    t: Literal["seen"] = "seen"
    stream: UUID
    seq: Seq


class Pong(Model):
    """The answer to a beat."""

    t: Literal["pong"] = "pong"


ClientFrame = Annotated[Hello | Open | Leave | Pull | Send | Typing | Seen | Pong, Field(discriminator="t")]
