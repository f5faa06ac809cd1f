"""Takes mail over SMTP and keeps it in files, the newest few hundred; nothing is ever sent on.

One file per mail, named by its number, as it came. What SMTP told besides, the recipients, stands in a line of its own
before the mail, because a mail's headers need not name them.
"""

from __future__ import annotations

import asyncio
import email
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT = 500
MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class Mail:
    """A mail as it was caught."""

    number: int
    caught_at: datetime
    recipients: tuple[str, ...]
    source: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.source, policy=SMTPUTF8)

    def header(self, name: str) -> str:
        """A header's words; empty when there is none."""
        return str(self.message.get(name, ""))

    def part(self, kind: str) -> str:
        """The words of the part `plain` or `html`; empty when there is none."""
        part = self.message.get_body((kind,))
        return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


class CaughtMail:
    """The folder of caught mails."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._kept = folder, kept
        self._last = max(self._numbers(), default=0)

    def add(self, recipients: list[str], source: bytes) -> Mail:
        """Keep a mail, and forget the oldest when there are too many."""
        self._last += 1
        mail = Mail(self._last, datetime.now(UTC), tuple(recipients), source)
        told = json.dumps({"at": mail.caught_at.isoformat(), "recipients": recipients}).encode()
        draft = self._folder / "draft"
        draft.write_bytes(told + b"\n" + source)
        draft.replace(self._path(mail.number))
        for number in self._numbers()[: -self._kept]:
            self._path(number).unlink(missing_ok=True)
        return mail

    def newest(self) -> list[Mail]:
        """All that are kept, the newest first."""
        mails = (self.mail(number) for number in reversed(self._numbers()))
        return [mail for mail in mails if mail is not None]

    def mail(self, number: int) -> Mail | None:
        """One mail, or None when it is not kept."""
        try:
            told, _, source = self._path(number).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        known = json.loads(told)
        return Mail(number, datetime.fromisoformat(known["at"]), tuple(known["recipients"]), source)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:08}.eml"

    def _numbers(self) -> list[int]:
        return sorted(int(path.stem) for path in self._folder.glob("*.eml") if path.stem.isdigit())


class _Handler:
    """What the SMTP server does with a mail."""

    def __init__(self, caught: CaughtMail) -> None:
        self._caught = caught

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's
        self._caught.add([str(one) for one in envelope.rcpt_tos], bytes(envelope.original_content or b""))
        return "250 Caught"


async def catch(caught: CaughtMail, host: str, port: int) -> asyncio.Server:
    """Take mail on the port until the server is closed."""

    def protocol() -> SMTP:
        return SMTP(_Handler(caught), data_size_limit=MOST_BYTES, enable_SMTPUTF8=True, hostname="mail.localhost")

    return await asyncio.get_running_loop().create_server(protocol, host, port)
