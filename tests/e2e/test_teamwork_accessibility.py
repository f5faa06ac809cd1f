"""No screen of working together has what axe calls a violation, and its menu is worked by keys alone."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from deploy.demo.load import TOPICS
from tests.e2e.conftest import Employ, Visit
from tests.e2e.parameters import Parameters
from tests.e2e.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SALES = TOPICS[0].name


async def test_every_screen_of_teamwork_is_accessible(visit: Visit, employ: Employ, parameters: Parameters) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await visitor.start(SALES, "Roman", "roman@example.org")
    await jan.accept()
    await expect(jan.page.get_by_test_id("answer-clock").first).to_be_visible()
    assert await violations(jan.page) == []
    await jan.say("Dzień dobry!")
    ewa = await employ("Ewa Lis")
    marta = await employ("Marta Szef", status=None, role="supervisor")

    await jan.page.get_by_role("button", name="Działania").click()
    assert await violations(jan.page) == []
    await jan.page.get_by_role("menuitem", name="Wybierz konsultanta").click()
    await expect(jan.page.get_by_test_id("choice")).to_have_count(2)
    assert await violations(jan.page) == []
    await jan.page.keyboard.press("Escape")

    await ewa.look("Zespół", "Roman")
    await expect(ewa.page.get_by_test_id("outside")).to_contain_text("prowadzi Jan Kowalski")
    assert await violations(ewa.page) == []
    await marta.look("Zespół", "Roman")
    await expect(marta.page.get_by_test_id("watching")).to_be_visible()
    await expect(marta.page.get_by_test_id("agent-row").first).to_be_visible()
    assert await violations(marta.page) == []

    await parameters.change(SALES, offer_seconds=5)
    await jan.choose("Ewa Lis")
    await expect(ewa.offer).to_be_visible()
    assert await violations(ewa.page) == []
    assert await violations(jan.page) == []
    await expect(ewa.page.get_by_test_id("away")).to_contain_text("rozmowa nie została odebrana na czas")
    assert await violations(ewa.page) == []

    other = await visit("other")
    await jan.set_status("Niedostępny")
    await other.start(SALES, "Stefania", "stefania@example.org")
    await ewa.page.get_by_role("tab", name="Czekające").click()
    await expect(ewa.page.get_by_test_id("board-row")).to_contain_text("Stefania")
    assert await violations(ewa.page) == []


async def test_the_menu_and_the_choice_are_worked_by_keys_alone(visit: Visit, employ: Employ) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await visitor.start(SALES, "Tadeusz", "tadeusz@example.org")
    await jan.accept()
    ewa = await employ("Ewa Lis")
    keys = jan.page.keyboard
    menu = jan.page.get_by_role("button", name="Działania")
    await menu.focus()
    await keys.press("Enter")
    await expect(jan.page.get_by_role("menuitem", name="Wybierz konsultanta")).to_be_focused()
    await keys.press("End")
    await expect(jan.page.get_by_role("menuitem", name="Zakończ rozmowę")).to_be_focused()
    await keys.press("Escape")
    await expect(menu).to_be_focused()
    await keys.press("ArrowDown")
    await expect(jan.page.get_by_role("menuitem", name="Wybierz konsultanta")).to_be_focused()
    await keys.press("Enter")
    choice = jan.page.get_by_test_id("choice").filter(has_text="Ewa Lis").get_by_role("radio")
    await expect(choice).to_be_enabled()
    await choice.focus()
    await keys.press("Space")
    await expect(choice).to_be_checked()
    await keys.press("Enter")
    await expect(ewa.offer).to_contain_text("Rozmowa od: Jan Kowalski")
    await expect(menu).to_be_focused()
