"""Tickets are found by the beginnings of words, whatever their diacritics, capitals and punctuation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tickets.domain.search import LONGEST, MOST_BYTES, number_asked, tsquery, words_of, words_of_ticket
from tests.unit.tickets.builders import ANNA, comment, saved, ticket, written


def test_an_address_is_found_by_each_of_its_parts() -> None:
    assert words_of(["anna.nowak@firma.example"]) == ["anna", "nowak", "firma", "example"]
    assert tsquery("Nowak@firma") == "'nowak':* & 'firma':*"


def test_a_ticket_is_found_by_who_asks_about_what_and_all_that_was_written() -> None:
    full = written(saved(ticket(), customer=ANNA, tags=("pilne",)), comment(text="Zażalenie!"))
    assert {"pytanie", "anna", "nowak", "example", "lodzi", "pilne", "granice", "zazalenie"} <= set(
        words_of_ticket(full)
    )


def test_a_question_without_a_word_finds_nothing() -> None:
    assert tsquery(" ?! _ ") is None


@pytest.mark.parametrize(
    ("asked", "number"), [("1042", 1042), (" #1042 ", 1042), ("1042a", None), ("0", None), ("#", None)]
)
def test_a_number_alone_is_a_tickets_number(asked: str, number: int | None) -> None:
    assert number_asked(asked) == number


@given(st.text())
def test_every_text_is_found_by_its_own_words(text: str) -> None:
    words = words_of([text])
    assert words_of([" ".join(words)]) == words
    assert all(0 < len(word) <= LONGEST and "'" not in word and "\\" not in word for word in words)


def test_a_thread_without_end_has_no_more_words_than_can_be_kept() -> None:
    kept = words_of(f"{number:0{LONGEST}}" for number in range(MOST_BYTES))
    assert MOST_BYTES - LONGEST < sum(len(word) for word in kept) <= MOST_BYTES
