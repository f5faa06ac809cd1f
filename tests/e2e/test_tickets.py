"""The tickets tab: a list that lives in its address, and cards that agents answer, change and postpone together."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Route, expect

from tests.e2e.conftest import CallAs, Employ
from tests.e2e.ticketing import Office, TicketsTab, address, word
from tests.support.mails import Mails

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Sit = Callable[..., Awaitable[TicketsTab]]


@pytest_asyncio.fixture(loop_scope="session")
async def office(call_as: CallAs) -> Office:
    return Office(await call_as("agent"))


@pytest_asyncio.fixture(loop_scope="session")
async def sit(employ: Employ) -> Sit:
    """An agent who does tickets only."""

    async def sit(name: str = "Maja Wójcik") -> TicketsTab:
        return TicketsTab(await employ(name, status=None))

    return sit


# --- the list


async def test_a_list_follows_its_filter_while_others_work(sit: Sit, office: Office) -> None:
    tab, tag = await sit(), word()
    ticket = await office.open(f"Reklamacja {tag}")
    await tab.list(f"?tag={tag}")
    await expect(tab.page.get_by_text("Nic nie pasuje")).to_be_visible()

    await office.change(ticket, tags=[tag])
    await expect(tab.row("Reklamacja")).to_contain_text("Nowe")
    await office.change(ticket, status="waiting")
    await expect(tab.row("Reklamacja")).to_contain_text("Czeka na klienta")
    await office.change(ticket, status="closed")
    await expect(tab.rows).to_have_count(0)

    await tab.page.get_by_role("button", name=re.compile("^Status")).click()
    await tab.page.get_by_role("checkbox", name="Zamknięte").check()
    await expect(tab.row("Reklamacja")).to_contain_text("Zamknięte")
    await tab.page.reload()
    await expect(tab.row("Reklamacja")).to_contain_text("Zamknięte")
    await tab.page.get_by_role("link", name="Moje").click()
    await expect(tab.row("Reklamacja")).to_have_count(0)
    await tab.page.go_back()
    await expect(tab.row("Reklamacja")).to_be_visible()


async def test_nothing_moves_under_the_pointer(sit: Sit, office: Office) -> None:
    tab, tag = await sit(), word()
    for subject in ("Pierwsze", "Drugie"):
        await office.change(await office.open(subject), tags=[tag])
    third = await office.open("Trzecie")
    await tab.list(f"?tag={tag}")
    await expect(tab.rows).to_have_count(2)
    await tab.row("Pierwsze").hover()
    await office.change(third, tags=[tag])
    news = tab.page.get_by_test_id("tickets-news")
    await expect(news).to_have_text("1 nowa zmiana. Pokaż")
    await expect(tab.rows).to_have_count(2)
    await news.click()
    await expect(tab.rows.first).to_contain_text("Trzecie")
    await expect(tab.rows).to_have_count(3)
    await expect(news).to_have_count(0)


async def test_tickets_are_found_as_one_types_and_the_way_back_leads_there(sit: Sit, office: Office) -> None:
    tab, secret = await sit(), word()
    ticket = await office.open("Łódź, ulica Piotrkowska", text=f"Chodzi o {secret}.")
    await office.open("Inna sprawa")
    await office.change(ticket, status="closed")
    await tab.list()
    search = tab.page.get_by_label("Szukaj w zgłoszeniach")
    await search.press_sequentially(secret[:-2])
    await expect(tab.rows).to_have_count(1)
    await expect(tab.rows).to_contain_text("Łódź")
    await expect(tab.page).to_have_url(re.compile(r"\?q=has"))
    await tab.row("Łódź").get_by_role("link").click()
    await expect(tab.card).to_contain_text(secret)
    await tab.page.get_by_role("link", name="Lista zgłoszeń").click()
    await expect(tab.rows).to_have_count(1)
    await expect(search).to_have_value(secret[:-2])
    await search.fill(f"#{ticket['number']}")
    await expect(tab.rows).to_contain_text([f"#{ticket['number']}"])
    await search.fill(f"{secret} niczego")
    await expect(tab.page.get_by_text("Nic nie pasuje")).to_be_visible()


async def test_a_list_is_sorted_both_ways_and_read_in_pages(sit: Sit, office: Office) -> None:
    tab, customer = await sit(), await office.customer("Hurtownia Kawy")
    tickets = [await office.open(f"Sprawa {n:02}", customer_id=customer) for n in range(53)]
    await tab.list(f"?customer={customer}&sort=number&order=asc")
    await expect(tab.page.get_by_test_id("tickets-total")).to_have_text("53 zgłoszenia")
    await expect(tab.rows).to_have_count(50)
    await expect(tab.rows.first).to_contain_text(f"#{tickets[0]['number']}")
    await tab.page.get_by_role("button", name="Pokaż kolejne").click()
    await expect(tab.rows).to_have_count(53)
    await expect(tab.rows.last).to_contain_text(f"#{tickets[-1]['number']}")
    await tab.page.get_by_role("columnheader", name="Zmieniono").get_by_role("button").click()
    await expect(tab.rows.first).to_contain_text(f"#{tickets[-1]['number']}")
    await expect(tab.page).to_have_url(re.compile(rf"\?customer={customer}$"))


async def test_what_a_colleague_did_is_unread_until_it_is_opened(sit: Sit, office: Office) -> None:
    tab, tag = await sit(), word()
    ticket = await office.change(await office.open("Pytanie o paczkę"), tags=[tag])
    await tab.list(f"?tag={tag}")
    mark = tab.rows.get_by_test_id("ticket-unread")
    await expect(mark).to_have_count(1)
    await tab.row("Pytanie o paczkę").get_by_role("link").click()
    await expect(tab.card).to_be_visible()
    await tab.page.get_by_role("link", name="Lista zgłoszeń").click()
    await expect(tab.rows).to_have_count(1)
    await expect(mark).to_have_count(0)
    await tab.page.mouse.move(5, 5)
    await office.write(ticket, "comment", "Sprawdzam u kuriera.")
    await expect(mark).to_have_count(1)
    await expect(tab.rows).to_contain_text("Sprawdzam u kuriera.")


# --- the card


async def test_a_reply_is_mailed_and_its_fate_shown_and_a_comment_never_leaves_the_house(
    sit: Sit, office: Office, mails: Mails
) -> None:
    tab, to = await sit(), address()
    ticket = await office.open("Kawa bezkofeinowa", email=to)
    await tab.open(ticket)
    await tab.comment("Nie obiecujcie rabatu.")
    await tab.page.get_by_role("tab", name="Odpowiedź").click()
    await tab.page.get_by_label("Treść odpowiedzi").fill("Tak, mamy bezkofeinową.\nPozdrawiam")
    await tab.page.keyboard.press("Control+Enter")
    await expect(tab.messages).to_have_count(3)
    await expect(tab.messages.last.get_by_test_id("ticket-mail")).to_contain_text("Wysłano")
    await expect(tab.card.get_by_test_id("ticket-status")).to_have_text("Czeka na klienta")

    letter = await mails.to(to, "Kawa bezkofeinowa")
    assert "Tak, mamy bezkofeinową.\nPozdrawiam" in letter.text
    assert f"#{ticket['number']}" in letter.subject
    assert all("rabatu" not in mail.text + mail.html for mail in mails.all_to(to))


async def test_a_reply_that_cannot_be_delivered_says_why(sit: Sit, office: Office, mails: Mails) -> None:
    tab, to = await sit(), address()
    mails.refuse(to)
    await tab.open(await office.open("Zwrot", email=to))
    await tab.reply("Zwrot przyjęliśmy.")
    await expect(tab.messages.last.get_by_test_id("ticket-mail")).to_contain_text("550 5.1.1 No such user")
    await expect(tab.card.get_by_test_id("mails-of")).to_contain_text("550 5.1.1 No such user")


async def test_two_agents_who_change_a_ticket_at_once_are_told_and_lose_nothing(sit: Sit, office: Office) -> None:
    maja, ewa = await sit("Maja Wójcik"), await sit("Ewa Lis")
    ticket = await office.open("Zwrot towaru")
    for tab in (maja, ewa):
        await tab.open(ticket)
    await maja.page.get_by_label("Tytuł", exact=True).fill("Zwrot towaru: dwie paczki")
    await maja.page.get_by_label("Status", exact=True).select_option("Otwarte")
    await maja.page.get_by_label("Treść odpowiedzi").fill("Dzień dobry, ")

    await ewa.page.get_by_label("Tytuł", exact=True).fill("Zwrot i reklamacja")
    await ewa.page.get_by_role("button", name="Przypisz do mnie").click()
    await ewa.page.get_by_label("Tagi", exact=True).fill("pilne,")
    await ewa.save()

    await expect(maja.page.get_by_test_id("ticket-told")).to_contain_text("Ewa Lis")
    clashes = maja.page.get_by_test_id("clashes")
    await expect(maja.page.get_by_test_id("ticket-save")).to_contain_text("Ktoś inny też zmienił: tytuł")
    await expect(clashes).to_have_count(0)
    await maja.page.get_by_test_id("ticket-save").get_by_role("button", name="Pokaż").click()
    await expect(clashes.get_by_role("listitem")).to_have_count(1)
    await expect(clashes).to_contain_text("Zwrot towaru: dwie paczki")
    await expect(clashes).to_contain_text("Zwrot i reklamacja")
    await clashes.get_by_role("button", name="Zostaw moje: tytuł").click()
    await maja.save()

    await expect(ewa.page.get_by_label("Tytuł", exact=True)).to_have_value("Zwrot towaru: dwie paczki")
    await expect(ewa.page.get_by_label("Status", exact=True)).to_have_value("open")
    await expect(maja.page.get_by_label("Przypisane do")).to_contain_text("Ewa Lis")
    await expect(maja.page.get_by_label("Treść odpowiedzi")).to_have_value("Dzień dobry, ")
    await expect(maja.page.get_by_role("button", name="Usuń tag pilne")).to_be_visible()


async def test_a_change_that_was_not_heard_of_meets_the_other_one_when_it_is_saved(sit: Sit, office: Office) -> None:
    tab = await sit()
    ticket = await office.open("Faktura")

    await tab.page.route_web_socket(re.compile("/ws/agent"), lambda _: None)
    await tab.open(ticket)
    await tab.page.get_by_label("Tytuł", exact=True).fill("Faktura VAT")
    await office.change(ticket, subject_line="Faktura pro forma", tags=["księgowość"])
    await tab.page.get_by_role("button", name="Zapisz", exact=True).click()
    clashes = tab.page.get_by_test_id("clashes")
    await expect(clashes).to_contain_text("Faktura pro forma")
    await expect(tab.page.get_by_test_id("ticket-told")).to_contain_text("tytuł, tagi")
    await clashes.get_by_role("button", name="Weź tamte: tytuł").click()
    await expect(tab.page.get_by_test_id("ticket-save")).to_have_count(0)
    await expect(tab.page.get_by_label("Tytuł", exact=True)).to_have_value("Faktura pro forma")


async def test_a_postponed_ticket_opens_again_by_itself(sit: Sit, office: Office) -> None:
    tab, tag = await sit(), word()
    ticket = await office.change(await office.open("Oddzwonić"), tags=[tag])
    await tab.open(ticket)
    await tab.page.get_by_label("Status", exact=True).select_option("Odłożone")
    await tab.page.get_by_label("Odłóż do").fill("2020-01-01T09:00")
    await tab.page.get_by_role("button", name="Zapisz", exact=True).click()
    await expect(tab.page.get_by_text("Ten czas już minął.").first).to_be_visible()
    await tab.page.get_by_role("button", name="Jutro o 9:00").click()
    await tab.save()
    await expect(tab.card.get_by_test_id("ticket-status")).to_contain_text("Odłożone do")

    await tab.list(f"?tag={tag}&status=postponed")
    await expect(tab.row("Oddzwonić")).to_contain_text("Odłożone do")
    soon = datetime.now(UTC) + timedelta(seconds=2)
    await office.change(ticket, postponed_until=soon.isoformat())
    await expect(tab.rows).to_have_count(0)
    await tab.open(ticket)
    await expect(tab.card.get_by_test_id("ticket-status")).to_have_text("Otwarte")


async def test_what_was_typed_outlives_a_reload_and_a_dead_network_and_is_sent_once(
    sit: Sit, office: Office, mails: Mails
) -> None:
    tab, to = await sit(), address()
    await tab.open(await office.open("Wysyłka", email=to))
    text = tab.page.get_by_label("Treść odpowiedzi")
    await text.fill("Wysyłamy jutro.")
    await tab.page.get_by_label("Status", exact=True).select_option("Otwarte")
    await tab.page.reload()
    await expect(text).to_have_value("Wysyłamy jutro.")
    await expect(tab.page.get_by_label("Status", exact=True)).to_have_value("open")
    await tab.page.get_by_role("button", name="Cofnij zmiany").click()

    async def lose_the_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await tab.page.route(re.compile("/messages$"), lose_the_answer)
    send = tab.page.get_by_role("button", name="Wyślij odpowiedź")
    await send.click()
    await expect(tab.page.get_by_text("Nie wysłano. Tekst został w polu")).to_be_visible()
    await expect(text).to_have_value("Wysyłamy jutro.")
    await tab.page.unroute(re.compile("/messages$"))
    await send.click()
    await expect(text).to_have_value("")
    await expect(tab.messages.filter(has_text="Wysyłamy jutro.")).to_have_count(1)
    await expect(tab.messages.last.get_by_test_id("ticket-mail")).to_contain_text("Wysłano")
    assert len([mail for mail in mails.all_to(to) if "Wysyłamy jutro." in mail.text]) == 1


async def test_a_ticket_is_given_to_a_customer_and_shows_among_theirs(sit: Sit, office: Office) -> None:
    tab = await sit()
    await tab.open(await office.open("Ktoś zadzwonił", name="Nieznajomy"))
    await tab.page.get_by_role("button", name="Przypisz klienta").click()
    dialog = tab.page.get_by_role("dialog")
    await dialog.get_by_role("textbox").fill("zrodlany")
    await dialog.get_by_test_id("customer-choice").filter(has_text="Łukasz Źródlany").click()
    await tab.save()
    await tab.page.get_by_role("link", name="Zgłoszenia klienta").click()
    await expect(tab.row("Ktoś zadzwonił").first).to_contain_text("Łukasz Źródlany")
