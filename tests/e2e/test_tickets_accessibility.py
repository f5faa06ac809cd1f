"""The tickets tab on a desk and on a phone: no violations by axe, nothing beside the screen, all by keys."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.e2e.conftest import CallAs, Employ
from tests.e2e.test_accessibility import violations
from tests.e2e.ticketing import Office, TicketsTab, word

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
LONG = "Bardzo długi tytuł zgłoszenia, którego nikt nie skrócił, bo wkleił tu całe pytanie z innego miejsca"


async def fits(page: Page) -> bool:
    """Whether nothing has to be looked for sideways."""
    return bool(
        await page.evaluate(
            "[document.documentElement, document.querySelector('#main')].every(e => e.scrollWidth <= e.clientWidth)"
        )
    )


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_list_and_card_are_accessible_and_fit(employ: Employ, call_as: CallAs, size: ViewportSize) -> None:
    office, tab, tag = Office(await call_as("agent")), TicketsTab(await employ("Maja Wójcik", status=None)), word()
    page = tab.page
    await page.set_viewport_size(size)
    ticket = await office.open(f"{LONG} {tag}", name="Jerzy Brzęczyszczykiewicz-Chrząszczyżewoszycki")
    await office.change(ticket, tags=[tag, "pilne", "reklamacja", "zwrot pieniędzy", "do księgowości"])
    await office.write(ticket, "comment", "Dzwonię jutro. https://example.com")
    await office.write(ticket, "reply", "Dzień dobry")

    await tab.list(f"?tag={tag}")
    await expect(tab.rows).to_have_count(1)
    if size is PHONE:
        await page.get_by_role("button", name=re.compile("^Filtry")).click()
    await page.get_by_role("button", name=re.compile("^Status")).click()
    await expect(page.get_by_role("checkbox", name="Odłożone")).to_be_visible()
    assert await violations(page) == []
    assert await fits(page)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name=re.compile("^Status"))).to_be_focused()

    await tab.rows.get_by_role("link").click()
    await expect(tab.messages).to_have_count(3)
    if size is PHONE:
        await expect(tab.rows).to_have_count(0)
        await page.get_by_text("Status, osoba i klient").click()
    await page.get_by_label("Tytuł", exact=True).fill("Krótszy tytuł")
    await page.get_by_label("Status", exact=True).select_option("Odłożone")
    await office.change(ticket, subject_line="Jeszcze inny tytuł", assignee=None, status="closed")
    await page.get_by_test_id("ticket-save").get_by_role("button", name="Pokaż").click()
    await expect(page.get_by_test_id("clashes").get_by_role("listitem")).to_have_count(2)
    assert await violations(page) == []
    assert await fits(page)
    await page.get_by_role("button", name="Weź wszystkie tamte").click()
    await page.get_by_role("tab", name="Komentarz").click()
    assert await violations(page) == []
    assert await fits(page)
    await page.get_by_role("link", name="Lista zgłoszeń").click()
    await expect(page.get_by_role("heading", name="Zgłoszenia", level=1)).to_be_visible()


async def test_a_ticket_is_answered_by_keys_alone(employ: Employ, call_as: CallAs) -> None:
    office, tab = Office(await call_as("agent")), TicketsTab(await employ("Maja Wójcik", status=None))
    await tab.open(await office.open("Klawiatura"))
    reply = tab.page.get_by_role("tab", name="Odpowiedź")
    await reply.focus()
    await tab.page.keyboard.press("ArrowRight")
    await expect(tab.page.get_by_role("tab", name="Komentarz")).to_be_focused()
    await tab.page.keyboard.press("Tab")
    await tab.page.keyboard.type("Bez myszy")
    await tab.page.keyboard.press("Control+Enter")
    await expect(tab.messages.last).to_contain_text("Bez myszy")
    await expect(tab.page.get_by_label("Treść komentarza")).to_be_focused()
    await expect(tab.page.get_by_test_id("polite")).to_contain_text("Dodano komentarz")
