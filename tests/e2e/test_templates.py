"""Reply templates in browsers: made once, found behind a slash, filled in, and never sent with a hole in them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.e2e.conftest import PASSWORD, CallAs, Employ, NewPage, Visit
from tests.e2e.faces import Console
from tests.e2e.test_accessibility import violations
from tests.e2e.test_administration import PHONE
from tests.e2e.ticketing import Office, address, word
from tests.support.mails import Mails
from tests.support.system import System

DESK: ViewportSize = {"width": 1440, "height": 900}

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def picker(console: Console) -> Locator:
    return console.page.get_by_test_id("template-picker")


def box(console: Console) -> Locator:
    return console.page.get_by_label("Wiadomość", exact=True)


async def open_templates(page: Page) -> None:
    """By the way that people have: the preferences."""
    await page.get_by_role("button", name="Preferencje").click()
    await page.get_by_role("dialog", name="Preferencje").get_by_role("link", name="Szablony odpowiedzi").click()
    await expect(page.get_by_role("heading", name="Szablony odpowiedzi", level=1)).to_be_visible()


async def make(page: Page, title: str, shortcut: str, text: str, *, shared: bool = False) -> None:
    await open_templates(page)
    await page.get_by_role("link", name="Nowy szablon").click()
    await page.get_by_label("Tytuł").fill(title)
    await page.get_by_label("Skrót").fill(shortcut)
    await page.get_by_label("Tekst").fill(text)
    if shared:
        await page.get_by_label("Wspólny").check()
    await page.get_by_role("button", name="Dodaj szablon").click()
    await expect(page.get_by_test_id("template-row").filter(has_text=title)).to_be_visible()


async def overflows(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


async def test_a_template_is_made_once_and_then_written_by_its_shortcut(visit: Visit, employ: Employ) -> None:
    agent = await employ("Maja Wójcik")
    page, short = agent.page, f"hej{uuid4().hex[:6]}"
    await open_templates(page)
    await page.get_by_role("link", name="Nowy szablon").click()
    await page.get_by_label("Tytuł").fill("Powitanie")
    await page.get_by_label("Skrót").fill("hej hej")
    await page.get_by_label("Tekst").fill("Dzień dobry, {{visitor.name}}! Tu {{agent.nazwisko}}")
    preview = page.get_by_test_id("template-preview")
    await expect(preview).to_contain_text("Dzień dobry, Ania! Tu {{agent.nazwisko}}")
    await page.get_by_role("button", name="Dodaj szablon").click()
    await expect(page.get_by_text("Nie ma zmiennej agent.nazwisko.")).to_be_visible()
    await expect(page.get_by_text("Tylko litery, cyfry")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_label("Skrót").fill(short)
    await page.get_by_label("Tekst").fill("Dzień dobry, {{visitor.name}}! Tu ")
    await page.get_by_label("Tekst").press("End")
    await page.get_by_role("button", name="imię i nazwisko konsultanta").click()
    await expect(preview).to_contain_text("Dzień dobry, Ania! Tu Maja Wójcik")
    await page.get_by_role("button", name="Dodaj szablon").click()
    await expect(page.get_by_test_id("template-row").filter(has_text="Powitanie")).to_be_visible()

    visitor = await visit()
    await visitor.start("Sprzedaż", "Anna Nowak", "gosc@example.org")
    await agent.accept()
    await box(agent).press_sequentially(f"/{short[:7]}")
    await expect(picker(agent)).to_contain_text("Dzień dobry, Anna Nowak! Tu Maja Wójcik")
    assert await violations(page) == []
    await box(agent).press("Enter")
    await expect(box(agent)).to_have_value("Dzień dobry, Anna Nowak! Tu Maja Wójcik")
    await expect(picker(agent)).to_have_count(0)
    await box(agent).press("Enter")
    await expect(visitor.messages.last).to_contain_text("Dzień dobry, Anna Nowak! Tu Maja Wójcik")


async def test_a_customer_who_is_only_claimed_is_not_named_and_the_hole_is_never_sent(
    visit: Visit, employ: Employ
) -> None:
    agent = await employ("Maja Wójcik")
    short = f"fv{uuid4().hex[:6]}"
    await make(agent.page, "Faktura", short, "Faktura dla {{customer.company}} będzie jutro.")
    visitor = await visit()
    # The card of this address has a company; whoever typed the address may be anybody.
    await visitor.start("Sprzedaż", "Ktoś", "anna.nowak@example.com")
    await agent.accept()
    await expect(agent.page.get_by_test_id("customer-card")).to_be_visible()
    await box(agent).press_sequentially(f"/{short}")
    await expect(picker(agent)).to_contain_text("Bez wartości: firma klienta")
    await expect(picker(agent)).to_contain_text("Adres jest niezweryfikowany")
    assert await violations(agent.page) == []
    await box(agent).press("Enter")
    await expect(agent.page.get_by_test_id("unfilled")).to_contain_text("Uzupełnij:")
    await box(agent).press("Enter")
    await expect(agent.page.get_by_test_id("unfilled")).to_contain_text("Nie wysłano.")
    assert await violations(agent.page) == []
    await agent.page.keyboard.type("Pani firmy")  # the hole is what is selected
    await expect(box(agent)).to_have_value("Faktura dla Pani firmy będzie jutro.")
    await expect(agent.page.get_by_test_id("unfilled")).to_have_count(0)
    await box(agent).press("Enter")
    await expect(visitor.messages.last).to_contain_text("Faktura dla Pani firmy będzie jutro.")
    assert not any("customer.company" in text or "Kawiarnia" in text for text in await visitor.texts())


async def test_the_list_is_opened_and_left_with_the_keyboard_or_a_finger(visit: Visit, employ: Employ) -> None:
    agent = await employ("Maja Wójcik")
    page = agent.page
    first, second = (f"z{uuid4().hex[:6]}" for _ in range(2))
    await make(page, "Zwrot A", first, "Zwrot trwa 14 dni.")
    await make(page, "Zwrot B", second, "Zwrot trwa 30 dni.")
    visitor = await visit()
    await visitor.start("Sprzedaż", "Ola", "ola@example.org")
    await agent.accept()
    await agent.write("Dzień dobry,")
    await page.get_by_role("button", name="Wstaw szablon").click()
    await expect(picker(agent)).to_be_visible()
    await expect(box(agent)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(picker(agent)).to_have_count(0)
    await expect(box(agent)).to_have_value("Dzień dobry, ")

    await box(agent).press_sequentially("/ZWROT 30")
    await expect(picker(agent).get_by_role("option")).to_have_count(1)
    for _ in range(3):
        await page.keyboard.press("Backspace")
    await expect(picker(agent).get_by_role("option", name=re.compile("^Zwrot [AB]"))).to_have_count(2)
    chosen = picker(agent).get_by_role("option", selected=True)
    await expect(chosen).to_contain_text("Zwrot A")
    await page.keyboard.press("ArrowDown")
    await expect(chosen).to_contain_text("Zwrot B")
    await expect(box(agent)).to_have_attribute("aria-activedescendant", await chosen.get_attribute("id") or "")

    await page.set_viewport_size(PHONE)
    await expect(picker(agent)).to_be_visible()
    assert await violations(page) == []
    assert not await overflows(page)
    await picker(agent).get_by_role("option", name="Zwrot A").click()
    await expect(box(agent)).to_have_value("Dzień dobry, Zwrot trwa 14 dni.")


async def test_shared_templates_are_read_by_all_and_changed_by_those_who_lead(employ: Employ) -> None:
    chief = await employ("Olga Wilk", status=None, role="supervisor")
    agent = await employ("Maja Wójcik", status=None)
    title, short = f"Wspólny {uuid4().hex[:6]}", f"w{uuid4().hex[:6]}"
    await make(chief.page, title, short, "Dziękujemy, {{visitor.name}}.", shared=True)

    await open_templates(agent.page)
    await agent.page.get_by_label("Szukaj szablonu").fill(short)
    await expect(agent.page.get_by_test_id("template-row")).to_have_count(1)
    assert await violations(agent.page) == []
    await agent.page.get_by_test_id("template-row").click()
    await expect(agent.page.get_by_text("To wspólny szablon.")).to_be_visible()
    await expect(agent.page.get_by_role("button", name="Zapisz zmiany")).to_have_count(0)
    assert await violations(agent.page) == []

    other = await employ("Iga Sowa", status=None, role="administrator")
    for console in (chief, other):
        await open_templates(console.page)
        await console.page.get_by_test_id("template-row").filter(has_text=title).click()
    await other.page.get_by_label("Tekst").fill("Dziękujemy za cierpliwość.")
    await other.page.get_by_role("button", name="Zapisz zmiany").click()
    await expect(other.page.get_by_text("Masz niezapisane zmiany")).to_have_count(0)
    await chief.page.get_by_label("Tytuł").fill(f"{title} nowy")
    await chief.page.get_by_role("button", name="Zapisz zmiany").click()
    await chief.page.get_by_role("button", name="Wczytaj nowszą wersję").click()
    await expect(chief.page.get_by_label("Tekst")).to_have_value("Dziękujemy za cierpliwość.")
    await expect(chief.page.get_by_label("Tytuł")).to_have_value(f"{title} nowy")
    await chief.page.get_by_role("button", name="Zapisz zmiany").click()
    await expect(chief.page.get_by_text("Masz niezapisane zmiany")).to_have_count(0)

    await chief.page.get_by_role("button", name="Usuń szablon").click()
    assert await violations(chief.page) == []
    await chief.page.get_by_role("dialog").get_by_role("button", name="Usuń szablon").click()
    await expect(chief.page.get_by_role("heading", name="Szablony odpowiedzi", level=1)).to_be_visible()
    await expect(chief.page.get_by_test_id("template-row").filter(has_text=title)).to_have_count(0)


async def test_what_was_typed_outlives_a_session_that_ran_out_and_not_a_sign_out(employ: Employ) -> None:
    agent = await employ("Nina Lis", status=None)
    page, short = agent.page, f"nina{uuid4().hex[:6]}"
    await open_templates(page)
    await page.get_by_role("link", name="Nowy szablon").click()
    await page.get_by_label("Tytuł").fill("Pożegnanie")
    await page.get_by_label("Skrót").fill(short)
    await page.get_by_label("Tekst").fill("Do usłyszenia!")
    await page.context.clear_cookies()
    await page.get_by_role("button", name="Dodaj szablon").click()
    await expect(page.get_by_text("Sesja wygasła")).to_be_visible()

    await agent.sign_in()
    await expect(page.get_by_label("Tekst")).to_have_value("Do usłyszenia!")
    await page.get_by_role("button", name="Dodaj szablon").click()
    await expect(page.get_by_test_id("template-row").filter(has_text="Pożegnanie")).to_be_visible()

    await page.get_by_role("link", name="Nowy szablon").click()
    await page.get_by_label("Tekst").fill("Niczyje")
    await page.get_by_role("button", name="Preferencje").click()
    await page.get_by_role("button", name="Wyloguj").click()
    await agent.sign_in()
    await expect(page.get_by_label("Tekst")).to_have_value("")


async def test_preferences_follow_the_agent_to_another_browser(employ: Employ, new_page: NewPage, shop: System) -> None:
    agent = await employ("Maja Wójcik", status=None)
    page = agent.page
    await page.get_by_role("button", name="Preferencje").click()
    wishes = page.get_by_role("group", name="Powiadomienia e-mail")
    await expect(wishes.get_by_role("switch", name="Nowe zgłoszenia")).not_to_be_checked()
    assert await violations(page) == []
    async with page.expect_response(re.compile("preferences$")):
        await wishes.get_by_role("switch", name="Nieodebrane czaty").click()
    async with page.expect_response(re.compile("preferences$")):
        await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("dialog", name="Preferences")).to_be_visible()

    elsewhere = Console(await new_page("elsewhere"), shop.url, agent.email, PASSWORD)
    await elsewhere.open()
    await elsewhere.page.get_by_label("Adres e-mail").fill(agent.email)
    await elsewhere.page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    await elsewhere.page.get_by_role("button", name="Zaloguj się").click()
    await elsewhere.page.get_by_role("button", name="Preferences").click()
    alerts = elsewhere.page.get_by_role("group", name="E-mail alerts")
    await expect(alerts.get_by_role("switch", name="Missed chats")).to_be_checked()
    await expect(alerts.get_by_role("switch", name="New tickets")).not_to_be_checked()
    await elsewhere.page.set_viewport_size(PHONE)
    assert await violations(elsewhere.page) == []
    assert not await overflows(elsewhere.page)


async def test_a_template_answers_a_ticket_with_its_number_and_what_it_lacks_is_not_mailed(
    employ: Employ, call_as: CallAs, mails: Mails
) -> None:
    email = address()
    ticket = await Office(await call_as("agent")).open(f"Zwrot {word()}", name="Łukasz", email=email)
    agent = await employ("Maja Wójcik", status=None)
    page, short = agent.page, f"zg{uuid4().hex[:6]}"
    await make(page, "Numer zgłoszenia", short, "{{customer.company}}, zgłoszenie {{ticket.number}} jest u nas.")
    await page.goto(f"{agent.url}/console/tickets/{ticket['id']}")
    reply = page.get_by_label("Treść odpowiedzi")
    for number in range(12):
        body = {"id": str(uuid4()), "shortcut": f"s{number}", "title": f"Szablon {number}", "text": "Tak.", "own": True}
        path = f"{agent.url}/api/templates/{body['id']}"
        assert (await page.request.put(path, data=body, headers={"Origin": agent.url})).ok
    for size in (PHONE, DESK):
        await page.set_viewport_size(size)
        await page.get_by_role("button", name="Wstaw szablon").click()
        await expect(picker(agent).get_by_role("option").nth(12)).to_be_attached()
        place = await picker(agent).bounding_box()
        assert place is not None
        assert place["y"] >= 0, "the list begins above the page"
        await page.keyboard.press("Escape")
    await reply.press_sequentially(f"/{short}")
    await expect(picker(agent).get_by_role("option")).to_have_count(1)
    assert await violations(page) == []
    await reply.press("Enter")
    await expect(reply).to_have_value(f"{{{{customer.company}}}}, zgłoszenie #{ticket['number']} jest u nas.")
    await page.get_by_role("button", name="Wyślij odpowiedź").click()
    await expect(page.get_by_test_id("unfilled")).to_contain_text("Nie wysłano.")
    await page.keyboard.type("Dzień dobry")
    await page.get_by_role("button", name="Wyślij odpowiedź").click()
    confirmation, letter = await mails.to(email), await mails.to(email)
    assert "otrzymaliśmy zgłoszenie" in confirmation.text
    assert f"Dzień dobry, zgłoszenie #{ticket['number']} jest u nas." in letter.text
    assert len(mails.all_to(email)) == 2
