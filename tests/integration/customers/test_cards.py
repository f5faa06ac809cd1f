"""Cards are kept as a whole, an address is one customer's, and beside a chat only what may be seen is shown."""

import asyncio
from uuid import uuid4

import pytest

from contracts import reads
from contracts.customers import CardField, SaveCustomer
from services.chassis.errors import Conflict, Forbidden, InternalHttpError, NotFound
from tests.support.in_process import client_of, running

CARDS = "/internal/customers"


async def test_a_card_shows_beside_a_chat_what_may_be_shown(customers_url: str, amqp_url: str) -> None:
    card = SaveCustomer(
        id=uuid4(),
        name="Anna Nowak",
        company="Pracownia Nowak",
        emails=("Anna.Nowak@Example.com", "praca@żubr.pl"),
        phones=("+48 600 100 200",),
        note="Oddzwaniać po 16:00.",
        fields=(
            CardField(label="Marża", value="12 %"),
            CardField(label="Plan", value="Roczny", show_in_chat=True),
            CardField(label="Numer", value="DK-1", show_in_chat=True),
        ),
    )
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        saved = await client.post(CARDS, card, reads.Customer)
        shown = await client.get(f"{CARDS}/{card.id}", reads.Customer)
    assert saved == shown
    assert (shown.name, shown.company, shown.note) == (card.name, card.company, card.note)
    assert (shown.emails, shown.phones) == (card.emails, card.phones)
    assert shown.fields == (
        reads.CustomField(label="Plan", value="Roczny"),
        reads.CustomField(label="Numer", value="DK-1"),
    )


async def test_saving_again_replaces_the_whole_card(customers_url: str, amqp_url: str) -> None:
    first = SaveCustomer(id=uuid4(), name="Ewa", emails=("ewa@example.com", "ewa@example.org"), phones=("1", "2"))
    second = SaveCustomer(id=first.id, name="Ewa Lis", emails=("ewa@example.org",))
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        for card in (first, first, second):
            await client.post(CARDS, card)
        shown = await client.get(f"{CARDS}/{first.id}", reads.Customer)
        freed = SaveCustomer(id=uuid4(), name="Inna Ewa", emails=("EWA@example.com",))
        await client.post(CARDS, freed)
    assert shown == reads.Customer(id=first.id, name="Ewa Lis", emails=("ewa@example.org",))


async def test_an_address_of_another_customer_is_refused_and_nothing_of_the_card_is_kept(
    customers_url: str, amqp_url: str
) -> None:
    owner = SaveCustomer(id=uuid4(), name="Jan", emails=("jan@łódź.pl",))
    other = SaveCustomer(id=uuid4(), name="Janina", emails=("janina@example.com", "JAN@xn--d-uga0v4h.pl"))
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await client.post(CARDS, owner)
        with pytest.raises(Conflict) as refused:
            await client.post(CARDS, other)
        with pytest.raises(NotFound):
            await client.get(f"{CARDS}/{other.id}", reads.Customer)
    assert refused.value.detail == "JAN@xn--d-uga0v4h.pl belongs to another customer."


async def test_of_two_cards_saved_at_once_with_one_address_one_gets_it(customers_url: str, amqp_url: str) -> None:
    cards = [SaveCustomer(id=uuid4(), name=f"Ola {n}", emails=("ola@example.com",)) for n in range(6)]
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        outcomes = await asyncio.gather(*(client.post(CARDS, card) for card in cards), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict"] * 5 + ["NoneType"]


async def test_what_is_not_an_address_is_refused_with_a_sentence(customers_url: str, amqp_url: str) -> None:
    card = SaveCustomer(id=uuid4(), name="Ala", emails=("ala@example..com",))
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        with pytest.raises(InternalHttpError) as refused:
            await client.post(CARDS, card)
    assert refused.value.status == 422
    assert refused.value.detail == "One of the e-mail addresses is not an address."


async def test_cards_are_for_services_only(customers_url: str, amqp_url: str) -> None:
    async with running("customers", customers_url, amqp_url) as app, client_of(app, token="wrong") as stranger:
        with pytest.raises(Forbidden):
            await stranger.get(f"{CARDS}/{uuid4()}", reads.Customer)
