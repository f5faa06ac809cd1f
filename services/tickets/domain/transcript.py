"""A conversation's transcript, as text and as a page: what its visitor saw, and nothing else.

It is made from the visitor's entries alone, which hold nothing of agents' own; a skip leaves no trace. In the page
every text is escaped, and there is no script, address or picture in it, so that it may be shown as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from contracts.base import LanguageCode
from contracts.conversation import ConversationEnded
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
    VisitorEntryBody,
    VisitorMessage,
    WaitingAgainForVisitor,
)

WORDS: Final[dict[LanguageCode, dict[str, str]]] = {
    "pl": {
        "title": "Rozmowa: {topic}",
        "times": "Godziny według strefy {zone}",
        "older": "Rozmowa była dłuższa: jej początku tu nie ma",
        "started": "Początek rozmowy, temat: {topic}",
        "joined": "Dołącza {name}",
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
        "title": "Conversation: {topic}",
        "times": "Times are those of {zone}",
        "older": "The conversation was longer: its beginning is not kept here",
        "started": "The conversation begins, topic: {topic}",
        "joined": "{name} joins",
        "left": "{name} leaves",
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

PAGE: Final = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>{title}</title>
<style>:root{{color-scheme:light dark;--quiet:light-dark(#595f5b,#a9b3ad)}}
body{{font:15px/1.5 system-ui,sans-serif;max-width:42rem;margin:1.5rem auto;padding:0 1rem}}
h1{{font-size:1.3rem;line-height:1.25;overflow-wrap:anywhere}}
p{{margin:.6rem 0;white-space:pre-wrap;overflow-wrap:anywhere}}time{{color:var(--quiet);margin-right:.5rem}}
.note{{color:var(--quiet)}}</style>
<h1>{title}</h1>
<p class="note">{times}</p>
{lines}
</html>
"""


@dataclass(frozen=True)
class Line:
    """What one entry says. `who` wrote it; without one it is something that happened."""

    at: datetime
    text: str
    who: str = ""


def shown(entries: Iterable[VisitorEntry]) -> tuple[VisitorEntry, ...]:
    """The entries that say something to the visitor."""
    return tuple(entry for entry in entries if entry.body is not None)


def as_text(ended: ConversationEnded, zone: str, language: LanguageCode | None = None) -> str:
    """The transcript as plain text, in the conversation's own language unless another is asked for."""
    words = WORDS[language or ended.language]
    head = [words["title"].format(topic=ended.topic.name), words["times"].format(zone=zone), ""]
    lines = [
        f"[{_clock(line.at, zone)}] {f'{line.who}: {line.text}' if line.who else f'* {line.text}'}"
        for line in _lines(ended, words)
    ]
    return "\n".join([*head, *lines, ""])


def as_html(ended: ConversationEnded, zone: str, language: LanguageCode | None = None) -> str:
    """The transcript as a page of its own."""
    chosen = language or ended.language
    words = WORDS[chosen]
    return PAGE.format(
        language=chosen,
        title=escape(words["title"].format(topic=ended.topic.name)),
        times=escape(words["times"].format(zone=zone)),
        lines="\n".join(_paragraph(line, zone) for line in _lines(ended, words)),
    )


def _paragraph(line: Line, zone: str) -> str:
    time = f'<time datetime="{line.at.isoformat()}">{_clock(line.at, zone)}</time>'
    if line.who:
        return f"<p>{time}<b>{escape(line.who)}:</b> {escape(line.text)}</p>"
    return f'<p class="note">{time}{escape(line.text)}</p>'


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


def _lines(ended: ConversationEnded, words: dict[str, str]) -> list[Line]:
    lines = [_line(entry.at, entry.body, ended, words) for entry in ended.entries if entry.body is not None]
    if ended.older_left_out:
        lines.insert(0, Line(ended.entries[0].at if ended.entries else ended.started_at, words["older"]))
    return lines


def _line(at: datetime, body: VisitorEntryBody, ended: ConversationEnded, words: dict[str, str]) -> Line:
    match body:
        case VisitorMessage():
            return Line(at, body.text, ended.visitor_name)
        case AgentMessageForVisitor():
            return Line(at, body.text, body.agent_name)
        case SystemMessage():
            return Line(at, body.text, words["company"])
        case StartedForVisitor():
            return Line(at, words["started"].format(topic=body.topic_name))
        case AgentJoinedForVisitor():
            return Line(at, words["joined"].format(name=body.agent_name))
        case AgentLeftForVisitor():
            return Line(at, words[body.reason].format(name=body.agent_name))
        case WaitingAgainForVisitor():
            return Line(at, words["waiting"].format(topic=body.topic_name))
        case InactivityWarned():
            return Line(at, words["warned"])
        case EndedForVisitor():
            return Line(at, words[body.reason].format(name=body.agent_name or words["agent"]))
        case TicketOpenedForVisitor():
            return Line(at, words["ticket"].format(number=body.number))
        case Rated():
            return Line(at, f"{words[body.score]}{f', {body.comment}' if body.comment else ''}")
        case _ as unreachable:
            assert_never(unreachable)
