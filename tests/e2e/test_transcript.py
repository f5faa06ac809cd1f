"""Transcripts: shown in the console as the visitor saw the conversation, and mailed to who asks for one."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.async_api import Page, expect

from contracts.mail import Mail, Mails, MailState
from deploy.demo.load import CUSTOMER_EMAIL
from tests.e2e.conftest import CallAs, Employ, Visit
from tests.e2e.faces import Console, Widget
from tests.e2e.test_accessibility import violations
from tests.support import mails as support

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


async def copy_in_state(client: httpx.AsyncClient, conversation: UUID, state: MailState) -> Mail:
    """The mail with the conversation's transcript, once it has come to this."""
    async with asyncio.timeout(20):
        while True:
            answer = await client.get("/api/mails", params={"conversation_id": str(conversation)})
            for mail in Mails.model_validate(answer.raise_for_status().json()).mails:
                if mail.kind == "transcript" and mail.state == state:
                    return mail
            await asyncio.sleep(0.1)


async def test_who_asks_for_a_transcript_gets_it_by_mail_and_agents_see_that_it_went_out(
    visit: Visit, employ: Employ, call_as: CallAs, mails: support.Mails
) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik")
    address = f"{uuid4().hex[:8]}@example.org"
    await visitor.start("Sprzedaż", "Gracjan", address)
    await agent.accept()
    await visitor.say("Ile kosztuje <b>wysyłka</b>?")
    await agent.say("12 zł 🙂")
    await expect(visitor.messages).to_have_count(2)
    conversation = await conversation_of(visitor)
    await visitor.panel.get_by_role("button", name="Zapis rozmowy e-mailem").click()
    await visitor.panel.get_by_role("button", name="Poproś o zapis").dblclick()
    await expect(visitor.panel.get_by_text("Gotowe. Zapis przyjdzie e-mailem")).to_be_visible()
    await visitor.panel.get_by_role("dialog").get_by_role("button").last.click()
    assert mails.all_to(address) == []
    await agent.end()

    letter = await mails.to(address)
    for part in (letter.text, letter.html):
        assert "12 zł 🙂" in part
        assert "Propozycja" not in part
        assert "bazie klientów" not in part
        # Nobody vouches for the address: it may be a third person's, to whom a stranger's words are not mailed.
        assert "wysyłka" not in part
        assert "pominęliśmy" in part
    assert letter.message["To"].addresses[0].display_name == ""
    await copy_in_state(await call_as("agent"), conversation, "sent")
    page = await read(agent, conversation)
    await expect(page.get_by_test_id("past-mails")).to_contain_text("Wysłano")
    await expect(page.get_by_test_id("past-mails")).to_contain_text(address)
    assert await violations(page) == []
    assert len(mails.all_to(address)) == 1


async def test_a_transcript_that_could_not_be_mailed_says_why(
    visit: Visit, employ: Employ, call_as: CallAs, mails: support.Mails
) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik")
    address = f"{uuid4().hex[:8]}@example.org"
    mails.refuse(address)
    await visitor.start("Sprzedaż", "Hanna", address)
    await agent.accept()
    await agent.say("W czym pomóc?")
    await expect(visitor.messages).to_have_count(1)
    conversation = await conversation_of(visitor)
    await agent.end()
    await visitor.panel.get_by_role("button", name="Poproś o zapis rozmowy e-mailem").click()
    await expect(visitor.panel.get_by_text("Zapis tej rozmowy przyjdzie na podany adres e-mail.")).to_be_visible()
    await copy_in_state(await call_as("agent"), conversation, "failed")
    page = await read(agent, conversation)
    await expect(page.get_by_test_id("past-mails")).to_contain_text("Serwer pocztowy odrzucił wiadomość.")


async def test_an_address_that_leads_nowhere_says_so(employ: Employ) -> None:
    agent = await employ("Maja Wójcik", status=None)
    page = await read(agent, UUID(int=5))
    await expect(page.get_by_role("heading", name="Nie ma takiej rozmowy")).to_be_visible()
    assert await violations(page) == []
