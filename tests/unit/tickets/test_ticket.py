"""What a ticket is made of, and what may happen to it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from contracts.base import NamedRef
from services.tickets.domain.ticket import (
    LAST_LINE,
    UNREAD_FOR,
    ChangedMeanwhile,
    Impossible,
    TicketMessage,
    change,
    is_made_from,
    is_unread,
    looked_up,
    open_by_agent,
    open_ticket,
    reopen,
)
from tests.unit.tickets.builders import (
    ANNA,
    ASKED,
    ASKED_AT,
    BY_AGENT,
    JAN,
    NOW,
    SALES,
    at,
    comment,
    reply,
    saved,
    ticket,
    wanted,
    written,
)

# --- how it begins


def test_a_ticket_is_new_and_holds_the_question_as_it_was_asked() -> None:
    new = open_ticket(ASKED, NOW)
    assert (new.status, new.version) == ("new", 1)
    assert new.opened_at == new.changed_at == NOW
    assert new.messages == (TicketMessage(new.id, "Anna Nowak", "Czy wysyłacie za granicę?", ASKED_AT),)


def test_the_subject_is_the_one_asked_for_on_one_line() -> None:
    assert open_ticket(ASKED, NOW).subject_line == "Pytanie o wysyłkę"
    broken = ASKED.model_copy(update={"subject_line": "Pytanie\r\nBcc: wszyscy@example.com"})
    assert open_ticket(broken, NOW).subject_line == "Pytanie Bcc: wszyscy@example.com"


def test_without_a_subject_the_topic_gives_it_in_the_visitors_language() -> None:
    polish = ASKED.model_copy(update={"subject_line": " "})
    english = polish.model_copy(update={"language": "en"})
    assert open_ticket(polish, NOW).subject_line == "Zgłoszenie dla czata z kolejki Sprzedaż"
    assert open_ticket(english, NOW).subject_line == "Request from the chat queue Sprzedaż"


def test_an_agents_ticket_is_of_the_same_form_and_says_who_wrote_it_down() -> None:
    by_hand = open_by_agent(UUID(int=9), BY_AGENT, JAN, NOW)
    assert (by_hand.status, by_hand.origin, by_hand.name) == ("new", "by_hand", "Anna Nowak")
    assert by_hand.messages[0].author == "Jan Kowalski"
    from_chat = BY_AGENT.model_copy(update={"conversation_id": UUID(int=2), "customer_id": ANNA.id})
    of_chat = open_by_agent(UUID(int=9), from_chat, JAN, NOW)
    assert (of_chat.origin, of_chat.conversation_id) == ("agent", UUID(int=2))
    assert of_chat.customer == NamedRef(id=ANNA.id, name="Anna Nowak")


def test_a_form_sent_again_makes_the_same_ticket_and_one_with_other_words_another() -> None:
    made = open_by_agent(UUID(int=9), BY_AGENT.model_copy(update={"subject_line": "Prośba  o fakturę "}), JAN, NOW)
    renamed = BY_AGENT.topic.model_copy(update={"name": "Handel"})
    assert is_made_from(looked_up(made, ANNA), BY_AGENT.model_copy(update={"topic": renamed}))
    for field, other in (
        ("topic", NamedRef(id=UUID(int=30), name=SALES.name)),
        ("subject_line", "Prośba o korektę"),
        ("name", "Anna Nowacka"),
        ("email", "nowacka@example.com"),
        ("text", "Z drugiej rozmowy"),
    ):
        assert not is_made_from(made, BY_AGENT.model_copy(update={field: other})), field


def test_an_agents_ticket_has_a_subject_too() -> None:
    with pytest.raises(Impossible) as refusal:
        open_by_agent(UUID(int=9), BY_AGENT.model_copy(update={"subject_line": "\t "}), JAN, NOW)
    assert refusal.value.field == "subject_line"


# --- two who edit at once


def test_a_change_makes_the_next_version_and_is_dated() -> None:
    changed = saved(ticket(), status="open", assignee=JAN, now=at(5))
    assert (changed.version, changed.status, changed.assignee, changed.changed_at) == (2, "open", JAN, at(5))


def test_of_two_changes_to_one_version_the_second_is_refused() -> None:
    read = ticket()
    first = saved(read, subject_line="Wysyłka do Niemiec")
    with pytest.raises(ChangedMeanwhile):
        change(first, wanted(read, tags=("pilne",)), NOW)


def test_a_change_whose_answer_was_lost_may_be_asked_again() -> None:
    read = ticket()
    asked = wanted(read, status="open", tags=("pilne",))
    once = change(read, asked, NOW)
    assert change(once, asked, at(9)) is once


def test_nothing_changed_is_no_change() -> None:
    read = ticket(status="open")
    assert saved(read, now=at(9)) is read


def test_a_message_written_meanwhile_is_news_to_who_edits() -> None:
    read = ticket()
    with pytest.raises(ChangedMeanwhile):
        change(written(read, comment()), wanted(read, status="open"), NOW)


def test_a_tag_is_there_once_whatever_its_capitals() -> None:
    assert saved(ticket(), tags=("Pilne", "VIP", "pilne", "vip ")).tags == ("pilne", "vip")


def test_a_tag_that_grows_in_lower_case_is_still_a_tag() -> None:
    assert len(saved(ticket(), tags=("İ" * 40,)).tags[0]) == 40


# --- statuses


def test_a_ticket_never_becomes_new_again() -> None:
    opened = ticket(status="open")
    with pytest.raises(Impossible) as refusal:
        saved(opened, status="new")
    assert refusal.value.field == "status"


def test_a_ticket_is_postponed_to_a_time_to_come() -> None:
    postponed = saved(ticket(), status="postponed", postponed_until=at(60))
    assert (postponed.status, postponed.postponed_until) == ("postponed", at(60))
    with pytest.raises(Impossible) as refusal:
        saved(ticket(), status="postponed", postponed_until=NOW)
    assert refusal.value.field == "postponed_until"


def test_what_is_postponed_until_just_now_can_still_be_tagged() -> None:
    postponed = saved(ticket(), status="postponed", postponed_until=at(60))
    assert saved(postponed, tags=("pilne",), now=at(61)).tags == ("pilne",)


def test_a_postponed_ticket_opens_when_its_time_has_come_and_not_before() -> None:
    postponed = saved(ticket(), status="postponed", postponed_until=at(60))
    assert reopen(postponed, at(59)) is postponed
    opened = reopen(postponed, at(60))
    assert (opened.status, opened.postponed_until, opened.version) == ("open", None, postponed.version + 1)
    assert reopen(opened, at(61)) is opened


def test_a_timer_of_an_earlier_postponing_opens_nothing() -> None:
    postponed = saved(ticket(), status="postponed", postponed_until=at(60))
    later = saved(postponed, postponed_until=at(600))
    assert reopen(later, at(60)) is later


# --- the thread


def test_a_reply_waits_for_the_customer_and_its_mail_is_pending() -> None:
    answered = written(ticket(), reply(), at(5))
    assert answered.status == "waiting"
    assert answered.messages[-1] == TicketMessage(
        UUID(int=50), "Jan Kowalski", "Tak, wysyłamy.", at(5), "reply", "pending"
    )
    assert (answered.version, answered.changed_at, answered.last_line) == (2, at(5), "Tak, wysyłamy.")


def test_an_agent_may_close_a_ticket_with_the_reply() -> None:
    assert written(ticket(), reply(status="closed")).status == "closed"


def test_a_reply_to_what_was_closed_or_postponed_waits_for_the_customer_again() -> None:
    assert written(ticket(status="closed"), reply()).status == "waiting"
    postponed = written(ticket(status="postponed", postponed_until=at(60)), reply())
    assert (postponed.status, postponed.postponed_until) == ("waiting", None)


@pytest.mark.parametrize("status", ["new", "open", "waiting", "closed"])
def test_a_comment_leaves_the_status(status: str) -> None:
    before = ticket(status=status) if status != "new" else ticket()
    after = written(before, comment())
    assert (after.status, after.messages[-1].mail) == (status, None)


def test_a_comment_leaves_a_ticket_postponed() -> None:
    after = written(ticket(status="postponed", postponed_until=at(60)), comment())
    assert (after.status, after.postponed_until) == ("postponed", at(60))


def test_a_message_sent_again_is_in_the_thread_once() -> None:
    once = written(ticket(), reply())
    assert written(once, reply(), at(9)) is once


@pytest.mark.parametrize("status", ["new", "postponed"])
def test_a_reply_cannot_make_a_ticket_new_or_postpone_it(status: str) -> None:
    with pytest.raises(Impossible) as refusal:
        written(ticket(), reply(status=status))
    assert refusal.value.field == "status"


def test_a_long_last_line_is_shortened() -> None:
    long = written(ticket(), comment(text=f"\n\n  {'a' * 500}\nb"))
    assert long.last_line == "a" * (LAST_LINE - 1) + "…"


# --- whose it is, and who knows


def test_the_customer_that_a_look_up_finds_is_the_tickets() -> None:
    found = looked_up(ticket(), ANNA)
    assert (found.customer, found.version, found.changed_at) == (ANNA, 2, NOW)
    assert looked_up(found, ANNA) is found


def test_a_look_up_that_finds_nobody_changes_nothing() -> None:
    before = ticket()
    assert looked_up(before, None) is before


def test_what_an_agent_said_about_the_customer_stands() -> None:
    other = NamedRef(id=UUID(int=77), name="Inna")
    chosen = saved(ticket(), customer=other)
    assert looked_up(chosen, ANNA) is chosen
    nobodys = saved(looked_up(ticket(), ANNA), customer=None)
    assert looked_up(nobodys, ANNA) is nobodys
    on_behalf = open_by_agent(UUID(int=9), BY_AGENT.model_copy(update={"customer_id": other.id}), JAN, NOW)
    assert looked_up(on_behalf, ANNA) is on_behalf


def test_the_customers_own_name_is_the_tickets_and_not_the_one_typed() -> None:
    asked = BY_AGENT.model_copy(update={"customer_id": ANNA.id, "customer_name": ANNA.name})
    on_behalf = open_by_agent(UUID(int=9), asked, JAN, NOW)
    assert on_behalf.customer == ANNA
    assert looked_up(on_behalf, ANNA) is on_behalf


def test_a_change_decided_before_the_customer_was_found_goes_through_and_leaves_them() -> None:
    read = ticket()
    found = looked_up(read, ANNA)
    asked = wanted(read, status="open", tags=("pilne",))
    saved_now = change(found, asked, NOW)
    assert (saved_now.status, saved_now.tags, saved_now.customer, saved_now.version) == ("open", ("pilne",), ANNA, 3)
    assert change(saved_now, asked, at(9)) is saved_now, "asked again, as when the answer was lost"
    assert change(found, wanted(read), NOW) is found
    with pytest.raises(ChangedMeanwhile):
        change(saved_now, wanted(read, status="closed"), NOW)


def test_whom_an_agent_chose_before_the_customer_was_found_stands() -> None:
    read, other = ticket(), NamedRef(id=UUID(int=77), name="Inna")
    assert change(looked_up(read, ANNA), wanted(read, customer=other), NOW).customer == other


def test_who_has_seen_the_customer_may_say_that_the_ticket_is_nobodys() -> None:
    found = looked_up(ticket(), ANNA)
    assert saved(found, customer=None).customer is None


@pytest.mark.parametrize(("seen", "unread"), [(None, True), (1, True), (2, False), (3, False)])
def test_a_ticket_is_unread_by_who_has_not_seen_its_last_version(seen: int | None, unread: bool) -> None:
    assert is_unread(ticket(status="open"), seen, NOW) is unread


@pytest.mark.parametrize(("seen", "unread"), [(None, True), (1, True), (2, False)])
def test_a_customer_who_was_found_is_news_to_nobody(seen: int | None, unread: bool) -> None:
    assert is_unread(looked_up(ticket(status="open"), ANNA), seen, NOW) is unread


def test_what_nobody_has_changed_for_long_is_unread_by_nobody() -> None:
    assert is_unread(ticket(), None, NOW + UNREAD_FOR - timedelta(seconds=1))
    assert not is_unread(ticket(), None, NOW + UNREAD_FOR)
