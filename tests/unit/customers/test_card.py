"""What a customer's card keeps and shows."""

from uuid import UUID

import pytest

from services.customers.domain.address import NotAnAddress
from services.customers.domain.card import AddressTaken, Card, CustomField, shown_in_chat


def test_only_fields_with_show_in_chat_are_shown() -> None:
    plan = CustomField("Plan", "Premium", show_in_chat=True)
    margin = CustomField("Marża", "12 %")
    card = Card(id=UUID(int=1), name="Anna Nowak", fields=(margin, plan))
    assert shown_in_chat(card) == (plan,)


def test_capital_letters_make_no_second_address() -> None:
    card = Card(id=UUID(int=1), name="Anna", emails=("Anna@Example.com", "anna@example.com", "praca@example.com"))
    assert card.addresses == {"anna@example.com": "Anna@Example.com", "praca@example.com": "praca@example.com"}


def test_a_card_with_something_that_is_no_address_is_refused() -> None:
    card = Card(id=UUID(int=1), name="Anna", emails=("anna@..",))
    with pytest.raises(NotAnAddress):
        _ = card.addresses


def test_a_taken_address_is_named_in_the_sentence() -> None:
    assert str(AddressTaken(["a@example.com"])) == "a@example.com belongs to another customer."
    assert str(AddressTaken(["a@example.com", "b@example.com"])).endswith("belong to other customers.")
