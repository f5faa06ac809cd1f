"""An agent whose browser is gone: what they were asked and what they led goes on without them."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from deploy.demo.load import TOPICS
from tests.e2e.conftest import Employ, Visit
from tests.e2e.parameters import Parameters
from tests.support.cable import Cable

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SALES = TOPICS[0].name
SOON = {"offers_lost_seconds": 5, "conversations_lost_seconds": 10}


async def test_conversations_of_an_agent_whose_browser_is_gone_go_on_with_others(
    visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    await parameters.change_routing(**SOON)
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await visitor.start(SALES, "Natalia", "natalia@example.org")
    await jan.accept()
    await jan.say("Dzień dobry!")
    await expect(visitor.messages).to_have_count(1)
    there = jan.page.url
    await jan.page.goto("about:blank")

    ewa = await employ("Ewa Lis")
    await expect(ewa.offer).to_contain_text("Natalia", timeout=40_000)
    await ewa.accept()
    await expect(ewa.lines.filter(has_text="Jan Kowalski traci połączenie")).to_be_visible()
    await ewa.say("Przejmuję")
    await expect(visitor.messages.last).to_contain_text("Przejmuję")

    await jan.page.goto(there)
    await expect(jan.page.get_by_test_id("away")).to_contain_text("Konsola była zbyt długo bez połączenia")
    await expect(jan.page.get_by_test_id("outside")).to_be_visible()
    await jan.page.get_by_role("button", name="Wróć do dostępnych").click()
    await expect(jan.page.get_by_test_id("away")).to_be_empty()


async def test_an_offer_to_an_agent_whose_browser_is_gone_goes_to_the_next(
    visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    await parameters.change_routing(**SOON)
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await visitor.start(SALES, "Olgierd", "olgierd@example.org")
    await expect(jan.offer).to_contain_text("Olgierd")
    await jan.page.goto("about:blank")
    ewa = await employ("Ewa Lis")
    await expect(ewa.offer).to_contain_text("Olgierd")


async def test_an_agent_who_is_back_in_time_has_lost_nothing(visit: Visit, employ: Employ) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await visitor.start(SALES, "Paulina", "paulina@example.org")
    await jan.accept()
    await jan.say("Dzień dobry!")
    await expect(visitor.messages).to_have_count(1)
    there = jan.page.url
    await jan.page.goto("about:blank")
    await visitor.say("Halo?")
    await visitor.expect_delivery("Halo?", "sent")
    await jan.page.goto(there)
    await expect(jan.messages).to_have_count(2)
    await jan.say("Jestem")
    await expect(visitor.messages.last).to_contain_text("Jestem")
    await expect(jan.page.get_by_test_id("away")).to_be_empty()


async def test_a_console_that_was_cut_off_too_long_is_told_so_and_keeps_what_it_could_not_send(
    visit: Visit, employ: Employ, parameters: Parameters, cable: Cable
) -> None:
    await parameters.change_routing(**SOON)
    visitor, jan = await visit(), await employ("Jan Kowalski", at=cable.url)
    await visitor.start(SALES, "Regina", "regina@example.org")
    await jan.accept()
    await jan.say("Dzień dobry!")
    await expect(visitor.messages).to_have_count(1)
    ewa = await employ("Ewa Lis")
    await cable.cut()
    try:
        await expect(jan.page.get_by_text("Brak połączenia.")).to_be_visible()
        await jan.say("Piszę dalej")
        await expect(ewa.offer).to_contain_text("Regina", timeout=40_000)
        await ewa.accept()
        await ewa.say("Przejmuję")
        await expect(visitor.messages).to_have_count(2)
    finally:
        await cable.mend()
    await jan.page.evaluate("dispatchEvent(new Event('online'))")  # what a browser says when its network is back

    outside = jan.page.get_by_test_id("outside")
    await expect(outside).to_contain_text("Ewa Lis", timeout=40_000)
    await expect(outside).to_contain_text("Piszę dalej")
    await expect(outside).to_contain_text("Połączenie było przerwane zbyt długo")
    await expect(jan.page.get_by_test_id("away")).to_contain_text("Konsola była zbyt długo bez połączenia")
    await expect(visitor.messages).to_have_count(2)
    await outside.get_by_role("button", name="Dołącz").click()
    await expect(jan.messages.filter(has_text="Przejmuję")).to_be_visible()
