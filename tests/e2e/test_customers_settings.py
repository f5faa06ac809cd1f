"""What administrators set for customers: the custom fields of cards and their order, and cards that make themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from contracts.customers import CustomerSettings, FieldDefinitions
from deploy.demo.load import PLAN, TOPICS
from tests.e2e.clientele import CardOnPage, card_of, fields, keep, someone
from tests.e2e.conftest import CallAs, Employ, Visit
from tests.e2e.test_accessibility import violations
from tests.e2e.test_administration import PHONE, settings

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest_asyncio.fixture(loop_scope="session")
async def office(call_as: CallAs) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator's HTTP; the fields and settings of customers are as they were again after the test."""
    office = await call_as("administrator")
    before = await fields(office)
    rules = CustomerSettings.model_validate((await office.get("/api/admin/customer-settings")).json())
    yield office
    list_now = before.model_copy(update={"version": (await fields(office)).version})
    (await office.put("/api/admin/customer-fields", json=list_now.model_dump(mode="json"))).raise_for_status()
    version = (await office.get("/api/admin/customer-settings")).json()["version"]
    rules_now = rules.model_copy(update={"version": version})
    (await office.put("/api/admin/customer-settings", json=rules_now.model_dump(mode="json"))).raise_for_status()


def form(page: Page, name: str = "Dodatkowe pola") -> Locator:
    return page.get_by_role("form", name=name)


def row(page: Page, label: str) -> Locator:
    return page.get_by_test_id("field-row").filter(
        has=page.get_by_role("button", name=f"Usuń pole: {label}", exact=True)
    )


async def save(page: Page, name: str = "Dodatkowe pola") -> None:
    await form(page, name).get_by_role("button", name="Zapisz zmiany").click()
    await expect(form(page, name).get_by_text("Masz niezapisane zmiany")).to_have_count(0)


async def test_a_field_that_an_administrator_makes_is_on_the_card_and_where_marked_in_the_chat(
    visit: Visit, employ: Employ, office: httpx.AsyncClient
) -> None:
    label, hidden = f"Rozmiar {uuid4().hex[:6]}", f"Ukryte {uuid4().hex[:6]}"
    wera = someone("Wera Polna")
    await keep(office, wera)
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    page = chief.page
    await settings(chief, "Klienci")
    for name in (label, hidden):
        await form(page).get_by_role("button", name="Dodaj pole").click()
        await page.get_by_test_id("field-row").last.get_by_label("Nazwa pola").fill(name)
    await row(page, label).get_by_label("Rodzaj").select_option("choice")
    await form(page).get_by_role("button", name="Zapisz zmiany").click()
    await expect(row(page, label).get_by_text("Podaj co najmniej jedną wartość.")).to_be_visible()
    await row(page, label).get_by_label("Możliwe wartości").fill("Mały\nDuży\n")
    await row(page, label).get_by_label("Pokaż obok rozmowy").check()
    await save(page)
    await expect(row(page, label).get_by_label("Rodzaj")).to_have_count(0)

    visitor, agent = await visit(), await employ("Maja Wójcik")
    await visitor.start(TOPICS[0].name, "Wera", wera.email)
    await agent.accept()
    card = CardOnPage(agent.page)
    await card.edit()
    await expect(card.form.get_by_label(hidden)).to_have_count(0)
    await card.form.get_by_label(label).select_option("Duży")
    await card.saved()
    await expect(card.shown).to_contain_text("Duży")

    await agent.page.goto(f"{agent.url}/console/customers/{wera.id}")
    await expect(card.shown).to_contain_text(label)
    await card.edit()
    await card.form.get_by_label(hidden).fill("tylko na karcie")
    await card.saved()
    await expect(card.shown).to_contain_text("tylko na karcie")


async def test_fields_are_put_in_order_with_keys_alone(employ: Employ, office: httpx.AsyncClient) -> None:
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    page = chief.page
    await settings(chief, "Klienci")
    down = page.get_by_role("button", name="Przesuń niżej: Numer klienta")
    await down.focus()
    await page.keyboard.press("Enter")
    await expect(down).to_be_focused()
    await expect(page.get_by_test_id("polite")).to_contain_text("Numer klienta: miejsce 2 z 6")
    for _ in range(4):
        await page.keyboard.press("Enter")
    # At the end there is no way down: the focus is on the way up.
    await expect(page.get_by_role("button", name="Przesuń wyżej: Numer klienta")).to_be_focused()
    await page.keyboard.press("Enter")
    await save(page)
    assert [field.label for field in (await fields(office)).fields][4:] == ["Numer klienta", "Strona"]


async def test_a_field_is_removed_after_a_warning_and_goes_from_all_cards(
    employ: Employ, office: httpx.AsyncClient
) -> None:
    label, other = f"Zbędne {uuid4().hex[:6]}", someone("Zenon Zbędny")
    now = await fields(office)
    extra = {"id": str(uuid4()), "label": label, "kind": "text"}
    body = {"version": now.version, "fields": [*now.model_dump(mode="json")["fields"], extra]}
    list_now = FieldDefinitions.model_validate((await office.put("/api/admin/customer-fields", json=body)).json())
    await keep(office, other, {list_now.fields[-1].id: "x", PLAN: "Abonament roczny"})

    chief = await employ("Marta Nowicka", status=None, role="administrator")
    page = chief.page
    await settings(chief, "Klienci")
    await row(page, label).get_by_role("button", name="Usuń pole").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("razem z wpisanymi wartościami")
    await dialog.get_by_role("button", name="Anuluj").click()
    await expect(row(page, label)).to_be_visible()
    await row(page, label).get_by_role("button", name="Usuń pole").click()
    await dialog.get_by_role("button", name="Usuń pole").click()
    await expect(row(page, label)).to_have_count(0)
    assert [field.label for field in (await card_of(office, other.id)).fields] == ["Plan", label]
    await save(page)
    assert [field.label for field in (await card_of(office, other.id)).fields] == ["Plan"]


async def test_two_administrators_lose_neither_ones_field(employ: Employ, office: httpx.AsyncClient) -> None:
    mine, theirs = f"Moje {uuid4().hex[:6]}", f"Cudze {uuid4().hex[:6]}"
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    page = chief.page
    await settings(chief, "Klienci")
    await form(page).get_by_role("button", name="Dodaj pole").click()
    await page.get_by_test_id("field-row").last.get_by_label("Nazwa pola").fill(mine)
    now = await fields(office)
    extra = {"id": str(uuid4()), "label": theirs, "kind": "text"}
    body = {"version": now.version, "fields": [*now.model_dump(mode="json")["fields"], extra]}
    (await office.put("/api/admin/customer-fields", json=body)).raise_for_status()

    await form(page).get_by_role("button", name="Zapisz zmiany").click()
    await form(page).get_by_role("button", name="Wczytaj nowszą wersję").click()
    for label in (mine, theirs):
        await expect(row(page, label)).to_be_visible()
    await save(page)
    assert {mine, theirs} <= {field.label for field in (await fields(office)).fields}


async def test_a_card_makes_itself_for_an_unknown_address_once_that_is_switched_on(
    visit: Visit, employ: Employ, office: httpx.AsyncClient
) -> None:
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    await settings(chief, "Klienci")
    await chief.page.get_by_label("Twórz kartę klienta dla nieznanego adresu").check()
    await save(chief.page, "Zakładanie kart")
    visitor, agent = await visit(), await employ("Maja Wójcik")
    email = f"sam-{uuid4().hex[:8]}@example.com"
    await visitor.start(TOPICS[0].name, "Samo Się", email)
    await agent.accept()
    await expect(agent.page.get_by_test_id("customer-card")).to_contain_text("Samo Się")
    await expect(agent.page.get_by_test_id("customer-card")).to_contain_text(email)
    await expect(agent.page.get_by_text("Adres niezweryfikowany")).to_be_visible()


async def test_the_customers_settings_are_accessible_on_a_desk_and_on_a_phone(employ: Employ) -> None:
    chief = await employ("Marta Nowicka", status=None, role="administrator")
    page = chief.page
    for size in (None, PHONE):
        if size:
            await page.set_viewport_size(size)
        await settings(chief, "Klienci")
        await expect(row(page, "Plan")).to_be_visible()
        assert await violations(page) == []
        await form(page).get_by_role("button", name="Dodaj pole").click()
        await form(page).get_by_role("button", name="Zapisz zmiany").click()
        await expect(form(page).get_by_text("To pole jest wymagane.")).to_be_visible()
        assert await violations(page) == []
        wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, "the page scrolls sideways"
        await form(page).get_by_role("button", name="Odrzuć zmiany").click()
        await row(page, "Plan").get_by_role("button", name="Usuń pole").click()
        assert await violations(page) == []
        await page.get_by_role("dialog").get_by_role("button", name="Anuluj").click()
