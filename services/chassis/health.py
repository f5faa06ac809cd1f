"""Whether the process lives (/healthz), can do its work (/readyz), and its numbers (/metrics).

Ready means: the database answers, every queue of the service exists and has a consumer, and what was committed reaches
the broker in time. A connection that is merely open proves none of that. Both are for anybody who can reach the port;
the numbers tell how busy a company is, and are only for who has the service token.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import aiormq
import httpx
from fastapi import APIRouter, Response, params
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.chassis.database import Database
from services.chassis.errors import Unavailable
from services.chassis.link import Link
from services.chassis.relay import Relay

CHECK_SECONDS: Final = 5.0


class NotReady(Exception):
    """Why a part cannot work now, in one sentence without secrets."""


@dataclass(frozen=True)
class Check:
    """One condition of readiness; `run` raises NotReady or Unavailable."""

    name: str
    run: Callable[[], Awaitable[None]]


def health_router(checks: Sequence[Check], *, guard: params.Depends) -> APIRouter:
    """/healthz, /readyz (200 or 503, with each check's sentence) and, behind `guard`, /metrics."""
    router = APIRouter(include_in_schema=False)
    looking: asyncio.Task[dict[str, str]] | None = None

    async def look() -> dict[str, str]:
        return dict(zip((c.name for c in checks), await asyncio.gather(*map(_outcome, checks)), strict=True))

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        # Who asks meanwhile gets the same answer: however many ask, the servers behind are asked by one at a time.
        nonlocal looking
        if looking is None or looking.done():
            looking = asyncio.create_task(look(), name="readiness")
        results = await asyncio.shield(looking)
        ready = all(result == "ok" for result in results.values())
        return JSONResponse({"ready": ready, "checks": results}, status_code=200 if ready else 503)

    @router.get("/metrics", dependencies=[guard])
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


async def _outcome(check: Check) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await check.run()
    except (NotReady, Unavailable) as error:
        return str(error)
    except TimeoutError:
        return "no answer in time"
    except Exception as error:
        return type(error).__name__
    return "ok"


def database_check(database: Database) -> Check:
    async def run() -> None:
        async with database.connection() as connection:
            await connection.fetchval("SELECT 1")

    return Check("database", run)


def queues_check(link: Link, queues: Callable[[], Sequence[str]]) -> Check:
    """Every queue exists and somebody consumes it."""

    async def run() -> None:
        names = queues()
        channel = await link.scratch()
        try:
            for name in names:
                try:
                    declared = await channel.queue_declare(name, passive=True, timeout=CHECK_SECONDS)
                except aiormq.exceptions.ChannelNotFoundEntity:
                    raise NotReady(f"queue {name} is missing") from None
                if not declared.consumer_count:
                    raise NotReady(f"queue {name} has no consumer")
        finally:
            if not channel.is_closed:
                await channel.close()

    return Check("queues", run)


def outbox_check(relay: Relay, bound_seconds: float) -> Check:
    async def run() -> None:
        lag = relay.lag()
        if lag > bound_seconds:
            raise NotReady(f"the oldest unpublished message is {lag:.0f} s old")

    return Check("outbox", run)


def service_check(name: str, base_url: str) -> Check:
    """Another service says that it is ready."""

    async def run() -> None:
        try:
            async with httpx.AsyncClient(timeout=CHECK_SECONDS - 1, trust_env=False) as client:
                answer = await client.get(f"{base_url.rstrip('/')}/readyz")
        except httpx.HTTPError:
            raise NotReady(f"{name} does not answer") from None
        if answer.status_code != httpx.codes.OK:
            raise NotReady(f"{name} is not ready")

    return Check(name, run)
