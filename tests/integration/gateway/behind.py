"""A gateway with the services behind it that keep customers, tickets and mails, each as it really is.

Only the router is the tests' own. The people who ask are made once: the making of passwords takes time by design.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from deploy.local.processes import free_port
from tests.integration.gateway.conftest import Gateway, running_gateway, serving
from tests.integration.gateway.test_administration import Person, person, refusal
from tests.support.in_process import migrated, running
from tests.support.mail_server import MailServer
from tests.support.wiretap import Wiretap

Body = dict[str, Any]
UNAUTHORISED = (401, "unauthorised", None)
NOT_ALLOWED = (403, "not_allowed", None)


@dataclass(frozen=True)
class House:
    """The gateway, who sits at its consoles, the mail server, and a mouth to say what other services would."""

    gateway: Gateway
    tap: Wiretap
    mails: MailServer
    agent: Person
    colleague: Person
    supervisor: Person
    administrator: Person


@asynccontextmanager
async def house(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[House]:
    """Everything, running."""
    async with AsyncExitStack() as stack:
        mails = await stack.enter_async_context(MailServer())
        own: dict[str, Body] = {"tickets": {}, "customers": {}, "notifier": {"smtp_port": mails.port}}
        urls: Body = {}
        for name, settings in own.items():
            url = await migrated(name, database_urls)
            app = await stack.enter_async_context(running(name, url, amqp_url, **settings))
            urls[f"{name}_url"] = await stack.enter_async_context(serving(app, free_port([]), lifespan="off"))
        database_url = await migrated("gateway", database_urls)
        gateway = await stack.enter_async_context(running_gateway(amqp_url, database_url, **urls))
        yield House(
            gateway,
            await stack.enter_async_context(Wiretap(amqp_url)),
            mails,
            await person(gateway, name="Żaneta Łoś"),
            await person(gateway, name="Jan Kowalski"),
            await person(gateway, "supervisor", "Olga Wilk"),
            await person(gateway, "administrator", "Marta Żak"),
        )


async def nobody_signed_in_may(gateway: Gateway, method: str, path: str) -> None:
    """Without a session there is no answer but that one has to sign in."""
    answer = await gateway.http.request(method, path, json={}, headers=gateway.origin)
    assert refusal(answer) == UNAUTHORISED, (method, path)


def a_card(**fields: Any) -> Body:
    """A customer's card as a page sends it."""
    return {"id": str(uuid4()), "version": 0, "name": "Anna Nowak", **fields}


def an_address() -> str:
    """An e-mail address that nobody has."""
    return f"{uuid4().hex[:12]}@example.com"
