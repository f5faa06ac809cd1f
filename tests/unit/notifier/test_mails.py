"""Which mail says what, to whom."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import NamedRef
from contracts.conversation import ConversationEnded
from contracts.entries import (
    AgentJoinedForVisitor,
    AgentLeftForVisitor,
    AgentMessageForVisitor,
    CloseReason,
    EndedForVisitor,
    InactivityWarned,
    Rated,
    StartedForVisitor,
    SystemMessage,
    TicketOpenedForVisitor,
    VisitorEntry,
    VisitorMessage,
    WaitingAgainForVisitor,
)
from contracts.mail import AgentContactChanged, ConfirmationMail, MailBody, ReplyMail, SendMail, TranscriptMail
from contracts.tickets import TicketOpened
from services.notifier.domain.letter import Letter
from services.notifier.domain.mails import House, about_missed_chat, about_new_ticket, asked_for, is_missed
from services.notifier.domain.words import WORDS

AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
TOPIC = NamedRef(id=uuid4(), name="Sprzedaż")
OPENED = TicketOpened(
    ticket_id=uuid4(),
    number=1042,
    topic=TOPIC,
    subject_line="Pytanie o wysyłkę",
    name="Anna Nowak",
    email="anna.nowak@example.com",
    opened_at=AT,
)
PHISHING = "Wygrałeś! Odbierz nagrodę: https://zly.example/haslo"


def asked(body: MailBody, language: Any = "pl", to_name: str = "Anna Nowak", **about: UUID) -> SendMail:
    return SendMail(
        mail_id=uuid4(), to="anna.nowak@example.com", to_name=to_name, language=language, body=body, **about
    )


def agent(**wishes: Any) -> AgentContactChanged:
    known = {"agent_id": uuid4(), "version": 1, "name": "Jan Kowalski", "email": "jan@demo.dymek.test"}
    return AgentContactChanged(**{**known, "topic_ids": (TOPIC.id,), **wishes})


def ended(**how: Any) -> ConversationEnded:
    known = {
        "conversation_id": uuid4(),
        "topic": TOPIC,
        "visitor_name": "Anna Nowak",
        "visitor_email": "anna.nowak@example.com",
        "reason": "ended_by_visitor",
        "started_at": AT,
        "ended_at": AT + timedelta(minutes=7),
    }
    return ConversationEnded(**{**known, **how})


def whole(letter: Letter) -> str:
    """Every word of a letter."""
    return "\n".join((letter.subject, letter.text(), letter.html()))


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["pl"].keys() == WORDS["en"].keys()


@pytest.mark.parametrize(
    ("language", "subject"),
    [("pl", "Zgłoszenie #1042 zostało przyjęte"), ("en", "We have received your request #1042")],
)
def test_a_confirmation_has_a_fixed_subject_and_the_number(house: House, language: str, subject: str) -> None:
    order = asked_for(asked(ConfirmationMail(number=1042), language), house)
    assert order.letter.subject == subject
    assert "#1042" in order.letter.text()
    assert "#1042" in order.letter.html()
    assert f'<html lang="{language}">' in order.letter.html()


@given(name=st.text(min_size=1, max_size=300))
def test_a_confirmation_to_an_address_that_is_not_verified_says_the_same_whoever_asks(name: str) -> None:
    house = House("Palarnia", UTC, "UTC")
    plain = asked(ConfirmationMail(number=7), to_name="")
    order = asked_for(plain.model_copy(update={"to_name": name}), house)
    assert order == asked_for(plain, house)
    assert order.to_name == ""


def test_a_confirmation_repeats_the_text_only_where_the_address_is_verified(house: House) -> None:
    verified = asked_for(asked(ConfirmationMail(number=7, text="Czy wysyłacie\nza granicę?")), house)
    assert "> Czy wysyłacie\n> za granicę?" in verified.letter.text()
    assert "Czy wysyłacie<br>\nza granicę?" in verified.letter.html()
    assert verified.to_name == "Anna Nowak"


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_confirmation_says_truly_how_the_address_was_given(house: House, language: str) -> None:
    on_the_site, by_an_agent = WORDS[language]["confirmation_why"], WORDS[language]["confirmation_why_by_agent"]
    asked_on_the_site = asked_for(asked(ConfirmationMail(number=7), language), house)
    written_down = asked_for(asked(ConfirmationMail(number=7, by_agent=True), language), house)
    assert on_the_site in asked_on_the_site.letter.text()
    assert by_an_agent not in asked_on_the_site.letter.text()
    assert by_an_agent in written_down.letter.text()
    assert on_the_site not in written_down.letter.text()


def test_a_reply_is_the_agents_words_under_the_tickets_subject(house: House) -> None:
    body = ReplyMail(number=1042, subject_line="Pytanie <b>o</b> wysyłkę", text="Tak & szybko.\n\n<3", agent_name="Jan")
    ticket_id = uuid4()
    order = asked_for(asked(body, ticket_id=ticket_id), house)
    assert order.letter.subject == "Re: Pytanie <b>o</b> wysyłkę [#1042]"
    assert order.letter.text().startswith("Tak & szybko.\n\n<3\n\nJan\n\n-- \nPalarnia Dolna\n")
    assert "Tak &amp; szybko.<br>\n<br>\n&lt;3" in order.letter.html()
    assert "<b>" not in order.letter.html()
    assert order.about == NamedRef(id=ticket_id, name="#1042")


TRANSCRIPT = TranscriptMail(
    topic_name="Sprzedaż",
    visitor_name="Anna Nowak",
    started_at=AT,
    verified=True,
    entries=tuple(
        VisitorEntry(seq=seq, at=AT + timedelta(minutes=seq), body=body)
        for seq, body in enumerate(
            (
                StartedForVisitor(topic_name="Sprzedaż", visitor_name="Anna Nowak"),
                None,
                SystemMessage(purpose="welcome", text="Witamy!"),
                VisitorMessage(client_id=uuid4(), text="Dzień dobry,\nkiedy wyjdzie przesyłka?"),
                AgentJoinedForVisitor(agent_name="Jan"),
                AgentMessageForVisitor(agent_name="Jan", text="Jutro <rano>."),
                InactivityWarned(closes_at=AT),
                AgentLeftForVisitor(agent_name="Jan", reason="left"),
                WaitingAgainForVisitor(reason="left", topic_name="Sprzedaż"),
                EndedForVisitor(reason="became_ticket"),
                TicketOpenedForVisitor(number=1042),
                Rated(score="bad", comment="tajne"),
            ),
            start=1,
        )
    ),
)


def test_a_transcript_tells_the_conversation_by_the_clock_of_the_house(house: House) -> None:
    letter = asked_for(asked(TRANSCRIPT), house).letter
    assert letter.subject == "Zapis rozmowy z dnia 1 marca 2025"
    assert asked_for(asked(TRANSCRIPT, "en"), house).letter.subject == "Transcript of your conversation of 1 March 2025"
    text = letter.text()
    for line in (
        "[10:31] * Początek rozmowy, temat: Sprzedaż",
        "[10:33] Wiadomość automatyczna:\n  Witamy!",
        "[10:34] Anna Nowak:\n  Dzień dobry,\n  kiedy wyjdzie przesyłka?",
        "[10:35] * Jan dołącza do rozmowy",
        "[10:36] Jan:\n  Jutro <rano>.",
        "[10:37] * Rozmowa zostanie zamknięta, jeżeli nikt nic nie napisze",
        "[10:38] * Jan opuszcza rozmowę",
        "[10:39] * Rozmowa znów czeka na konsultanta, temat: Sprzedaż",
        "[10:40] * Rozmowa została zapisana jako zgłoszenie",
        "[10:41] * Zgłoszenie #1042",
    ):
        assert line in text
    assert "tajne" not in whole(letter)
    assert "Jutro &lt;rano&gt;." in letter.html()


def test_a_transcript_tells_who_ended_the_conversation(house: House) -> None:
    for body, said in (
        (EndedForVisitor(reason="ended_by_agent", agent_name="Jan"), "Rozmowę kończy Jan"),
        (EndedForVisitor(reason="inactive"), "Rozmowa zamknięta z powodu braku aktywności"),
    ):
        ended_so = {"entries": (*TRANSCRIPT.entries[:9], VisitorEntry(seq=10, at=AT, body=body))}
        assert f"* {said}" in asked_for(asked(TRANSCRIPT.model_copy(update=ended_so)), house).letter.text()


def test_a_conversation_in_which_nothing_was_written_has_a_transcript_that_says_so(house: House) -> None:
    letter = asked_for(asked(TRANSCRIPT.model_copy(update={"entries": ()}), "en"), house).letter
    assert "Nothing was written in this conversation." in letter.text()


@pytest.mark.parametrize("language", ["pl", "en"])
def test_to_an_address_that_anybody_may_have_typed_a_transcript_takes_nothing_its_visitor_wrote(
    house: House, language: str
) -> None:
    entries = (*TRANSCRIPT.entries, VisitorEntry(seq=13, at=AT, body=VisitorMessage(client_id=uuid4(), text=PHISHING)))
    claimed = {"entries": entries, "visitor_name": "Bank: https://zly.example", "verified": False}
    order = asked_for(asked(TRANSCRIPT.model_copy(update=claimed), language, "Bank: https://zly.example"), house)
    assert (order.to_name, order.limited) == ("", True)
    words = whole(order.letter)
    for written in ("zly.example", PHISHING, "przesyłka", "Bank"):
        assert written not in words
    for said in (WORDS[language]["own_left_out"], "Jutro <rano>.", "Witamy!"):
        assert said in order.letter.text()


def test_who_the_site_vouched_for_gets_all_of_it_as_often_as_they_ask(house: House) -> None:
    order = asked_for(asked(TRANSCRIPT), house)
    assert (order.to_name, order.limited) == ("Anna Nowak", False)
    assert WORDS["pl"]["own_left_out"] not in order.letter.text()


def test_a_transcript_without_its_beginning_says_so(house: House) -> None:
    said = "jej początku tu nie ma"
    assert said in whole(asked_for(asked(TRANSCRIPT.model_copy(update={"older_left_out": True})), house).letter)
    assert said not in whole(asked_for(asked(TRANSCRIPT), house).letter)


def test_an_alert_of_a_new_ticket_tells_number_subject_topic_and_author(house: House) -> None:
    order = about_new_ticket(OPENED, agent(new_tickets=True), house)
    assert order is not None
    assert (order.to, order.to_name) == ("jan@demo.dymek.test", "Jan Kowalski")
    assert order.letter.subject == "Nowe zgłoszenie #1042: Pytanie o wysyłkę"
    for word in ("#1042", "Pytanie o wysyłkę", "Sprzedaż", "Anna Nowak", "https://chat.kawa.test/console/"):
        assert word in order.letter.text()
        assert word in order.letter.html()


def test_an_alert_of_a_ticket_without_an_address_names_its_author_alone(house: House) -> None:
    order = about_new_ticket(OPENED.model_copy(update={"email": None}), agent(new_tickets=True, language="en"), house)
    assert order is not None
    assert "From: Anna Nowak\n" in order.letter.text()


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ({"new_tickets": True}, True),
        ({"new_tickets": True, "topic_ids": ()}, True),
        ({"new_tickets": True, "topic_ids": (uuid4(),)}, False),
        ({"new_tickets": False, "missed_chats": True}, False),
    ],
)
def test_only_agents_who_want_it_hear_of_tickets_of_their_topics(
    house: House, wishes: dict[str, Any], told: bool
) -> None:
    assert (about_new_ticket(OPENED, agent(**wishes), house) is not None) is told


@pytest.mark.parametrize(
    ("answered", "reason", "missed"),
    [
        (False, "ended_by_visitor", True),
        (False, "inactive", True),
        (True, "ended_by_visitor", False),
        (True, "inactive", False),
        (False, "ended_by_agent", False),
        (False, "became_ticket", False),
    ],
)
def test_a_chat_is_missed_when_it_ends_unanswered_by_the_visitor_or_by_silence(
    house: House, answered: bool, reason: CloseReason, missed: bool
) -> None:
    conversation = ended(answered=answered, reason=reason)
    assert is_missed(conversation) is missed
    assert (about_missed_chat(conversation, agent(missed_chats=True), house) is not None) is missed


def test_an_alert_of_a_missed_chat_says_whose_and_when_in_the_agents_language(house: House) -> None:
    order = about_missed_chat(ended(), agent(missed_chats=True, language="en"), house)
    assert order is not None
    assert order.letter.subject == "Missed chat: Sprzedaż"
    for line in ("From: Anna Nowak", "E-mail: anna.nowak@example.com", "Began: 2025-03-01 10:30 (Europe/Warsaw)"):
        assert line in order.letter.text()


def test_who_does_not_want_it_hears_of_no_missed_chat(house: House) -> None:
    assert about_missed_chat(ended(), agent(new_tickets=True), house) is None


def test_the_same_reason_makes_the_same_mail_and_each_agent_their_own(house: House) -> None:
    first, second = agent(new_tickets=True), agent(new_tickets=True)
    orders = [about_new_ticket(OPENED, one, house) for one in (first, first, second)]
    ids = [order.mail_id for order in orders if order is not None]
    assert ids[0] == ids[1] != ids[2]


def test_a_confirmation_cannot_be_made_to_carry_somebody_elses_words(house: House) -> None:
    order = asked_for(asked(ConfirmationMail(number=7), to_name=PHISHING), house)
    assert "zly.example" not in whole(order.letter) + order.to_name
