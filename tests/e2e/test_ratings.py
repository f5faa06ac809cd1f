"""A visitor's rating: given, commented and changed; seen on the conversation and in the figures."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Employ, Visit
from tests.e2e.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def test_a_rating_with_its_comment_is_changed_and_shown_on_the_conversation_and_in_the_figures(
    visit: Visit, employ: Employ
) -> None:
    name = f"Oceniany {uuid4().hex[:6]}"
    visitor, agent = await visit(), await employ(name)
    await visitor.start("Sprzedaż", "Felicja", "felicja@example.org")
    await agent.accept()
    await visitor.say("Czy młynek jest cichy?")
    await agent.say("Bardzo cichy.")
    await expect(visitor.messages).to_have_count(2)
    await agent.end()

    comment = f"Za długo czekałam {uuid4().hex[:6]}"
    await visitor.panel.get_by_role("button", name="Źle").click()
    await visitor.panel.get_by_label("Komentarz").fill(comment)
    await visitor.panel.get_by_role("button", name="Wyślij komentarz").click()
    rating = agent.page.get_by_test_id("rating")
    await expect(rating).to_contain_text(comment)
    await expect(rating).to_have_attribute("data-score", "bad")
    await visitor.panel.get_by_role("button", name="Dobrze").click()
    await expect(rating).to_have_attribute("data-score", "good")
    await expect(rating).to_have_count(1)

    await agent.page.get_by_role("link", name="Zapis rozmowy").click()
    past = agent.page.get_by_test_id("past-rating")
    await expect(past).to_have_attribute("data-score", "good")
    await expect(past).to_contain_text(comment)
    await expect(agent.page.get_by_role("link", name="Oceny")).to_have_count(0)

    chief = await employ("Marta Szef", status=None, role="supervisor")
    await chief.page.get_by_role("link", name="Oceny").click()
    row = chief.page.get_by_role("table", name="Według konsultantów").get_by_role("row", name=re.compile(name))
    await expect(row.get_by_role("cell")).to_have_text(["1", "0", "0", "1", "100%"])
    await expect(chief.page.get_by_role("table", name="Według tematów")).to_contain_text("Sprzedaż")
    remark = chief.page.get_by_test_id("remark").filter(has_text=comment)
    await expect(remark.get_by_test_id("rating-face")).to_have_attribute("data-score", "good")
    assert await violations(chief.page) == []
    await remark.get_by_role("link", name="Otwórz rozmowę").click()
    await expect(chief.page.get_by_role("heading", name="Rozmowa: Felicja")).to_be_visible()


async def test_days_are_chosen_by_link_or_by_date_and_stand_in_the_address(employ: Employ) -> None:
    chief = await employ("Marta Szef", status=None, role="supervisor")
    page = chief.page
    await page.goto(f"{chief.url}/console/ratings")
    await page.get_by_role("link", name="Ostatnie 30 dni").click()
    await expect(page).to_have_url(re.compile(r"\?days=30$"))
    await expect(page.get_by_role("link", name="Ostatnie 30 dni")).to_have_attribute("aria-current", "true")

    await page.get_by_label("Od", exact=True).fill("2020-02-10")
    await page.get_by_label("Do", exact=True).fill("2020-02-01")
    await page.get_by_role("button", name="Pokaż").click()
    await expect(page.get_by_text("Koniec okresu nie może być przed początkiem.")).to_be_visible()
    await expect(page.get_by_label("Do", exact=True)).to_be_focused()
    assert await violations(page) == []
    await page.get_by_label("Do", exact=True).fill("2020-02-20")
    await page.get_by_role("button", name="Pokaż").click()
    await expect(page).to_have_url(re.compile(r"since=2020-02-10&until=2020-02-20$"))
    await expect(page.get_by_text("W tym okresie nikt nie ocenił rozmowy")).to_be_visible()
    await page.reload()
    await expect(page.get_by_test_id("figures-span")).to_contain_text("10 lutego 2020 – 20 lutego 2020")
    assert await violations(page) == []


async def test_figures_are_for_supervisors(employ: Employ) -> None:
    agent = await employ("Maja Wójcik", status=None)
    await expect(agent.page.get_by_role("link", name="Oceny")).to_have_count(0)
    await agent.page.goto(f"{agent.url}/console/ratings")
    await expect(agent.page.get_by_role("heading", name="Nie ma takiej strony")).to_be_visible()
