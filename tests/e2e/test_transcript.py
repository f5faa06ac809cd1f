"""Transcripts: shown in the console as the visitor saw the conversation, and mailed to who asks for one."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from deploy.demo.load import CUSTOMER_EMAIL
from tests.e2e.conftest import Employ, Visit
from tests.e2e.faces import Console, Widget
from tests.e2e.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def conversation_of(visitor: Widget) -> UUID:
    kept = await visitor.kept()
    assert kept is not None
    assert kept.conversation is not None
    return kept.conversation


async def read(agent: Console, conversation: UUID) -> Page:
    await agent.page.goto(f"{agent.url}/console/conversations/{conversation}")
    return agent.page


async def test_a_conversation_that_is_over_is_read_in_the_console_without_what_is_for_agents_only(
    visit: Visit, employ: Employ
) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik")
    await visitor.start("Sprzedaż", "Ania <b>", CUSTOMER_EMAIL)
    await agent.accept()
    await visitor.say("Czy <script>alert(1)</script> działa?")
    await agent.say("Nie u nas 🙂")
    await expect(visitor.messages).to_have_count(2)
    conversation = await conversation_of(visitor)

    colleague = await employ("Adam Wilk", status=None)
    page = await read(colleague, conversation)
    await expect(page.get_by_role("heading", name="Ta rozmowa jeszcze trwa")).to_be_visible()
    assert await violations(page) == []
    await agent.end()

    await page.reload()
    frame = page.frame_locator('iframe[title="Zapis rozmowy"]')
    await expect(frame.get_by_text("Czy <script>alert(1)</script> działa?")).to_be_visible()
    await expect(frame.get_by_text("Nie u nas 🙂")).to_be_visible()
    shown = await frame.locator("body").inner_text()
    assert "Propozycja" not in shown
    assert "bazie klientów" not in shown
    await expect(page.get_by_text("Gość nie ocenił rozmowy.")).to_be_visible()
    await expect(page.get_by_text("Gość nie prosił o zapis rozmowy e-mailem.")).to_be_visible()
    assert await violations(page) == []

    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="Pobierz jako tekst").click()
    download = await downloading.value
    assert download.suggested_filename.endswith(".txt")
    text = (await download.path()).read_text("utf-8")
    assert "Ania <b>: Czy <script>alert(1)</script> działa?" in text
    assert "Maja Wójcik: Nie u nas 🙂" in text
    assert "Propozycja" not in text

    await page.get_by_role("link", name="Otwórz kartę klienta").click()
    await expect(page.get_by_text("Anna Nowak").first).to_be_visible()


async def test_an_address_that_leads_nowhere_says_so(employ: Employ) -> None:
    agent = await employ("Maja Wójcik", status=None)
    page = await read(agent, UUID(int=5))
    await expect(page.get_by_role("heading", name="Nie ma takiej rozmowy")).to_be_visible()
    assert await violations(page) == []
