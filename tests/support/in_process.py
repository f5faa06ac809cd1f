"""One service in the test's own process, on real servers, opened and closed as its process would be."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI
from prometheus_client import REGISTRY
from pydantic import SecretStr

from services.chassis.http import InternalClient
from services.chassis.migrate import migrate, migrations_of
from services.chassis.run import settings_type

TOKEN = "a-service-token-that-only-tests-know-of"


async def migrated(service: str, database_urls: dict[str, str]) -> str:
    """The URL of the service's schema, brought up to date."""
    url = database_urls[service]
    await migrate(url, service, migrations_of(service))
    return url


@asynccontextmanager
async def running(service: str, database_url: str, amqp_url: str, **own: Any) -> AsyncIterator[FastAPI]:
    """The service while it runs, with `own` settings. Leaving finishes what is under way and publishes it."""
    settings = settings_type(service)(
        amqp_url=SecretStr(amqp_url),
        database_url=SecretStr(database_url),
        service_token=SecretStr(TOKEN),
        port=0,
        environment="development",
        **own,
    )
    app: FastAPI = importlib.import_module(f"services.{service}.app").create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@asynccontextmanager
async def client_of(app: FastAPI, token: str = TOKEN) -> AsyncIterator[InternalClient]:
    """Internal HTTP to the service, without a socket."""
    client = InternalClient("http://service", token, transport=httpx.ASGITransport(app))
    yield client
    await client.close()


@asynccontextmanager
async def settled(queue: str, deliveries: int) -> AsyncIterator[None]:
    """At the block's end, wait until the consumer in this process has handled so many more deliveries."""
    wanted = _handled(queue) + deliveries
    yield
    async with asyncio.timeout(15):
        while _handled(queue) < wanted:
            await asyncio.sleep(0.02)


def _handled(queue: str) -> float:
    labels = {"queue": queue, "outcome": "handled"}
    return REGISTRY.get_sample_value("dymek_messages_consumed_total", labels) or 0
