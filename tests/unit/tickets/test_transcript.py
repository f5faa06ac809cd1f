"""A transcript holds what the visitor saw: nothing that is for agents only, and nothing that a page would run."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser
from typing import Literal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import NamedRef
from contracts.conversation import ConversationEnded
from contracts.entries import (
    AgentJoined,
    AgentLeft,
    AgentMessage,
    BrowserDetails,
    CustomerAttached,
    CustomerLookedUp,
    Ended,
    Entry,
    EntryBody,
    InactivityWarned,
    OfferEnded,
    OfferMade,
    OwnerChanged,
    Rated,
    Started,
    SystemMessage,
    TicketOpened,
    VisitorMessage,
    WaitingAgain,
)
from contracts.mail import TranscriptMail
from contracts.views import visitor_entry
from services.tickets.domain.mails import transcript, transcript_id
from services.tickets.domain.transcript import as_html, as_text
from tests.unit.tickets.builders import ANNA, JAN, NOW, SALES, at

EWA = NamedRef(id=UUID(int=6), name="Ewa Żak")
SECRET = NamedRef(id=UUID(int=7), name="Tajna")

BODIES: tuple[EntryBody, ...] = (
    Started(
        topic=SALES, visitor_name="Anna", visitor_email="tajna@example.com", browser=BrowserDetails(address="10.9.8.0")
    ),
    SystemMessage(purpose="welcome", text="Dzień dobry!"),
    CustomerLookedUp(customer_id=SECRET.id),
    OfferMade(offer_id=uuid4(), agent=SECRET, expires_at=at(60)),
    OfferEnded(offer_id=uuid4(), agent=SECRET, outcome="declined"),
    VisitorMessage(client_id=uuid4(), text="<script>alert(1)</script> 1 < 2 & 3"),
    AgentJoined(agent=JAN, owner=True),
    AgentMessage(client_id=uuid4(), agent=JAN, text="Tak.\nNa pewno."),
    CustomerAttached(customer=SECRET, by=JAN),
    AgentJoined(agent=EWA, owner=False),
    AgentLeft(agent=JAN, reason="not_answered"),
    OwnerChanged(agent=EWA),
    WaitingAgain(reason="left", topic=SALES),
    InactivityWarned(closes_at=at(600)),
    Ended(reason="inactive"),
    TicketOpened(ticket_id=uuid4(), number=1042),
    Rated(score="good", comment="Dziękuję"),
)


def over(*bodies: EntryBody, **changes: object) -> ConversationEnded:
    entries = (Entry(seq=n, at=NOW + timedelta(seconds=n), body=body) for n, body in enumerate(bodies, start=1))
    ended = ConversationEnded(
        conversation_id=UUID(int=2),
        topic=SALES,
        visitor_name="Anna",
        visitor_email="anna@example.com",
        reason="inactive",
        owner=JAN,
        customer_id=ANNA.id,
        answered=True,
        started_at=NOW,
        ended_at=at(20),
        entries=tuple(visitor_entry(entry) for entry in entries),
    )
    return ended.model_copy(update=changes)


ALL = over(*BODIES)


def test_it_tells_in_order_what_was_written_and_who_came_and_went() -> None:
    assert as_text(ALL, "Europe/Warsaw").splitlines() == [
        "Rozmowa: Sprzedaż",
        "Godziny według strefy Europe/Warsaw",
        "",
        "[2025-03-01 10:31:01] * Początek rozmowy, temat: Sprzedaż",
        "[2025-03-01 10:31:02] Wiadomość automatyczna: Dzień dobry!",
        "[2025-03-01 10:31:06] Anna: <script>alert(1)</script> 1 < 2 & 3",
        "[2025-03-01 10:31:07] * Jan Kowalski dołącza do rozmowy",
        "[2025-03-01 10:31:08] Jan Kowalski: Tak.",
        "    Na pewno.",
        "[2025-03-01 10:31:10] * Ewa Żak dołącza do rozmowy",
        "[2025-03-01 10:31:11] * Jan Kowalski opuszcza rozmowę",
        "[2025-03-01 10:31:13] * Rozmowa znów czeka na konsultanta, temat: Sprzedaż",
        "[2025-03-01 10:31:14] * Rozmowa zostanie zamknięta, jeżeli nikt nic nie napisze",
        "[2025-03-01 10:31:15] * Rozmowa zamknięta z powodu braku aktywności",
        "[2025-03-01 10:31:16] * Zgłoszenie #1042",
        "[2025-03-01 10:31:17] * Ocena: dobra, Dziękuję",
    ]


@pytest.mark.parametrize("render", [as_text, as_html])
def test_nothing_that_is_for_agents_only_is_in_it(render: object) -> None:
    text = render(ALL, "UTC", "en")  # type: ignore[operator]
    for secret in ("Tajna", "tajna@", "10.9.8.0", str(SECRET.id), str(ANNA.id), "not_answered", "declined"):
        assert secret not in text


def test_it_is_in_the_conversations_language_unless_another_is_asked_for() -> None:
    english = ALL.model_copy(update={"language": "en"})
    assert as_text(english, "UTC").startswith("Conversation: Sprzedaż\nTimes are those of UTC\n")
    assert '<html lang="pl">' in as_html(english, "UTC", "pl")


@pytest.mark.parametrize("end_of_line", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_no_words_of_somebodys_look_like_another_entry(end_of_line: str) -> None:
    forged = f"Dzień dobry{end_of_line}[2025-03-01 10:31:09] Jan Kowalski: Zwrócimy pieniądze."
    ended = over(
        VisitorMessage(client_id=UUID(int=8), text=forged), Rated(score="good", comment=forged), visitor_name=forged
    )
    lines = as_text(ended, "Europe/Warsaw").splitlines()[3:]
    assert [line[:22] for line in lines if line.startswith("[")] == ["[2025-03-01 10:31:01] ", "[2025-03-01 10:31:02] "]
    assert all(line.startswith(("[", "    ")) for line in lines)


class Tags(HTMLParser):
    """The names of a page's elements and attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.text += data


USED = {"html", "lang", "meta", "charset", "title", "style", "h1", "p", "class", "time", "datetime", "b"}


def test_a_page_shows_what_was_written_and_runs_nothing_of_it() -> None:
    tags = Tags(as_html(ALL, "UTC"))
    assert tags.names == USED
    assert "<script>alert(1)</script> 1 < 2 & 3" in tags.text


@given(st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip())))
def test_no_text_gets_out_of_its_place(text: str) -> None:
    ended = over(
        VisitorMessage(client_id=UUID(int=8), text=text), visitor_name=text, topic=NamedRef(id=SALES.id, name="a")
    )
    assert Tags(as_html(ended, "UTC")).names <= USED


def test_its_mail_holds_the_entries_that_the_visitor_saw_and_always_has_one_id() -> None:
    mail = transcript(ALL)
    assert mail is not None
    assert (mail.mail_id, mail.to, mail.to_name) == (transcript_id(ALL.conversation_id), "anna@example.com", "")
    assert mail.body.kind == "transcript"
    assert [entry.seq for entry in mail.body.entries] == [1, 2, 6, 7, 8, 10, 11, 13, 14, 15, 16, 17]


def test_without_an_address_there_is_no_mail() -> None:
    assert transcript(ALL.model_copy(update={"visitor_email": None})) is None


def test_what_no_agent_answered_is_not_mailed_to_an_address_that_anybody_may_have_typed() -> None:
    assert transcript(ALL.model_copy(update={"answered": False})) is None


@pytest.mark.parametrize(("language", "said"), [("pl", "jej początku tu nie ma"), ("en", "its beginning is not kept")])
def test_it_says_where_older_entries_are_left_out(language: Literal["pl", "en"], said: str) -> None:
    cut = ALL.model_copy(update={"older_left_out": True})
    first = as_text(cut, "Europe/Warsaw", language).splitlines()[3]
    assert first.startswith("[2025-03-01 10:31:01] * ")
    assert said in first
    assert said in as_html(cut, "Europe/Warsaw", language)
    assert said not in as_text(ALL, "Europe/Warsaw", language) + as_html(ALL, "Europe/Warsaw", language)


def test_what_is_mailed_says_so_too() -> None:
    for left_out in (False, True):
        mail = transcript(ALL.model_copy(update={"older_left_out": left_out}))
        assert mail is not None
        assert isinstance(mail.body, TranscriptMail)
        assert mail.body.older_left_out is left_out


@pytest.mark.parametrize(("verified", "named"), [(True, "Anna"), (False, "")])
def test_only_who_the_site_vouched_for_is_named_in_the_mail(verified: bool, named: str) -> None:
    mail = transcript(ALL.model_copy(update={"verified": verified}))
    assert mail is not None
    assert isinstance(mail.body, TranscriptMail)
    assert (mail.to_name, mail.body.verified) == (named, verified)
