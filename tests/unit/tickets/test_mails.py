"""What tickets have mailed, and what not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.mail import ConfirmationMail, ReplyMail
from contracts.tickets import TicketOrigin
from services.tickets.domain.mails import confirmation, reply
from tests.unit.tickets import builders
from tests.unit.tickets.builders import ticket, written


def test_to_an_address_that_anybody_may_have_typed_goes_nothing_typed_beside_it() -> None:
    mail = confirmation(ticket(), verified=False)
    assert mail.body == ConfirmationMail(number=1001)
    assert (mail.to, mail.to_name) == ("anna.nowak@example.com", "")
    left = mail.model_dump_json()
    for typed in ("Anna", "Pytanie", "granicę", "Sprzedaż"):
        assert typed not in left


def test_an_address_that_the_site_vouched_for_gets_the_question_back() -> None:
    mail = confirmation(ticket(), verified=True)
    assert mail.body == ConfirmationMail(number=1001, text="Czy wysyłacie za granicę?")
    assert mail.to_name == "Anna Nowak"


@pytest.mark.parametrize(
    ("origin", "by_agent"), [("waiting_chat", False), ("after_hours", False), ("agent", True), ("by_hand", True)]
)
def test_a_confirmation_knows_whether_an_agent_wrote_the_ticket_down(origin: TicketOrigin, by_agent: bool) -> None:
    mail = confirmation(replace(ticket(), origin=origin), verified=False)
    assert mail.body == ConfirmationMail(number=1001, by_agent=by_agent)


def test_a_mail_asked_for_twice_is_one_mail() -> None:
    assert confirmation(ticket(), verified=True).mail_id == confirmation(ticket(), verified=False).mail_id


def test_a_reply_goes_to_who_asked_under_its_messages_id() -> None:
    answered = written(ticket(), builders.reply())
    mail = reply(answered, answered.messages[-1])
    assert (mail.mail_id, mail.to, mail.ticket_id) == (answered.messages[-1].id, answered.email, answered.id)
    assert mail.body == ReplyMail(
        number=1001, subject_line="Pytanie o wysyłkę", text="Tak, wysyłamy.", agent_name="Jan Kowalski"
    )
