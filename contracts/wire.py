"""The frames between browser and gateway: one JSON object per WebSocket text frame (docs/protocol.md).

A stream is a conversation, named by its id. `id` in a `send` is the client's own UUID of the request: it may be sent
again any number of times and is answered as the first was.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Comment, Email, Head, LanguageCode, Line, MessageText, Model, Name, Seq, Url
from contracts.entries import Entry, Score, VisitorEntry
from contracts.public import WidgetKey
from contracts.reads import AgentStatus, BoardCard, Desk, TopicView
from contracts.refusals import Refusal
from contracts.views import Snapshot, VisitorSnapshot

VERSION = 1
MAX_FRAME_BYTES = 32 * 1024
VISITOR_PATH = "/ws/visitor"
AGENT_PATH = "/ws/agent"

# --- what a client sends


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


class PageDetails(Model):
    """What the page tells about the visitor's browser; the gateway adds user agent and address."""

    languages: Line = ""
    screen: Line = ""
    page_url: Url = ""
    page_title: Line = ""
    referrer: Url = ""


class Start(Model):
    do: Literal["start"] = "start"
    topic_id: UUID
    name: Name
    email: Email | None = None
    language: LanguageCode = "pl"
    page: PageDetails = PageDetails()


class Post(Model):
    do: Literal["post"] = "post"
    text: MessageText


class Accept(Model):
    do: Literal["accept"] = "accept"
    offer_id: UUID


class Decline(Model):
    do: Literal["decline"] = "decline"
    offer_id: UUID


class End(Model):
    do: Literal["end"] = "end"


class LeaveTicket(Model):
    do: Literal["leave_ticket"] = "leave_ticket"
    name: Name
    email: Email
    text: MessageText


class LeaveMessageNow(Model):
    """Leave a question without waiting: starts a conversation that is a ticket at once."""

    do: Literal["leave_message"] = "leave_message"
    topic_id: UUID
    name: Name
    email: Email
    text: MessageText
    language: LanguageCode = "pl"
    page: PageDetails = PageDetails()


class Choose(Model):
    """Offer the conversation to this agent."""

    do: Literal["choose"] = "choose"
    agent_id: UUID


class Move(Model):
    """Let the conversation wait in this topic's queue."""

    do: Literal["move"] = "move"
    topic_id: UUID


class Join(Model):
    do: Literal["join"] = "join"


class LeaveChat(Model):
    do: Literal["leave_chat"] = "leave_chat"


class TakeOverChat(Model):
    do: Literal["take_over"] = "take_over"


class Rate(Model):
    do: Literal["rate"] = "rate"
    score: Score
    comment: Comment = ""


class Status(Model):
    do: Literal["status"] = "status"
    status: AgentStatus
    reason: Comment = ""


Action = Annotated[
    Start
    | Post
    | Accept
    | Decline
    | End
    | LeaveTicket
    | LeaveMessageNow
    | Rate
    | Status
    | Choose
    | Move
    | Join
    | LeaveChat
    | TakeOverChat,
    Field(discriminator="do"),
]


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

# --- what the gateway sends


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


class Alert(Model):
    """To agents: a new ticket."""

    t: Literal["alert"] = "alert"
    alert: Literal["ticket_opened"]
    ticket_id: UUID
    number: int
    subject_line: Line
    name: Line


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
    | Drain,
    Field(discriminator="t"),
]
