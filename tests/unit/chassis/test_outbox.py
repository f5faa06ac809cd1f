"""What a message carries: its route, its cause and its trace."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from contracts.envelope import read
from contracts.live import LiveVisitor
from contracts.topology import LIVE, conversation_key
from services.chassis.clock import CountingIds, FakeClock
from services.chassis.context import Cause, bound, cause_of
from services.chassis.outbox import Letterhead, Outbox
from services.chassis.tracing import span

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def letterhead() -> Letterhead:
    return Letterhead("dymek/test", FakeClock(NOON), CountingIds())


def hello() -> LiveVisitor:
    return LiveVisitor(conversation_id=UUID(int=7), online=True)


def test_a_message_nothing_caused_begins_its_own_correlation(letterhead: Letterhead) -> None:
    row = letterhead.prepare(hello())
    assert row.message_id == row.correlation_id == UUID(int=1)
    assert (row.exchange, row.routing_key) == (LIVE, conversation_key(UUID(int=7)))
    received = read(row.body.encode())
    assert (received.message, received.time, received.causationid) == (hello(), NOON, None)


def test_what_a_handler_says_is_caused_by_what_it_handles(letterhead: Letterhead) -> None:
    first = read(letterhead.prepare(hello()).body.encode())
    with bound(cause_of(first)):
        second = read(letterhead.prepare(hello()).body.encode())
    third = read(letterhead.prepare(hello(), caused_by=second).body.encode())
    assert [second.correlationid, third.correlationid] == [first.id, first.id]
    assert [second.causationid, third.causationid] == [first.id, second.id]


def test_a_trace_passes_through_even_where_nothing_records_it(letterhead: Letterhead) -> None:
    with bound(Cause(UUID(int=9), None, TRACEPARENT)), span("handling", TRACEPARENT):
        body = json.loads(letterhead.prepare(hello()).body)
    assert body["traceparent"] == TRACEPARENT
    assert "traceparent" not in json.loads(letterhead.prepare(hello()).body)


def test_an_outbox_remembers_in_order(letterhead: Letterhead) -> None:
    outbox = Outbox(letterhead.prepare)
    outbox.add(hello())
    outbox.add(LiveVisitor(conversation_id=uuid4(), online=False))
    assert [row.message_id for row in outbox.rows] == [UUID(int=1), UUID(int=2)]
    assert outbox.rows[0].with_body("{}").body == "{}"
