"""An agent opens tickets: out of a chat that goes on, and by hand. Each is made once, whatever happens on the way."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.async_api import Page, Route, expect

from tests.e2e.conftest import CallAs, Employ, Visit
from tests.e2e.faces import Console, Widget
from tests.e2e.test_accessibility import violations
from tests.support.mails import Mails

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TICKET = re.compile(r"/console/tickets/[0-9a-f-]{36}$")
CREATE = "Utwórz zgłoszenie"


async def chat(visit: Visit, employ: Employ, name: str, email: str) -> tuple[Widget, Console, UUID]:
    """A visitor and an agent who have written one message each, and their conversation."""
    visitor, agent = await visit(), await employ("Maja Wójcik")
    await visitor.start("Sprzedaż", name, email)
    await agent.accept()
    await visitor.say("Czy wysyłacie do Wrocławia?")
    await expect(agent.messages).to_have_count(1)
    await agent.say("Sprawdzę i napiszę.")
    await expect(visitor.messages).to_have_count(2)
    kept = await visitor.kept()
    assert kept is not None
    assert kept.conversation is not None
    return visitor, agent, kept.conversation


async def open_form(agent: Console) -> Page:
    """The form of a new ticket, in the tab that the chat's menu opens."""
    async with agent.page.context.expect_page() as opening:
        await agent.act(CREATE)
    tab = await opening.value
    await expect(tab.get_by_role("form", name="Nowe zgłoszenie")).to_be_visible()
    return tab


async def numbers_of(client: httpx.AsyncClient, **asked: str) -> list[int]:
    answer = await client.get("/api/tickets", params=asked)
    return [ticket["number"] for ticket in answer.raise_for_status().json()["tickets"]]


async def test_a_ticket_out_of_a_chat_is_linked_both_ways_and_the_chat_goes_on(
    visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    visitor, agent, conversation = await chat(visit, employ, "Wanda", "wanda@example.org")
    tab = await open_form(agent)
    subject = tab.get_by_label("Tytuł")
    await expect(subject).to_have_value("Zgłoszenie dla czata z kolejki Sprzedaż")
    await expect(tab.get_by_label("Imię i nazwisko")).to_have_value("Wanda")
    await expect(tab.get_by_label("Adres e-mail")).to_have_value("wanda@example.org")
    text = await tab.get_by_label("Treść").input_value()
    assert re.search(r"\[.+\] Wanda \(gość\):\n  Czy wysyłacie do Wrocławia\?", text)
    assert re.search(r"\[.+\] Maja Wójcik:\n  Sprawdzę i napiszę\.$", text)
    assert "Propozycja" not in text
    assert await violations(tab) == []

    await tab.get_by_label("Temat", exact=True).select_option("Wsparcie techniczne")
    await expect(subject).to_have_value("Zgłoszenie dla czata z kolejki Wsparcie techniczne")
    await subject.fill("Wysyłka do Wrocławia")
    await tab.get_by_role("button", name=CREATE).dblclick()
    await expect(tab).to_have_url(TICKET)
    await expect(tab.get_by_text("Czy wysyłacie do Wrocławia?")).to_be_visible()
    client = await call_as("agent")
    [number] = await numbers_of(client, conversation=str(conversation))

    line = agent.lines.get_by_role("link", name=re.compile(rf"Zgłoszenie .*{number}"))
    await expect(line).to_have_attribute("href", re.compile(re.escape(tab.url.rsplit("/", 1)[1])))
    await expect(tab.locator(f'a[href$="{conversation}"]').first).to_be_visible()

    await visitor.say("Dobrze, poczekam")
    await expect(agent.messages).to_have_count(3)
    await agent.say("Dziękuję")
    await expect(visitor.messages).to_have_count(4)
    await expect(visitor.panel.get_by_label("Napisz wiadomość")).to_be_visible()
    await expect(visitor.panel.get_by_text("Dziękujemy, mamy Twoją wiadomość")).to_have_count(0)


async def test_a_second_ticket_out_of_the_same_chat_is_linked_too(
    visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    _, agent, conversation = await chat(visit, employ, "Zenon", "zenon@example.org")
    for subject in ("Faktura", "Zwrot"):
        tab = await open_form(agent)
        await tab.get_by_label("Tytuł").fill(subject)
        await tab.get_by_role("button", name=CREATE).click()
        await expect(tab).to_have_url(TICKET)
    await expect(agent.lines.get_by_role("link", name=re.compile("Zgłoszenie"))).to_have_count(2)
    assert len(await numbers_of(await call_as("agent"), conversation=str(conversation))) == 2


async def test_what_is_sent_again_after_a_cut_or_a_reload_makes_one_ticket(
    visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    _, agent, conversation = await chat(visit, employ, "Cezary", "cezary@example.org")
    tab = await open_form(agent)
    arrived = 0

    async def lose_the_answer(route: Route) -> None:
        nonlocal arrived
        if route.request.method != "PUT" or arrived == 2:
            await route.continue_()
            return
        arrived += 1
        await route.fetch()
        await route.abort()

    await tab.route("**/api/tickets/*", lose_the_answer)
    await tab.get_by_label("Treść").fill("Wysyłka do Wrocławia na piątek")
    await tab.get_by_role("button", name=CREATE).click()
    unsure = tab.get_by_text("Wyślij je ponownie: powstanie tylko jedno.")
    await expect(unsure).to_be_visible()
    await tab.get_by_role("button", name=CREATE).click()
    await expect(unsure).to_be_visible()
    await tab.reload()
    await expect(tab.get_by_label("Treść")).to_have_value("Wysyłka do Wrocławia na piątek")
    await tab.get_by_role("button", name=CREATE).click()
    await expect(tab).to_have_url(TICKET)
    assert arrived == 2
    assert len(await numbers_of(await call_as("agent"), conversation=str(conversation))) == 1


async def test_a_ticket_by_hand_has_every_field_checked_and_is_confirmed_to_its_author(
    employ: Employ, call_as: CallAs, mails: Mails
) -> None:
    agent = await employ("Maja Wójcik", status=None)
    page = agent.page
    address = f"{uuid4().hex[:8]}@example.org"
    await agent.open_tickets()
    await page.get_by_role("link", name="Nowe zgłoszenie").click()
    await expect(page.get_by_role("heading", name="Nowe zgłoszenie", level=1)).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name=CREATE).click()
    await expect(page.get_by_text("To pole jest wymagane.")).to_have_count(5)
    await expect(page.get_by_label("Imię i nazwisko")).to_be_focused()
    assert await violations(page) == []

    await page.get_by_label("Imię i nazwisko").fill("Tadeusz Zieliński")
    await page.get_by_label("Adres e-mail").fill("tadeusz")
    await page.get_by_label("Temat", exact=True).select_option("Sprzedaż")
    await page.get_by_label("Tytuł").fill("Telefon w sprawie młynka")
    await page.get_by_label("Treść").fill("Pan Tadeusz prosi o ofertę na młynek.")
    await page.get_by_role("button", name=CREATE).click()
    await expect(page.get_by_text("Podaj adres e-mail")).to_be_visible()
    await expect(page.get_by_label("Adres e-mail")).to_be_focused()
    await page.get_by_label("Adres e-mail").fill(address)
    await page.get_by_role("button", name=CREATE).click()
    await expect(page).to_have_url(TICKET)
    await expect(page.get_by_text("Pan Tadeusz prosi o ofertę na młynek.")).to_be_visible()
    await expect(page.get_by_role("main")).to_be_focused()

    [number] = await numbers_of(await call_as("agent"), q="Telefon w sprawie młynka")
    letter = await mails.to(address)
    assert str(number) in letter.subject
