"""The figures as a page: docs/performance.md."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

import aio_pika
import asyncpg

from tests.load.figures import BrokerFigures, ChatFigures, DecisionFigures, Latency

GIBIBYTE = 1024**3


@dataclass(frozen=True)
class Machine:
    """How large the machine is and what ran on it; never which one it is."""

    cores: int
    memory_gib: int
    postgresql: str
    rabbitmq: str
    date: str

    @classmethod
    async def of(cls, amqp_url: str, database_url: str) -> Self:
        database = await asyncpg.connect(database_url)
        version = str(await database.fetchval("SHOW server_version")).split()[0]
        await database.close()
        async with await aio_pika.connect(amqp_url) as broker:
            transport = broker.transport
            properties = transport.connection.server_properties if transport else {}
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        return cls(
            cores=len(os.sched_getaffinity(0)),
            memory_gib=round(memory / GIBIBYTE),
            postgresql=version,
            rabbitmq=str(properties.get("version", "?")),
            date=f"{datetime.now(UTC):%Y-%m-%d}",
        )


MOST_FOR_MANY = 3.0
"""A decision among many may cost so many times one among few."""


def report(machine: Machine, broker: BrokerFigures, chats: ChatFigures, decisions: DecisionFigures) -> str:
    return f"""# Performance

Written by `make load` on {machine.date}: {machine.cores} cores, {machine.memory_gib} GiB,
Python {platform.python_version()}, PostgreSQL {machine.postgresql}, RabbitMQ {machine.rabbitmq}.

Broker, database, the five services (one process each) and the pages that write (one more process) share these cores,
so the figures say what the whole costs, not what one part could do alone. The raw hop is measured in the same run on
the same broker: aio-pika publishes a message of 700 bytes with confirm to a quorum queue, and another connection
consumes and acknowledges it.

## One message at a time

| | p50 | p99 | p50 in raw hops |
|---|---|---|---|
| raw: publish to confirm | {_times(broker.confirm)} | {_ratio(broker.confirm, broker)} |
| raw: publish to consumer (one hop) | {_times(broker.hop)} | {_ratio(broker.hop, broker)} |
| `send` to `ack` | {_times(chats.ack)} | {_ratio(chats.ack, broker)} |
| visitor's `send` to agent's `event` | {_times(chats.across)} | {_ratio(chats.across, broker)} |

## {chats.chats} chats at once

Both sides of each chat write as fast as they are acknowledged, one unanswered message each.

| | messages per second | of the raw rate |
|---|---|---|
| raw: publish with confirm, 50 at once, consume, acknowledge | {broker.rate:,.0f} | 1 |
| acknowledged messages of all chats | {chats.rate:,.0f} | {chats.rate / broker.rate:.3f} |

| | p50 | p99 |
|---|---|---|
| `send` to `ack` | {_times(chats.loaded_ack)} |
| visitor's `send` to agent's `event` | {_times(chats.loaded_across)} |

A message passes the broker twice, as a command to the router and as an entry to the gateway; in between it is stored,
and it is acknowledged after the commit.

## One routing decision

Whose turn it is, which agent, the offer and its commit; both crowds in turns, in one run.

| agents with room | visitors waiting | p50 | p99 |
|---|---|---|---|
| {decisions.few_crowd[0]:,} | {decisions.few_crowd[1]:,} | {_times(decisions.few)} |
| {decisions.many_crowd[0]:,} | {decisions.many_crowd[1]:,} | {_times(decisions.many)} |

Among many it takes {decisions.ratio:.2f} times as long, by the median; `make load` fails beyond {MOST_FOR_MANY:g}.
"""


def _times(latency: Latency) -> str:
    return f"{latency.p50 * 1000:.1f} ms | {latency.p99 * 1000:.1f} ms"


def _ratio(latency: Latency, broker: BrokerFigures) -> str:
    return f"{latency.p50 / broker.hop.p50:.1f}"
