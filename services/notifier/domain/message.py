"""A mail as it goes over the wire: headers, and the letter as text and HTML.

Invariants: the same mail is the same bytes at every try, Message-ID, date and boundary included; no header holds
anything but what is meant, whatever names and subjects hold; mails about one ticket or conversation refer to the same
thread.
"""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from uuid import UUID

from services.notifier.domain.address import mailbox
from services.notifier.domain.letter import one_line


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything of a mail but its sender."""

    mail_id: UUID
    to: str
    to_name: str
    language: str
    subject: str
    text: str
    html: str
    asked_at: datetime
    thread: UUID | None = None
    """The ticket or conversation that the mail is about."""
    automatic: bool = True
    """Nobody has written it."""


def needs_utf8(address: str) -> bool:
    """Whether only a server with SMTPUTF8 can take mail for the address."""
    return not mailbox(address).isascii()


def compose(envelope: Envelope, *, sender: str, sender_name: str) -> EmailMessage:
    """The mail. Raises NoMailbox when it cannot be addressed."""
    message = EmailMessage(policy=SMTPUTF8 if needs_utf8(envelope.to) else SMTP)
    domain = mailbox(sender).rpartition("@")[2]
    message["From"] = _address(sender_name, sender)
    message["To"] = _address(envelope.to_name, envelope.to)
    message["Subject"] = _plain(envelope.subject, 300)
    message["Date"] = format_datetime(envelope.asked_at)
    message["Message-ID"] = f"<{envelope.mail_id}@{domain}>"
    if envelope.thread is not None:
        message["In-Reply-To"] = message["References"] = f"<thread.{envelope.thread}@{domain}>"
    # Nobody's automatic answer should answer an automatic mail (RFC 3834).
    message["Auto-Submitted"] = "auto-generated" if envelope.automatic else "no"
    # Both encodings are ASCII with short lines, which every server takes.
    message.set_content(envelope.text, cte="quoted-printable")
    message.add_alternative(envelope.html, subtype="html", cte="base64")
    message["Content-Language"] = envelope.language
    message.set_boundary(f"=_dymek_{envelope.mail_id.hex}")
    return message


def _plain(text: str, longest: int = 120) -> str:
    """The text as a header's, with nothing left in it to decode."""
    # The standard library decodes `=?utf-8?q?=0D=0A...?=` in what it is given, and writes out the line break in it.
    return one_line(text, longest).replace("=?", "= ?")


def _address(name: str, address: str) -> Address:
    local, _, domain = mailbox(address).rpartition("@")
    return Address(display_name=_plain(name), username=local, domain=domain)
