"""Customers for browser tests: each a test's own, with words that nobody else's card has; and their card on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
from playwright.async_api import Locator, Page, expect

from contracts.customers import Customer, FieldDefinitions


@dataclass(frozen=True)
class Someone:
    """A customer as they were made."""

    name: str
    email: str
    phone: str
    company: str
    id: UUID = field(default_factory=uuid4)


def someone(name: str, company: str = "") -> Someone:
    """Somebody with an address and a phone of their own."""
    number = str(uuid4().int)[-9:]
    return Someone(
        name=name,
        email=f"klient-{uuid4().hex[:10]}@example.com",
        phone=f"{number[:3]} {number[3:6]} {number[6:]}",
        company=company,
    )


async def keep(agent: httpx.AsyncClient, customer: Someone, values: Mapping[UUID, str] | None = None) -> None:
    """Make their card."""
    card: dict[str, Any] = {
        "id": str(customer.id),
        "name": customer.name,
        "company": customer.company,
        "emails": [customer.email],
        "phones": [customer.phone],
        "values": {str(field): value for field, value in (values or {}).items()},
    }
    (await agent.put(f"/api/customers/{customer.id}", json=card)).raise_for_status()


async def card_of(agent: httpx.AsyncClient, customer_id: UUID) -> Customer:
    """The card as it is kept now."""
    return Customer.model_validate((await agent.get(f"/api/customers/{customer_id}")).raise_for_status().json())


async def fields(agent: httpx.AsyncClient) -> FieldDefinitions:
    """The custom fields as they are kept now."""
    return FieldDefinitions.model_validate((await agent.get("/api/customer-fields")).raise_for_status().json())


class CardOnPage:
    """A customer's card wherever it is shown: beside a conversation or on its own page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def shown(self) -> Locator:
        return self.page.get_by_test_id("customer-card")

    @property
    def form(self) -> Locator:
        return self.page.get_by_test_id("customer-form")

    async def edit(self) -> None:
        await self.shown.get_by_role("button", name="Edytuj").click()
        await expect(self.form).to_be_visible()

    async def save(self, button: str = "Zapisz") -> None:
        await self.form.get_by_role("button", name=button, exact=True).click()

    async def saved(self) -> None:
        """Save, and see it accepted."""
        await self.save()
        await expect(self.shown).to_be_visible()


async def search(page: Page, text: str) -> Locator:
    """Type what is sought; the rows of what is found, as soon as they answer it."""
    await page.get_by_label("Szukaj klienta").fill(text)
    return page.get_by_test_id("customer-row")
