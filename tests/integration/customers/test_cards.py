"""Cards are kept as a whole under a version, an address is one customer's, and whoever is too late is told by whom."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from contracts.base import NamedRef
from contracts.customers import (
    Customer,
    CustomerConflict,
    CustomField,
    FieldDefinition,
    FieldDefinitions,
    SaveCustomer,
    TakenAddress,
)
from services.chassis.errors import Conflict, Forbidden, InternalHttpError, NotFound
from services.chassis.http import InternalClient
from tests.integration.customers.asking import CARDS, FIELDS, put, save
from tests.support.in_process import client_of, running


def shown(card: Customer) -> dict[str, Any]:
    return card.model_dump(exclude={"version", "fields", "created_at", "changed_at"})


async def with_fields(client: InternalClient, *fields: FieldDefinition) -> FieldDefinitions:
    """Add fields to the list."""
    present = await client.get(FIELDS, FieldDefinitions)
    changed = present.model_copy(update={"fields": (*present.fields, *fields)})
    return await client.put(FIELDS, changed, FieldDefinitions)


async def test_a_card_is_kept_as_a_whole_with_its_fields_in_order(customers_url: str, amqp_url: str) -> None:
    margin = FieldDefinition(id=uuid4(), label="Marża", kind="number")
    plan = FieldDefinition(id=uuid4(), label="Abonament", kind="choice", choices=("Roczny",), show_in_chat=True)
    card = SaveCustomer(
        id=uuid4(),
        name="Anna Nowak",
        company="Pracownia Nowak",
        emails=("Anna.Nowak@Example.com", "praca@żubr.pl"),
        phones=("+48 600 100 200",),
        note="Oddzwaniać po 16:00.",
        values={plan.id: "Roczny", margin.id: "12,5"},
    )
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await with_fields(client, margin, plan)
        saved = await save(client, card)
        read = await client.get(f"{CARDS}/{card.id}", Customer)
    assert saved == read
    assert shown(read) == card.model_dump(exclude={"version", "values"})
    assert read.version == 1
    assert read.created_at == read.changed_at is not None
    assert read.fields == (
        CustomField(id=margin.id, label="Marża", kind="number", value="12.5"),
        CustomField(id=plan.id, label="Abonament", kind="choice", value="Roczny", show_in_chat=True),
    )


async def test_saving_replaces_the_whole_card_and_frees_its_addresses(customers_url: str, amqp_url: str) -> None:
    first = SaveCustomer(id=uuid4(), name="Ewa", emails=("ewa@example.com", "ewa@example.org"), phones=("1", "2"))
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await save(client, first)
        changed = await save(client, SaveCustomer(id=first.id, version=1, name="Ewa Lis", emails=("ewa@example.org",)))
        freed = await save(client, SaveCustomer(id=uuid4(), name="Inna Ewa", emails=("EWA@example.com",)))
    assert (changed.version, changed.name, changed.emails, changed.phones) == (2, "Ewa Lis", ("ewa@example.org",), ())
    assert freed.emails == ("EWA@example.com",)


async def test_whoever_saves_second_is_told_and_shown_the_present_card(customers_url: str, amqp_url: str) -> None:
    card = SaveCustomer(id=uuid4(), name="Iga")
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await save(client, card)
        edits = [card.model_copy(update={"version": 1, "name": name}) for name in ("Iga A", "Iga B", "Iga C")]
        answers = await asyncio.gather(*(put(app, f"{CARDS}/{card.id}", edit) for edit in edits))
        present = await client.get(f"{CARDS}/{card.id}", Customer)
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    for answer in answers:
        if answer.status_code == 409:
            told = CustomerConflict.model_validate(answer.json())
            assert (told.present, told.taken) == (present, ())


async def test_the_same_save_again_is_answered_as_the_first(customers_url: str, amqp_url: str) -> None:
    new = SaveCustomer(id=uuid4(), name="Ida", emails=("ida@example.com",), phones=(" 600 ",))
    edit = new.model_copy(update={"version": 1, "name": "Ida Wilk"})
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        made = await asyncio.gather(*(save(client, new) for _ in range(5)))
        changed = [await save(client, edit) for _ in range(2)]
        with pytest.raises(Conflict):
            await save(client, new)
    assert made == [made[0]] * 5
    assert changed[0] == changed[1]
    assert changed[1].version == 2


async def test_an_address_of_another_customer_is_refused_with_its_owner_and_nothing_is_kept(
    customers_url: str, amqp_url: str
) -> None:
    owner = SaveCustomer(id=uuid4(), name="Jan", emails=("jan@łódź.pl",))
    other = SaveCustomer(id=uuid4(), name="Janina", emails=("janina@example.com", "JAN@xn--d-uga0v4h.pl"))
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await save(client, owner)
        answer = await put(app, f"{CARDS}/{other.id}", other)
        with pytest.raises(NotFound):
            await client.get(f"{CARDS}/{other.id}", Customer)
    assert answer.status_code == 409
    told = CustomerConflict.model_validate(answer.json())
    assert told.detail == "JAN@xn--d-uga0v4h.pl belongs to another customer."
    assert told.taken == (TakenAddress(email="JAN@xn--d-uga0v4h.pl", customer=NamedRef(id=owner.id, name="Jan")),)
    assert told.present is None


async def test_of_cards_saved_at_once_with_one_address_one_gets_it(customers_url: str, amqp_url: str) -> None:
    cards = [SaveCustomer(id=uuid4(), name=f"Ola {n}", emails=("ola@example.com",)) for n in range(6)]
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        outcomes = await asyncio.gather(*(save(client, card) for card in cards), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict"] * 5 + ["Customer"]


async def test_customers_can_exchange_their_addresses_while_both_are_saved(customers_url: str, amqp_url: str) -> None:
    one = SaveCustomer(id=uuid4(), name="Jeden", emails=("jeden@example.com",))
    two = SaveCustomer(id=uuid4(), name="Dwa", emails=("dwa@example.com",))
    swapped = [
        one.model_copy(update={"version": 1, "emails": two.emails}),
        two.model_copy(update={"version": 1, "emails": one.emails}),
    ]
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await save(client, one)
        await save(client, two)
        outcomes = await asyncio.gather(*(save(client, card) for card in swapped), return_exceptions=True)
        cards = [await client.get(f"{CARDS}/{card.id}", Customer) for card in (one, two)]
    # Each needs what the other gives up: none, or one after the other was refused, but never the same address twice.
    assert all(isinstance(outcome, (Customer, Conflict)) for outcome in outcomes)
    assert len({email for card in cards for email in card.emails}) == sum(len(card.emails) for card in cards)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"name": " "}, "name: "),
        ({"emails": ["ala@example.com", "ala@example..com"]}, "emails.1: this is not an e-mail address"),
        ({"emails": ["ala"]}, "emails.0: "),
        ({"phones": ["brak"]}, "phones.0: a phone number has digits"),
        ({"values": {"00000000-0000-0000-0000-000000000009": "x"}}, "values.00000000-0000-0000-0000-000000000009: "),
        ({"note": "x" * 4001}, "note: "),
        ({"name": "Anna\0"}, "name: U+0000 cannot be stored"),
        ({"company": "\0"}, "company: U+0000"),
        ({"note": "a\0b"}, "note: U+0000"),
        ({"phones": ["600\x00 100"]}, "phones: U+0000"),
        ({"emails": ["anna\0@example.com"]}, "emails: U+0000"),
        ({"id": str(uuid4())}, "id: "),
    ],
)
async def test_what_cannot_be_kept_is_refused_by_its_name(
    customers_url: str, amqp_url: str, wrong: dict[str, Any], where: str
) -> None:
    card = SaveCustomer(id=uuid4(), name="Ala").model_dump(mode="json") | wrong
    async with running("customers", customers_url, amqp_url) as app:
        answer = await put(app, f"{CARDS}/{uuid4() if 'id' in wrong else card['id']}", card)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(where)


async def test_a_value_is_refused_by_the_fields_name(customers_url: str, amqp_url: str) -> None:
    born = FieldDefinition(id=uuid4(), label="Urodziny", kind="date")
    card = SaveCustomer(id=uuid4(), name="Ala", values={born.id: "jutro"})
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await with_fields(client, born)
        with pytest.raises(InternalHttpError) as refused:
            await save(client, card)
    assert refused.value.status == 422
    assert refused.value.detail == f"values.{born.id}: Urodziny is a day, such as 2025-03-01"


async def test_a_card_that_is_not_there_cannot_be_changed(customers_url: str, amqp_url: str) -> None:
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        with pytest.raises(NotFound):
            await save(client, SaveCustomer(id=uuid4(), version=3, name="Nikt"))


async def test_cards_are_for_services_only(customers_url: str, amqp_url: str) -> None:
    async with running("customers", customers_url, amqp_url) as app, client_of(app, token="wrong") as stranger:
        for path in (f"{CARDS}/{uuid4()}", CARDS, FIELDS):
            with pytest.raises(Forbidden):
                await stranger.get(path, Customer)
        with pytest.raises(Forbidden):
            await save(stranger, SaveCustomer(id=uuid4(), name="Ala"))


async def test_an_address_in_any_writing_says_whose_it_is_and_what_is_none_is_nobodys(
    customers_url: str, amqp_url: str
) -> None:
    card = SaveCustomer(id=uuid4(), name="Olga Żak", emails=("olga@żubr.pl", "olga@example.net"))
    path = f"{CARDS}/of-address"
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await save(client, card)
        for written in ("olga@example.net", " OLGA@Example.NET ", "Olga@xn--ubr-22a.pl"):
            assert await client.get(path, NamedRef, email=written) == NamedRef(id=card.id, name="Olga Żak")
        for nobodys in ("inna@example.net", "olga", ""):
            with pytest.raises(NotFound):
                await client.get(path, NamedRef, email=nobodys)
