"""The two faces as the people in front of them see them: what can be read and pressed, by its words."""

from __future__ import annotations

import re
from typing import NamedTuple
from uuid import UUID

from playwright.async_api import Frame, FrameLocator, Locator, Page, expect


class Kept(NamedTuple):
    """What the widget keeps in the visitor's browser."""

    token: str
    conversation: UUID | None


class Widget:
    """A visitor at the demo shop."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    @property
    def panel(self) -> FrameLocator:
        return self.page.frame_locator('iframe[title="Czat"]')

    @property
    def messages(self) -> Locator:
        """The bubbles, oldest first."""
        return self.panel.locator("li.message")

    @property
    def events(self) -> Locator:
        """What happened: the start, who joined, the end."""
        return self.panel.locator("li.event")

    async def visit(self) -> None:
        await self.page.goto(f"{self.url}/demo/")
        await self.page.get_by_role("button", name="Otwórz czat").click()
        await expect(self.panel.get_by_role("heading", level=1)).to_be_visible()

    async def start(self, topic: str, name: str, email: str) -> None:
        await self.panel.get_by_label(topic).check()
        await self.panel.get_by_label("Imię").fill(name)
        await self.panel.get_by_label("E-mail").fill(email)
        await self.panel.get_by_role("button", name="Rozpocznij").click()
        await expect(self.events.first).to_contain_text("Rozmowa rozpoczęta")

    async def write(self, text: str) -> None:
        """Type without sending."""
        await self.panel.get_by_label("Napisz wiadomość").fill(text)

    async def say(self, text: str) -> None:
        await self.write(text)
        await self.panel.get_by_role("button", name="Wyślij").click()

    async def expect_delivery(self, text: str, state: str) -> None:
        """`unsent`, `sent` or `delivered`."""
        message = self.messages.filter(has_text=text)
        await expect(message).to_have_attribute("data-delivery", state)

    async def texts(self) -> list[str]:
        return await self.messages.locator(".bubble > p").all_inner_texts()

    async def end(self) -> None:
        await self.panel.get_by_role("button", name="Zakończ rozmowę").click()
        # "Zakończ", or "Przestań czekać" where nobody has answered yet.
        await self.panel.get_by_role("dialog").get_by_role("button").first.click()

    async def fill_message(self, name: str, email: str, text: str) -> None:
        """The form of a message that is left, without sending it."""
        await self.panel.get_by_label("Imię").fill(name)
        await self.panel.get_by_label("E-mail").fill(email)
        await self.panel.get_by_label("Wiadomość", exact=True).fill(text)

    async def frame(self) -> Frame:
        """The panel's document, for what looks at a whole document."""
        element = await self.page.locator('iframe[title="Czat"]').element_handle()
        frame = await element.content_frame() if element else None
        assert frame is not None
        return frame

    async def kept(self) -> Kept | None:
        frame = next((frame for frame in self.page.frames if "/widget/panel/" in frame.url), None)
        kept = await frame.evaluate("JSON.parse(localStorage.getItem('dymek:demo'))") if frame else None
        if not kept:
            return None
        return Kept(kept["token"], UUID(kept["conversation"]) if kept["conversation"] else None)


class Console:
    """An agent at the console."""

    def __init__(self, page: Page, url: str, email: str, password: str) -> None:
        self.page = page
        self.url = url
        self.email = email
        self._password = password

    @property
    def offer(self) -> Locator:
        return self.page.get_by_test_id("offer")

    @property
    def messages(self) -> Locator:
        return self.page.get_by_test_id("message")

    @property
    def lines(self) -> Locator:
        return self.page.get_by_test_id("log-line")

    async def open(self) -> None:
        await self.page.goto(f"{self.url}/console/")

    async def sign_in(self) -> None:
        await self.page.get_by_label("Adres e-mail").fill(self.email)
        await self.page.get_by_label("Hasło", exact=True).fill(self._password)
        await self.page.get_by_role("button", name="Zaloguj się").click()
        await self.expect_desk()

    async def keep_session(self, cookie: str) -> None:
        """Be signed in already, as after an earlier visit."""
        await self.page.context.add_cookies([{"name": "dymek-session", "value": cookie, "url": self.url}])

    async def expect_desk(self) -> None:
        await expect(self.page.get_by_role("group", name="Twój status")).to_be_visible()

    async def set_status(self, status: str) -> None:
        option = self.page.get_by_role("button", name=status, exact=True)
        await option.click()
        await expect(option).to_have_attribute("aria-pressed", "true")

    async def accept(self) -> None:
        await self.offer.get_by_role("button", name="Odbierz").click()
        await expect(self.page.get_by_label("Wiadomość", exact=True)).to_be_visible()

    async def write(self, text: str) -> None:
        """Type without sending."""
        await self.page.get_by_label("Wiadomość", exact=True).fill(text)

    async def say(self, text: str) -> None:
        await self.write(text)
        await self.page.get_by_role("button", name="Wyślij", exact=True).click()

    async def texts(self) -> list[str]:
        return await self.page.locator(".bubble__text").all_inner_texts()

    async def end(self) -> None:
        await self.page.get_by_role("button", name="Zakończ", exact=True).click()
        await self.page.get_by_role("button", name="Zakończ rozmowę").click()

    async def act(self, item: str) -> None:
        """Choose from the conversation's menu."""
        await self.page.get_by_role("button", name="Działania", exact=True).click()
        await self.page.get_by_role("menuitem", name=item).click()

    async def choose(self, name: str) -> None:
        """Offer the open conversation to a colleague."""
        await self.act("Wybierz konsultanta")
        await self.page.get_by_test_id("choice").filter(has_text=name).get_by_role("radio").check()
        await self.page.get_by_role("button", name="Zaproponuj rozmowę").click()
        await expect(self.page.get_by_test_id("asked")).to_contain_text(name)

    async def look(self, tab: str, visitor: str) -> None:
        """Open a conversation of the list: `Czekające` or `Zespół`."""
        await self.page.get_by_role("tab", name=tab).click()
        await self.page.get_by_test_id("board-row").filter(has_text=visitor).click()

    async def join(self, visitor: str) -> None:
        """Join a colleague's conversation."""
        await self.look("Zespół", visitor)
        await self.page.get_by_role("button", name="Dołącz").click()
        await expect(self.page.get_by_label("Wiadomość", exact=True)).to_be_visible()

    async def open_tickets(self) -> None:
        await self.page.get_by_role("link", name=re.compile("Zgłoszenia")).click()
        await expect(self.page.get_by_role("heading", name="Zgłoszenia", level=1)).to_be_visible()
