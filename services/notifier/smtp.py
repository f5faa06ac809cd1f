"""Giving one mail to the mail server, and reading its answer.

Invariant: a try always ends, within `seconds`, in Accepted or in Failed with the fault that decides whether it is for
good; nothing that a server says or does raises.
"""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final, Literal

import aiosmtplib

from services.notifier.domain.address import NoMailbox, mailbox
from services.notifier.domain.delivery import Accepted, Failed, Fault
from services.notifier.domain.message import Envelope, compose, needs_utf8

GOODBYE_SECONDS: Final = 2.0
MESSAGE_TOO_BIG: Final = 552


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes, and as whom."""

    host: str
    port: int
    encryption: Literal["none", "starttls", "tls"]
    sender: str
    sender_name: str
    username: str = ""
    password: str = ""
    seconds: float = 60.0
    """The most that one try may take."""


class Carrier:
    """Gives mails to one server, each on a connection of its own."""

    def __init__(self, server: MailServer, *, tls_context: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._tls_context = tls_context

    @property
    def seconds(self) -> float:
        """The most that `carry` takes."""
        return self._server.seconds + GOODBYE_SECONDS

    async def carry(self, envelope: Envelope) -> Accepted | Failed:
        """Try once to give the mail to the server."""
        try:
            message = compose(envelope, sender=self._server.sender, sender_name=self._server.sender_name)
        except NoMailbox:
            return Failed("address")
        client = self._client()
        try:
            async with asyncio.timeout(self._server.seconds):
                outcome = await self._connect(client) or await self._give(client, message, envelope)
        except TimeoutError:
            outcome = Failed("no_answer")
        finally:
            await _goodbye(client)
        return outcome

    def _client(self) -> aiosmtplib.SMTP:
        server = self._server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            # Finding out this machine's own name may take a look-up that stalls.
            local_hostname=server.sender.rpartition("@")[2],
            timeout=server.seconds,
            use_tls=server.encryption == "tls",
            start_tls=server.encryption == "starttls",
            tls_context=self._tls_context,
        )

    async def _connect(self, client: aiosmtplib.SMTP) -> Failed | None:
        server = self._server
        try:
            await client.connect()
        except aiosmtplib.SMTPConnectResponseError as error:
            return Failed("busy", _answer(error.code, error.message))
        except (aiosmtplib.SMTPTimeoutError, TimeoutError):
            return Failed("no_answer")
        except (ssl.SSLError, aiosmtplib.SMTPException, OSError) as error:
            return Failed(_connection_fault(error), str(error))
        if not server.username:
            return None
        try:
            await client.login(server.username, server.password)
        except aiosmtplib.SMTPResponseException as error:
            return Failed("log_in", _answer(error.code, error.message))
        except (aiosmtplib.SMTPTimeoutError, aiosmtplib.SMTPServerDisconnected):
            return Failed("no_answer")
        except aiosmtplib.SMTPException as error:
            return Failed("log_in", str(error))
        return None

    async def _give(self, client: aiosmtplib.SMTP, message: EmailMessage, envelope: Envelope) -> Accepted | Failed:
        utf8 = needs_utf8(envelope.to)
        outcome: Accepted | Failed = Accepted()
        try:
            if utf8:
                await client.ehlo()
                if not client.supports_extension("smtputf8"):
                    return Failed("address", "the mail server takes only ASCII addresses")
            await client.sendmail(
                self._server.sender,
                [mailbox(envelope.to)],
                message.as_bytes(),
                mail_options=["SMTPUTF8", "BODY=8BITMIME"] if utf8 else [],
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            refused = error.recipients[0]
            outcome = Failed(_fault(refused.code), _answer(refused.code, refused.message))
        except aiosmtplib.SMTPSenderRefused as error:
            # The sender is the same for every mail: the server, or how it was set up, is at fault, not this mail.
            fault: Fault = "refused" if error.code == MESSAGE_TOO_BIG else "busy"
            outcome = Failed(fault, _answer(error.code, error.message))
        except aiosmtplib.SMTPHeloError as error:
            outcome = Failed("busy", _answer(error.code, error.message))
        except aiosmtplib.SMTPResponseException as error:
            outcome = Failed(_fault(error.code), _answer(error.code, error.message))
        except (aiosmtplib.SMTPException, OSError) as error:
            outcome = Failed("no_answer", "" if isinstance(error, TimeoutError) else str(error))
        return outcome


def _fault(code: int) -> Fault:
    return "refused" if 500 <= code < 600 else "busy"


def _connection_fault(error: Exception) -> Fault:
    of_encryption = isinstance(error, (ssl.SSLError, aiosmtplib.SMTPNotSupported)) or isinstance(
        error.__cause__, ssl.SSLError
    )
    if of_encryption or "STARTTLS" in str(error):
        return "encryption"
    return "no_answer" if isinstance(error, aiosmtplib.SMTPServerDisconnected) else "no_connection"


def _answer(code: int, words: str) -> str:
    return f"{code} {words}"


async def _goodbye(client: aiosmtplib.SMTP) -> None:
    """Leave politely where the server lets us; what it says to that changes nothing."""
    try:
        if client.is_connected:
            with contextlib.suppress(TimeoutError, OSError, aiosmtplib.SMTPException):
                async with asyncio.timeout(GOODBYE_SECONDS):
                    await client.quit()
    finally:
        client.close()
