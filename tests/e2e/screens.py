"""`python -m tests.e2e.screens`: takes the pictures of docs/screens.

`overview.png`: a shop's page and the console in one conversation. `tickets.png`: the console's tickets, one opened.
"""

from __future__ import annotations

import asyncio
import base64
from contextlib import AsyncExitStack

from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from deploy.demo.load import AGENTS, CUSTOMER_EMAIL, PASSWORD, load_demo
from deploy.demo.past import load_past
from deploy.demo.questions import QUESTIONS
from deploy.local import packages
from deploy.local.steps import ROOT
from tests.e2e.conftest import ARGUMENTS
from tests.e2e.faces import Console, Widget
from tests.support.mail_server import MailServer
from tests.support.servers import chosen_servers
from tests.support.system import System

PICTURES = ROOT / "docs" / "screens"
SHOP: ViewportSize = {"width": 680, "height": 860}
DESK: ViewportSize = {"width": 1440, "height": 860}
GAP = 28
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
"""The agent is shown the browser: not the one that takes pictures."""

FRAME = """
<style>
  body {{ margin: 0; padding: {gap}px; display: flex; gap: {gap}px; background: #dfe5e1; width: max-content; }}
  img {{ display: block; border-radius: 12px; box-shadow: 0 8px 30px #0003; }}
</style>
<img src="data:image/png;base64,{shop}"><img src="data:image/png;base64,{desk}">
"""


async def take(system: System) -> None:
    agents = await load_demo(system.installation, sites=[system.url])
    await load_past(system.installation, agents, None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=packages.CHROMIUM, args=list(ARGUMENTS))
        visitor = Widget(await _page(browser, SHOP), system.url)
        agent = Console(await _page(browser, DESK), system.url, AGENTS[1].email, PASSWORD)
        await _talk(visitor, agent)
        shop, desk = await visitor.page.screenshot(), await agent.page.screenshot()
        both = await _page(
            browser, {"width": SHOP["width"] + DESK["width"] + 3 * GAP, "height": SHOP["height"] + 2 * GAP}
        )
        await both.set_content(FRAME.format(gap=GAP, shop=_encoded(shop), desk=_encoded(desk)))
        await both.screenshot(path=PICTURES / "overview.png")
        await _open_ticket(agent)
        await agent.page.screenshot(path=PICTURES / "tickets.png")
        await browser.close()


async def _open_ticket(agent: Console) -> None:
    await agent.open_tickets()
    await agent.page.get_by_test_id("ticket-row").filter(has_text=QUESTIONS[0].name).click()
    await expect(agent.page.get_by_test_id("ticket")).to_contain_text("Wysłan")


async def _talk(visitor: Widget, agent: Console) -> None:
    await agent.open()
    await agent.sign_in()
    await agent.set_status("Dostępny")
    await visitor.visit()
    await visitor.start("Sprzedaż", "Anna Nowak", CUSTOMER_EMAIL)
    await agent.accept()
    await visitor.say("Dzień dobry! Czy Etiopia Guji nada się do kawiarki?")
    await expect(agent.messages).to_have_count(1)
    await agent.say("Dzień dobry, pani Anno 🙂 Do kawiarki lepsza będzie Kolumbia Huila: karmel, jabłko, mało kwasu.")
    await expect(visitor.messages).to_have_count(2)
    await visitor.say("Świetnie, biorę dwie paczki. Kiedy wyślecie?")
    await visitor.expect_delivery("dwie paczki", "delivered")
    await agent.say("Palimy we wtorek, w czwartek będzie u pani.")
    await expect(visitor.messages).to_have_count(4)
    await expect(agent.page.get_by_test_id("customer-card")).to_be_visible()
    await visitor.write("A można odebrać na miejscu?")
    await expect(agent.page.get_by_test_id("peek-text")).to_contain_text("odebrać")


async def _page(browser: Browser, size: ViewportSize) -> Page:
    context = await browser.new_context(
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        viewport=size,
        reduced_motion="reduce",
        color_scheme="light",
        user_agent=BROWSER,
    )
    return await context.new_page()


def _encoded(picture: bytes) -> str:
    return base64.b64encode(picture).decode()


async def main() -> None:
    async with AsyncExitStack() as stack:
        servers = stack.enter_context(chosen_servers())
        name, database_urls = await servers.new_database()
        stack.push_async_callback(servers.drop_database, name)
        amqp_url = await servers.new_vhost()
        stack.push_async_callback(servers.drop_vhost, amqp_url)
        mail = (await stack.enter_async_context(MailServer())).port
        system = await stack.enter_async_context(System(amqp_url, database_urls, name="screens", mail=mail))
        await take(system)
    print(f"wrote {PICTURES.relative_to(ROOT)}/")


if __name__ == "__main__":
    asyncio.run(main())
