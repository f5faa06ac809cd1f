"""What somebody looks for is compared by one rule, whatever it is that they look for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.folding import fold
from services.customers.domain.search import words
from services.tickets.domain.search import words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź ŻÓŁĆ  Ærø Straße İstanbul Đặng", "lodz zolc aero strasse istanbul dang"),
        ("ZAŻÓŁĆ\nGĘŚLĄ\tJAŹŃ", "zazolc gesla jazn"),
        ("Þórður Guðmundsson, Ŧ", "thordur gudmundsson, t"),
        ("Ａ１ \u0664\u0662", "a1 42"),
        ("a\u200bb\0c", "abc"),
    ],
)
def test_capitals_diacritics_and_what_is_not_seen_make_no_difference(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("name", ["Þórður", "Guðmundsson", "Łucja", "Ŧore", "Zoë\u0664"])
def test_who_finds_a_customers_card_by_a_word_finds_their_tickets_by_it(name: str) -> None:
    assert words(name, "", (), ()) == tuple(words_of([name])) == (fold(name),)
