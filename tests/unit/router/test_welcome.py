"""The company's own words, and when they are said."""

from uuid import UUID

from contracts.entries import SystemMessage
from contracts.parameters import Localised, TopicSettings, Welcome
from services.router.domain.welcome import closing, welcome

HELLO = Localised(pl="Dzień dobry!", en="Good morning!")
BYE = Localised(pl="Do widzenia.")


def topic(when: Welcome, text: Localised = HELLO) -> TopicSettings:
    return TopicSettings(id=UUID(int=1), name="Sprzedaż", welcome=when, welcome_text=text, closing_text=BYE)


def test_the_welcome_is_said_at_the_time_the_company_chose_in_the_visitors_language() -> None:
    assert welcome(topic("at_start"), "en", "at_start") == (SystemMessage(purpose="welcome", text="Good morning!"),)
    assert welcome(topic("at_start"), "pl", "on_join") == ()
    assert welcome(topic("on_join"), "pl", "on_join") == (SystemMessage(purpose="welcome", text="Dzień dobry!"),)
    assert welcome(topic("never"), "pl", "at_start") == welcome(topic("never"), "pl", "on_join") == ()


def test_what_the_company_has_not_written_is_not_said() -> None:
    assert welcome(topic("at_start", Localised(pl="  ")), "pl", "at_start") == ()
    assert closing(topic("never"), "en", "ended_by_agent") == ()


def test_the_closing_text_is_said_before_every_end_but_that_of_a_conversation_that_becomes_a_ticket() -> None:
    said = (SystemMessage(purpose="closing", text="Do widzenia."),)
    for reason in ("ended_by_agent", "ended_by_visitor", "inactive"):
        assert closing(topic("never"), "pl", reason) == said
    assert closing(topic("never"), "pl", "became_ticket") == ()
