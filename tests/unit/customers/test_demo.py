"""The demo's customers fit the demo's fields, and show each kind of them."""

from typing import get_args

from contracts.customers import FieldKind
from deploy.demo.load import CUSTOMERS, FIELDS
from deploy.demo.questions import MORE_CUSTOMERS
from services.customers.domain.card import checked
from services.customers.domain.fields import check_definitions
from services.customers.domain.search import sought, words


def test_the_demos_customers_can_be_saved_as_they_are() -> None:
    check_definitions(FIELDS.fields, ())
    everybody = (*CUSTOMERS, *MORE_CUSTOMERS)
    for customer in everybody:
        card = checked(customer, FIELDS.fields, None)
        assert card.values == customer.values
        assert card.phones == customer.phones
    addresses = [address for customer in everybody for address in checked(customer, FIELDS.fields, None).addresses]
    assert len(addresses) == len(set(addresses))


def test_the_demo_shows_every_kind_of_field_with_a_value() -> None:
    kinds = {field.id: field.kind for field in FIELDS.fields}
    assert {kinds[field_id] for customer in CUSTOMERS for field_id in customer.values} == set(get_args(FieldKind))


def test_the_demo_has_a_customer_to_be_found_without_diacritics() -> None:
    found = [c for c in CUSTOMERS if sought("lodz zrodl").finds(words(c.name, c.company, c.emails, c.phones))]
    assert [customer.name for customer in found] == ["Łukasz Źródlany"]
