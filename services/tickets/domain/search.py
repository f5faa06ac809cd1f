"""Words by which tickets are found: without diacritics, capitals or punctuation, the same for texts and questions.

Both sides are cut into words here and nowhere else, so that an address, a number or an inflected name is cut alike.
"""

import re
from collections.abc import Iterable
from typing import Final

from contracts.folding import fold
from services.tickets.domain.ticket import Ticket

MOST_BYTES: Final = 500_000
"""Of the different words of one ticket that can be searched for: more than a thread has; a tsvector holds 1 MiB."""
LONGEST: Final = 64
MOST_ASKED: Final = 20

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r"#?([1-9][0-9]{0,17})")


def words_of(texts: Iterable[str]) -> list[str]:
    """The different words of all texts, in the order in which they come, as far as they can be kept."""
    found: dict[str, None] = {}
    room = MOST_BYTES
    for text in texts:
        for word in (word[:LONGEST] for word in _WORD.findall(fold(text))):
            if word in found:
                continue
            room -= len(word.encode())
            if room < 0:
                return list(found)
            found[word] = None
    return list(found)


def words_of_ticket(ticket: Ticket) -> list[str]:
    """What a ticket is found by: who asks, about what, and all that was written."""
    who = (ticket.name, ticket.email, ticket.customer.name if ticket.customer else "")
    return words_of((ticket.subject_line, *who, *ticket.tags, *(message.text for message in ticket.messages)))


def tsquery(asked: str) -> str | None:
    """What PostgreSQL is to look for: every word of the question, each as the beginning of one; None without a word."""
    words = words_of([asked])[:MOST_ASKED]
    return " & ".join(f"'{word}':*" for word in words) or None


def number_asked(asked: str) -> int | None:
    """The ticket's number, where the question is nothing else: "1042" or "#1042"."""
    match = _NUMBER.fullmatch(asked.strip())
    return int(match[1]) if match else None
