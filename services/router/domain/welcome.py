"""The company's own words in a conversation: at its start, when the first agent joins, before its end.

A text that the company has not written in the visitor's language is not said; the widget has words of its own then.
"""

from typing import Literal

from contracts.base import LanguageCode
from contracts.entries import CloseReason, SystemMessage
from contracts.parameters import Localised, TopicSettings


def welcome(
    topic: TopicSettings, language: LanguageCode, when: Literal["at_start", "on_join"]
) -> tuple[SystemMessage, ...]:
    """What is said at the start, or when the first agent joins; nothing where it is said at another time, or never."""
    text = _in_language(topic.welcome_text, language)
    return (SystemMessage(purpose="welcome", text=text),) if text and topic.welcome == when else ()


def closing(topic: TopicSettings, language: LanguageCode, reason: CloseReason) -> tuple[SystemMessage, ...]:
    """What is said just before the end. A conversation that becomes a ticket is not over for the visitor."""
    text = _in_language(topic.closing_text, language)
    return (SystemMessage(purpose="closing", text=text),) if text and reason != "became_ticket" else ()


def _in_language(text: Localised, language: LanguageCode) -> str:
    return text.pl if language == "pl" else text.en
