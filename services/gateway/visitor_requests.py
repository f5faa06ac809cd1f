"""What a visitor may ask for, as the command that asks it of the router.

Whose the conversation is has been checked before (own_conversations.py); whether it may be done is the router's word.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from contracts.base import Actor, Message
from contracts.conversation import (
    EndConversation,
    LeaveAsTicket,
    LeaveMessage,
    PostMessage,
    RateConversation,
    StartConversation,
)
from contracts.entries import BrowserDetails
from contracts.public import NewWidget
from contracts.tickets import RequestTranscript
from contracts.wire import Action, End, LeaveMessageNow, LeaveTicket, PageDetails, Post, Rate, Start, Transcript
from services.gateway.domain.form import Form, missing_field
from services.gateway.store import Visitor

BEGINNINGS: Final = (Start, LeaveMessageNow)
"""The actions that make a conversation; all others need one that is the visitor's own."""

VISITORS: Final = (*BEGINNINGS, Post, End, LeaveTicket, Rate, Transcript)
"""All that a visitor may ask for."""


def unfit_field(action: Start | LeaveMessageNow, visitor: Visitor) -> str | None:
    """The first field with which the widget's visitors may not begin, by its name on the wire; None when all fit."""
    widget = visitor.widget
    form = Form(frozenset(widget.topic_ids), widget.name_field.required, widget.email_field.required)
    return missing_field(form, topic_id=action.topic_id, name=action.name, email=action.email)


def offers(widget: NewWidget, action: Action) -> bool:
    """Whether the widget offers its visitors what they ask for."""
    match action:
        case Rate():
            return widget.rating
        case Transcript():
            return widget.transcript
        case _:
            return True


def command_of(
    action: Action,
    stream: UUID,
    client_id: UUID,
    visitor: Visitor,
    browser: Callable[[PageDetails], BrowserDetails],
    *,
    verified: bool = False,
) -> Message:
    """The command of one of VISITORS; `browser` adds what the gateway knows to what the page tells.

    `verified`: the site vouches for the address with which a conversation begins.
    """
    me = Actor(kind="visitor", id=visitor.visitor_id)
    ids = {"conversation_id": stream, "client_id": client_id}
    mine = {**ids, "visitor_id": visitor.visitor_id}
    match action:
        case Post(text=text):
            return PostMessage(**ids, author=me, text=text)
        case End():
            return EndConversation(**ids, by=me)
        case Rate(score=score, comment=comment):
            return RateConversation(**mine, score=score, comment=comment)
        case LeaveTicket(name=name, email=email, text=text):
            return LeaveAsTicket(**mine, name=name, email=email, text=text)
        case Transcript():
            return RequestTranscript(**ids)
        case Start() as a:
            return StartConversation(
                **mine,
                widget_id=visitor.widget_id,
                topic_id=a.topic_id,
                name=a.name,
                email=a.email,
                language=a.language,
                browser=browser(a.page),
                verified=verified,
            )
        case LeaveMessageNow() as a:
            return LeaveMessage(
                **mine,
                widget_id=visitor.widget_id,
                topic_id=a.topic_id,
                name=a.name,
                email=a.email,
                text=a.text,
                language=a.language,
                browser=browser(a.page),
                verified=verified,
            )
        case _:
            raise TypeError(f"{action.do} is not a visitor's to ask for")
