"""Beside a chat: whose it is, edited there, changed by hand, and seen live by everybody who is in it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.async_api import expect

from deploy.demo.load import LIMIT, NUMBER, TOPICS
from tests.e2e.clientele import CardOnPage, card_of, keep, someone
from tests.e2e.conftest import CallAs, Employ, Visit
from tests.e2e.faces import Console, Widget
from tests.e2e.test_accessibility import violations
from tests.support.system import System

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SALES = TOPICS[0].name


async def talking(visitor: Widget, agent: Console, name: str, email: str) -> CardOnPage:
    """The visitor talks to the agent; the card beside their conversation."""
    await visitor.start(SALES, name, email)
    await agent.accept()
    return CardOnPage(agent.page)


async def test_a_card_is_edited_beside_the_chat_and_what_is_not_shown_there_stays(
    visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    api = await call_as("agent")
    ola = someone("Ola Rozmowna")
    await keep(api, ola, {NUMBER: "DK-77", LIMIT: "300"})
    visitor, agent = await visit(), await employ("Maja Wójcik")
    card = await talking(visitor, agent, "Ola", ola.email)
    await expect(agent.page.get_by_text("Adres niezweryfikowany")).to_be_visible()
    await expect(card.shown).to_contain_text("DK-77")
    await expect(card.shown).not_to_contain_text("Limit kredytowy")

    await card.edit()
    await expect(card.form.get_by_label("Limit kredytowy")).to_have_count(0)
    await card.form.get_by_label("Numer klienta").fill("DK-78")
    await card.form.get_by_role("button", name="Dodaj telefon").click()
    await card.form.get_by_label("Telefon 2", exact=True).fill("600 700 800")
    await visitor.say("Jeszcze jedno pytanie")
    await expect(agent.messages).to_have_count(1)
    await expect(card.form.get_by_label("Telefon 2", exact=True)).to_be_focused()
    assert await violations(agent.page) == []
    await card.saved()
    await expect(card.shown).to_contain_text("600 700 800")
    kept = await card_of(api, ola.id)
    assert {field.id: field.value for field in kept.fields} == {NUMBER: "DK-78", LIMIT: "300"}
    await expect(visitor.panel.get_by_text("DK-78")).to_have_count(0)


async def test_the_chat_does_not_wait_for_the_card_which_comes_when_it_can(
    shop: System, visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    lena = someone("Lena Spóźniona")
    await keep(await call_as("agent"), lena)
    visitor, agent = await visit(), await employ("Maja Wójcik")
    shop.kill("customers")
    try:
        card = await talking(visitor, agent, "Lena", lena.email)
        await agent.say("Dzień dobry!")
        await expect(visitor.messages).to_have_count(1)
        beside = agent.page.get_by_role("region", name="Klient", exact=True)
        await expect(beside).to_contain_text("Szukamy adresu w bazie klientów")
        await expect(beside).to_contain_text(lena.email)
        assert await violations(agent.page) == []
    finally:
        shop.start("customers")
    await expect(card.shown).to_contain_text(lena.name, timeout=30_000)
    await expect(card.shown).to_contain_text(lena.phone)


async def test_what_is_being_edited_waits_while_the_agent_answers_another_chat(
    visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    rita = someone("Rita Czekająca")
    await keep(await call_as("agent"), rita)
    visitor, agent = await visit(), await employ("Maja Wójcik")
    card = await talking(visitor, agent, "Rita", rita.email)
    await card.edit()
    await card.form.get_by_label("Notatka", exact=True).fill("Niedokończone")
    other = await visit("other")
    await other.start(SALES, "Inny", f"inny-{uuid4().hex[:8]}@example.com")
    await agent.accept()
    await expect(agent.page.get_by_test_id("customer-unknown")).to_be_visible()
    await agent.page.get_by_role("link", name=re.compile("Rita")).click()
    await expect(card.form.get_by_label("Notatka", exact=True)).to_have_value("Niedokończone")
    await expect(card.form.get_by_label("Imię i nazwisko")).not_to_be_focused()
    await card.saved()
    await expect(card.shown).to_contain_text("Niedokończone")


async def test_a_colleague_sees_live_whom_the_conversation_is_given_to_and_the_visitor_sees_nothing(
    visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    api = await call_as("agent")
    typed, real = someone("Ada Podana"), someone("Ada Prawdziwa")
    for customer in (typed, real):
        await keep(api, customer)
    visitor, jan = await visit(), await employ("Jan Kowalski")
    card = await talking(visitor, jan, "Ada", typed.email)
    await jan.say("Dzień dobry!")
    await expect(card.shown).to_contain_text(typed.name)
    ewa = await employ("Ewa Lis")
    await ewa.join("Ada")
    hers = CardOnPage(ewa.page)
    await expect(hers.shown).to_contain_text(typed.name)
    seen = await visitor.panel.locator("body").inner_text()

    await jan.page.get_by_role("button", name="Zmień klienta").click()
    dialog = jan.page.get_by_role("dialog")
    await expect(dialog.get_by_label("Szukaj klienta")).to_be_focused()
    await dialog.get_by_label("Szukaj klienta").fill(real.email)
    assert await violations(jan.page) == []
    await dialog.get_by_test_id("customer-choice").click()
    await expect(dialog).to_have_count(0)
    for shown in (card.shown, hers.shown):
        await expect(shown).to_contain_text(real.name)
    await expect(ewa.lines.filter(has_text=f"Jan Kowalski przypisuje rozmowę do klienta: {real.name}")).to_be_visible()

    await ewa.page.get_by_role("button", name="Odłącz klienta").click()
    for console in (jan, ewa):
        await expect(console.page.get_by_test_id("customer-unknown")).to_contain_text("Bez karty klienta")
    assert await visitor.panel.locator("body").inner_text() == seen

    await jan.page.get_by_role("button", name="Znajdź klienta").click()
    await dialog.get_by_label("Szukaj klienta").fill(real.name)
    await dialog.get_by_test_id("customer-choice").filter(has_text=real.email).click()
    await expect(hers.shown).to_contain_text(real.name)


async def test_a_new_card_is_made_of_what_the_visitor_gave_and_attached(
    visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik")
    email = f"nieznany-{uuid4().hex[:8]}@example.com"
    card = await talking(visitor, agent, "Nowy Gość", email)
    unknown = agent.page.get_by_test_id("customer-unknown")
    await expect(unknown).to_contain_text("Nieznany adres")
    await unknown.get_by_role("button", name="Utwórz kartę").click()
    await expect(card.form.get_by_label("Imię i nazwisko")).to_have_value("Nowy Gość")
    await card.form.get_by_label("Firma", exact=True).fill("Nowa Firma")
    await card.save("Utwórz i przypisz")
    await expect(card.shown).to_contain_text("Nowa Firma")
    await expect(agent.lines.filter(has_text="Przypisujesz rozmowę do klienta: Nowy Gość")).to_be_visible()
    found = (await (await call_as("agent")).get("/api/customers", params={"q": email})).json()
    assert [customer["company"] for customer in found["customers"]] == ["Nowa Firma"]


async def test_a_card_cannot_be_made_of_somebody_elses_address_but_theirs_is_one_click_away(
    visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    known = someone("Klara Znana")
    await keep(await call_as("agent"), known)
    visitor, agent = await visit(), await employ("Maja Wójcik")
    card = await talking(visitor, agent, "Klara", known.email)
    await expect(card.shown).to_contain_text(known.name)
    await agent.page.get_by_role("button", name="Odłącz klienta").click()
    await agent.page.get_by_role("button", name="Utwórz kartę").click()
    await card.save("Utwórz i przypisz")
    await expect(card.form.get_by_text("Ten adres należy do innego klienta:")).to_be_visible()
    assert await violations(agent.page) == []
    await card.form.get_by_role("button", name=f"Przypisz kartę: {known.name}").click()
    await expect(card.shown).to_contain_text(known.name)


async def test_beside_a_chat_stands_what_has_been_before_to_open_in_a_new_tab(
    visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    api = await call_as("agent")
    emil = someone("Emil Powracający")
    await keep(api, emil)
    first, agent = await visit("first"), await employ("Maja Wójcik")
    await talking(first, agent, "Emil", emil.email)
    await agent.say("Do usłyszenia!")
    await expect(first.messages).to_have_count(1)
    await agent.end()
    ticket = {
        "topic": {"id": str(TOPICS[0].id), "name": SALES},
        "subject_line": "Spóźniona paczka",
        "name": emil.name,
        "email": emil.email,
        "text": "Gdzie jest paczka?",
        "customer_id": str(emil.id),
    }
    (await api.put(f"/api/tickets/{uuid4()}", json=ticket)).raise_for_status()

    again = await visit("again")
    await talking(again, agent, "Emil", emil.email)
    earlier = agent.page.get_by_test_id("history-conversation")
    await expect(earlier).to_have_count(1)
    await expect(earlier).to_contain_text("Do usłyszenia!")
    await expect(agent.page.get_by_test_id("history-ticket")).to_contain_text("Spóźniona paczka")
    assert await violations(agent.page) == []
    for link, where in (
        (earlier, "/console/conversations/"),
        (agent.page.get_by_test_id("history-ticket"), "/tickets/"),
    ):
        async with agent.page.context.expect_page() as opening:
            await link.get_by_role("link").click()
        tab = await opening.value
        assert where in tab.url
        await tab.close()
    await expect(agent.page.get_by_label("Wiadomość", exact=True)).to_be_visible()
