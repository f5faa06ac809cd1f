"""Silence closes a conversation: the visitor is warned before, and is told the reason."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Employ, Visit
from tests.e2e.faces import Widget
from tests.e2e.parameters import Parameters
from tests.e2e.silence import begins, is_seen, lengthen
from tests.support.system import System

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECONDS = 30
"""The shortest silence that closes anything."""


async def conversation_of(visitor: Widget) -> UUID:
    kept = await visitor.kept()
    assert kept is not None
    assert kept.conversation is not None
    return kept.conversation


async def test_a_silent_visitor_is_warned_and_their_conversation_closed_for_that_reason(
    shop: System, visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    await parameters.change(
        "Sprzedaż", inactivity_seconds=SECONDS, inactivity_warning_seconds=SECONDS - 4, inactivity_from="last_message"
    )
    visitor, agent = await visit(), await employ("Maja Wójcik")
    await visitor.start("Sprzedaż", "Cicha Ewa", "ewa@example.org")
    await agent.accept()
    await agent.say("W czym mogę pomóc?")
    warning = visitor.panel.locator(".warning")
    await expect(warning).to_have_text(re.compile(r"zamkniemy rozmowę (dziś|jutro) o \d\d:\d\d"))

    await visitor.say("Jestem, szukam numeru zamówienia")
    await expect(warning).to_have_count(0)
    conversation = await conversation_of(visitor)
    await lengthen(shop, conversation, SECONDS - 4)
    await expect(warning).to_be_visible()
    await expect(visitor.panel.get_by_text("Rozmowa zakończona")).to_have_count(0)
    await lengthen(shop, conversation, SECONDS - 5)
    closing = visitor.events.filter(has_text="Rozmowa zakończona z powodu braku aktywności")
    await expect(closing).to_be_visible()
    await expect(visitor.panel.get_by_text("zamkniemy rozmowę")).to_have_count(2)
    await expect(closing).to_have_count(1)
    await expect(agent.page.get_by_test_id("closing")).to_be_visible()
    await expect(visitor.panel.get_by_role("heading", name="Jak oceniasz tę rozmowę?")).to_be_visible()


async def test_a_visitor_who_closed_the_page_finds_the_conversation_closed_for_inactivity(
    shop: System, visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    await parameters.change(
        "Sprzedaż", inactivity_seconds=SECONDS, inactivity_warning_seconds=0, inactivity_from="page_closed"
    )
    visitor, agent = await visit(), await employ("Maja Wójcik")
    await visitor.start("Sprzedaż", "Znikająca Ewa", "ewa@example.org")
    await agent.accept()
    conversation = await conversation_of(visitor)
    await is_seen(shop, conversation)
    await visitor.page.goto("about:blank")
    await begins(shop, conversation)
    await expect(agent.page.get_by_test_id("closing")).to_have_count(0)
    await lengthen(shop, conversation, SECONDS - 1)
    await expect(agent.page.get_by_test_id("closing")).to_be_visible()
    await visitor.page.goto(f"{visitor.url}/demo/")
    await expect(visitor.events.last).to_contain_text("Rozmowa zakończona z powodu braku aktywności")
