"""Agents among themselves: choosing, joining, leaving, ending, first answers, taking over."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from deploy.demo.load import TOPICS
from tests.e2e.conftest import Employ, Visit
from tests.e2e.faces import Console, Widget
from tests.e2e.parameters import Parameters

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SALES, SUPPORT = TOPICS


async def served(visitor: Widget, agent: Console, name: str) -> None:
    """The visitor talks to the agent, who has answered once."""
    await visitor.start(SALES.name, name, "gosc@example.org")
    await agent.accept()
    await agent.say("Dzień dobry!")
    await expect(visitor.messages).to_have_count(1)


async def test_a_chosen_agent_takes_the_conversation_over_with_all_that_was_said(visit: Visit, employ: Employ) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await served(visitor, jan, "Celina")
    ewa = await employ("Ewa Lis")
    await jan.choose("Ewa Lis")
    await expect(ewa.offer).to_contain_text("Rozmowa od: Jan Kowalski")
    await jan.say("Przekazuję do Ewy")
    await expect(visitor.messages).to_have_count(2)

    await ewa.accept()
    await expect(ewa.lines.filter(has_text="Jan Kowalski przekazuje rozmowę: Ewa Lis")).to_be_visible()
    await expect(ewa.page.locator(".bubble__text")).to_have_text(["Dzień dobry!", "Przekazuję do Ewy"])
    await expect(jan.page.get_by_test_id("outside")).to_contain_text("Rozmowa przekazana")
    await expect(visitor.events.filter(has_text="Ewa Lis dołącza")).to_be_visible()
    await ewa.say("Już jestem")
    await expect(visitor.messages.last).to_contain_text("Już jestem")
    await visitor.say("Świetnie")
    await expect(ewa.messages.last).to_contain_text("Świetnie")


async def test_a_chosen_agent_who_does_not_answer_leaves_it_with_its_owner_and_goes_on_a_break(
    visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    await parameters.change(SALES.name, offer_seconds=5)
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await served(visitor, jan, "Danuta")
    ewa = await employ("Ewa Lis")
    await jan.choose("Ewa Lis")
    await expect(ewa.offer).to_be_visible()
    await expect(jan.lines.filter(has_text="Ewa Lis · nieodebrana na czas")).to_be_visible()
    await expect(jan.page.get_by_text("Nadal ją prowadzisz.").first).to_be_visible()
    await jan.say("Jestem dalej")
    await expect(visitor.messages.last).to_contain_text("Jestem dalej")
    await expect(visitor.panel.get_by_text("Ewa Lis")).to_have_count(0)

    await expect(ewa.page.get_by_test_id("away")).to_contain_text("rozmowa nie została odebrana na czas")
    await expect(ewa.page.get_by_test_id("missed-count")).to_contain_text("1 nieodebrana")
    await ewa.page.get_by_role("button", name="Wróć do dostępnych").click()
    await expect(ewa.page.get_by_role("button", name="Dostępny", exact=True)).to_have_attribute("aria-pressed", "true")
    await expect(ewa.page.get_by_test_id("away")).to_be_empty()


async def test_a_chosen_agent_may_decline_and_only_who_has_room_can_be_chosen(visit: Visit, employ: Employ) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await served(visitor, jan, "Eryk")
    ewa, adam = await employ("Ewa Lis"), await employ("Adam Wilk", status="Niedostępny")
    await jan.act("Wybierz konsultanta")
    resting = jan.page.get_by_test_id("choice").filter(has_text="Adam Wilk")
    await expect(resting).to_contain_text("Niedostępny")
    await expect(resting.get_by_role("radio")).to_be_disabled()
    await jan.page.keyboard.press("Escape")
    await adam.set_status("Dostępny")
    await jan.act("Wybierz konsultanta")
    await expect(resting.get_by_role("radio")).to_be_enabled()
    await jan.page.keyboard.press("Escape")

    await jan.choose("Ewa Lis")
    await ewa.offer.get_by_role("button", name="Odrzuć").click()
    await expect(jan.lines.filter(has_text="Ewa Lis · odrzucona")).to_be_visible()
    await expect(adam.offer).to_have_count(0)
    await jan.say("Nadal ja")
    await expect(visitor.messages.last).to_contain_text("Nadal ja")


async def test_a_conversation_may_be_moved_to_another_topic(visit: Visit, employ: Employ) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await served(visitor, jan, "Felicja")
    await jan.set_status("Niedostępny")
    await jan.act("Przenieś do innego tematu")
    await jan.page.get_by_test_id("choice").filter(has_text=SUPPORT.name).get_by_role("radio").check()
    await jan.page.get_by_role("button", name="Przenieś rozmowę").click()
    await expect(jan.page.get_by_test_id("outside")).to_contain_text("Rozmowa jest teraz w innym temacie")
    await expect(visitor.panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()
    ewa = await employ("Ewa Lis")
    await expect(ewa.offer).to_contain_text(SUPPORT.name)
    await ewa.accept()
    await expect(ewa.lines.filter(has_text=f"czeka w kolejce: {SUPPORT.name}")).to_be_visible()
    await ewa.say("Dzień dobry, tu wsparcie")
    await expect(visitor.messages.last).to_contain_text("tu wsparcie")


async def test_three_agents_in_one_conversation_and_its_owner_leaves(visit: Visit, employ: Employ) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await served(visitor, jan, "Grażyna")
    ewa, adam = await employ("Ewa Lis"), await employ("Adam Wilk")
    await ewa.join("Grażyna")
    await adam.join("Grażyna")
    for agent, word in ((jan, "pierwszy"), (ewa, "druga"), (adam, "trzeci")):
        await agent.say(word)
    await visitor.say("Ilu Was jest?")
    for who in (jan, ewa, adam):
        await expect(who.messages).to_have_count(5)
    await expect(visitor.messages).to_have_count(5)
    await expect(adam.page.get_by_test_id("owner")).to_have_text("Prowadzi Jan Kowalski")
    await expect(adam.page.get_by_role("button", name="Zakończ", exact=True)).to_have_count(0)

    await jan.act("Opuść rozmowę")
    await expect(jan.page.get_by_test_id("outside")).to_contain_text("Nie bierzesz już udziału")
    await expect(ewa.lines.filter(has_text="Prowadzisz teraz rozmowę")).to_be_visible()
    await expect(adam.page.get_by_test_id("owner")).to_have_text("Prowadzi Ewa Lis")
    await expect(visitor.events.filter(has_text="Jan Kowalski opuszcza")).to_be_visible()

    await ewa.act("Zakończ rozmowę")
    await ewa.page.get_by_role("dialog").get_by_role("button", name="Zakończ rozmowę").click()
    for agent in (ewa, adam):
        await expect(agent.page.get_by_test_id("closing")).to_contain_text("Rozmowę zakończył konsultant (Ewa Lis)")
    await expect(visitor.panel.get_by_role("heading", name="Jak oceniasz tę rozmowę?")).to_be_visible()


async def test_the_last_agent_who_leaves_sends_the_visitor_back_to_the_queue(visit: Visit, employ: Employ) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await served(visitor, jan, "Henryk")
    await jan.set_status("Niedostępny")
    await jan.act("Opuść rozmowę")
    dialog = jan.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("wróci do kolejki")
    await dialog.get_by_role("button", name="Opuść rozmowę").click()
    await expect(jan.page.get_by_test_id("outside")).to_contain_text("Nie bierzesz już udziału")
    await expect(visitor.panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()
    await visitor.say("Halo?")

    ewa = await employ("Ewa Lis")
    await ewa.accept()
    await expect(ewa.page.locator(".bubble__text")).to_have_text(["Dzień dobry!", "Halo?"])
    await expect(ewa.lines.filter(has_text="Jan Kowalski opuszcza rozmowę")).to_be_visible()
    await ewa.say("Już odpowiadam")
    await expect(visitor.messages.last).to_contain_text("Już odpowiadam")


async def test_both_sides_may_end_and_every_agent_is_told(visit: Visit, employ: Employ) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await served(visitor, jan, "Irena")
    ewa = await employ("Ewa Lis")
    await ewa.join("Irena")
    await visitor.end()
    for agent in (jan, ewa):
        await expect(agent.page.get_by_test_id("closing")).to_contain_text("Rozmowę zakończył gość")
        await expect(agent.page.get_by_role("button", name="Działania")).to_have_count(0)

    other = await visit("other")
    await jan.set_status("Niedostępny")
    await served(other, ewa, "Jerzy")
    await ewa.end()
    await expect(ewa.page.get_by_test_id("closing")).to_contain_text("Rozmowę zakończył konsultant")
    await expect(other.panel.get_by_role("heading", name="Jak oceniasz tę rozmowę?")).to_be_visible()


async def test_an_agent_who_does_not_answer_in_time_passes_the_conversation_on(
    visit: Visit, employ: Employ, parameters: Parameters
) -> None:
    await parameters.change(SALES.name, first_answer_seconds=5)
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await visitor.start(SALES.name, "Krystyna", "krystyna@example.org")
    await jan.accept()
    await expect(jan.page.get_by_role("main").get_by_test_id("answer-clock")).to_contain_text("Odpowiedz w")
    ewa = await employ("Ewa Lis")
    await expect(jan.page.get_by_test_id("outside")).to_contain_text("pierwsza odpowiedź nie przyszła na czas")
    await expect(ewa.offer).to_contain_text("Krystyna")
    await expect(jan.offer).to_have_count(0)

    await ewa.accept()
    await expect(ewa.lines.filter(has_text="Jan Kowalski nie odpowiada na czas")).to_be_visible()
    await ewa.write("Dzień dobry, już sprawdzam, proszę o chwilę")
    await expect(ewa.page.get_by_role("main").get_by_test_id("answer-clock")).to_have_text("Piszesz, czas stoi")
    await ewa.page.get_by_role("button", name="Wyślij", exact=True).click()
    await expect(ewa.page.get_by_test_id("answer-clock")).to_have_count(0)
    await expect(visitor.messages.last).to_contain_text("już sprawdzam")


async def test_a_supervisor_watches_unseen_takes_over_and_reassigns(visit: Visit, employ: Employ) -> None:
    visitor, jan = await visit(), await employ("Jan Kowalski")
    await served(visitor, jan, "Leon")
    ewa = await employ("Ewa Lis")
    marta = await employ("Marta Szef", status=None, role="supervisor")
    await marta.look("Zespół", "Leon")
    await expect(marta.page.get_by_test_id("watching")).to_contain_text("prowadzi Jan Kowalski")
    await visitor.say("Jest tam kto?")
    await expect(marta.messages.last).to_contain_text("Jest tam kto?")
    await expect(visitor.panel.get_by_text("Marta Szef")).to_have_count(0)

    await marta.page.get_by_test_id("watching").get_by_role("button", name="Przejmij").click()
    await marta.page.get_by_role("dialog").get_by_role("button", name="Przejmij").click()
    await expect(marta.lines.filter(has_text="Marta Szef przejmuje rozmowę")).to_be_visible()
    await expect(jan.page.get_by_test_id("outside")).to_contain_text("Inna osoba przejęła tę rozmowę")
    await expect(jan.page.get_by_test_id("outside")).to_contain_text("prowadzi Marta Szef")
    await marta.say("Przejmuję, proszę pana")
    await expect(visitor.messages.last).to_contain_text("Przejmuję")

    await marta.choose("Ewa Lis")
    await ewa.accept()
    await expect(marta.page.get_by_test_id("watching")).to_contain_text("prowadzi Ewa Lis")
    await ewa.say("Teraz ja")
    await expect(marta.messages.last).to_contain_text("Teraz ja")


async def test_a_supervisor_takes_a_waiting_conversation(visit: Visit, employ: Employ) -> None:
    visitor = await visit()
    await visitor.start(SALES.name, "Michalina", "michalina@example.org")
    await expect(visitor.panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()
    agent = await employ("Jan Kowalski", status=None)
    await agent.look("Czekające", "Michalina")
    await expect(agent.page.get_by_test_id("outside")).to_contain_text("Ta rozmowa czeka w kolejce")
    marta = await employ("Marta Szef", status=None, role="supervisor")
    await marta.look("Czekające", "Michalina")
    await marta.page.get_by_test_id("watching").get_by_role("button", name="Przejmij").click()
    await marta.say("Dzień dobry")
    await expect(visitor.messages.last).to_contain_text("Dzień dobry")
    await expect(agent.page.get_by_test_id("outside")).to_contain_text("Tę rozmowę prowadzi Marta Szef")
