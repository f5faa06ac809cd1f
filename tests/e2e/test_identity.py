"""A site vouches for its user: agents see it, and the visitor finds earlier conversations again, also elsewhere."""

from __future__ import annotations

import json
import re
from uuid import UUID, uuid4

import pytest
from playwright.async_api import Route, expect

from tests.e2e.conftest import CallAs, Employ, NewPage, Visit
from tests.e2e.faces import Console, Widget
from tests.e2e.test_accessibility import violations
from tests.support.signing import identity_token
from tests.support.system import System

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KNOWS = """
window.dymek = window.dymek || function () { (dymek.q = dymek.q || []).push([].slice.call(arguments)); };
dymek('set_user', %s);
"""
EARLIER = "Wcześniejsze rozmowy"


async def secret_of_the_shop(call_as: CallAs) -> str:
    chief = await call_as("administrator")
    return str((await chief.post("/api/admin/widgets/demo/secret")).raise_for_status().json()["secret"])


async def a_customer(call_as: CallAs, name: str) -> tuple[str, UUID]:
    """A customer with a card, by a name of one's own; the address and the card's id."""
    email, customer_id = f"{uuid4().hex[:10]}@example.com", uuid4()
    agent = await call_as("agent")
    card = {"id": str(customer_id), "version": 0, "name": name, "emails": [email]}
    (await agent.put(f"/api/customers/{customer_id}", json=card)).raise_for_status()
    return email, customer_id


async def known_visitor(new_page: NewPage, shop: System, who: str, **user: str) -> Widget:
    """Somebody signed in at a shop whose pages tell the widget so, with the widget open."""
    widget = Widget(await new_page(who), shop.url)
    await widget.page.add_init_script(KNOWS % json.dumps(user))
    await widget.visit()
    return widget


async def begin(visitor: Widget, topic: str = "Sprzedaż") -> None:
    await visitor.panel.get_by_label(topic).check()
    await visitor.panel.get_by_role("button", name="Rozpocznij").click()
    await expect(visitor.events.first).to_contain_text("Rozmowa rozpoczęta")


async def talked(visitor: Widget, agent: Console, text: str) -> None:
    """The agent takes it, both say something, the agent ends it."""
    await agent.accept()
    await visitor.say(text)
    await visitor.expect_delivery(text, "delivered")
    await agent.say(f"Odpowiedź: {text}")
    await expect(visitor.messages).to_have_count(2)
    await agent.end()
    await expect(visitor.events.last).to_contain_text("kończy rozmowę")


async def test_a_signed_user_is_verified_and_reads_earlier_conversations_elsewhere_and_others_do_not(
    shop: System, new_page: NewPage, visit: Visit, employ: Employ, call_as: CallAs
) -> None:
    secret = await secret_of_the_shop(call_as)
    email, _ = await a_customer(call_as, "Zofia Potwierdzona")
    agent = await employ("Maja Wójcik")

    # Without the site's word the same address is a claim.
    stranger = await visit("stranger")
    await stranger.start("Sprzedaż", "Zofia", email)
    await talked(stranger, agent, "to pisze ktoś inny")
    await expect(agent.page.get_by_text("Adres niezweryfikowany")).to_be_visible()

    home = await known_visitor(
        new_page, shop, "home", name="Zofia", email=email, token=identity_token("demo", secret, email)
    )
    await expect(home.panel.get_by_label("Imię")).to_have_value("Zofia")
    await expect(home.panel.get_by_label("E-mail")).to_have_value(email)
    assert await home.kept() is None
    await begin(home)
    await talked(home, agent, "pytanie z domu")
    await expect(agent.page.get_by_test_id("customer-card")).to_contain_text("Zofia Potwierdzona")
    await expect(agent.page.get_by_text("Adres zweryfikowany")).to_be_visible()

    # Another browser, the same user: the conversation of home is there to be read, the stranger's is not.
    office = await known_visitor(
        new_page, shop, "office", name="Zofia", email=email, token=identity_token("demo", secret, email.upper())
    )
    await office.panel.get_by_role("button", name=EARLIER).click()
    past = office.panel.locator(".past")
    await expect(past).to_have_count(1)
    await expect(past).to_contain_text("Odpowiedź: pytanie z domu")
    assert await violations(await office.frame()) == []
    await past.click()
    await expect(office.messages).to_have_text([re.compile("pytanie z domu"), re.compile("Odpowiedź: pytanie z domu")])
    await expect(office.panel.get_by_label("Napisz wiadomość")).to_have_count(0)
    await expect(office.panel.get_by_text("ktoś inny")).to_have_count(0)

    # Whoever only claims the address, or brings a copy of a token, finds nothing.
    await stranger.panel.get_by_role("button", name=EARLIER).click()
    await expect(stranger.panel.locator(".past")).to_have_count(1)
    await expect(stranger.panel.locator(".past")).to_contain_text("to pisze ktoś inny")
    copied = identity_token("demo", secret, email)
    first = await known_visitor(new_page, shop, "first", name="Zofia", email=email, token=copied)
    await first.panel.get_by_role("button", name=EARLIER).click()
    await expect(first.panel.locator(".past")).to_have_count(1)
    thief = await known_visitor(new_page, shop, "thief", name="Zofia", email=email, token=copied)
    await thief.panel.get_by_role("button", name=EARLIER).click()
    await expect(thief.panel.get_by_text("Nie ma tu jeszcze żadnej rozmowy.")).to_be_visible()


@pytest.mark.parametrize("token", ["", "to.nie.token"])
async def test_without_a_good_token_the_chat_goes_on_as_for_everybody(
    shop: System, new_page: NewPage, employ: Employ, call_as: CallAs, token: str
) -> None:
    await secret_of_the_shop(call_as)
    email, _ = await a_customer(call_as, "Ignacy Niepotwierdzony")
    agent = await employ("Maja Wójcik")
    visitor = await known_visitor(new_page, shop, "visitor", name="Ignacy", email=email, token=token)
    await begin(visitor)
    await talked(visitor, agent, "czy to działa?")
    await expect(agent.page.get_by_test_id("customer-card")).to_contain_text("Ignacy Niepotwierdzony")
    await expect(agent.page.get_by_text("Adres niezweryfikowany")).to_be_visible()


async def test_a_user_who_signs_out_leaves_an_empty_form_to_the_next_person(shop: System, new_page: NewPage) -> None:
    visitor = await known_visitor(new_page, shop, "visitor", name="Zofia", email="zofia@example.com")
    name, email = visitor.panel.get_by_label("Imię"), visitor.panel.get_by_label("E-mail")
    await expect(name).to_have_value("Zofia")
    await visitor.page.evaluate("dymek('set_user', {})")
    await expect(name).to_have_value("")
    await expect(email).to_have_value("")
    await visitor.page.evaluate("dymek('set_user', { name: 'Ola' })")
    await expect(name).to_have_value("Ola")
    await expect(email).to_have_value("")


async def test_what_is_written_before_there_is_a_token_survives_a_refusal_and_a_reload(
    shop: System, new_page: NewPage
) -> None:
    visitor = await known_visitor(new_page, shop, "visitor", name="Zofia", email="zofia@example.com")
    held: list[Route] = []
    await visitor.page.route("**/api/widgets/demo/visitors", lambda route: held.append(route))
    start = visitor.panel.get_by_role("button", name="Rozpocznij")
    await visitor.panel.get_by_label("Sprzedaż").check()
    await start.click()
    await visitor.say("czy macie bezkofeinową?")
    await visitor.expect_delivery("czy macie bezkofeinową?", "unsent")
    await held[0].abort()
    await start.click()
    field = visitor.panel.get_by_label("Napisz wiadomość")
    await expect(field).to_have_value("czy macie bezkofeinową?")
    await field.press("Enter")
    await visitor.expect_delivery("czy macie bezkofeinową?", "unsent")
    await visitor.page.unroute("**/api/widgets/demo/visitors")
    await visitor.page.reload()
    await visitor.expect_delivery("czy macie bezkofeinową?", "sent")
    await expect(visitor.messages).to_have_count(1)


async def test_an_administrator_makes_a_secret_and_is_warned_before_the_old_one_ends(
    employ: Employ, call_as: CallAs
) -> None:
    await secret_of_the_shop(call_as)
    chief = await employ("Marta Szef", status=None, role="administrator")
    page = chief.page
    await page.get_by_role("link", name="Ustawienia").click()
    await page.get_by_role("link", name="Widżety").click()
    await expect(page.get_by_text("Sekret ustawiony")).to_be_visible()
    await page.get_by_role("button", name="Nowy sekret widżetu Palarnia Dolna").click()
    question = page.get_by_role("dialog")
    await expect(question).to_contain_text("Obecny sekret przestanie działać od razu")
    await question.get_by_role("button", name="Nowy sekret").click()
    field = page.get_by_label("Sekret", exact=True)
    await expect(field).to_have_value(re.compile(r"^[\w-]{43}$"))
    await expect(field).to_be_focused()
    assert await violations(page) == []
    shown = await field.input_value()
    await page.get_by_role("button", name="Gotowe, schowaj sekret").click()
    await expect(field).to_have_count(0)
    await expect(page.get_by_role("button", name="Nowy sekret widżetu Palarnia Dolna")).to_be_focused()
    assert shown not in await page.content()
    await page.get_by_text("JavaScript", exact=True).click()
    await expect(page.get_by_text("createHmac").first).to_be_visible()
