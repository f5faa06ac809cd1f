"""Addresses of mail: which can be written to, and which are one mailbox.

Invariant: an address that `mailbox` returns can stand in a header and in an SMTP command as it is; it holds no
control character, no blank, and nothing that a header gives a meaning. Its domain is the one by which services compare
addresses (contracts/address.py), so that nobody is written to but whom the address was taken for.
"""

import re
import unicodedata

from contracts.address import NotAnAddress, ascii_domain

_LOCAL = re.compile(r"[^\s\x00-\x1f\x7f-\x9f()<>\[\]:;@\\,\"]+")
_DOMAIN = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*")
LONGEST_LOCAL = 64


class NoMailbox(ValueError):
    """Mail cannot be sent to what was given as an address."""


def mailbox(address: str) -> str:
    """The address as it is written to: its domain in ASCII (`żuk@kawa.pl` keeps its local part). Raises NoMailbox."""
    local, at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or _is_odd(local) or len(local.encode()) > LONGEST_LOCAL:
        raise NoMailbox("no address to write to")
    # `=?` would begin an encoded word, which the writing of headers decodes.
    if local.startswith(".") or local.endswith(".") or ".." in local or "=?" in local:
        raise NoMailbox("no address to write to")
    if _is_odd(domain):
        raise NoMailbox("no domain to write to")
    try:
        written_to = ascii_domain(domain)
    except NotAnAddress:
        raise NoMailbox("no domain to write to") from None
    if not _DOMAIN.fullmatch(written_to):
        raise NoMailbox("no domain to write to")
    return f"{local}@{written_to}"


def mailbox_key(address: str) -> str:
    """What addresses of one mailbox have in common, so that limits are not got round: case and `+tag` are ignored."""
    local, _, domain = mailbox(address).rpartition("@")
    return f"{local.casefold().partition('+')[0] or local.casefold()}@{domain}"


def _is_odd(text: str) -> bool:
    # Line separators, marks of writing direction and the like, which show an address as another than it is.
    return any(
        unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"} for character in text
    )
