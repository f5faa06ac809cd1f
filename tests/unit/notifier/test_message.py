"""A mail as it goes over the wire: no name or subject can change what it is."""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts.mail import ReplyMail, SendMail
from services.notifier.domain.address import NoMailbox
from services.notifier.domain.letter import Facts, Footer, Link, Note, Paragraph, Quote, Said, letter, one_line
from services.notifier.domain.mails import House, asked_for
from services.notifier.domain.message import Envelope, compose

HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "In-Reply-To",
    "Auto-Submitted",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
]
EVIL = "Anna\r\nBcc: ofiara@example.com\r\n\r\n<script>alert(1)</script>"
ANY = st.text(st.characters(), max_size=200)  # with halves of surrogate pairs and control characters


def envelope(
    *, to: str = "anna@example.com", name: str = "", subject: str = "Temat", text: str = "Tekst", html: str = "<p>x</p>"
) -> Envelope:
    return Envelope(
        mail_id=UUID(int=7),
        to=to,
        to_name=name,
        language="pl",
        subject=subject,
        text=text,
        html=html,
        asked_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
        thread=UUID(int=8),
    )


def sent(one: Envelope, sender_name: str = "Palarnia Dolna") -> EmailMessage:
    """The mail as its reader's program reads it."""
    content = compose(one, sender="pomoc@kawa.test", sender_name=sender_name).as_bytes()
    return email.message_from_bytes(content, policy=SMTPUTF8)


@given(name=ANY, subject=ANY, sender_name=ANY)
@example(name=EVIL, subject=EVIL, sender_name=EVIL)
@example(name="=?utf-8?q?=0D=0ABcc=3A_x=40y.pl?=", subject="=?utf-8?q?=0D=0ABcc=3A_x=40y.pl?=", sender_name="")
@example(name='"', subject="\u2028Bcc: x@y.pl", sender_name="\\")
@example(name="a, b <x@y.pl>", subject="\x85To: x@y.pl", sender_name="Zażółć; (jaźń)")
def test_no_name_and_no_subject_adds_a_header_or_a_recipient(name: str, subject: str, sender_name: str) -> None:
    mail = sent(envelope(name=name, subject=subject), sender_name)
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert [one.addr_spec for one in mail["To"].addresses] == ["anna@example.com"]
    assert [one.addr_spec for one in mail["From"].addresses] == ["pomoc@kawa.test"]
    plain, html = mail.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")


@given(text=ANY)
@example(text="Kropka:\n.\n..\nFrom tutaj\n" + "x" * 3000 + "\nżółw 🙂")
@example(text=EVIL)
def test_what_is_written_arrives_as_it_was_written(text: str) -> None:
    words = letter("pl", "Temat", Paragraph(text))
    mail = sent(envelope(text=words.text(), html=words.html()))
    plain, html = mail.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == words.text()
    assert html.get_content().replace("\r\n", "\n") == words.html()


@given(ANY)
def test_every_line_that_is_sent_is_short_and_ascii(text: str) -> None:
    words = letter("pl", text, Quote(text))
    one = envelope(name=text, subject=words.subject, text=words.text(), html=words.html())
    content = compose(one, sender="pomoc@kawa.test", sender_name=text).as_bytes()
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")


@given(text=ANY)
@example(text=EVIL)
@example(text="<img src=x onerror=alert(1)> & \" '")
def test_nothing_that_is_written_becomes_markup(text: str) -> None:
    def tags(html: str) -> int:
        return html.count("<") - html.count("<br>")

    def blocks(words: str) -> str:
        return letter(
            "pl",
            words,
            Said("10:00", words, words),
            Note("10:00", words),
            Facts((("Od", words),)),
            Link("Konsola", words),
        ).html()

    assert tags(blocks(text)) == tags(blocks("zwykły tekst"))
    assert "<script" not in letter("pl", text, Quote(text), Footer(text)).html()


@given(ANY)
def test_a_subject_is_one_line_that_can_be_seen(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert len(line) <= 120
    assert "\u202e" not in line


def test_the_same_mail_is_the_same_bytes_at_every_try() -> None:
    first, second = (compose(envelope(), sender="a@b.test", sender_name="A").as_bytes() for _ in range(2))
    assert first == second


def test_mails_about_one_ticket_make_one_thread() -> None:
    mail = sent(envelope())
    assert mail["Message-ID"] == f"<{UUID(int=7)}@kawa.test>"
    assert mail["References"] == mail["In-Reply-To"] == f"<thread.{UUID(int=8)}@kawa.test>"


@pytest.mark.parametrize(("automatic", "said"), [(True, "auto-generated"), (False, "no")])
def test_an_automatic_mail_says_that_it_is_one(automatic: bool, said: str) -> None:
    assert sent(replace(envelope(), automatic=automatic))["Auto-Submitted"] == said


def test_a_polish_name_and_subject_arrive_as_they_are() -> None:
    mail = sent(envelope(name="Łucja Żółw", subject="Zażółć gęślą jaźń " * 10))
    assert mail["To"].addresses[0].display_name == "Łucja Żółw"
    assert mail["Subject"] == ("Zażółć gęślą jaźń " * 10).strip()


def test_a_local_part_that_is_not_ascii_needs_a_server_that_takes_it() -> None:
    message = compose(envelope(to="żuk@żółw.pl"), sender="a@b.test", sender_name="Ą")
    assert message.policy == SMTPUTF8
    assert "żuk@xn--w-uga1v8h.pl".encode() in message.as_bytes()
    assert compose(envelope(), sender="a@b.test", sender_name="Ą").policy == SMTP


def test_what_is_no_address_is_written_to_by_nobody() -> None:
    with pytest.raises(NoMailbox):
        compose(envelope(to="anna@example.com\r\nRCPT TO:<ofiara@example.com>"), sender="a@b.test", sender_name="")


@given(subject=ANY, name=ANY)
def test_a_ticket_of_any_subject_can_be_answered(subject: str, name: str) -> None:
    body = ReplyMail.model_construct(number=1, subject_line=subject, text="Tekst", agent_name=name)
    asked = SendMail.model_construct(
        mail_id=UUID(int=7),
        to="anna@example.com",
        to_name=name,
        language="pl",
        body=body,
        ticket_id=None,
        conversation_id=None,
    )
    order = asked_for(asked, House(name, UTC, "UTC"))
    mail = sent(envelope(name=order.to_name, subject=order.letter.subject, text=order.letter.text()))
    assert sorted(mail.keys()) == sorted(HEADERS)


@given(to=st.text(st.characters(), max_size=40), domain=st.text(st.characters(), max_size=20))
@example(to="=?utf-8?q?=0D=0ABcc=3A_x=40y.pl?=", domain="example.com")
@example(to="anna", domain="example.com>,<x@y.pl")
@example(to="\ud800", domain="")
@example(to="anna", domain="\ud800.pl")
def test_no_address_adds_a_header_or_a_recipient(to: str, domain: str) -> None:
    try:
        mail = sent(envelope(to=f"{to}@{domain}"))
    except NoMailbox:
        return
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert len(mail["To"].addresses) == 1
