"""Reloads and lost networks: the conversation is complete, in order, and nothing is there twice."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Employ, Visit
from tests.e2e.faces import Console, Widget
from tests.support.cable import Cable
from tests.support.system import System

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def talking(visitor: Widget, agent: Console, name: str) -> None:
    await visitor.start("Sprzedaż", name, "gosc@example.org")
    await agent.accept()
    await expect(visitor.events.filter(has_text="dołącza do rozmowy")).to_be_visible()


async def expect_conversation(visitor: Widget, agent: Console, texts: list[str]) -> None:
    """Both sides show exactly these messages."""
    await expect(visitor.messages.locator(".bubble > p")).to_have_text(texts)
    await expect(agent.page.locator(".bubble__text")).to_have_text(texts)


async def test_both_may_reload_at_any_time(visit: Visit, employ: Employ) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik")
    await talking(visitor, agent, "Gość")
    texts = []
    for number in range(1, 4):
        await visitor.say(f"pytanie {number}")
        await expect(agent.messages.last).to_contain_text(f"pytanie {number}")
        await agent.say(f"odpowiedź {number}")
        await expect(visitor.messages.last).to_contain_text(f"odpowiedź {number}")
        texts += [f"pytanie {number}", f"odpowiedź {number}"]
        await visitor.page.reload()
        await agent.page.reload()
        await expect_conversation(visitor, agent, texts)
    await expect(visitor.events.first).to_contain_text("Rozmowa rozpoczęta")
    await visitor.say("nadal tu jestem")
    await expect_conversation(visitor, agent, [*texts, "nadal tu jestem"])
    await visitor.expect_delivery("nadal tu jestem", "delivered")


async def test_a_waiting_visitor_keeps_their_place_over_a_reload(visit: Visit, employ: Employ) -> None:
    visitor = await visit()
    await visitor.start("Sprzedaż", "Gość", "gosc@example.org")
    await visitor.say("czekam")
    await visitor.expect_delivery("czekam", "sent")
    await visitor.page.reload()
    await expect(visitor.panel.get_by_text("Twoje miejsce w kolejce: 1")).to_be_visible()
    await expect(visitor.messages.locator(".bubble > p")).to_have_text(["czekam"])


async def test_what_was_written_without_a_network_arrives_once_and_in_order(
    visit: Visit, employ: Employ, cable: Cable
) -> None:
    visitor, agent = await visit(at=cable.url), await employ("Maja Wójcik")
    await talking(visitor, agent, "Gość z pociągu")
    await visitor.say("przed tunelem")
    await visitor.expect_delivery("przed tunelem", "delivered")

    await cable.cut()
    try:
        await expect(visitor.panel.get_by_text("Brak połączenia. Łączymy ponownie…")).to_be_visible()
        for number in range(1, 4):
            await visitor.say(f"w tunelu {number}")
        for number in range(1, 4):
            await agent.say(f"halo {number}")
        await expect(agent.messages).to_have_count(4)
    finally:
        await cable.mend()
    await expect(agent.messages).to_have_count(7, timeout=40_000)
    await expect(visitor.messages).to_have_count(7)
    texts = await agent.texts()
    assert texts[0] == "przed tunelem"
    assert [text for text in texts if text.startswith("w tunelu")] == [f"w tunelu {number}" for number in range(1, 4)]
    assert [text for text in texts if text.startswith("halo")] == [f"halo {number}" for number in range(1, 4)]
    await expect_conversation(visitor, agent, texts)
    await expect(visitor.panel.get_by_text("Brak połączenia")).to_have_count(0)
    await visitor.expect_delivery("w tunelu 3", "delivered")


async def test_a_connection_that_dies_in_silence_is_noticed_by_its_missing_beats(
    visit: Visit, employ: Employ, cable: Cable
) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik", at=cable.url)
    await talking(visitor, agent, "Gość")
    cable.stall()
    try:
        await visitor.say("słychać mnie?")
        await expect(agent.page.get_by_text("Brak połączenia.")).to_be_visible(timeout=30_000)
        await agent.say("słychać")
    finally:
        await cable.mend()
    await expect(agent.messages).to_have_count(2, timeout=40_000)
    await expect(visitor.messages).to_have_count(2)
    await expect_conversation(visitor, agent, await agent.texts())


async def test_nothing_is_lost_when_the_gateway_is_killed_under_both(
    shop: System, visit: Visit, employ: Employ
) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik")
    await talking(visitor, agent, "Gość")
    await visitor.say("zaraz coś padnie")
    await visitor.expect_delivery("zaraz", "delivered")
    shop.kill("gateway")
    await visitor.say("jesteście?")
    await agent.say("jesteśmy")
    shop.start("gateway")
    await shop.ready("gateway")
    await expect(agent.messages).to_have_count(3, timeout=40_000)
    await expect(visitor.messages).to_have_count(3, timeout=40_000)
    await expect_conversation(visitor, agent, await agent.texts())
