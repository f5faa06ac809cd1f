"""What an administrator changes in the console takes effect where it should, while everything runs."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.e2e.conftest import PASSWORD, Employ, NewPage, Visit
from tests.e2e.faces import Console
from tests.e2e.parameters import Parameters
from tests.e2e.test_accessibility import violations
from tests.support.system import System

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SALES = "Sprzedaż"
PHONE: ViewportSize = {"width": 390, "height": 844}


async def settings(console: Console, section: str, item: str | None = None) -> None:
    """Go to a section of the settings, and to one of its items, by what can be pressed."""
    await console.page.get_by_role("link", name="Ustawienia", exact=True).click()
    await console.page.get_by_role("navigation", name="Działy ustawień").get_by_role("link", name=section).click()
    if item is not None:
        await console.page.get_by_role("main").get_by_role("link", name=item).click()
        await expect(console.page.get_by_role("heading", name=item, level=2)).to_be_visible()


async def save(console: Console) -> None:
    await console.page.get_by_role("button", name="Zapisz zmiany").click()
    await expect(console.page.get_by_text("Masz niezapisane zmiany")).to_have_count(0)


def fault_of(page: Page, field: Locator) -> Locator:
    """The sentence beside a field that says what is wrong with it."""
    return page.locator(".field", has=field).locator(".field__fault")


async def test_a_topics_parameters_take_effect_under_an_open_widget_and_for_the_next_offer(
    visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    await parameters.change(SALES)  # as it is now: put back after the test
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    agent = await employ("Maja Wójcik")
    visitor = await visit()
    await visitor.panel.get_by_label(SALES).check()
    await settings(chief, "Tematy", SALES)

    offer = chief.page.get_by_label("Czas na odebranie rozmowy")
    await offer.fill("4")
    await chief.page.get_by_role("button", name="Zapisz zmiany").click()
    await expect(fault_of(chief.page, offer)).to_have_text("Podaj liczbę całkowitą od 5 do 3600.")
    await expect(offer).to_be_focused()

    await offer.fill("5")
    await chief.page.get_by_label("Według planu tygodnia").check()
    for _ in range(5):
        await chief.page.get_by_role("button", name=re.compile("^Usuń godziny")).first.click()
    words = chief.page.get_by_role("group", name="Poza godzinami").get_by_label("po polsku")
    await words.fill("Palimy kawę, wracamy jutro.")
    await save(chief)
    await expect(visitor.panel.get_by_text("Palimy kawę, wracamy jutro.")).to_be_visible()
    await expect(visitor.panel.get_by_role("button", name="Rozpocznij")).to_have_count(0)

    await chief.page.get_by_label("Zawsze czynny").check()
    await save(chief)
    await expect(visitor.panel.get_by_text("Palimy kawę, wracamy jutro.")).to_have_count(0)
    await visitor.start(SALES, "Anna Nowak", "anna.nowak@example.com")
    await expect(agent.offer).to_be_visible()
    await expect(agent.offer).to_have_count(0, timeout=9_000)  # five seconds, not the sixty of before
    await expect(agent.page.get_by_text(re.compile("nie została odebrana na czas")).first).to_be_visible()


async def test_an_agents_capacity_and_role_reach_their_open_console(employ: Employ) -> None:
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    agent = await employ("Oskar Zawada", status=None)
    await expect(agent.page.get_by_text("0 z 3 czatów")).to_be_visible()
    await settings(chief, "Konsultanci", "Oskar Zawada")
    await chief.page.get_by_label("Ile rozmów naraz").fill("7")
    await chief.page.get_by_label(f"Priorytet w temacie {SALES}").select_option("1")
    await save(chief)
    await expect(agent.page.get_by_text("0 z 7 czatów")).to_be_visible()
    await expect(agent.page.get_by_role("link", name="Ustawienia")).to_have_count(0)
    await chief.page.get_by_label(re.compile("^administrator")).check()
    await save(chief)
    await expect(agent.page.get_by_role("link", name="Ustawienia")).to_be_visible()
    await settings(agent, "Konsultanci", "Oskar Zawada")
    await expect(agent.page.get_by_label(f"Priorytet w temacie {SALES}")).to_have_value("1")


async def test_somebody_elses_change_is_told_and_nothing_typed_is_lost(employ: Employ) -> None:
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    other = await employ("Iga Sowa", status=None, role="administrator")
    await employ("Leon Wrona", status=None)
    for console in (chief, other):
        await settings(console, "Konsultanci", "Leon Wrona")
    await other.page.get_by_label("Ile rozmów naraz").fill("5")
    await save(other)

    await chief.page.get_by_label("Imię i nazwisko").fill("Leon Wrona-Kruk")
    await chief.page.get_by_label("Ile rozmów naraz").fill("6")
    await chief.page.get_by_role("button", name="Zapisz zmiany").click()
    await chief.page.get_by_role("button", name="Wczytaj nowszą wersję").click()
    await expect(chief.page.get_by_text("Obie osoby zmieniły: Rozmowy naraz.")).to_be_visible()
    await expect(chief.page.get_by_label("Imię i nazwisko")).to_have_value("Leon Wrona-Kruk")
    await save(chief)
    await other.page.reload()
    await expect(other.page.get_by_label("Imię i nazwisko")).to_have_value("Leon Wrona-Kruk")
    await expect(other.page.get_by_label("Ile rozmów naraz")).to_have_value("6")


async def test_a_new_agent_can_sign_in_and_an_address_is_given_once(
    employ: Employ, shop: System, new_page: NewPage
) -> None:
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    await settings(chief, "Konsultanci")
    await chief.page.get_by_role("link", name="Nowy konsultant").click()
    await chief.page.get_by_label("Imię i nazwisko").fill("Ada Wilk")
    await chief.page.get_by_label("Adres e-mail").fill(chief.email)
    await chief.page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    await chief.page.get_by_label(SALES, exact=True).check()
    await chief.page.get_by_role("button", name="Dodaj konsultanta").click()
    taken = fault_of(chief.page, chief.page.get_by_label("Adres e-mail"))
    await expect(taken).to_have_text("Inny konsultant ma już ten adres.")
    email = f"ada-{chief.email}"
    await chief.page.get_by_label("Adres e-mail").fill(email)
    await chief.page.get_by_role("button", name="Dodaj konsultanta").click()
    await expect(chief.page.get_by_role("link", name="Ada Wilk").first).to_be_visible()

    newcomer = Console(await new_page("ada"), shop.url, email, PASSWORD)
    await newcomer.open()
    await newcomer.sign_in()
    await expect(newcomer.page.get_by_role("link", name="Ustawienia")).to_have_count(0)
    await newcomer.page.goto(f"{shop.url}/console/settings/agents")
    await expect(newcomer.page.get_by_role("heading", name="Nie ma takiej strony")).to_be_visible()


async def test_every_screen_of_the_settings_is_accessible_on_a_desk_and_on_a_phone(employ: Employ) -> None:
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    page = chief.page
    for size in (None, PHONE):
        if size:
            await page.set_viewport_size(size)
        await settings(chief, "Tematy")
        await expect(page.get_by_role("link", name=re.compile(SALES))).to_be_visible()
        assert await violations(page) == []
        await settings(chief, "Tematy", SALES)
        await page.get_by_label("Według planu tygodnia").check()
        await page.get_by_role("button", name="Dodaj dzień").click()
        await page.get_by_label("poniedziałek: zamknięcie 1").fill("7")
        await page.get_by_role("button", name="Zapisz zmiany").click()
        await expect(page.get_by_text("Zamknięcie musi być później niż otwarcie.")).to_be_visible()
        assert await violations(page) == []
        await page.get_by_role("button", name="Odrzuć zmiany").click()
        await settings(chief, "Konsultanci")
        await expect(page.get_by_role("link", name=re.compile("Marta Nowicka")).first).to_be_visible()
        assert await violations(page) == []
        await page.get_by_role("link", name="Nowy konsultant").click()
        await expect(page.get_by_label("Adres e-mail")).to_be_visible()
        assert await violations(page) == []
        await settings(chief, "Wspólne")
        await expect(page.get_by_label("Rozmowy naraz")).to_be_visible()
        assert await violations(page) == []
        wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, "the page scrolls sideways"
