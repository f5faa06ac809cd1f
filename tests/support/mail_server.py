"""A real SMTP server on loopback that can be told to refuse, to stall and to drop.

async with MailServer() as server:
    server.answers["DATA"] = ["451 Try again later", DROP]     # the first two; then it takes everything
    server.refused["anna@example.com"] = "550 No such user"    # every time
    mail = await server.received()
"""

from __future__ import annotations

import asyncio
import email
import ssl
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

Step = Literal["CONNECT", "MAIL", "RCPT", "DATA"]
STALL: Final = "STALL"
"""No answer at all, for as long as the server lives."""
DROP: Final = "DROP"
"""The connection is broken instead of an answer; a mail whose DATA is dropped has not been taken."""
TAKE_AND_DROP: Final = "TAKE_AND_DROP"
"""The mail is taken, but its sender never hears of it."""
PATIENCE: Final = 15.0


@dataclass(frozen=True)
class Taken:
    """A mail as it arrived."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.content, policy=SMTPUTF8)

    @property
    def id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The words of the plain part."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML part; empty where there is none."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


class MailServer:
    """Takes every mail, except where `answers` hold something else for the next time a step is reached."""

    def __init__(self) -> None:
        self.answers: dict[Step, list[str]] = {}
        self.refused: dict[str, str] = {}
        """What RCPT is answered, by recipient."""
        self.mails: list[Taken] = []
        self.connections = 0
        self.port = 0
        self.tls: ssl.SSLContext | None = None
        """Offers STARTTLS."""
        self.takes_utf8 = True
        self._news = asyncio.Condition()
        self._closing = asyncio.Event()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Listen; on the same port as before after `close`."""
        self._closing.clear()
        self._server = await asyncio.get_running_loop().create_server(self._protocol, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Be away."""
        self._closing.set()
        if self._server is not None:
            self._server.close()
            self._server = None

    async def received(self, count: int = 1) -> list[Taken]:
        """Wait until so many mails have been taken, and return them all."""
        await self.until(lambda: len(self.mails) >= count)
        return self.mails

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until the condition holds; it is looked at whenever a mail has been taken. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(condition)

    async def reached(self, step: Step) -> None:
        """Wait until everything that `answers` hold for the step has been answered."""
        async with asyncio.timeout(PATIENCE):
            while self.answers.get(step):
                await asyncio.sleep(0.01)

    def _protocol(self) -> SMTP:
        self.connections += 1
        protocol = SMTP(self, enable_SMTPUTF8=self.takes_utf8, hostname="mail.test", ident="test", tls_context=self.tls)
        self._greet(protocol)
        return protocol

    def _greet(self, protocol: SMTP) -> None:
        answer = self._next("CONNECT")
        if answer is None:
            return

        def connection_made(transport: asyncio.BaseTransport) -> None:
            stream = cast(asyncio.Transport, transport)
            if answer == DROP:
                stream.abort()
            elif answer != STALL:
                stream.write(f"{answer}\r\n".encode())
                stream.close()

        protocol.connection_made = connection_made  # type: ignore[method-assign]
        protocol.connection_lost = lambda _: None  # type: ignore[method-assign,assignment]

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._answer("MAIL", server)
        if answer is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._answer("RCPT", server) or self.refused.get(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await self._answer("DATA", server)
        if answer not in (None, TAKE_AND_DROP):
            return str(answer)
        mail = Taken(str(envelope.mail_from), tuple(envelope.rcpt_tos), cast(bytes, envelope.original_content))
        async with self._news:
            self.mails.append(mail)
            self._news.notify_all()
        if answer == TAKE_AND_DROP:
            _break(server)
        return "250 OK"

    def _next(self, step: Step) -> str | None:
        answers = self.answers.get(step)
        return answers.pop(0) if answers else None

    async def _answer(self, step: Step, server: SMTP) -> str | None:
        answer = self._next(step)
        if answer == DROP:
            _break(server)
        if answer == STALL:
            await self._closing.wait()
            _break(server)
        return answer


def _break(server: SMTP) -> None:
    if server.transport is not None:
        cast(asyncio.Transport, server.transport).abort()


def certificate(folder: Path) -> Path:
    """A certificate of localhost that nobody vouches for, with its key, in one file."""
    file = folder / "localhost.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(file), "-out", str(file)]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    return file


def serving(certificate: Path) -> ssl.SSLContext:
    """What a server needs to speak TLS under the certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
