"""Every conversation's start is answered once, whoever writes."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from contracts.base import NamedRef
from contracts.conversation import ConversationStarted
from contracts.customers import CustomerLookedUp, SaveCustomer
from contracts.topology import EVENTS
from tests.support.in_process import client_of, running, settled
from tests.support.wiretap import Wiretap

LOOKED_UP = (EVENTS, CustomerLookedUp.TYPE)
QUEUE = "customers.conversation.started.v1"
ANNA = UUID(int=77)


def started(email: str | None) -> ConversationStarted:
    return ConversationStarted(
        conversation_id=uuid4(),
        topic=NamedRef(id=uuid4(), name="Sprzedaż"),
        visitor_name="Anna",
        visitor_email=email,
        started_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
    )


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
            card = SaveCustomer(id=ANNA, name="Anna Nowak", emails=("anna.nowak@example.com",))
            await client.post("/internal/customers", card)
        start_id = await tap.say(start)
        answer = await tap.heard()
    assert answer.message == CustomerLookedUp(conversation_id=start.conversation_id, customer_id=customer)
    assert answer.causationid == answer.correlationid == start_id


async def test_a_start_delivered_many_times_is_answered_once(customers_url: str, amqp_url: str) -> None:
    starts = [started("nobody@example.com"), started(None)]
    async with Wiretap(amqp_url, LOOKED_UP) as tap:
        async with running("customers", customers_url, amqp_url), settled(QUEUE, 8):
            for start in starts:
                await tap.say(start, times=4)
        told = await tap.rest()
    assert {received.message.conversation_id for received in told} == {start.conversation_id for start in starts}
    assert len(told) == 2
