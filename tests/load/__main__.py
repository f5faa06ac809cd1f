"""`python -m tests.load`: measures the whole system beside the raw broker, and writes docs/performance.md.

One run on this machine, against 127.0.0.1 only, in about two minutes. The figures are for comparing one state of the
code with another on the same machine, and for that the ratios serve best. One of them has a bound, and beyond it the
exit code is 1: what a routing decision among many costs, measured against one among few.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from deploy.local.steps import ROOT, Problem
from tests.load.broker import measure_broker
from tests.load.chats import measure_chats
from tests.load.decisions import measure_decisions
from tests.load.report import MOST_FOR_MANY, Machine, report
from tests.support.crowd import WITHOUT_LIMITS
from tests.support.servers import chosen_servers
from tests.support.system import System

PAGE = ROOT / "docs" / "performance.md"


async def run(seconds: float, *, write: bool) -> bool:
    """Measure and report; whether every bound is kept."""
    with chosen_servers() as servers:
        print(f"servers: {servers.source}", flush=True)
        name, database_urls = await servers.new_database()
        amqp_url = await servers.new_vhost()
        try:
            print("the raw broker ...", flush=True)
            broker = await measure_broker(amqp_url, seconds)
            print("the whole system ...", flush=True)
            async with System(amqp_url, database_urls, name="load", extra=WITHOUT_LIMITS) as system:
                chats = await measure_chats(system, seconds)
            print("routing decisions ...", flush=True)
            decisions = await measure_decisions(servers)
            machine = await Machine.of(amqp_url, servers.admin_url(name))
        finally:
            await servers.drop_vhost(amqp_url)
            await servers.drop_database(name)
    text = report(machine, broker, chats, decisions)
    print(text)
    if write:
        PAGE.write_text(text, "utf-8")
        print(f"written to {PAGE.relative_to(ROOT)}")
    kept = decisions.ratio <= MOST_FOR_MANY
    if not kept:
        print(f"a decision among many costs {decisions.ratio:.2f} times one among few", file=sys.stderr)
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description="Measure latency and throughput.")
    parser.add_argument("--seconds", type=float, default=15, help="length of each loaded part (15)")
    parser.add_argument("--no-write", action="store_true", help="print only; leave docs/performance.md as it is")
    options = parser.parse_args()
    try:
        kept = asyncio.run(run(options.seconds, write=not options.no_write))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 3
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
