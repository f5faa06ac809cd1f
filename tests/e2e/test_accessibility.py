"""No screen has what axe calls a violation of WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.async_api import Frame, Page, expect

from tests.e2e.conftest import Employ, Visit
from tests.e2e.faces import Widget
from tests.e2e.parameters import CLOSED, OPEN, Parameters

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


async def violations(document: Page | Frame) -> list[str]:
    """One line per offending element."""
    await document.evaluate(f"{AXE}; undefined")
    result: dict[str, Any] = await document.evaluate(
        "(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags }, iframes: false })", STANDARDS
    )
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


async def test_the_check_notices_a_button_without_a_name(visit: Visit) -> None:
    visitor = await visit()
    frame = await visitor.frame()
    await frame.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [line.split(":")[0] for line in await violations(frame)] == ["button-name"]


async def test_every_screen_of_the_widget_is_accessible(visit: Visit, employ: Employ) -> None:
    visitor = await visit()
    assert await violations(visitor.page) == []
    assert await violations(await visitor.frame()) == []
    await visitor.panel.get_by_role("button", name="Rozpocznij").click()
    await expect(visitor.panel.get_by_text("Wybierz temat rozmowy.")).to_be_visible()
    assert await violations(await visitor.frame()) == []

    await visitor.start("Sprzedaż", "Gość", "gosc@example.org")
    await expect(visitor.panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()
    assert await violations(await visitor.frame()) == []
    await visitor.panel.get_by_role("button", name="Zostaw wiadomość").click()
    assert await violations(await visitor.frame()) == []
    await visitor.panel.get_by_role("button", name="Wróć do kolejki").click()

    agent = await employ("Maja Wójcik")
    await agent.accept()
    await visitor.say("Dzień dobry! https://example.com")
    await agent.say("Dzień dobry 🙂")
    await expect(visitor.messages).to_have_count(2)
    assert await violations(await visitor.frame()) == []
    await agent.end()
    await visitor.panel.get_by_role("button", name="Tak sobie").click()
    await expect(visitor.panel.get_by_text("Dziękujemy za ocenę!")).to_be_visible()
    assert await violations(await visitor.frame()) == []


async def fits(visitor: Widget) -> bool:
    """Whether nothing of the panel has to be looked for sideways."""
    frame = await visitor.frame()
    return bool(await frame.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


async def test_the_widget_after_hours_and_over_several_visits_is_accessible_on_a_small_screen(
    visit: Visit, parameters: Parameters
) -> None:
    visitor = await visit()
    panel = visitor.panel
    await visitor.page.set_viewport_size({"width": 320, "height": 640})
    await panel.get_by_label("Sprzedaż").check()
    await expect(panel.get_by_text("W tej chwili nikt nie jest dostępny.")).to_be_visible()
    assert await violations(await visitor.frame()) == []
    assert await fits(visitor)

    await parameters.change("Sprzedaż", hours=CLOSED)
    await panel.get_by_role("button", name="Wyślij wiadomość").click()
    await expect(panel.get_by_text("Wpisz wiadomość.")).to_be_visible()
    assert await violations(await visitor.frame()) == []
    assert await fits(visitor)

    await parameters.change("Sprzedaż", hours=OPEN)
    await expect(panel.get_by_text("W czym możemy pomóc?")).to_be_visible()
    await visitor.start("Sprzedaż", "Gość", "gosc@example.org")
    await expect(panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()
    assert await fits(visitor)
    await parameters.change("Sprzedaż", hours=CLOSED)
    await expect(panel.get_by_role("button", name="Czekaj dalej")).to_be_visible()
    assert await violations(await visitor.frame()) == []
    assert await fits(visitor)
    await panel.get_by_role("button", name="Czekaj dalej").click()
    assert await violations(await visitor.frame()) == []
    await panel.get_by_role("button", name="Przestań czekać").click()
    await expect(panel.get_by_role("heading", name="Przestać czekać?")).to_be_visible()
    assert await violations(await visitor.frame()) == []
    await panel.get_by_role("dialog").get_by_role("button", name="Przestań czekać").click()

    await panel.get_by_role("button", name="Wcześniejsze rozmowy").click()
    await expect(panel.locator(".past")).to_have_count(1)
    assert await violations(await visitor.frame()) == []
    assert await fits(visitor)
    await panel.locator(".past").click()
    await expect(visitor.events.last).to_contain_text("Rozmowa zakończona przez Ciebie")
    assert await violations(await visitor.frame()) == []
    assert await fits(visitor)


async def test_every_screen_of_the_console_is_accessible(visit: Visit, employ: Employ) -> None:
    agent = await employ("Maja Wójcik", signed_in=False)
    await expect(agent.page.get_by_role("heading", name="Zaloguj się")).to_be_visible()
    assert await violations(agent.page) == []
    await agent.sign_in()
    assert await violations(agent.page) == []
    await agent.set_status("Dostępny")

    visitor = await visit()
    await visitor.start("Sprzedaż", "Anna Nowak", "anna.nowak@example.com")
    await expect(agent.offer).to_be_visible()
    assert await violations(agent.page) == []
    await agent.accept()
    await visitor.say("Dzień dobry! https://example.com")
    await visitor.write("i jeszcze")
    await expect(agent.page.get_by_test_id("peek-text")).to_have_text("i jeszcze")
    await expect(agent.page.get_by_test_id("customer-card")).to_be_visible()
    assert await violations(agent.page) == []
    await visitor.end()
    await visitor.panel.get_by_role("button", name="Źle").click()
    await expect(agent.page.get_by_test_id("rating")).to_be_visible()
    assert await violations(agent.page) == []

    other = await visit("other")
    await agent.set_status("Niedostępny")
    await other.start("Sprzedaż", "Ola", "ola@example.org")
    await other.panel.get_by_role("button", name="Zostaw wiadomość").click()
    await other.panel.get_by_label("Wiadomość", exact=True).fill("Proszę o kontakt")
    await other.panel.get_by_role("button", name="Wyślij wiadomość").click()
    await agent.open_tickets()
    await expect(agent.page.get_by_test_id("ticket-row").first).to_be_visible()
    assert await violations(agent.page) == []
    await agent.page.get_by_test_id("ticket-row").first.get_by_role("link").click()
    await expect(agent.page.get_by_test_id("ticket")).to_be_visible()
    assert await violations(agent.page) == []
