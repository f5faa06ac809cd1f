"""What a page can ask to be done: the actions of a `send` frame."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Comment, Email, LanguageCode, Line, MessageText, Model, Name, Url
from contracts.entries import Score
from contracts.reads import AgentStatus


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


class Attach(Model):
    """Say whose conversation it is; without an id nobody's."""

    do: Literal["attach"] = "attach"
    customer_id: UUID | None = None


class Transcript(Model):
    """The visitor wants the conversation by e-mail once it is over."""

    do: Literal["transcript"] = "transcript"


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
    | Attach
    | Transcript
    | Choose
    | Move
    | Join
    | LeaveChat
    | TakeOverChat,
    Field(discriminator="do"),
]
