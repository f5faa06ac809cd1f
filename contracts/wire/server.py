"""The frames that the gateway sends: some to visitors only, some to agents only, and both have their own entries."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Actor, Head, Line, Model, Seq
from contracts.entries import Entry, VisitorEntry
from contracts.reads import BoardCard, Desk, TopicView
from contracts.refusals import Refusal
from contracts.tickets import TicketSummary
from contracts.views import Snapshot, VisitorSnapshot


class Welcome(Model):
    """The hello was accepted. An agent gets the desk; every stream of the hello is answered after it."""

    t: Literal["welcome"] = "welcome"
    v: Literal[1] = 1
    beat_seconds: float = 20
    desk: Desk | None = None
    topics: tuple[TopicView, ...] = ()
    """To a visitor: the widget's topics as they are now."""


class VisitorReplay(Model):
    """Entries missed, in order; `head` is the log's last number, more follow while the last entry is below it."""

    t: Literal["replay"] = "replay"
    stream: UUID
    entries: tuple[VisitorEntry, ...]
    head: Head


class AgentReplay(Model):
    t: Literal["replay"] = "replay"
    stream: UUID
    entries: tuple[Entry, ...]
    head: Head


class VisitorReset(Model):
    """Forget what you have of the stream; this is all of it."""

    t: Literal["reset"] = "reset"
    stream: UUID
    snapshot: VisitorSnapshot


class AgentReset(Model):
    t: Literal["reset"] = "reset"
    stream: UUID
    snapshot: Snapshot


class VisitorEvent(Model):
    """A new entry. Where its number is not the next one, `pull`."""

    t: Literal["event"] = "event"
    stream: UUID
    entry: VisitorEntry


class AgentEvent(Model):
    t: Literal["event"] = "event"
    stream: UUID
    entry: Entry


class Ack(Model):
    """Done and stored; `seq` is the entry's number where it made one."""

    t: Literal["ack"] = "ack"
    id: UUID
    seq: Seq | None = None


class Refused(Model):
    """Not done, and why. `id` is the request's, or the stream's for `open` and `pull`, if any."""

    t: Literal["refused"] = "refused"
    id: UUID | None = None
    refusal: Refusal


class Beat(Model):
    """Every `beat_seconds`: the last number of each followed stream, and the desk's version for an agent."""

    t: Literal["beat"] = "beat"
    heads: dict[UUID, Head] = {}
    desk: int | None = None


class TypingSeen(Model):
    """The other side is writing; `text` only ever reaches agents."""

    t: Literal["typing"] = "typing"
    stream: UUID
    who: Literal["visitor", "agent"]
    agent_name: Line = ""
    typing: bool
    text: str = ""


class Place(Model):
    """To a waiting visitor: the place in the queue, from 1."""

    t: Literal["place"] = "place"
    stream: UUID
    place: Annotated[int, Field(ge=1)]


class VisitorOnline(Model):
    """To agents: the visitor's page came or went."""

    t: Literal["visitor"] = "visitor"
    stream: UUID
    online: bool


class Delivered(Model):
    """To the visitor: entries up to `seq` have been shown to an agent."""

    t: Literal["delivered"] = "delivered"
    stream: UUID
    seq: Head


class DeskChanged(Model):
    """To an agent: the whole desk; ignore it where its version is not higher."""

    t: Literal["desk"] = "desk"
    desk: Desk


class Topics(Model):
    """To a visitor: the widget's topics, after one of them opened, closed or changed."""

    t: Literal["topics"] = "topics"
    topics: tuple[TopicView, ...]


class Card(Model):
    """To an agent: a conversation of the board changed; ignore it where its head is not higher."""

    t: Literal["card"] = "card"
    card: BoardCard
    gone: bool = False
    """No longer the agent's to see, moved to another topic perhaps: `card` is as they knew it, to be taken away."""


class Alert(Model):
    """To agents: a new ticket."""

    t: Literal["alert"] = "alert"
    alert: Literal["ticket_opened"]
    ticket_id: UUID
    number: int
    subject_line: Line
    name: Line


class TicketChanged(Model):
    """To agents: a ticket as the list shows it to them; of two the one with the higher version.

    With the version that is known already, what became of a reply's mail has changed: read the card anew.
    """

    t: Literal["ticket"] = "ticket"
    ticket: TicketSummary
    by: Actor
    news: bool = True
    """Otherwise it is unread if it was before, whatever `ticket.unread` says: its customer was found, no more."""


class Drain(Model):
    """This gateway goes away: connect anew after `within` seconds at the most, at a random moment of them."""

    t: Literal["drain"] = "drain"
    within: float = 3


VisitorServerFrame = Annotated[
    Welcome
    | VisitorReplay
    | VisitorReset
    | VisitorEvent
    | Ack
    | Refused
    | Beat
    | TypingSeen
    | Place
    | Delivered
    | Topics
    | Drain,
    Field(discriminator="t"),
]
AgentServerFrame = Annotated[
    Welcome
    | AgentReplay
    | AgentReset
    | AgentEvent
    | Ack
    | Refused
    | Beat
    | TypingSeen
    | VisitorOnline
    | DeskChanged
    | Card
    | Alert
    | TicketChanged
    | Drain,
    Field(discriminator="t"),
]
