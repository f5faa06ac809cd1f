"""When two e-mail addresses are the same one: for whom a card is found, and for whom a site has vouched.

One rule for all services, for whoever compared by another would take one person for somebody else.

Invariants:
- `normalise` is idempotent, so that what is stored can be normalised anew without harm.
- Capital letters, surrounding space, Unicode composition and the domain's writing (Unicode or "xn--") never make
  two addresses of one.
- Nothing else is guessed: dots, "+tags" and "ß" for "ss" stay what they are, because joining two people is worse
  than keeping one twice.
"""

from typing import NewType
from unicodedata import normalize

Address = NewType("Address", str)
"""A normalised address: `local@domain`, the domain in lower-case ASCII."""

MAX_LABEL = 63
_FULL_STOPS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})


class NotAnAddress(Exception):
    """This is not an e-mail address: it needs something before one "@" and a domain after it."""


def normalise(written: str) -> Address:
    """The address that `written` means. Raises NotAnAddress."""
    local, at, domain = written.strip().rpartition("@")
    if not (at and local) or "@" in local or any(character.isspace() for character in local):
        raise NotAnAddress
    return Address(f"{_fold(local)}@{ascii_domain(domain)}")


def ascii_domain(domain: str) -> str:
    """The domain as it is asked for on the network (IDNA 2008), in small letters. Raises NotAnAddress."""
    # The compatibility form is what IDNA maps a domain to: full-width letters and dots are the plain ones there.
    # Letter by letter, because lower() of a whole word gives a capital sigma at its end another form than IDNA does.
    lower = "".join(character.lower() for character in normalize("NFKC", domain.translate(_FULL_STOPS)))
    labels = normalize("NFKC", lower).removesuffix(".").split(".")
    return ".".join(_ascii_label(label) for label in labels)


def _fold(local: str) -> str:
    return normalize("NFC", normalize("NFC", local).lower())


def _ascii_label(label: str) -> str:
    if any(character.isspace() for character in label):
        raise NotAnAddress
    # The standard library's own "idna" codec is the older IDNA 2003, for which "ß" is "ss": another domain today.
    ascii_label = label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
    if not 1 <= len(ascii_label) <= MAX_LABEL:
        raise NotAnAddress
    return ascii_label
