"""Tickets in browser tests: opened and changed over HTTP by somebody without a browser, read in the console."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
from playwright.async_api import Locator, Page, expect

from deploy.demo.load import TOPICS
from tests.e2e.faces import Console

SALES = {"id": str(TOPICS[0].id), "name": TOPICS[0].name}
FIELDS = ("version", "subject_line", "status", "postponed_until", "topic", "assignee", "tags", "customer")


def word() -> str:
    """A word that stands in no other test's ticket."""
    return f"hasło{uuid4().hex[:10]}"


def address() -> str:
    """An address of the test's own."""
    return f"{uuid4().hex[:10]}@example.org"


class Office:
    """A colleague who works on tickets without a browser."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def open(self, subject: str, *, name: str = "Anna Nowak", **fields: Any) -> dict[str, Any]:
        """Open a ticket by hand; its card."""
        asked = {"topic": SALES, "subject_line": subject, "name": name, "email": address(), "text": "Proszę o kontakt."}
        return await self._answer("PUT", f"/api/tickets/{uuid4()}", {**asked, **fields})

    async def customer(self, name: str) -> str:
        """Make a customer's card; its id."""
        customer_id = str(uuid4())
        await self._answer("PUT", f"/api/customers/{customer_id}", {"id": customer_id, "name": name})
        return customer_id

    async def change(self, ticket: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """Change the ticket as it is now; its card."""
        path = f"/api/tickets/{ticket['id']}"
        present = await self._answer("GET", path)
        return await self._answer("PATCH", path, {**{name: present[name] for name in FIELDS}, **fields})

    async def write(self, ticket: dict[str, Any], kind: str, text: str) -> dict[str, Any]:
        """Write into the ticket's thread; its card."""
        body = {"id": str(uuid4()), "kind": kind, "text": text}
        return await self._answer("POST", f"/api/tickets/{ticket['id']}/messages", body)

    async def _answer(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        answer = await self.client.request(method, path, json=body)
        assert answer.is_success, answer.text
        return dict(answer.json())


class TicketsTab:
    """The tickets tab of an agent's console."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.page: Page = console.page

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("ticket-row")

    def row(self, text: str) -> Locator:
        return self.rows.filter(has_text=text)

    @property
    def card(self) -> Locator:
        return self.page.get_by_test_id("ticket")

    @property
    def messages(self) -> Locator:
        return self.page.get_by_test_id("ticket-message")

    async def list(self, query: str = "") -> None:
        """Show the list of this address."""
        await self.page.goto(f"{self.console.url}/console/tickets{query}")
        await expect(self.page.get_by_role("heading", name="Zgłoszenia", level=1)).to_be_visible()

    async def open(self, ticket: dict[str, Any]) -> None:
        """Show a ticket's card."""
        await self.page.goto(f"{self.console.url}/console/tickets/{ticket['id']}")
        await expect(self.card).to_contain_text(f"Zgłoszenie #{ticket['number']}")

    async def save(self) -> None:
        await self.page.get_by_role("button", name="Zapisz", exact=True).click()
        await expect(self.page.get_by_test_id("ticket-save")).to_have_count(0)

    async def reply(self, text: str) -> None:
        await self.page.get_by_label("Treść odpowiedzi").fill(text)
        await self.page.get_by_role("button", name="Wyślij odpowiedź").click()
        await expect(self.messages.last).to_contain_text(text)

    async def comment(self, text: str) -> None:
        await self.page.get_by_role("tab", name="Komentarz").click()
        await self.page.get_by_label("Treść komentarza").fill(text)
        await self.page.get_by_role("button", name="Dodaj komentarz").click()
        await expect(self.messages.last).to_contain_text(text)
