"""How texts are compared when somebody looks for one: without capitals and diacritics.

One rule for all services, so that a name which finds a card also finds the tickets of whom it belongs to.

Invariants:
- `fold` is idempotent.
- What a service keeps folded is found only by questions folded alike. Whoever changes what `fold` gives has that made
  anew: of cards by counting up their `FOLDING` (services/customers/domain/search.py).
"""

from typing import Final
from unicodedata import combining, normalize

# Letters that no normal form takes apart.
_LETTERS: Final = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ø": "o", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(text: str) -> str:
    """The text in small letters without diacritics, one blank between its words: "Łódź" and "lodz" are the same."""
    # Twice, because small letters may be composed differently from capital ones.
    plain = normalize("NFKD", normalize("NFKD", text).casefold()).translate(_LETTERS)
    shown = (_ascii_digit(one) for one in plain if not combining(one))
    return " ".join("".join(one for one in shown if one.isprintable() or one.isspace()).split())


def _ascii_digit(one: str) -> str:
    return str(int(one)) if one.isdecimal() else one
