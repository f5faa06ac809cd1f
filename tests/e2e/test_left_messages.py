"""What a visitor leaves becomes one ticket, however often it is sent: a double click, a cut in the middle, a reload."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.async_api import Locator, expect

from tests.e2e.conftest import CallAs, Visit
from tests.e2e.faces import Widget
from tests.e2e.parameters import CLOSED, Parameters
from tests.support.cable import Cable

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SALES, SUPPORT = "Sprzedaż", "Wsparcie techniczne"


def number_of(visitor: Widget) -> Locator:
    return visitor.panel.get_by_text(re.compile(r"Numer zgłoszenia: #\d+"))


async def numbers(agent: httpx.AsyncClient, email: str) -> list[int]:
    """The tickets that were opened from this address."""
    listed = (await agent.get("/api/tickets", params={"q": email, "limit": 100})).raise_for_status().json()
    return [ticket["number"] for ticket in listed["tickets"] if ticket["email"] == email]


async def shown_number(visitor: Widget) -> int:
    await expect(number_of(visitor)).to_be_visible()
    return int(re.sub(r"\D", "", await number_of(visitor).inner_text()))


async def wait_and_leave(visitor: Widget, name: str, email: str) -> None:
    """The form of a waiting visitor's ticket, filled in."""
    await visitor.start(SALES, name, email)
    await visitor.panel.get_by_role("button", name="Zostaw wiadomość").click()
    await visitor.panel.get_by_label("Wiadomość", exact=True).fill("Proszę o telefon")


async def test_a_double_click_in_the_queue_makes_one_ticket(visit: Visit, call_as: CallAs) -> None:
    visitor, email = await visit(), "podwojny@left.example"
    await wait_and_leave(visitor, "Podwójny Klik", email)
    await visitor.panel.get_by_role("button", name="Wyślij wiadomość").dblclick()
    number = await shown_number(visitor)
    assert await numbers(await call_as("agent"), email) == [number]


async def test_a_ticket_that_is_sent_into_a_dead_line_and_again_after_it_is_one(
    visit: Visit, call_as: CallAs, cable: Cable
) -> None:
    visitor, email = await visit(at=cable.url), "ciecie@left.example"
    await wait_and_leave(visitor, "Cięta Linia", email)
    cable.stall()
    await visitor.panel.get_by_role("button", name="Wyślij wiadomość").dblclick()
    await expect(visitor.panel.get_by_role("button", name="Wysyłamy…")).to_be_visible()
    await cable.mend()
    number = await shown_number(visitor)
    assert await numbers(await call_as("agent"), email) == [number]


async def test_a_message_left_after_hours_is_one_ticket_also_when_the_page_is_loaded_anew_in_a_cut(
    visit: Visit, call_as: CallAs, cable: Cable, parameters: Parameters
) -> None:
    for topic in (SALES, SUPPORT):
        await parameters.change(topic, hours=CLOSED)
    visitor, email = await visit(at=cable.url), "nocny@left.example"
    await visitor.panel.get_by_label(SALES).check()
    await visitor.fill_message("Nocna Zmiana", email, "Kiedy otwieracie?")
    cable.stall()
    await visitor.panel.get_by_role("button", name="Wyślij wiadomość").dblclick()
    await expect(visitor.panel.get_by_role("button", name="Wysyłamy…")).to_be_visible()
    await cable.mend()
    await visitor.page.reload()
    number = await shown_number(visitor)
    assert await numbers(await call_as("agent"), email) == [number]
