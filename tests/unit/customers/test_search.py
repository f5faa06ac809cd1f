"""What a card is found by."""

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.customers.domain.search import MAX_WORD, MAX_WORDS, sort_key, sought, words

CARD = words(
    "Łucja Żółć-Nowak",
    'Kawiarnia „Źródło" Łódź',
    ("Lucja.Nowak@zrodlo.example", "biuro@łódź.pl"),
    ("+48 600 100 200", "0042 42-630-00-00"),
)


@pytest.mark.parametrize(
    "written",
    [
        "łucja",
        "LUCJA",
        "luc",
        "zolc",
        "żółć-n",
        "nowak łucja",
        "nowak, łucja",
        "Nowak",
        "lodz",
        "Łódź",
        normalize("NFD", "Łódź źródło"),
        "„zrodlo",
        "lucja.no",
        "lucja.nowak@zrodlo.example",
        "zrodlo.ex",
        "@lodz.pl",
        "600100200",
        "600 100 200",
        "600-100",
        "+48 600 1",
        "0048 600 100 200",
        "(600) 100.200",
        "100200",
        "42 630 00 00",
        "nowak 600",
        "nowak 600-100",
        "",
        "  ",
        "+",
    ],
)
def test_a_card_is_found_as_one_types(written: str) -> None:
    assert sought(written).finds(CARD)


@pytest.mark.parametrize(
    "written", ["owak", "nowak ewa", "nowakk", "601", "600 201", "600 200 100", "gmail.com", "lucja@zrodlo.pl"]
)
def test_what_no_word_begins_with_does_not_find_it(written: str) -> None:
    assert not sought(written).finds(CARD)


def test_a_name_of_numbers_is_found_by_its_numbers() -> None:
    card = words("Sklep 24 7", "", (), ())
    assert sought("24 7").finds(card)
    assert not sought("247").finds(card)
    assert sought("700 100 2").finds(words("700 100 2", "", (), ()))


def test_names_are_sorted_without_diacritics() -> None:
    assert sorted(["Zenon", "Łucja", "Ludwik", "adam", "Ądam"], key=sort_key) == [
        "adam",
        "Ądam",
        "Łucja",
        "Ludwik",
        "Zenon",
    ]


@given(st.text(max_size=60), st.text(max_size=60))
@example("0000 0", "00 12 34")
def test_every_card_is_found_by_the_whole_of_its_name_and_company(name: str, company: str) -> None:
    found_by = words(name, company, (), ())
    assert sought(name).finds(found_by)
    assert sought(company.upper()).finds(found_by)


@given(st.text("0123456789", min_size=2, max_size=15), st.data())
def test_a_phone_is_found_by_any_run_of_its_digits(digits: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(digits) - 2))
    end = data.draw(st.integers(start + 2, len(digits)))
    assert sought(digits[start:end]).finds(words("", "", (), ("+" + " ".join(digits),)))


@pytest.mark.parametrize("filling", ["a.", "ab", "1", "\ufdfa", "½", "ﬃ", "a b ", "ż"])
def test_the_words_of_a_card_are_bounded(filling: str) -> None:
    # Twenty different lines each, as long as a card allows.
    lines = [f"{number}{filling * 300}"[:300] for number in range(20)]
    found_by = words(lines[0][:120], lines[1], [line[:254] for line in lines], lines)
    assert len(found_by) <= MAX_WORDS
    assert all(0 < len(word) <= MAX_WORD for word in found_by)
