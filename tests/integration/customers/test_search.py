"""The list of customers: by name in pages, and found as one types, by an index, among a hundred thousand."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio
from fastapi import FastAPI

from contracts.customers import CustomerPage, CustomerSummary, SaveCustomer
from services.chassis.errors import InternalHttpError
from services.chassis.http import InternalClient
from services.customers.domain.search import FOLDING, sought, words
from services.customers.store import QUERIES
from services.customers.store.cards import FIRST, ts_query
from tests.integration.customers.asking import CARDS, save
from tests.support.in_process import client_of, migrated, running

MANY = 100_000

PEOPLE = (
    SaveCustomer(
        id=uuid4(),
        name="Łucja Żółć-Nowak",
        company="Kawiarnia Źródło, Łódź",
        emails=("Lucja.Nowak@zrodlo.example", "biuro@łódź.pl"),
        phones=("+48 600 100 200", "42 630 00 00"),
    ),
    SaveCustomer(id=uuid4(), name="Ludwik Nowak", phones=("+48 601 100 300",)),
    SaveCustomer(id=uuid4(), name="Ądam O'Neil", company=r"C:\nowak & 'syn' | !:* <->"),
    SaveCustomer(id=uuid4(), name="Zofia Lis", emails=("zofia_lis@example.com",)),
)

# Their words as the service makes them: two of the name, those of an address, and every run of a phone's digits.
FILL = """
INSERT INTO customer (id, name, company, phones, note, sort_name, words, folding)
SELECT gen_random_uuid(), format('Imię%s Nazwisko%s', n, n % 997), '', '{}', '',
       format('imie%s nazwisko%s', n, n % 997),
       array_to_tsvector(ARRAY['imie' || n, 'nazwisko' || n % 997, 'osoba' || n || '@firma' || n % 89 || '.example',
                               'firma' || n % 89 || '.example', 'example']
                         || ARRAY(SELECT substr((48500000000 + n)::text, start) FROM generate_series(1, 10) AS start)),
       $1
  FROM generate_series(1, $2::integer) AS n
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def service(customers_url: str, amqp_url: str) -> AsyncIterator[FastAPI]:
    async with running("customers", customers_url, amqp_url) as app:
        async with client_of(app) as client:
            for person in PEOPLE:
                await save(client, person)
        yield app


async def found(client: InternalClient, q: str = "", **page: Any) -> CustomerPage:
    return await client.get(CARDS, CustomerPage, q=q, **page)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("", ["Ądam O'Neil", "Łucja Żółć-Nowak", "Ludwik Nowak", "Zofia Lis"]),
        ("lodz", ["Łucja Żółć-Nowak"]),
        ("Łódź", ["Łucja Żółć-Nowak"]),
        ("lu", ["Łucja Żółć-Nowak", "Ludwik Nowak"]),
        ("NOWAK", ["Ądam O'Neil", "Łucja Żółć-Nowak", "Ludwik Nowak"]),
        ("nowak łuc", ["Łucja Żółć-Nowak"]),
        ("lucja.nowak@z", ["Łucja Żółć-Nowak"]),
        ("zofia_l", ["Zofia Lis"]),
        ("600100", ["Łucja Żółć-Nowak"]),
        ("60", ["Łucja Żółć-Nowak", "Ludwik Nowak"]),
        ("+48 601-100", ["Ludwik Nowak"]),
        ("0048 600", ["Łucja Żółć-Nowak"]),
        ("o'neil", ["Ądam O'Neil"]),
        ("'; DROP TABLE customer --", []),
        (r"c:\nowak", ["Ądam O'Neil"]),
        ("nikt", []),
        ("???", ["Ądam O'Neil", "Łucja Żółć-Nowak", "Ludwik Nowak", "Zofia Lis"]),
    ],
)
async def test_customers_are_found_as_one_types(service: FastAPI, written: str, names: list[str]) -> None:
    async with client_of(service) as client:
        page = await found(client, written)
    assert [customer.name for customer in page.customers] == names
    assert page.next is None


async def test_the_list_shows_who_it_is_and_how_to_reach_them(service: FastAPI) -> None:
    async with client_of(service) as client:
        (lucja,) = (await found(client, "lucja")).customers
    assert lucja == CustomerSummary(
        id=PEOPLE[0].id,
        name="Łucja Żółć-Nowak",
        company="Kawiarnia Źródło, Łódź",
        email="Lucja.Nowak@zrodlo.example",
        phone="+48 600 100 200",
    )


@pytest.mark.parametrize("q", ["", "nowak"])
async def test_pages_follow_one_another_without_a_gap(service: FastAPI, q: str) -> None:
    names: list[str] = []
    after: str | None = None
    async with client_of(service) as client:
        whole = await found(client, q)
        while True:
            page = await found(client, q, limit=1, after=after)
            names += [customer.name for customer in page.customers]
            after = page.next
            if after is None:
                break
    assert names == [customer.name for customer in whole.customers]


@pytest.mark.parametrize("after", ["x", "bnVsbA", "WzEsMl0", "W10", "ÿ"])
async def test_what_is_no_place_in_the_list_is_refused(service: FastAPI, after: str) -> None:
    async with client_of(service) as client:
        with pytest.raises(InternalHttpError) as refused:
            await found(client, after=after)
    assert (refused.value.status, refused.value.detail) == (422, "after: this is no place in the list")


async def test_a_changed_card_is_found_by_what_it_says_now(service: FastAPI) -> None:
    card = SaveCustomer(id=uuid4(), name="Przemek Dawny")
    async with client_of(service) as client:
        await save(client, card)
        await save(client, card.model_copy(update={"version": 1, "name": "Przemek Nowy"}))
        assert (await found(client, "przemek dawny")).customers == ()
        assert [customer.id for customer in (await found(client, "przemek nowy")).customers] == [card.id]


async def test_the_database_finds_what_the_rule_finds(customers_url: str, service: FastAPI) -> None:
    connection = await asyncpg.connect(customers_url)
    try:
        for person in PEOPLE:
            kept = words(person.name, person.company, person.emails, person.phones)
            for other in PEOPLE:
                for written in (other.name, other.company, *other.emails, *other.phones):
                    query = ts_query(sought(written))
                    finds = await connection.fetchval(
                        "SELECT array_to_tsvector($1::text[]) @@ $2::text::tsquery", list(kept), query
                    )
                    assert finds == sought(written).finds(kept) or not query
    finally:
        await connection.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crowded(database_urls: dict[str, str], service: FastAPI) -> AsyncIterator[asyncpg.Connection]:
    """The service's tables with a hundred thousand customers more."""
    connection = await asyncpg.connect(await migrated("customers", database_urls))
    await connection.execute(FILL, FOLDING, MANY, timeout=120)
    await connection.execute("VACUUM ANALYZE customer", timeout=120)
    yield connection
    await connection.close()


@pytest.mark.parametrize("written", ["imie77777", "imie9 nazwisko99", "500 077 777", "077777", "osoba77777@firma"])
async def test_an_index_finds_words_among_a_hundred_thousand(crowded: asyncpg.Connection, written: str) -> None:
    plan = await plan_of(crowded, QUERIES.found_cards, *FIRST, 51, ts_query(sought(written)))
    assert "customer_words" in plan, plan
    assert "Seq Scan on customer" not in plan, plan


@pytest.mark.parametrize("written", ["i", "nazwisko5", "firma7.ex", "5"])
async def test_frequent_words_are_found_without_reading_everything(crowded: asyncpg.Connection, written: str) -> None:
    """The list by name comes to fifty of them soon, or the words' index has few enough."""
    plan = await plan_of(crowded, QUERIES.found_cards, *FIRST, 51, ts_query(sought(written)))
    assert "customer_by_name" in plan or "customer_words" in plan, plan
    assert "Seq Scan on customer" not in plan, plan


@pytest.mark.parametrize("after", [FIRST, ("imie50000 nazwisko150", UUID(int=0))])
async def test_an_index_gives_each_page_of_a_hundred_thousand(crowded: asyncpg.Connection, after: Any) -> None:
    plan = await plan_of(crowded, QUERIES.all_cards, *after, 51)
    assert "customer_by_name" in plan, plan
    assert "Seq Scan" not in plan, plan


async def test_a_customer_is_found_among_a_hundred_thousand(crowded: asyncpg.Connection, service: FastAPI) -> None:
    async with client_of(service) as client:
        assert [customer.name for customer in (await found(client, "imię77777")).customers] == ["Imię77777 Nazwisko11"]
        assert len((await found(client, "0048 500 077 777")).customers) == 1
        letter = await found(client, "i")
    assert len(letter.customers) == 50
    assert letter.next is not None


async def plan_of(connection: asyncpg.Connection, query: str, *values: Any) -> str:
    rows = await connection.fetch(f"EXPLAIN (ANALYZE) {query}", *values)
    return "\n".join(row[0] for row in rows)
