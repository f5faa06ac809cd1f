"""What a visitor keeps of a conversation and says of it: its transcript by e-mail, and a rating with a comment."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Employ, Visit
from tests.e2e.faces import Console, Widget
from tests.e2e.test_accessibility import violations
from tests.support.mails import Mails

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ASK_IN_CHAT = "Zapis rozmowy e-mailem"
ASK_AFTER = "Poproś o zapis rozmowy e-mailem"


async def answered(visitor: Widget, agent: Console, email: str, text: str) -> None:
    await visitor.start("Sprzedaż", "Ida", email)
    await agent.accept()
    await visitor.say(text)
    await agent.say(f"Odpowiedź: {text}")
    await expect(visitor.messages).to_have_count(2)


async def test_a_transcript_asked_for_in_the_chat_is_mailed_once_it_has_ended(
    visit: Visit, employ: Employ, mails: Mails
) -> None:
    email = f"{uuid4().hex[:10]}@example.com"
    visitor, agent = await visit(), await employ("Maja Wójcik")
    panel = visitor.panel
    await answered(visitor, agent, email, "ile kosztuje dostawa?")
    button = panel.get_by_role("button", name=ASK_IN_CHAT)
    await button.click()
    question = panel.get_by_role("dialog")
    await expect(question).to_contain_text("Gdy rozmowa się zakończy, jej zapis przyjdzie na podany adres e-mail.")
    assert await violations(await visitor.frame()) == []
    await question.get_by_role("button", name="Poproś o zapis").click()
    await expect(question).to_contain_text("Gotowe.")
    await question.get_by_role("button", name="Wróć do rozmowy").click()
    await expect(button).to_be_focused()
    assert mails.all_to(email) == []

    await agent.end()
    await expect(panel.get_by_text("Zapis tej rozmowy przyjdzie na podany adres e-mail.")).to_be_visible()
    letter = await mails.to(email)
    assert "ile kosztuje dostawa?" in letter.text
    await expect(panel.get_by_role("button", name=ASK_AFTER)).to_have_count(0)
    await visitor.page.reload()
    await expect(panel.get_by_text("Zapis tej rozmowy przyjdzie na podany adres e-mail.")).to_be_visible()
    assert len(mails.all_to(email)) == 1


async def test_a_transcript_asked_for_after_the_end_by_a_double_click_is_mailed_once(
    visit: Visit, employ: Employ, mails: Mails
) -> None:
    email = f"{uuid4().hex[:10]}@example.com"
    visitor, agent = await visit(), await employ("Maja Wójcik")
    await answered(visitor, agent, email, "czy macie bezkofeinową?")
    await agent.end()
    await visitor.panel.get_by_role("button", name=ASK_AFTER).dblclick()
    await expect(visitor.panel.get_by_text("Zapis tej rozmowy przyjdzie na podany adres e-mail.")).to_be_visible()
    assert "bezkofeinową" in (await mails.to(email)).text
    # Another letter, asked for later, has come by now: a second copy would have been before it.
    other = f"{uuid4().hex[:10]}@example.com"
    await visitor.panel.get_by_role("button", name="Zmień temat lub dane").click()
    await answered(visitor, agent, other, "dziękuję")
    await agent.end()
    await visitor.panel.get_by_role("button", name=ASK_AFTER).click()
    await mails.to(other)
    assert len(mails.all_to(email)) == 1


async def test_nobody_is_offered_a_transcript_of_what_nobody_answered(visit: Visit, employ: Employ) -> None:
    visitor = await visit()
    await visitor.start("Sprzedaż", "Ida", "ida@example.org")
    await expect(visitor.panel.get_by_role("button", name="Zakończ rozmowę")).to_be_visible()
    await expect(visitor.panel.get_by_role("button", name=ASK_IN_CHAT)).to_have_count(0)
    await visitor.end()
    await expect(visitor.panel.get_by_role("button", name="Rozpocznij nową rozmowę")).to_be_visible()
    await expect(visitor.panel.get_by_role("button", name=ASK_AFTER)).to_have_count(0)


async def test_a_rating_and_its_comment_can_be_changed_until_the_page_is_left(visit: Visit, employ: Employ) -> None:
    visitor, agent = await visit(), await employ("Maja Wójcik")
    panel = visitor.panel
    await answered(visitor, agent, "ida@example.org", "dziękuję")
    await agent.end()
    await panel.get_by_role("button", name="Tak sobie").click()
    comment = panel.get_by_label("Komentarz")
    await comment.fill("Długo to trwało")
    await panel.get_by_role("button", name="Wyślij komentarz").click()
    await expect(panel.get_by_text("Dziękujemy za komentarz.")).to_be_visible()
    await comment.fill("Długo to trwało, ale się udało")
    await panel.get_by_role("button", name="Zmień komentarz").click()
    await panel.get_by_role("button", name="Dobrze", exact=True).click()
    rating = agent.page.get_by_test_id("rating").last
    await expect(rating).to_have_attribute("data-score", "good")
    await expect(rating).to_contain_text("ale się udało")
    assert await violations(await visitor.frame()) == []

    await visitor.page.reload()
    await expect(panel.get_by_text("Twoja ocena: Dobrze")).to_be_visible()
    await expect(panel.get_by_text("Długo to trwało, ale się udało")).to_be_visible()
    await expect(comment).to_have_count(0)
    await expect(panel.get_by_role("button", name="Tak sobie")).to_have_count(0)
