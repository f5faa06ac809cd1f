"""A visitor and an agent, from the first click to the rating."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Employ, Visit
from tests.e2e.parameters import Parameters

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANNA = "anna.nowak@example.com"


async def test_visitor_and_agent_talk_until_the_end_and_the_visitor_rates(visit: Visit, employ: Employ) -> None:
    visitor = await visit()
    agent = await employ("Maja Wójcik")
    await visitor.start("Sprzedaż", "Anna Nowak", ANNA)

    await expect(agent.offer).to_contain_text("Anna Nowak")
    await expect(agent.offer).to_contain_text("Sprzedaż")
    await expect(agent.offer.get_by_test_id("countdown")).to_have_attribute(
        "aria-label", re.compile(r"Został\w+ \d+ sek")
    )
    await agent.accept()
    joined = visitor.events.filter(has_text="Maja Wójcik dołącza do rozmowy")
    await expect(joined).to_have_text(re.compile(r"\d{1,2}:\d{2}"))
    await expect(agent.lines.filter(has_text="Dołączasz do rozmowy").locator("time")).to_be_visible()

    question = "Dzień dobry! Zażółć gęślą jaźń 🥾 https://example.com/kawa?a=1&b=2"
    await visitor.say(question)
    await expect(agent.messages.last).to_contain_text("Zażółć gęślą jaźń 🥾")
    await expect(agent.messages.last.get_by_role("link")).to_have_attribute("href", "https://example.com/kawa?a=1&b=2")
    await visitor.expect_delivery("Zażółć", "delivered")

    await visitor.write("Zastanawiam się, czy nie")
    await expect(agent.page.get_by_test_id("peek-text")).to_have_text("Zastanawiam się, czy nie")
    await visitor.write("")
    await expect(agent.page.get_by_test_id("peek-text")).to_have_count(0)

    await agent.write("Już sprawdzam <b>to</b>")
    await expect(visitor.panel.get_by_text("Maja Wójcik pisze…")).to_be_visible()
    await agent.say("Już sprawdzam <b>to</b> 🙂")
    await expect(visitor.messages.last).to_contain_text("Już sprawdzam <b>to</b> 🙂")
    await expect(visitor.panel.get_by_text("Maja Wójcik pisze…")).to_have_count(0)

    await agent.end()
    await expect(visitor.events.last).to_contain_text("Maja Wójcik kończy rozmowę")
    await visitor.panel.get_by_role("button", name="Dobrze").click()
    await expect(visitor.panel.get_by_text("Dziękujemy za ocenę!")).to_be_visible()
    await visitor.panel.get_by_label("Komentarz").fill("Świetna pomoc")
    await visitor.panel.get_by_role("button", name="Wyślij komentarz").click()
    rating = agent.page.get_by_test_id("rating").last
    await expect(rating).to_have_attribute("data-score", "good")
    await expect(rating).to_contain_text("Świetna pomoc")


async def test_the_visitor_may_end_the_conversation(visit: Visit, employ: Employ) -> None:
    visitor = await visit()
    agent = await employ("Adam Wilk")
    await visitor.start("Wsparcie techniczne", "Ola", "ola@example.org")
    await agent.accept()
    await expect(visitor.events.filter(has_text="Adam Wilk dołącza")).to_be_visible()
    await visitor.end()
    await expect(visitor.panel.get_by_role("heading", name="Jak oceniasz tę rozmowę?")).to_be_visible()
    await expect(agent.page.get_by_test_id("closing")).to_contain_text("Rozmowę zakończył gość")


async def test_a_known_address_shows_the_card_marked_as_not_verified(visit: Visit, employ: Employ) -> None:
    visitor = await visit()
    agent = await employ("Maja Wójcik")
    await visitor.start("Sprzedaż", "Ania", f"  {ANNA.upper()} ")
    await agent.accept()
    card = agent.page.get_by_test_id("customer-card")
    await expect(card).to_contain_text("Anna Nowak")
    await expect(card).to_contain_text("+48 600 100 200")
    await expect(card).to_contain_text("DK-20417")
    await expect(card).not_to_contain_text("Limit kredytowy")
    await expect(agent.page.get_by_text("Adres niezweryfikowany")).to_be_visible()
    await expect(visitor.panel.get_by_text("Nowak")).to_have_count(0)


async def test_an_unknown_address_shows_an_empty_card(visit: Visit, employ: Employ) -> None:
    visitor = await visit()
    agent = await employ("Maja Wójcik")
    await visitor.start("Sprzedaż", "Nieznajomy", "nikt@example.org")
    await agent.accept()
    card = agent.page.get_by_test_id("customer-unknown")
    await expect(card).to_contain_text("Nieznany adres")
    await expect(card).to_contain_text("nikt@example.org")
    await expect(agent.page.get_by_test_id("customer-card")).to_have_count(0)


async def test_an_offer_nobody_accepts_in_time_goes_to_the_next_agent_and_the_first_is_told(
    visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    first = await employ("Adam Wilk")
    second = await employ("Beata Sowa")
    visitor = await visit()
    await parameters.change("Sprzedaż", offer_seconds=5, choice="longest_idle")
    await visitor.start("Sprzedaż", "Cierpliwa Zofia", "zofia@example.org")
    await expect(first.offer).to_contain_text("Cierpliwa Zofia")
    await parameters.change("Sprzedaż", offer_seconds=60)
    await expect(second.offer).to_have_count(0)

    await expect(
        first.page.get_by_text("Masz przerwę, bo rozmowa nie została odebrana na czas (Cierpliwa Zofia).")
    ).to_be_visible()
    await expect(first.offer).to_have_count(0)
    await expect(second.offer).to_contain_text("Cierpliwa Zofia")
    await second.accept()
    await expect(visitor.events.filter(has_text="Beata Sowa dołącza do rozmowy")).to_be_visible()
    await expect(visitor.panel.get_by_text("Adam Wilk")).to_have_count(0)
    await expect(second.lines.filter(has_text="Adam Wilk · nieodebrana na czas")).to_be_visible()


async def test_a_declined_offer_goes_to_the_next_agent_at_once(visit: Visit, employ: Employ) -> None:
    first = await employ("Adam Wilk")
    visitor = await visit()
    await visitor.start("Sprzedaż", "Gość", "gosc@example.org")
    await expect(first.offer).to_be_visible()
    second = await employ("Beata Sowa")
    await first.offer.get_by_role("button", name="Odrzuć").click()
    await expect(first.offer).to_have_count(0)
    await expect(second.offer).to_contain_text("Gość")
