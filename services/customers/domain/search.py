"""Finding cards as one types: by the beginnings of words, whatever their capitals and diacritics.

A card has words: every part of its name, company and addresses that begins where a word does ("Nowak-Lis" has
"nowak-lis" and "lis", an address also its domain), and its phones' digits from any of them on. It is found when each
part of what is sought begins one of its words; the digits of a phone may be spaced in any manner.

Invariants:
- Whoever changes what `fold` or `words` gives, counts `FOLDING` up: cards are then read anew.
- The words of a card are bounded in number and length, whatever is written on it.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from contracts.folding import fold

FOLDING: Final = 2
MAX_WORDS: Final = 500
MAX_WORD: Final = 100
MAX_SORT: Final = 200
MAX_PARTS: Final = 10
MAX_DIGITS: Final = 30
MIN_DIALLED: Final = 5
"""From so many digits on, what has blanks between them is a phone and not a name of numbers."""
_IN_PHONES: Final = frozenset("+-()./ ")


class Sought(NamedTuple):
    """`parts`: of each, one writing must begin a word; without parts, nothing in particular is sought."""

    parts: tuple[tuple[str, ...], ...] = ()

    def finds(self, words: Iterable[str]) -> bool:
        """Whether a card with these words is found."""
        known = tuple(words)
        return all(any(word.startswith(writings) for word in known) for writings in self.parts)


def sort_key(name: str) -> str:
    """By what a card is sorted."""
    return fold(name)[:MAX_SORT]


def words(name: str, company: str, emails: Iterable[str], phones: Iterable[str]) -> tuple[str, ...]:
    """The words of a card, each once."""
    return tuple(islice(dict.fromkeys(_words(name, company, emails, phones)), MAX_WORDS))


def sought(written: str) -> Sought:
    """What somebody seeks who has written this."""
    folded = fold(written)
    if _is_dialled(folded):
        return Sought(((_dialled(folded),),))
    parts = (_writings(part) for part in folded.split())
    return Sought(tuple(islice((writings for writings in parts if writings), MAX_PARTS)))


def _words(name: str, company: str, emails: Iterable[str], phones: Iterable[str]) -> Iterator[str]:
    # In this order, so that what is left out of an overfull card is its last phones.
    for text in map(fold, (name, company, *emails)):
        for part in text.split():
            yield from _beginnings(part)
        if _is_dialled(text):
            # A name of numbers alone, which is sought as a phone is.
            yield _dialled(text)
    for phone in phones:
        digits = "".join(one for one in fold(phone) if one.isdecimal())[:MAX_DIGITS]
        for start in range(max(len(digits) - 1, min(len(digits), 1))):
            yield digits[start:]


def _beginnings(part: str) -> Iterator[str]:
    inside = False
    for index, one in enumerate(part):
        if one.isalnum() and not inside:
            yield part[index : index + MAX_WORD]
        inside = one.isalnum()


def _writings(part: str) -> tuple[str, ...]:
    ends = [index for index, one in enumerate(part) if one.isalnum()]
    if not ends:
        return ()
    plain = part[ends[0] : ends[-1] + 1][:MAX_WORD]
    digits = _dialled(part)
    return (plain,) if digits in ("", plain) else (plain, digits)


def _is_dialled(text: str) -> bool:
    """Whether these numbers with blanks between them are taken for one phone."""
    return " " in text and len(_dialled(text)) >= MIN_DIALLED


def _dialled(text: str) -> str:
    """The digits of what may be the beginning of a phone number, from the first that matters; empty for other text."""
    if not all(one in _IN_PHONES or one.isdecimal() for one in text):
        return ""
    digits = "".join(one for one in text if one.isdecimal())
    # Nought first is the way out of a country or a town, which the card may write as "+".
    return (digits.lstrip("0") or digits)[:MAX_DIGITS]
