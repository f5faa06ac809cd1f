"""A conversation's transcript, as text and as a page: what its visitor saw, and nothing else.

It is made from the visitor's entries alone, which hold nothing of agents' own; a skip leaves no trace. In the page
every text is escaped, and there is no script, address or picture in it, so that it may be shown as it is. In the text
nothing that somebody wrote looks like an entry of its own: only entries begin at the margin.
"""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from contracts.base import LanguageCode
from contracts.conversation import ConversationEnded
from contracts.entries import VisitorEntry
from contracts.transcripts import Told, told_by

WORDS: Final[dict[LanguageCode, dict[str, str]]] = {
    "pl": {
        "title": "Rozmowa: {topic}",
        "times": "Godziny według strefy {zone}",
        "older": "Rozmowa była dłuższa: jej początku tu nie ma",
    },
    "en": {
        "title": "Conversation: {topic}",
        "times": "Times are those of {zone}",
        "older": "The conversation was longer: its beginning is not kept here",
    },
}

INDENT: Final = "    "
"""Of a line that goes on with what was said: only an entry's own first line begins at the margin."""

PAGE: Final = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>{title}</title>
<style>:root{{color-scheme:light dark;--quiet:light-dark(#595f5b,#a9b3ad)}}
body{{font:15px/1.5 system-ui,sans-serif;max-width:42rem;margin:1.5rem auto;padding:0 1rem}}
h1{{font-size:1.3rem;line-height:1.25;overflow-wrap:anywhere}}
p{{margin:.6rem 0;padding-left:1.5rem;text-indent:-1.5rem;white-space:pre-wrap;overflow-wrap:anywhere}}
time{{color:var(--quiet);margin-right:.5rem}}
.note{{color:var(--quiet)}}</style>
<h1>{title}</h1>
<p class="note">{times}</p>
{lines}
</html>
"""


def shown(entries: Iterable[VisitorEntry]) -> tuple[VisitorEntry, ...]:
    """The entries that say something to the visitor."""
    return tuple(entry for entry in entries if entry.body is not None)


def as_text(ended: ConversationEnded, zone: str, language: LanguageCode | None = None) -> str:
    """The transcript as plain text, in the conversation's own language unless another is asked for."""
    chosen = language or ended.language
    words = WORDS[chosen]
    head = [words["title"].format(topic=_one_line(ended.topic.name)), words["times"].format(zone=zone), ""]
    return "\n".join([*head, *(_plain(told, zone) for told in _told(ended, chosen)), ""])


def as_html(ended: ConversationEnded, zone: str, language: LanguageCode | None = None) -> str:
    """The transcript as a page of its own."""
    chosen = language or ended.language
    words = WORDS[chosen]
    return PAGE.format(
        language=chosen,
        title=escape(words["title"].format(topic=ended.topic.name)),
        times=escape(words["times"].format(zone=zone)),
        lines="\n".join(_paragraph(told, zone) for told in _told(ended, chosen)),
    )


def _plain(told: Told, zone: str) -> str:
    said = f"{_one_line(told.who)}: {told.text}" if told.who else f"* {told.text}"
    first, *more = said.splitlines()
    return "\n".join([f"[{_clock(told.at, zone)}] {first}", *(f"{INDENT}{line}".rstrip() for line in more)])


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _paragraph(told: Told, zone: str) -> str:
    time = f'<time datetime="{told.at.isoformat()}">{_clock(told.at, zone)}</time>'
    if told.who:
        return f"<p>{time}<b>{escape(_one_line(told.who))}:</b> {escape(told.text)}</p>"
    return f'<p class="note">{time}{escape(told.text)}</p>'


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


def _told(ended: ConversationEnded, language: LanguageCode) -> list[Told]:
    lines = [told_by(entry, ended.visitor_name, language) for entry in ended.entries]
    told = [line for line in lines if line is not None]
    if ended.older_left_out:
        told.insert(0, Told(ended.entries[0].at if ended.entries else ended.started_at, WORDS[language]["older"]))
    return told
