"""Giving one mail to a real mail server on loopback that refuses, stalls and drops."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from services.notifier.domain.delivery import Accepted, Failed
from services.notifier.domain.message import Envelope
from services.notifier.smtp import Carrier, MailServer
from tests.support import mail_server
from tests.support.mail_server import DROP, STALL, TAKE_AND_DROP

MAIL = Envelope(
    mail_id=UUID(int=7),
    to="anna@example.com",
    to_name="Łucja",
    language="pl",
    subject="Zażółć",
    text="Kropka:\n.\n.koniec\n",
    html="<p>Kropka</p>",
    asked_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
)


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[mail_server.MailServer]:
    async with mail_server.MailServer() as running:
        yield running


def carrier(server: mail_server.MailServer, **other: Any) -> Carrier:
    known = MailServer("127.0.0.1", server.port, "none", "pomoc@kawa.test", "Palarnia", seconds=5)
    return Carrier(replace(known, **other))


async def test_a_mail_is_given_to_the_server_as_it_is(server: mail_server.MailServer) -> None:
    assert await carrier(server).carry(MAIL) == Accepted()
    (taken,) = server.mails
    assert (taken.sender, taken.recipients) == ("pomoc@kawa.test", ("anna@example.com",))
    plain = taken.message.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == MAIL.text


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        ("CONNECT", "421 Too busy", Failed("busy", "421 Too busy")),
        ("CONNECT", "554 No service here", Failed("busy", "554 No service here")),
        ("MAIL", "451 Later", Failed("busy", "451 Later")),
        ("MAIL", "550 Sender unknown", Failed("busy", "550 Sender unknown")),
        ("MAIL", "552 Too big", Failed("refused", "552 Too big")),
        ("RCPT", "450 Greylisted", Failed("busy", "450 Greylisted")),
        ("RCPT", "550 No such mailbox", Failed("refused", "550 No such mailbox")),
        ("DATA", "452 Disk full", Failed("busy", "452 Disk full")),
        ("DATA", "554 Looks like spam", Failed("refused", "554 Looks like spam")),
    ],
)
async def test_a_servers_answer_says_whether_the_mail_or_the_moment_was_refused(
    server: mail_server.MailServer, step: Any, answer: str, outcome: Failed
) -> None:
    server.answers[step] = [answer]
    assert await carrier(server).carry(MAIL) == outcome
    assert server.mails == []


@pytest.mark.parametrize("step", ["CONNECT", "MAIL", "RCPT", "DATA"])
async def test_a_server_that_stalls_is_left_in_time(server: mail_server.MailServer, step: Any) -> None:
    server.answers[step] = [STALL]
    async with asyncio.timeout(10):
        outcome = await carrier(server, seconds=0.3).carry(MAIL)
    assert isinstance(outcome, Failed)
    assert outcome.fault == "no_answer"


@pytest.mark.parametrize(
    ("step", "answer"),
    [("CONNECT", DROP), ("MAIL", DROP), ("RCPT", DROP), ("DATA", DROP), ("DATA", TAKE_AND_DROP)],
)
async def test_a_server_that_drops_the_connection_is_tried_again(
    server: mail_server.MailServer, step: Any, answer: str
) -> None:
    server.answers[step] = [answer]
    outcome = await carrier(server).carry(MAIL)
    assert isinstance(outcome, Failed)
    assert outcome.fault in ("no_answer", "no_connection")
    assert await carrier(server).carry(MAIL) == Accepted()


async def test_nobody_listening_is_no_connection(server: mail_server.MailServer) -> None:
    await server.close()
    outcome = await carrier(server).carry(MAIL)
    assert isinstance(outcome, Failed)
    assert outcome.fault == "no_connection"


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
async def test_nothing_is_sent_to_a_server_without_the_encryption_asked_for(
    server: mail_server.MailServer, encryption: Any
) -> None:
    outcome = await carrier(server, encryption=encryption, seconds=2.0).carry(MAIL)
    assert isinstance(outcome, Failed)
    assert outcome.fault in ("encryption", "no_answer", "no_connection")
    assert server.mails == []


async def test_a_server_that_wants_no_log_in_is_not_given_a_mail_in_silence(server: mail_server.MailServer) -> None:
    outcome = await carrier(server, username="dymek", password="sekret").carry(MAIL)
    assert isinstance(outcome, Failed)
    assert outcome.fault == "log_in"
    assert "sekret" not in outcome.reason
    assert server.mails == []


async def test_what_is_no_address_never_reaches_a_server(server: mail_server.MailServer) -> None:
    assert await carrier(server).carry(replace(MAIL, to="anna, ewa@example.com")) == Failed("address")
    assert server.connections == 0


async def test_a_local_part_that_is_not_ascii_is_sent_where_the_server_takes_it(
    server: mail_server.MailServer,
) -> None:
    assert await carrier(server).carry(replace(MAIL, to="żuk@kawa.pl")) == Accepted()
    assert server.mails[0].recipients == ("żuk@kawa.pl",)
    server.takes_utf8 = False
    outcome = await carrier(server).carry(replace(MAIL, to="żuk@kawa.pl"))
    assert isinstance(outcome, Failed)
    assert outcome.fault == "address"


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    server: mail_server.MailServer, tmp_path: Path
) -> None:
    server.tls = mail_server.serving(mail_server.certificate(tmp_path))
    outcome = await carrier(server, encryption="starttls", host="localhost").carry(MAIL)
    assert isinstance(outcome, Failed)
    assert outcome.fault == "encryption"
    assert server.mails == []


async def test_a_mail_is_sent_encrypted_where_the_certificate_is_trusted(
    server: mail_server.MailServer, tmp_path: Path
) -> None:
    certificate = mail_server.certificate(tmp_path)
    server.tls = mail_server.serving(certificate)
    known = MailServer("localhost", server.port, "starttls", "pomoc@kawa.test", "Palarnia", seconds=5)
    trusting = ssl.create_default_context(cafile=str(certificate))
    assert await Carrier(known, tls_context=trusting).carry(MAIL) == Accepted()
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"\xff\xfe\x00 nonsense\r\n",
        b"220-it never ends\r\n",
        b"220 " + b"x" * 100_000 + b"\r\n",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"220 hello\r\n\xff\xff\xff\r\n",
        b"220 hello\r\n999 what\r\n999 what\r\n",
        b"220 hello\r\n250 hello\r\n250 ok\r\n550 \xc5\xbce \xff\x1b[31m nie\r\n",
    ],
)
async def test_whatever_a_server_says_a_try_ends_without_an_error(words: bytes) -> None:
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(words)
        await writer.drain()
        writer.close()

    talker = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with talker:
        port = talker.sockets[0].getsockname()[1]
        outcome = await Carrier(MailServer("127.0.0.1", port, "none", "a@b.test", "A", seconds=1.0)).carry(MAIL)
    assert isinstance(outcome, Failed)
    assert outcome.reason.isprintable()
    assert len(outcome.reason) <= 300
