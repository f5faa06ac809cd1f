"""What is kept of a card that somebody saves."""

from typing import Any
from uuid import UUID

import pytest

from contracts.customers import Customer, CustomField, FieldDefinition, SaveCustomer
from services.customers.domain.card import checked, is_repetition
from services.customers.domain.invalid import Invalid

ANNA = UUID(int=1)
PLAN = FieldDefinition(id=UUID(int=7), label="Plan")


def save(**said: Any) -> SaveCustomer:
    return SaveCustomer(**{"id": ANNA, "name": "Anna Nowak", **said})


def test_capital_letters_make_no_second_address() -> None:
    card = checked(save(emails=("Anna@Example.com", "anna@example.com", "praca@example.com")), (), None)
    assert card.addresses == {"anna@example.com": "Anna@Example.com", "praca@example.com": "praca@example.com"}


def test_what_is_no_address_is_named_by_its_place() -> None:
    with pytest.raises(Invalid) as refused:
        checked(save(emails=("anna@example.com", "anna@..")), (), None)
    assert (refused.value.where, refused.value.said) == ("emails.1", "this is not an e-mail address")


def test_phones_are_kept_once_and_as_they_are_written() -> None:
    card = checked(save(phones=(" +48 600 100 200 ", "", "+48 600 100 200", "(42) 630-00-00 wew. 5")), (), None)
    assert card.phones == ("+48 600 100 200", "(42) 630-00-00 wew. 5")


def test_a_phone_without_digits_is_named_by_its_place() -> None:
    with pytest.raises(Invalid, match=r"phones\.0: a phone number has digits"):
        checked(save(phones=("brak",)), (), None)


def test_the_same_save_again_is_a_repetition_and_another_is_not() -> None:
    body = save(version=3, company=" Kawiarnia ", emails=("anna@example.com",), phones=("1",), values={PLAN.id: "A"})
    card = checked(body, (PLAN,), None)
    kept = Customer(
        id=ANNA,
        version=4,
        name="Anna Nowak",
        company="Kawiarnia",
        emails=("anna@example.com",),
        phones=("1",),
        fields=(CustomField(id=PLAN.id, label="Plan", value="A"),),
    )
    assert is_repetition(card, 3, kept)
    assert not is_repetition(card, 2, kept)
    for change in ({"name": "Ewa"}, {"company": ""}, {"emails": ()}, {"phones": ()}, {"note": "x"}, {"fields": ()}):
        assert not is_repetition(card, 3, kept.model_copy(update=change))
