"""One visitor, several conversations: reading those of before, starting the next, leaving the queue, an old token."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Employ, Visit
from tests.e2e.faces import Console, Widget

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def talked(visitor: Widget, agent: Console, text: str) -> None:
    """A conversation of one sentence, ended by the agent."""
    await agent.accept()
    await visitor.say(text)
    await visitor.expect_delivery(text, "delivered")
    await agent.end()
    await expect(visitor.events.last).to_contain_text("kończy rozmowę")


async def test_visitors_read_their_own_earlier_conversations_and_nobody_elses(visit: Visit, employ: Employ) -> None:
    agent = await employ("Maja Wójcik")
    stranger = await visit("stranger")
    await stranger.start("Sprzedaż", "Obca", "obca@example.org")
    await talked(stranger, agent, "to jest tajemnica")

    visitor = await visit()
    panel = visitor.panel
    await expect(panel.get_by_role("button", name="Wcześniejsze rozmowy")).to_have_count(0)
    await visitor.start("Sprzedaż", "Ola", "ola@example.org")
    await talked(visitor, agent, "pierwsze pytanie")
    await panel.get_by_role("button", name="Rozpocznij nową rozmowę").click()
    await talked(visitor, agent, "drugie pytanie")

    await panel.get_by_role("button", name="Wcześniejsze rozmowy").click()
    past = panel.locator(".past")
    await expect(past).to_have_count(2)
    await expect(past.first).to_contain_text("drugie pytanie")
    await expect(past.last).to_contain_text("pierwsze pytanie")
    await expect(past.last).to_contain_text("Maja Wójcik · Zakończona przez konsultanta")
    await past.last.click()
    await expect(visitor.messages).to_have_text(re.compile("pierwsze pytanie"))
    await expect(panel.get_by_label("Napisz wiadomość")).to_have_count(0)
    await panel.get_by_role("button", name="Wróć").click()
    await expect(past.last).to_be_focused()
    await panel.get_by_role("button", name="Wróć").click()
    await expect(visitor.messages).to_have_text(re.compile("drugie pytanie"))

    await panel.get_by_role("button", name="Zmień temat lub dane").click()
    await panel.get_by_role("button", name="Wcześniejsze rozmowy").click()
    await expect(past).to_have_count(2)
    await expect(panel.get_by_text("tajemnica")).to_have_count(0)


async def test_the_next_conversation_is_one_click_after_the_end_with_the_same_name(
    visit: Visit, employ: Employ
) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik")
    await visitor.start("Wsparcie techniczne", "Jedno Kliknięcie", "jedno@example.org")
    await talked(visitor, agent, "już wszystko jasne")
    await visitor.panel.get_by_role("button", name="Rozpocznij nową rozmowę").click()
    await expect(agent.offer).to_contain_text("Jedno Kliknięcie")
    await expect(agent.offer).to_contain_text("Wsparcie techniczne")
    await expect(visitor.messages).to_have_count(0)
    await expect(visitor.panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()


async def test_a_chat_becomes_a_ticket_while_it_is_being_offered_and_is_offered_to_nobody_after(
    visit: Visit, employ: Employ
) -> None:
    agent = await employ("Maja Wójcik")
    visitor = await visit()
    await visitor.start("Sprzedaż", "Niecierpliwa Ida", "ida@example.org")
    await expect(agent.offer).to_contain_text("Niecierpliwa Ida")
    await visitor.panel.get_by_role("button", name="Zostaw wiadomość").click()
    await visitor.panel.get_by_label("Wiadomość", exact=True).fill("Proszę o telefon")
    await visitor.panel.get_by_role("button", name="Wyślij wiadomość").click()
    await expect(visitor.panel.get_by_text(re.compile(r"Numer zgłoszenia: #\d+"))).to_be_visible()
    await expect(agent.offer).to_have_count(0)

    later = await visit("later")
    await later.start("Sprzedaż", "Następny", "nastepny@example.org")
    await expect(agent.offer).to_have_count(1)
    await expect(agent.offer).to_contain_text("Następny")


async def test_leaving_the_queue_takes_the_offer_back(visit: Visit, employ: Employ) -> None:
    agent = await employ("Maja Wójcik")
    visitor = await visit()
    await visitor.start("Sprzedaż", "Rozmyślony", "r@example.org")
    await expect(agent.offer).to_contain_text("Rozmyślony")
    await visitor.panel.get_by_role("button", name="Przestań czekać").click()
    await expect(visitor.panel.get_by_role("heading", name="Przestać czekać?")).to_be_visible()
    await visitor.panel.get_by_role("dialog").get_by_role("button", name="Przestań czekać").click()
    await expect(visitor.events.last).to_contain_text("Rozmowa zakończona przez Ciebie")
    await expect(agent.offer).to_have_count(0)


async def test_a_token_that_is_not_known_any_more_is_replaced_without_a_word(visit: Visit) -> None:
    visitor = await visit()
    frame = await visitor.frame()
    await frame.evaluate("""localStorage.setItem("dymek:demo", '{"token": "forgotten", "conversation": null}')""")
    await visitor.start("Sprzedaż", "Dawno Niewidziana", "dawno@example.org")
    await expect(visitor.panel.get_by_text("Twoje miejsce w kolejce")).to_be_visible()
    kept = await visitor.kept()
    assert kept is not None
    assert kept.token != "forgotten"
