"""Customers in the console: found as one types, read with all that has been, edited where they are shown."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.async_api import Page, expect

from deploy.demo.load import LIMIT, PLAN, SHOP, SINCE, TOPICS
from tests.e2e.clientele import CardOnPage, card_of, keep, search, someone
from tests.e2e.conftest import CallAs, Employ, Visit
from tests.e2e.faces import Console
from tests.e2e.test_accessibility import violations
from tests.e2e.test_administration import PHONE
from tests.e2e.test_tickets_accessibility import fits

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def open_customers(console: Console) -> None:
    await console.page.get_by_role("link", name="Klienci", exact=True).click()
    await expect(console.page.get_by_role("heading", name="Klienci", level=1)).to_be_visible()


async def open_card(console: Console, customer_id: UUID) -> CardOnPage:
    await console.page.goto(f"{console.url}/console/customers/{customer_id}")
    card = CardOnPage(console.page)
    await expect(card.shown).to_be_visible()
    return card


def sought(page: Page) -> str:
    """What the address of the page seeks."""
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0]


async def test_a_customer_is_found_while_one_types_without_diacritics_by_name_address_and_phone(
    employ: Employ, call_as: CallAs
) -> None:
    word = f"zażółć{uuid4().hex[:6]}"
    zofia = someone(f"Zofia {word.capitalize()}", company="Tkalnia, Łódź")
    await keep(await call_as("agent"), zofia)
    agent = await employ("Maja Wójcik", status=None)
    page = agent.page
    await open_customers(agent)

    plain = "zazolc" + word.removeprefix("zażółć")
    rows = await search(page, f"lodz {plain[:9]}")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text(zofia.name)
    await expect(rows.locator("mark").filter(has_text="Łódź")).to_be_visible()
    await expect(page.get_by_test_id("found")).to_have_text("1 wynik")
    assert sought(page) == f"lodz {plain[:9]}"

    for wanted in (zofia.email[:14], zofia.phone.replace(" ", "")[:8], zofia.phone.replace(" ", "-")):
        await search(page, wanted)
        await expect(rows).to_have_count(1)
        await expect(rows).to_contain_text(zofia.name)

    await search(page, f"{word}-nikt")
    await expect(page.get_by_role("heading", name="Nikogo nie znaleziono")).to_be_visible()
    await search(page, plain)
    await rows.get_by_role("link").click()
    await expect(page.get_by_role("heading", name=zofia.name, level=1)).to_be_visible()
    await page.get_by_role("link", name="Wszyscy klienci").click()
    await expect(page.get_by_label("Szukaj klienta")).to_have_value(plain)
    await expect(rows).to_have_count(1)


async def test_the_list_goes_on_page_after_page(employ: Employ, call_as: CallAs) -> None:
    word = uuid4().hex[:8]
    api = await call_as("agent")
    for number in range(52):
        await keep(api, someone(f"Strona{word} {number:02}"))
    agent = await employ("Maja Wójcik", status=None)
    await open_customers(agent)
    rows = await search(agent.page, f"strona{word}")
    await expect(rows).to_have_count(50)
    await expect(agent.page.get_by_test_id("found")).to_have_text("Ponad 50 wyników")
    await agent.page.get_by_role("button", name="Pokaż więcej").click()
    await expect(rows).to_have_count(52)
    await expect(agent.page.get_by_text("To już wszyscy.")).to_be_visible()


async def test_every_part_of_a_card_is_edited_in_its_place_and_kept(employ: Employ, call_as: CallAs) -> None:
    api = await call_as("agent")
    ewa = someone("Ewa Kowal")
    await keep(api, ewa)
    agent = await employ("Maja Wójcik", status=None)
    card = await open_card(agent, ewa.id)
    await card.edit()
    form = card.form
    await expect(form.get_by_label("Imię i nazwisko")).to_be_focused()
    await form.get_by_label("Imię i nazwisko").fill("Ewa Kowal-Źródlana")
    await form.get_by_label("Firma", exact=True).fill("Kuźnia")
    await form.get_by_role("button", name="Dodaj adres").click()
    await form.get_by_label("Adres e-mail 2", exact=True).fill(f"druga-{ewa.email}")
    await form.get_by_role("button", name="Dodaj telefon").click()
    await form.get_by_label("Telefon 2", exact=True).fill("+48 12 345 67 89")
    await form.get_by_label("Notatka", exact=True).fill("Po 16:00.")
    await form.get_by_label("Plan", exact=True).select_option("Abonament roczny")
    await form.get_by_label("Klient od").fill("2024-02-29")
    await form.get_by_label("Limit kredytowy").fill("1 250,50")
    await form.get_by_label("Strona", exact=True).fill("kuznia.example")
    await card.save()
    page_field = form.get_by_label("Strona", exact=True)
    await expect(page_field).to_be_focused()
    await expect(form.get_by_text("Podaj adres strony zaczynający się od http:// lub https://.")).to_be_visible()
    await page_field.fill("https://kuznia.example/")
    await card.saved()

    await expect(card.shown).to_contain_text("29 lutego 2024")
    await expect(card.shown).to_contain_text("1250,50")
    await expect(card.shown.get_by_role("link", name="kuznia.example")).to_have_attribute("target", "_blank")
    await expect(agent.page.get_by_role("heading", name="Ewa Kowal-Źródlana", level=1)).to_be_visible()
    kept = await card_of(api, ewa.id)
    assert (kept.name, kept.company, kept.note) == ("Ewa Kowal-Źródlana", "Kuźnia", "Po 16:00.")
    assert kept.emails == (ewa.email, f"druga-{ewa.email}")
    assert kept.phones == (ewa.phone, "+48 12 345 67 89")
    assert {field.id: field.value for field in kept.fields} == {
        PLAN: "Abonament roczny",
        SINCE: "2024-02-29",
        LIMIT: "1250.50",
        SHOP: "https://kuznia.example/",
    }


async def test_an_address_of_another_customer_is_refused_with_the_way_to_them(employ: Employ, call_as: CallAs) -> None:
    api = await call_as("agent")
    owner, other = someone("Leon Pierwszy"), someone("Leon Drugi")
    for customer in (owner, other):
        await keep(api, customer)
    agent = await employ("Maja Wójcik", status=None)
    card = await open_card(agent, other.id)
    await card.edit()
    await card.form.get_by_label("Notatka", exact=True).fill("Nie zgub tego.")
    await card.form.get_by_role("button", name="Dodaj adres").click()
    await card.form.get_by_label("Adres e-mail 2", exact=True).fill(owner.email.upper())
    await card.save()
    await expect(card.form.get_by_text("Ten adres należy do innego klienta:")).to_be_visible()
    await expect(card.form.get_by_label("Adres e-mail 2", exact=True)).to_be_focused()
    assert await violations(agent.page) == []
    async with agent.page.context.expect_page() as opening:
        await card.form.get_by_role("link", name=owner.name).click()
    page = await opening.value
    await expect(page.get_by_role("heading", name=owner.name, level=1)).to_be_visible()
    await page.close()

    await card.form.get_by_role("button", name=re.compile(f"Usuń adres {owner.email}", re.IGNORECASE)).click()
    await card.saved()
    kept = await card_of(api, other.id)
    assert (kept.emails, kept.note) == ((other.email,), "Nie zgub tego.")


async def test_two_agents_edit_one_card_and_neither_loses_anything(employ: Employ, call_as: CallAs) -> None:
    api = await call_as("agent")
    adam = someone("Adam Sporny", company="Stara firma")
    await keep(api, adam)
    first, second = await employ("Maja Wójcik", status=None), await employ("Jan Kowalski", status=None)
    cards = [await open_card(console, adam.id) for console in (first, second)]
    for card in cards:
        await card.edit()
    await cards[1].form.get_by_label("Firma", exact=True).fill("Firma Jana")
    await cards[1].form.get_by_role("button", name="Dodaj telefon").click()
    await cards[1].form.get_by_label("Telefon 2", exact=True).fill("500 600 700")
    await cards[1].saved()

    form = cards[0].form
    await form.get_by_label("Firma", exact=True).fill("Firma Mai")
    await form.get_by_label("Notatka", exact=True).fill("Dopisane przez Maję")
    await form.get_by_role("button", name="Dodaj telefon").click()
    await form.get_by_label("Telefon 2", exact=True).fill("111 222 333")
    await cards[0].save()
    await expect(form.get_by_role("alert")).to_contain_text("firma, telefony")
    await expect(form.get_by_label("Firma", exact=True)).to_have_value("Firma Mai")
    await expect(form.get_by_test_id("clash")).to_contain_text("Ktoś inny wpisał tu: Firma Jana")
    assert await violations(first.page) == []
    await form.get_by_role("button", name="Weź wartość wpisaną przez inną osobę: Firma").click()
    await expect(form.get_by_label("Firma", exact=True)).to_have_value("Firma Jana")
    await cards[0].saved()

    kept = await card_of(api, adam.id)
    assert (kept.company, kept.note) == ("Firma Jana", "Dopisane przez Maję")
    assert kept.phones == (adam.phone, "500 600 700", "111 222 333")


async def test_a_card_has_the_history_of_its_customer(visit: Visit, employ: Employ, call_as: CallAs) -> None:
    api = await call_as("agent")
    iga = someone("Iga Historyczna")
    await keep(api, iga)
    await _open_ticket(api, iga.id, iga.name, iga.email)
    visitor, agent = await visit(), await employ("Maja Wójcik")
    await visitor.start(TOPICS[0].name, "Iga", iga.email)
    await agent.accept()
    await agent.say("Dzień dobry!")
    await expect(visitor.messages).to_have_count(1)
    await visitor.end()
    await visitor.panel.get_by_role("button", name="Dobrze").click()
    await expect(agent.page.get_by_test_id("rating")).to_be_visible()

    await open_card(agent, iga.id)
    page = agent.page
    talk = page.get_by_test_id("history-conversation")
    await expect(talk).to_have_count(1)
    await expect(talk).to_contain_text("Maja Wójcik")
    await expect(talk.get_by_test_id("rating-face")).to_have_attribute("data-score", "good")
    await expect(page.get_by_test_id("history-ticket")).to_contain_text("Pęknięty młynek")
    await expect(page.get_by_test_id("history-rating")).to_have_attribute("data-score", "good")
    assert await violations(page) == []
    await talk.get_by_role("link").click()
    await expect(page).to_have_url(re.compile(r"/console/conversations/[0-9a-f-]+$"))
    await page.go_back()
    await page.get_by_role("link", name="Nowe zgłoszenie").click()
    await expect(page).to_have_url(re.compile(rf"/console/tickets/new\?customer={iga.id}$"))
    await expect(page.get_by_label("Adres e-mail", exact=True)).to_have_value(iga.email)


async def _open_ticket(api: httpx.AsyncClient, customer_id: UUID, name: str, email: str) -> None:
    ticket = {
        "topic": {"id": str(TOPICS[0].id), "name": TOPICS[0].name},
        "subject_line": "Pęknięty młynek",
        "name": name,
        "email": email,
        "text": "Młynek pękł.",
        "customer_id": str(customer_id),
    }
    (await api.put(f"/api/tickets/{uuid4()}", json=ticket)).raise_for_status()


async def test_a_customer_who_was_not_found_is_added_by_hand_once(employ: Employ, call_as: CallAs) -> None:
    agent = await employ("Maja Wójcik", status=None)
    page, email = agent.page, f"nowa-{uuid4().hex[:8]}@example.com"
    await open_customers(agent)
    await search(page, email)
    await page.get_by_role("link", name=f"Dodaj klienta „{email}”").click()
    card = CardOnPage(page)
    await expect(card.form.get_by_label("Adres e-mail", exact=True)).to_have_value(email)
    await card.save("Utwórz kartę")
    await expect(card.form.get_by_text("To pole jest wymagane.")).to_be_visible()
    await card.form.get_by_label("Imię i nazwisko").fill("Nina Nowa")
    await card.form.get_by_role("button", name="Utwórz kartę").dblclick()
    await expect(page.get_by_role("heading", name="Nina Nowa", level=1)).to_be_visible()
    found = (await (await call_as("agent")).get("/api/customers", params={"q": email})).json()
    assert [customer["name"] for customer in found["customers"]] == ["Nina Nowa"]


async def test_a_card_that_is_not_there_says_so(employ: Employ) -> None:
    agent = await employ("Maja Wójcik", status=None)
    await agent.page.goto(f"{agent.url}/console/customers/{uuid4()}")
    await expect(agent.page.get_by_role("heading", name="Nie ma takiego klienta")).to_be_visible()
    assert await violations(agent.page) == []


async def test_customers_are_accessible_on_a_desk_and_on_a_phone(employ: Employ, call_as: CallAs) -> None:
    maria = someone("Maria Dostępna", company="Łódzka Palarnia")
    await keep(await call_as("agent"), maria, {SHOP: "https://palarnia.example/", LIMIT: "12.5"})
    agent = await employ("Maja Wójcik", status=None)
    page = agent.page
    for size in (None, PHONE):
        if size:
            await page.set_viewport_size(size)
        await open_customers(agent)
        rows = await search(page, maria.email)
        await expect(rows).to_have_count(1)
        assert await violations(page) == []
        card = await open_card(agent, maria.id)
        assert await violations(page) == []
        await card.edit()
        await card.form.get_by_label("Imię i nazwisko").fill("")
        await card.form.get_by_label("Limit kredytowy").fill("dużo")
        await card.save()
        await expect(card.form.get_by_text("To pole jest wymagane.")).to_be_visible()
        assert await violations(page) == []
        assert await fits(page), "the page scrolls sideways"
        await card.form.get_by_role("button", name="Anuluj").click()
        await expect(card.shown.get_by_role("button", name="Edytuj")).to_be_focused()
