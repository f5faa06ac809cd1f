"""Every start and every ticket is answered once, whoever writes; an unknown address becomes at most one customer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from contracts.base import NamedRef
from contracts.conversation import ConversationStarted
from contracts.customers import Customer, CustomerLookedUp, CustomerPage, CustomerSettings, SaveCustomer, TicketLookedUp
from contracts.envelope import Received, read, wrap
from contracts.tickets import TicketOpened, TicketOrigin
from contracts.topology import EVENTS
from services.chassis.clock import RandomIds, SystemClock
from services.chassis.database import Database
from services.chassis.errors import Conflict
from services.chassis.http import InternalClient
from services.chassis.outbox import Letterhead
from services.customers.lookups import Lookups
from tests.integration.customers.asking import CARDS, SETTINGS, save
from tests.support.in_process import client_of, running, settled
from tests.support.wiretap import Wiretap

LOOKED_UP = (EVENTS, CustomerLookedUp.TYPE)
TICKET_LOOKED_UP = (EVENTS, TicketLookedUp.TYPE)
QUEUE = "customers.conversation.started.v1"
ANNA = UUID(int=77)
EWA = UUID(int=78)
STARTS = 50
NOW = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)


def started(email: str | None, *, verified: bool = False) -> ConversationStarted:
    return ConversationStarted(
        conversation_id=uuid4(),
        topic=NamedRef(id=uuid4(), name="Sprzedaż"),
        visitor_name="Anna",
        visitor_email=email,
        verified=verified,
        started_at=NOW,
    )


def opened(email: str, customer_id: UUID | None = None, *, origin: TicketOrigin = "waiting_chat") -> TicketOpened:
    return TicketOpened(
        ticket_id=uuid4(),
        number=7,
        origin=origin,
        topic=NamedRef(id=uuid4(), name="Sprzedaż"),
        subject_line="Pytanie",
        name="Anna",
        email=email,
        customer_id=customer_id,
        opened_at=NOW,
    )


async def with_anna(client: InternalClient) -> None:
    await save(client, SaveCustomer(id=ANNA, name="Anna Nowak", emails=("anna.nowak@example.com",)))


async def create_automatically(client: InternalClient, on: bool) -> None:
    present = await client.get(SETTINGS, CustomerSettings)
    await client.put(SETTINGS, present.model_copy(update={"create_automatically": on}), CustomerSettings)


async def found(client: InternalClient, q: str) -> CustomerPage:
    return await client.get(CARDS, CustomerPage, q=q)


@pytest.mark.parametrize(
    ("email", "customer"),
    [
        ("anna.nowak@example.com", ANNA),
        ("  Anna.NOWAK@Example.COM ", ANNA),
        ("annanowak@example.com", None),
        ("nobody@example.com", None),
        ("anna.nowak@example..com", None),
        (None, None),
    ],
    ids=["hers", "hers in capitals", "not quite hers", "nobody's", "no address", "none given"],
)
async def test_a_start_is_answered_with_the_customer_or_nobody(
    customers_url: str, amqp_url: str, email: str | None, customer: UUID | None
) -> None:
    start = started(email)
    async with running("customers", customers_url, amqp_url) as app, Wiretap(amqp_url, LOOKED_UP) as tap:
        async with client_of(app) as client:
            await with_anna(client)
        start_id = await tap.say(start)
        answer = await tap.heard()
    assert answer.message == CustomerLookedUp(conversation_id=start.conversation_id, customer_id=customer)
    assert answer.causationid == answer.correlationid == start_id


async def test_that_a_site_vouched_for_the_address_is_passed_on(customers_url: str, amqp_url: str) -> None:
    starts = [started("anna.nowak@example.com", verified=True), started("nobody@example.com", verified=True)]
    async with running("customers", customers_url, amqp_url), Wiretap(amqp_url, LOOKED_UP) as tap:
        for start in starts:
            await tap.say(start)
            answer: CustomerLookedUp = (await tap.heard()).message
            assert (answer.conversation_id, answer.verified) == (start.conversation_id, True)


async def test_a_start_delivered_many_times_is_answered_once(customers_url: str, amqp_url: str) -> None:
    starts = [started("nobody@example.com"), started(None)]
    async with Wiretap(amqp_url, LOOKED_UP) as tap:
        async with running("customers", customers_url, amqp_url), settled(QUEUE, 8):
            for start in starts:
                await tap.say(start, times=4)
        told = await tap.rest()
    assert {received.message.conversation_id for received in told} == {start.conversation_id for start in starts}
    assert len(told) == 2


async def test_a_ticket_is_answered_with_its_customer_or_with_whose_address_it_is(
    customers_url: str, amqp_url: str
) -> None:
    anna, ewa = NamedRef(id=ANNA, name="Anna Nowak"), NamedRef(id=EWA, name="Ewa Lis")
    expected = [
        (opened("ANNA.nowak@example.com"), anna),
        (opened("nobody@example.com"), None),
        (opened("nobody@example..com"), None),
        (opened("nobody@example.com", EWA), ewa),
        (opened("anna.nowak@example.com", EWA), ewa),
        (opened("anna.nowak@example.com", uuid4()), anna),
    ]
    async with running("customers", customers_url, amqp_url) as app, Wiretap(amqp_url, TICKET_LOOKED_UP) as tap:
        async with client_of(app) as client:
            await with_anna(client)
            await save(client, SaveCustomer(id=EWA, name="Ewa Lis"))
        for ticket, customer in expected:
            await tap.say(ticket)
            answer = await tap.heard()
            assert answer.message == TicketLookedUp(ticket_id=ticket.ticket_id, customer=customer)


async def test_an_unknown_address_becomes_a_customer_only_where_the_settings_say_so(
    customers_url: str, amqp_url: str
) -> None:
    async with (
        running("customers", customers_url, amqp_url) as app,
        client_of(app) as client,
        Wiretap(amqp_url, LOOKED_UP) as tap,
    ):
        await tap.say(started("zofia@example.com"))
        assert (await tap.heard()).message.customer_id is None
        assert (await found(client, "zofia@example.com")).customers == ()
        await create_automatically(client, True)
        for written in (" Zofia@Żubr.pl", "zofia@żubr.pl "):
            await tap.say(started(written))
        made, again = (await tap.heard()).message, (await tap.heard()).message
        await tap.say(started("zofia@żubr..pl"))
        assert (await tap.heard()).message.customer_id is None
        await create_automatically(client, False)
        card = await client.get(f"{CARDS}/{made.customer_id}", Customer)
        (listed,) = (await found(client, "zofia zubr")).customers
    assert made.customer_id == again.customer_id
    assert (card.version, card.name, len(card.emails), card.fields) == (1, "Anna", 1, ())
    assert listed.id == made.customer_id


async def test_a_visitors_ticket_makes_the_card_where_it_is_looked_up_before_the_conversation(
    customers_url: str, amqp_url: str
) -> None:
    both = LOOKED_UP, TICKET_LOOKED_UP
    async with (
        running("customers", customers_url, amqp_url) as app,
        client_of(app) as client,
        Wiretap(amqp_url, *both) as tap,
    ):
        await create_automatically(client, True)
        await tap.say(opened("nikt@example.com", origin="by_hand"))
        assert (await tap.heard()).message.customer is None
        origins: tuple[TicketOrigin, ...] = ("waiting_chat", "after_hours")
        for origin in origins:
            email = f"{origin}@example.com"
            await tap.say(opened(email, origin=origin))
            of_ticket: TicketLookedUp = (await tap.heard()).message
            await tap.say(started(email))
            of_chat: CustomerLookedUp = (await tap.heard()).message
            assert of_ticket.customer is not None
            assert of_chat.customer_id == of_ticket.customer.id
        await create_automatically(client, False)
        await tap.say(opened("jeszcze-nikt@example.com"))
        assert (await tap.heard()).message.customer is None


async def test_of_fifty_starts_at_once_with_one_new_address_one_makes_the_customer(
    customers_url: str, amqp_url: str
) -> None:
    writings = ["nowa.osoba@łódź.pl", "Nowa.Osoba@ŁÓDŹ.pl", " nowa.osoba@xn--d-uga0v4h.pl", "NOWA.OSOBA@łódź.PL."]
    starts = [started(writings[number % len(writings)]) for number in range(STARTS)]
    async with (
        running("customers", customers_url, amqp_url) as app,
        running("customers", customers_url, amqp_url),
        Wiretap(amqp_url, LOOKED_UP) as tap,
        client_of(app) as client,
    ):
        await create_automatically(client, True)
        await asyncio.gather(*(tap.say(start) for start in starts))
        answers = [(await tap.heard()).message for _ in starts]
        await create_automatically(client, False)
        listed = (await found(client, "nowa.osoba")).customers
    assert {answer.conversation_id for answer in answers} == {start.conversation_id for start in starts}
    assert {answer.customer_id for answer in answers} == {customer.id for customer in listed}
    assert len(listed) == 1


async def test_fifty_transactions_that_make_one_customer_at_once_leave_one(customers_url: str, amqp_url: str) -> None:
    """All of them under way together, and agents saving cards with the same address among them."""
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await create_automatically(client, True)
        async with database(customers_url, pool_size=STARTS) as many:
            lookups = Lookups(SystemClock(), RandomIds())
            by_hand = [SaveCustomer(id=uuid4(), name=f"Ręczna {n}", emails=("TLOK@example.com",)) for n in range(5)]
            ready = asyncio.Barrier(STARTS)

            async def look_up(start: ConversationStarted) -> UUID | None:
                received = as_received(start)

                async with many.transaction() as tx:
                    await ready.wait()
                    await lookups.conversation_started(tx, received)
                    (row,) = tx.outbox.rows
                    answer: CustomerLookedUp = read(row.body.encode()).message
                    return answer.customer_id

            looks = [look_up(started("tlok@example.com")) for _ in range(STARTS)]
            saves = [save(client, card) for card in by_hand]
            outcomes: list[Any] = await asyncio.gather(*looks, *saves, return_exceptions=True)
        await create_automatically(client, False)
        listed = (await found(client, "tlok@example.com")).customers
    owners, saved = set(outcomes[:STARTS]), outcomes[STARTS:]
    assert len(listed) == 1
    assert owners == {listed[0].id}
    assert all(isinstance(one, Conflict) or one.id == listed[0].id for one in saved)


async def test_a_known_and_an_unknown_address_are_answered_by_the_same_steps(customers_url: str, amqp_url: str) -> None:
    """The same statements, so that neither content nor cost tells a visitor whether somebody is a customer."""
    steps: dict[str, list[str]] = {}
    answers: dict[str, Received] = {}
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await with_anna(client)
    async with database(customers_url) as one:
        lookups = Lookups(SystemClock(), RandomIds())
        for email in ("anna.nowak@example.com", "anna.nowax@example.com"):
            done = steps.setdefault(email, [])

            async with one.transaction() as tx:
                with tx.connection.query_logger(note(done)):
                    await lookups.conversation_started(tx, as_received(started(email)))
                (row,) = tx.outbox.rows
                answers[email] = read(row.body.encode())
                tx.outbox.rows = []
    known, unknown = answers.values()
    assert steps["anna.nowak@example.com"] == steps["anna.nowax@example.com"] != []
    assert known.message.model_dump().keys() == unknown.message.model_dump().keys()
    assert (known.message.customer_id, unknown.message.customer_id) == (ANNA, None)


def note(done: list[str]) -> Any:
    def logged(record: asyncpg.connection.LoggedQuery) -> None:
        done.append(record.query)

    return logged


def as_received(start: ConversationStarted) -> Received:
    envelope = wrap(start, id=uuid4(), source="dymek/test", time=NOW)
    return read(envelope.model_dump_json().encode())


@asynccontextmanager
async def database(url: str, *, pool_size: int = 1) -> AsyncIterator[Database]:
    """The service's schema with a pool of its own; its messages stay in the outbox."""
    letterhead = Letterhead("dymek/customers", SystemClock(), RandomIds())
    own = Database(url, schema="customers", letterhead=letterhead, pool_size=pool_size)
    await own.open()
    yield own
    await own.close()
