"""What a conversation's entries say in its transcript: the same facts in the same words, read here or mailed.

Made from the visitor's entries alone, which hold nothing of agents' own. Pure: whoever shows a transcript says on which
clock, and takes care of what a line may hold there (texts and names are as people wrote them, with line breaks).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, assert_never

from contracts.base import LanguageCode
from contracts.entries import (
    AgentJoinedForVisitor,
    AgentLeftForVisitor,
    AgentMessageForVisitor,
    EndedForVisitor,
    InactivityWarned,
    Rated,
    StartedForVisitor,
    SystemMessage,
    TicketOpenedForVisitor,
    VisitorEntry,
    VisitorMessage,
    WaitingAgainForVisitor,
)

WORDS: Final[dict[LanguageCode, dict[str, str]]] = {
    "pl": {
        "started": "Początek rozmowy, temat: {topic}",
        "joined": "{name} dołącza do rozmowy",
        "left": "{name} opuszcza rozmowę",
        "connection_lost": "{name} traci połączenie",
        "waiting": "Rozmowa znów czeka na konsultanta, temat: {topic}",
        "warned": "Rozmowa zostanie zamknięta, jeżeli nikt nic nie napisze",
        "ended_by_agent": "Rozmowę kończy {name}",
        "ended_by_visitor": "Koniec rozmowy",
        "inactive": "Rozmowa zamknięta z powodu braku aktywności",
        "became_ticket": "Rozmowa została zapisana jako zgłoszenie",
        "ticket": "Zgłoszenie #{number}",
        "good": "Ocena: dobra",
        "neutral": "Ocena: neutralna",
        "bad": "Ocena: zła",
        "company": "Wiadomość automatyczna",
        "agent": "konsultant",
    },
    "en": {
        "started": "The conversation begins, topic: {topic}",
        "joined": "{name} joins the conversation",
        "left": "{name} leaves the conversation",
        "connection_lost": "{name} loses the connection",
        "waiting": "The conversation waits for an agent again, topic: {topic}",
        "warned": "The conversation will be closed unless somebody writes",
        "ended_by_agent": "{name} ends the conversation",
        "ended_by_visitor": "The conversation ends",
        "inactive": "The conversation is closed for inactivity",
        "became_ticket": "The conversation has become a ticket",
        "ticket": "Ticket #{number}",
        "good": "Rating: good",
        "neutral": "Rating: neutral",
        "bad": "Rating: bad",
        "company": "Automatic message",
        "agent": "agent",
    },
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one entry says. `who` wrote it; without one it is something that happened."""

    at: datetime
    text: str
    who: str = ""


def told_by(entry: VisitorEntry, visitor_name: str, language: LanguageCode) -> Told | None:
    """The entry in words; None for one that says nothing to the visitor."""
    words = WORDS[language]
    at, body = entry.at, entry.body
    match body:
        case None:
            return None
        case VisitorMessage():
            return Told(at, body.text, visitor_name)
        case AgentMessageForVisitor():
            return Told(at, body.text, body.agent_name)
        case SystemMessage():
            return Told(at, body.text, words["company"])
        case StartedForVisitor():
            return Told(at, words["started"].format(topic=body.topic_name))
        case AgentJoinedForVisitor():
            return Told(at, words["joined"].format(name=body.agent_name))
        case AgentLeftForVisitor():
            return Told(at, words[body.reason].format(name=body.agent_name))
        case WaitingAgainForVisitor():
            return Told(at, words["waiting"].format(topic=body.topic_name))
        case InactivityWarned():
            return Told(at, words["warned"])
        case EndedForVisitor():
            return Told(at, words[body.reason].format(name=body.agent_name or words["agent"]))
        case TicketOpenedForVisitor():
            return Told(at, words["ticket"].format(number=body.number))
        case Rated():
            return Told(at, f"{words[body.score]}{f', {body.comment}' if body.comment else ''}")
        case _ as unreachable:
            assert_never(unreachable)
