"""Those who supervise see in the console what became of each mail."""

from __future__ import annotations

import asyncio
import re
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Locator, expect

from contracts.mail import Mails
from deploy.demo.load import TOPICS
from tests.e2e.conftest import CallAs, Employ
from tests.e2e.faces import Console
from tests.e2e.test_accessibility import violations
from tests.e2e.test_administration import PHONE, settings
from tests.e2e.test_tickets_accessibility import fits
from tests.support import mails as support

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def answered(agent: httpx.AsyncClient, email: str, subject: str) -> None:
    """A ticket by hand, and an answer to it by e-mail."""
    ticket = f"/api/tickets/{uuid4()}"
    form = {
        "topic": {"id": str(TOPICS[0].id), "name": TOPICS[0].name},
        "subject_line": subject,
        "name": "Anna Nowak",
        "email": email,
        "text": "Ekspres przecieka.",
    }
    (await agent.put(ticket, json=form)).raise_for_status()
    reply = {"id": str(uuid4()), "kind": "reply", "text": "Proszę odesłać."}
    (await agent.post(f"{ticket}/messages", json=reply)).raise_for_status()


async def all_tried(supervisor: httpx.AsyncClient, emails: set[str]) -> None:
    """Wait until each answer has been tried once, with whatever outcome."""
    async with asyncio.timeout(20):
        while True:
            listed = Mails.model_validate((await supervisor.get("/api/mails")).json()).mails
            replies = [mail for mail in listed if mail.kind == "ticket_reply"]
            settled = {mail.to for mail in replies if mail.attempts and mail.state != "sending"}
            if emails <= settled:
                return
            await asyncio.sleep(0.1)


def row(console: Console, email: str) -> Locator:
    """The answer's, not the confirmation's that went before it."""
    return console.page.get_by_test_id("mail-row").filter(has_text=email).filter(has_text="Odpowiedź na zgłoszenie")


async def test_an_administrator_sees_which_mails_went_out_and_why_others_did_not(
    employ: Employ, call_as: CallAs, mails: support.Mails
) -> None:
    word = uuid4().hex[:8]
    gone, slow, good = (f"{who}-{word}@example.com" for who in ("gone", "slow", "good"))
    mails.refuse(gone)
    mails.refuse(slow, "451 4.3.0 Try again later")
    agent = await call_as("agent")
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    await settings(chief, "Poczta")
    await expect(chief.page.get_by_role("heading", name="Poczta wychodząca")).to_be_visible()

    for email in (gone, slow, good):
        await answered(agent, email, f"Zwrot {word}")
    await all_tried(await call_as("supervisor"), {gone, slow, good})
    await chief.page.get_by_role("button", name="Odśwież").click()
    await expect(row(chief, good)).to_contain_text("Wysłano")
    await expect(row(chief, gone)).to_contain_text("Nie wysłano")
    await expect(row(chief, gone)).to_contain_text("Serwer pocztowy odrzucił wiadomość.")
    await expect(row(chief, gone)).to_contain_text("Szczegóły: 550 5.1.1 No such user")
    await expect(row(chief, slow)).to_contain_text("Czeka na wysłanie")
    await expect(row(chief, slow)).to_contain_text("Serwer pocztowy chwilowo nie przyjmuje wiadomości.")
    await expect(row(chief, slow)).to_contain_text("Następna próba:")
    assert await violations(chief.page) == []

    await chief.page.get_by_label("Stan").select_option(label="Nie wysłano")
    await expect(row(chief, good)).to_have_count(0)
    await expect(row(chief, gone)).to_have_count(1)

    await chief.page.set_viewport_size(PHONE)
    await expect(row(chief, gone)).to_contain_text("Nie wysłano")
    assert await violations(chief.page) == []
    assert await fits(chief.page), "the page scrolls sideways"

    await row(chief, gone).get_by_role("link").click()
    await expect(chief.page).to_have_url(re.compile("/console/tickets/"))
    thread = chief.page.get_by_role("listitem").filter(has_text="Proszę odesłać.")
    await expect(thread).to_contain_text("Nie wysłano")
    await expect(thread).to_contain_text("Serwer pocztowy odrzucił wiadomość.")


async def test_a_supervisor_who_has_no_settings_reads_the_outgoing_mail_too(
    employ: Employ, call_as: CallAs, mails: support.Mails
) -> None:
    word = uuid4().hex[:8]
    gone = f"gone-{word}@example.com"
    mails.refuse(gone)
    await answered(await call_as("agent"), gone, f"Zwrot {word}")
    await all_tried(await call_as("supervisor"), {gone})

    lead = await employ("Olga Sikora", status=None, role="supervisor")
    await expect(lead.page.get_by_role("link", name="Ustawienia", exact=True)).to_have_count(0)
    await lead.page.get_by_role("link", name="Poczta", exact=True).click()
    await expect(lead.page.get_by_role("heading", name="Poczta wychodząca", level=1)).to_be_visible()
    await expect(row(lead, gone)).to_contain_text("Serwer pocztowy odrzucił wiadomość.")
    assert await violations(lead.page) == []

    await lead.page.set_viewport_size(PHONE)
    await expect(row(lead, gone)).to_contain_text("Nie wysłano")
    assert await violations(lead.page) == []
    assert await fits(lead.page), "the page scrolls sideways"

    agent = await employ("Piotr Lis", status=None)
    await expect(agent.page.get_by_role("link", name="Poczta", exact=True)).to_have_count(0)
