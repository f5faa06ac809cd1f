"""A topic's hours change under open widgets: nothing is reloaded, and nothing that was typed is lost."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from contracts.parameters import Localised
from tests.e2e.conftest import Employ, Visit
from tests.e2e.parameters import CLOSED, OPEN, Parameters, closed_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SALES, SUPPORT = "Sprzedaż", "Wsparcie techniczne"
SHUT = "Biuro obsługi jest nieczynne"


async def test_a_topic_that_closes_and_opens_under_the_form_corrects_it_and_keeps_what_was_typed(
    visit: Visit, parameters: Parameters
) -> None:
    visitor = await visit()
    panel = visitor.panel
    await panel.get_by_label(SALES).check()
    await panel.get_by_label("Imię").fill("Łukasz")
    await panel.get_by_label("E-mail").fill("lukasz@example.org")

    hours, opens = closed_until()
    await parameters.change(SALES, hours=hours)
    await expect(panel.get_by_text(SHUT)).to_be_visible()
    here = opens.astimezone(ZoneInfo("Europe/Warsaw"))
    await expect(panel.get_by_text(re.compile(rf"Otwieramy .*{here.day} .*, o {here:%H:%M}\."))).to_be_visible()
    await expect(panel.get_by_role("button", name="Rozpocznij")).to_have_count(0)
    await panel.get_by_label("Wiadomość", exact=True).fill("Miga czerwona dioda")

    await parameters.change(SALES, hours=OPEN)
    await expect(panel.get_by_text("Już jesteśmy.")).to_be_visible()
    await expect(panel.get_by_label("Imię")).to_have_value("Łukasz")
    await expect(panel.get_by_label("Wiadomość", exact=True)).to_have_value("Miga czerwona dioda")
    await panel.get_by_role("button", name="Porozmawiaj teraz").click()
    await panel.get_by_role("button", name="Rozpocznij").click()
    await expect(panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()
    await expect(panel.get_by_label("Napisz wiadomość")).to_have_value("Miga czerwona dioda")


async def test_a_message_left_after_hours_becomes_one_ticket(
    visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    agent = await employ("Maja Wójcik", status=None)
    await parameters.change(SALES, hours=CLOSED, after_hours_text=Localised(pl="Palimy kawę, wracamy jutro."))
    await parameters.change(SUPPORT, hours=CLOSED)
    visitor = await visit()
    panel = visitor.panel
    await expect(panel.get_by_label("Wiadomość", exact=True)).to_be_visible()
    await panel.get_by_role("button", name="Wyślij wiadomość").click()
    for missing in ("Wybierz temat rozmowy.", "Wpisz imię.", "Wpisz adres e-mail.", "Wpisz wiadomość."):
        await expect(panel.get_by_text(missing)).to_be_visible()
    await panel.get_by_label(SUPPORT).check()
    await expect(panel.get_by_text(SHUT)).to_be_visible()
    await panel.get_by_label(SALES).check()
    await expect(panel.get_by_text("Palimy kawę, wracamy jutro.")).to_be_visible()

    await visitor.fill_message("Nocny Marek", "marek@example.org", "Czy wysyłacie do Wrocławia?")
    await panel.get_by_role("button", name="Wyślij wiadomość").dblclick()
    number = panel.get_by_text(re.compile(r"Numer zgłoszenia: #\d+"))
    await expect(number).to_be_visible()
    digits = re.sub(r"\D", "", await number.inner_text())

    await agent.open_tickets()
    row = agent.page.get_by_test_id("ticket-row").filter(has_text="Nocny Marek")
    await expect(row).to_have_count(1)
    await row.get_by_role("link").click()
    ticket = agent.page.get_by_test_id("ticket")
    await expect(ticket).to_contain_text(f"Zgłoszenie #{digits}")
    await expect(ticket).to_contain_text("Czy wysyłacie do Wrocławia?")
    await expect(agent.offer).to_have_count(0)


async def test_a_waiting_visitor_is_offered_the_ticket_form_when_the_topic_closes_and_may_wait_on(
    visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    visitor = await visit()
    panel = visitor.panel
    await visitor.start(SALES, "Cierpliwa Ola", "ola@example.org")
    await visitor.write("Miga czerwona dioda")
    await parameters.change(SALES, hours=CLOSED)
    await expect(panel.get_by_text("Możesz zostawić wiadomość albo czekać dalej.")).to_be_visible()
    await expect(panel.get_by_label("Wiadomość", exact=True)).to_have_value("Miga czerwona dioda")
    await expect(panel.get_by_label("Wiadomość", exact=True)).to_be_focused()

    await panel.get_by_role("button", name="Czekaj dalej").click()
    await expect(panel.get_by_text("Twoja rozmowa nadal czeka w kolejce.")).to_be_visible()
    await expect(panel.get_by_label("Napisz wiadomość")).to_have_value("Miga czerwona dioda")
    await visitor.page.reload()
    await expect(panel.get_by_text("Twoja rozmowa nadal czeka w kolejce.")).to_be_visible()

    agent = await employ("Maja Wójcik")
    await agent.accept()
    await expect(visitor.events.filter(has_text="Maja Wójcik dołącza")).to_be_visible()
    await expect(panel.get_by_text(SHUT)).to_have_count(0)


async def test_a_running_chat_goes_on_when_its_topic_closes(
    visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik")
    other = await visit("other")
    await other.panel.get_by_label(SALES).check()
    await visitor.start(SALES, "Ola", "ola@example.org")
    await agent.accept()
    await parameters.change(SALES, hours=CLOSED)
    await expect(other.panel.get_by_text(SHUT)).to_be_visible()
    await visitor.say("Jesteście jeszcze?")
    await visitor.expect_delivery("Jesteście", "delivered")
    await agent.say("Jesteśmy")
    await expect(visitor.messages).to_have_count(2)
    await expect(visitor.panel.get_by_text(SHUT)).to_have_count(0)


async def test_an_open_topic_without_anybody_on_says_so_until_somebody_comes(visit: Visit, employ: Employ) -> None:
    visitor = await visit()
    nobody = visitor.panel.get_by_text("W tej chwili nikt nie jest dostępny.")
    await visitor.panel.get_by_label(SUPPORT).check()
    await expect(nobody).to_be_visible()
    await expect(visitor.panel.get_by_role("button", name="Zostaw wiadomość")).to_be_visible()
    agent = await employ("Maja Wójcik")
    await expect(nobody).to_have_count(0)
    await agent.set_status("Niedostępny")
    await expect(nobody).to_be_visible()
