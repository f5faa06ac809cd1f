"""Nobody is free: the place in the queue, and the way out into a ticket."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Employ, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def test_a_waiting_visitor_sees_their_place_and_can_leave_a_ticket(visit: Visit, employ: Employ) -> None:
    agent = await employ("Maja Wójcik", status=None)
    first, second = await visit("first"), await visit("second")
    await first.start("Sprzedaż", "Pierwszy", "pierwszy@example.org")
    await expect(first.panel.get_by_text("Szukamy wolnego konsultanta")).to_be_visible()
    await expect(first.panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()
    await second.start("Sprzedaż", "Łukasz", "lukasz@example.org")
    await expect(second.panel.get_by_text("Twoje miejsce w kolejce: 2")).to_be_visible()

    await second.say("Czy wysyłacie kawę do Gdańska?")
    await second.expect_delivery("Gdańska", "sent")
    await second.panel.get_by_role("button", name="Zostaw wiadomość").click()
    text = second.panel.get_by_label("Wiadomość", exact=True)
    await expect(text).to_have_value("Czy wysyłacie kawę do Gdańska?")
    await text.fill("Czy wysyłacie kawę do Gdańska? Proszę o e-mail.")
    await second.panel.get_by_role("button", name="Wyślij wiadomość").click()
    number = second.panel.get_by_text(re.compile(r"Numer zgłoszenia: #\d+"))
    await expect(number).to_be_visible()

    await first.end()
    await agent.open_tickets()
    row = agent.page.get_by_test_id("ticket-row").filter(has_text="Łukasz").first
    await expect(row).to_contain_text("Zgłoszenie dla czata z kolejki Sprzedaż")
    await row.get_by_role("link").click()
    ticket = agent.page.get_by_test_id("ticket")
    await expect(ticket).to_contain_text("Czy wysyłacie kawę do Gdańska? Proszę o e-mail.")
    await expect(ticket).to_contain_text("lukasz@example.org")
    digits = re.sub(r"\D", "", await number.inner_text())
    await expect(ticket).to_contain_text(f"Zgłoszenie #{digits}")


async def test_consoles_are_told_of_a_new_ticket(visit: Visit, employ: Employ) -> None:
    agent = await employ("Maja Wójcik", status=None)
    await agent.open_tickets()
    visitor = await visit()
    await visitor.start("Wsparcie techniczne", "Żaneta", "zaneta@example.org")
    await visitor.panel.get_by_role("button", name="Zostaw wiadomość").click()
    await visitor.panel.get_by_role("button", name="Wyślij wiadomość").click()
    await expect(visitor.panel.get_by_text("Wpisz wiadomość.")).to_be_visible()
    await visitor.panel.get_by_label("Wiadomość", exact=True).fill("Błąd 17 przy płatności")
    await visitor.panel.get_by_role("button", name="Wyślij wiadomość").click()
    await expect(agent.page.get_by_text(re.compile(r"Nowe zgłoszenie #\d+")).first).to_be_visible()
    await expect(agent.page.get_by_test_id("ticket-row").filter(has_text="Żaneta").first).to_be_visible()


async def test_the_longest_waiting_visitor_is_offered_first_when_an_agent_comes(visit: Visit, employ: Employ) -> None:
    first, second = await visit("first"), await visit("second")
    await first.start("Sprzedaż", "Dłużej", "a@example.org")
    await second.start("Sprzedaż", "Krócej", "b@example.org")
    await expect(second.panel.get_by_text("Twoje miejsce w kolejce: 2")).to_be_visible()
    agent = await employ("Maja Wójcik")
    await expect(agent.offer).to_have_count(2)
    await expect(agent.offer.first).to_contain_text("Dłużej")
    await agent.offer.filter(has_text="Dłużej").get_by_role("button", name="Odbierz").click()
    await expect(first.events.filter(has_text="Maja Wójcik dołącza")).to_be_visible()
    await expect(second.panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()
