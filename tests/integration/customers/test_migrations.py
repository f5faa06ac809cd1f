"""Cards of the release before keep all they say, and are found by it."""

import asyncio
from uuid import UUID, uuid4

import asyncpg

from contracts.customers import Customer, CustomerPage, FieldDefinitions
from services.chassis.migrate import migrate, migrations_of
from tests.integration.customers.asking import CARDS, FIELDS
from tests.support.in_process import client_of, running
from tests.support.servers import Servers

LAST_OF_BEFORE = "customers/0001_cards.sql"


async def test_cards_of_the_release_before_keep_their_fields_and_are_found(
    database_urls: dict[str, str], amqp_url: str
) -> None:
    url = database_urls["customers"]
    migrations = migrations_of("customers")
    before = next(index for index, one in enumerate(migrations) if one.name == LAST_OF_BEFORE) + 1
    await migrate(url, "customers", migrations[:before])
    anna, ewa = uuid4(), uuid4()
    await write_as_before(url, anna, ewa)
    await migrate(url, "customers", migrations)
    async with running("customers", url, amqp_url) as app, client_of(app) as client:
        async with asyncio.timeout(15):
            while len((await client.get(CARDS, CustomerPage, q="nowak")).customers) < 2:
                await asyncio.sleep(0.02)
        by_phone = await client.get(CARDS, CustomerPage, q="600 100")
        by_address = await client.get(CARDS, CustomerPage, q="ewa@zrodlo")
        card = await client.get(f"{CARDS}/{anna}", Customer)
        fields = await client.get(FIELDS, FieldDefinitions)
    assert [customer.id for customer in by_phone.customers] == [anna]
    assert [customer.id for customer in by_address.customers] == [ewa]
    assert fields.version == 1
    assert [(field.label, field.kind, field.show_in_chat) for field in fields.fields] == [
        ("Numer", "text", True),
        ("Marża", "text", False),
    ]
    assert card.version == 1
    assert [(field.label, field.value) for field in card.fields] == [("Numer", "DK-1, DK-2"), ("Marża", "12 %")]


async def test_the_release_before_goes_on_with_its_cards_and_no_value_of_theirs_is_lost(
    servers: Servers,
) -> None:
    name, urls = await servers.new_database()
    url = urls["customers"]
    migrations = migrations_of("customers")
    connection = await asyncpg.connect(url)
    try:
        before = next(index for index, one in enumerate(migrations) if one.name == LAST_OF_BEFORE) + 1
        await migrate(url, "customers", migrations[:before])
        anna, ewa = uuid4(), uuid4()
        await write_as_before(url, anna, ewa)
        rare = [(ewa, n, f"Etykieta {n:02}", f"wartość {n}", False) for n in range(2, 62)]
        await connection.executemany("INSERT INTO customer_field VALUES ($1, $2, $3, $4, $5)", rare)
        kept = await connection.fetch("SELECT * FROM customer_field ORDER BY customer_id, position")
        await migrate(url, "customers", migrations)
        assert await connection.fetch("SELECT * FROM customer_field ORDER BY customer_id, position") == kept
        assert await connection.fetchval("SELECT count(*) FROM field") == 50
        # As the release before saves a card: its fields are written anew.
        await connection.execute("DELETE FROM customer_field WHERE customer_id = $1", anna)
        await connection.execute("INSERT INTO customer_field VALUES ($1, 1, 'Numer', 'DK-3', true)", anna)
    finally:
        await connection.close()
        await servers.drop_database(name)


async def write_as_before(url: str, anna: UUID, ewa: UUID) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.executemany(
            "INSERT INTO customer (id, name, company, phones, note) VALUES ($1, $2, '', $3, '')",
            [(anna, "Anna Nowak", ["+48 600 100 200"]), (ewa, "Ewa Nówak", [])],
        )
        await connection.execute("INSERT INTO customer_address VALUES ('ewa@zrodlo.pl', $1, 1, 'Ewa@zrodlo.pl')", ewa)
        await connection.executemany(
            "INSERT INTO customer_field VALUES ($1, $2, $3, $4, $5)",
            [
                (anna, 1, "Numer", "DK-1", True),
                (anna, 2, "Numer", "DK-2", False),
                (anna, 3, "Marża", " 12 % ", False),
                (ewa, 1, "Numer", " ", False),
            ],
        )
    finally:
        await connection.close()
