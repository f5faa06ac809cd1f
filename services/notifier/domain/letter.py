"""A letter: a subject and blocks of words, and how they read as text and as HTML.

Invariants: both parts come from the same blocks, so they say the same; every word is escaped on its way into the HTML,
which has no script, no picture and no address but those that the letter itself links to; a subject is one line.
"""

from dataclasses import dataclass
from html import escape
from typing import Final
from unicodedata import category

LONGEST_SUBJECT: Final = 300

_PAGE: Final = """\
<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{subject}</title></head>
<body style="margin:0;padding:24px;background:#f4f5f7;color:#1c1f24;font:16px/1.5 sans-serif">
<div style="max-width:600px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">
{body}
</div>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of ours, or a text of somebody's, with its line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, set apart."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a conversation: who said what, and when."""

    when: str
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened in a conversation."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address of ours to open."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Footer:
    """Who writes, and why."""

    text: str


Block = Paragraph | Quote | Facts | Said | Note | Link | Footer


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says. Make it with `letter`, which keeps the subject to one line."""

    language: str
    subject: str
    blocks: tuple[Block, ...]

    def text(self) -> str:
        """The plain part."""
        return "\n\n".join(_as_text(block) for block in self.blocks) + "\n"

    def html(self) -> str:
        """The HTML part: a whole document."""
        body = "\n".join(_as_html(block) for block in self.blocks)
        return _PAGE.format(language=escape(self.language), subject=escape(self.subject), body=body)


def letter(language: str, subject: str, *blocks: Block) -> Letter:
    """The letter; line breaks and other characters that cannot be seen are taken out of the subject."""
    return Letter(language, one_line(subject, LONGEST_SUBJECT), blocks)


def one_line(text: str, longest: int = 120) -> str:
    """The text as one line that can stand in a header: no control character, no mark of writing direction."""
    return " ".join("".join(" " if _is_unseen(character) else character for character in text).split())[
        :longest
    ].strip()


def _is_unseen(character: str) -> bool:
    # Zl and Zp end a line for some readers; Cf holds the marks that turn the writing direction; Cs cannot be encoded.
    return category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character != "\u200d"  # joins the parts of emoji


def _lines(text: str) -> list[str]:
    """A text's lines without what a mail must not hold: control characters and broken halves of characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return ["".join(c for c in line if category(c) not in {"Cc", "Cs"} or c == "\t") for line in plain.split("\n")]


def _as_text(block: Block) -> str:
    match block:
        case Paragraph(text):
            return "\n".join(_lines(text))
        case Quote(text):
            return "\n".join(f"> {line}".rstrip() for line in _lines(text))
        case Facts(rows):
            return "\n".join(f"{name}: {one_line(value, 300)}" for name, value in rows)
        case Said(when, who, text):
            return f"[{when}] {one_line(who)}:\n" + "\n".join(f"  {line}".rstrip() for line in _lines(text))
        case Note(when, text):
            return f"[{when}] * {one_line(text, 300)}"
        case Link(label, url):
            return f"{label}: {url}"
        case Footer(text):
            return "-- \n" + "\n".join(_lines(text))


def _as_html(block: Block) -> str:
    match block:
        case Paragraph(text):
            return f"<p>{_html_lines(text)}</p>"
        case Quote(text):
            style = "margin:16px 0;padding:8px 16px;border-left:3px solid #c9ced6;color:#3d434d"
            return f'<blockquote style="{style}">{_html_lines(text)}</blockquote>'
        case Facts(rows):
            cells = "".join(
                f'<tr><td style="padding:2px 16px 2px 0;color:#5b6370">{escape(name)}</td>'
                f"<td>{escape(one_line(value, 300))}</td></tr>"
                for name, value in rows
            )
            return f'<table role="presentation" style="border-collapse:collapse">{cells}</table>'
        case Said(when, who, text):
            head = f'<strong>{escape(one_line(who))}</strong> <span style="color:#5b6370">{escape(when)}</span>'
            return f'<p style="margin:12px 0">{head}<br>{_html_lines(text)}</p>'
        case Note(when, text):
            return f'<p style="margin:12px 0;color:#5b6370"><em>{escape(one_line(text, 300))}</em> {escape(when)}</p>'
        case Link(label, url):
            return f'<p><a href="{escape(url)}">{escape(label)}</a></p>'
        case Footer(text):
            style = "margin-top:24px;padding-top:12px;border-top:1px solid #e2e5ea;color:#5b6370;font-size:14px"
            return f'<p style="{style}">{_html_lines(text)}</p>'


def _html_lines(text: str) -> str:
    return "<br>\n".join(escape(line) for line in _lines(text))
