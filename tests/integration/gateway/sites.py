"""A site that vouches for its visitors: its gateway, the secret it signs with, and the customers it knows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import jwt
from fastapi import FastAPI, HTTPException

from contracts.base import NamedRef
from contracts.conversation import StartConversation
from contracts.customers import Customer
from contracts.public import NewWidget
from deploy.local.processes import free_port
from tests.integration.gateway.conftest import SALES, Gateway, running_gateway, serving
from tests.integration.gateway.test_administration import SERVICE, Person, person

EMAIL = "anna@example.com"


@dataclass
class Customers:
    """The customers service, as far as the gateway asks it here."""

    by_address: dict[str, NamedRef] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The addresses that were looked up."""

    def http(self) -> FastAPI:
        app = FastAPI()

        @app.get("/internal/customers/of-address")
        async def of_address(email: str) -> NamedRef:
            self.asked.append(email)
            if email not in self.by_address:
                raise HTTPException(404)
            return self.by_address[email]

        @app.get("/internal/customers/{customer_id}")
        async def card(customer_id: UUID) -> Customer:
            for known in self.by_address.values():
                if known.id == customer_id:
                    return Customer(id=known.id, name=known.name)
            raise HTTPException(404)

        return app


@dataclass(frozen=True)
class Site:
    """A gateway whose widget "shop" has a secret, and "quiet" none."""

    gateway: Gateway
    customers: Customers
    chief: Person
    secret: str
    database_url: str

    def forget(self) -> None:
        """Be as good as new: without customers, histories and questions from before."""
        self.customers.by_address.clear()
        self.customers.asked.clear()
        self.gateway.router.owned.histories.clear()

    async def visitor(self, widget: str = "shop") -> str:
        answer = await self.gateway.http.post(f"/api/widgets/{widget}/visitors", headers=self.gateway.origin)
        return str(answer.json()["token"])

    async def hand_over(self, visitor: str, token: str) -> bool:
        """Whether the gateway takes the site's word."""
        headers = {"Authorization": f"Bearer {visitor}", **self.gateway.origin}
        answer = await self.gateway.http.post("/api/visitor/identity", json={"token": token}, headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        return bool(answer.json()["verified"])

    async def conversations(self, visitor: str) -> list[str]:
        """The earlier conversations that the visitor is shown, by id."""
        headers = {"Authorization": f"Bearer {visitor}"}
        answer = await self.gateway.http.get("/api/visitor/conversations", headers=headers)
        assert answer.status_code == 200, answer.text
        return [past["conversation_id"] for past in answer.json()["conversations"]]

    async def starts_verified(self, visitor: str, email: str | None = EMAIL) -> bool:
        """Begin a conversation; whether the router hears that the address is verified."""
        async with self.gateway.visitor(visitor) as page:
            stream = await page.start(SALES.id, email=email)
        commands = [one for one in self.gateway.router.commands if isinstance(one, StartConversation)]
        (command,) = [one for one in commands if one.conversation_id == stream]
        return command.verified

    def token(self, email: str | None = EMAIL, secret: str | None = None, widget: str = "shop", **claims: Any) -> str:
        """A token as the library makes it, with these claims instead of the good ones; None leaves one out."""
        now = time()
        good = {"aud": widget, "email": email, "iat": now, "exp": now + 60, "jti": str(uuid4())}
        kept = {name: value for name, value in {**good, **claims}.items() if value is not None}
        return jwt.encode(kept, secret or self.secret, algorithm="HS256")


@asynccontextmanager
async def running_site(amqp_url: str, gateway_database: str) -> AsyncIterator[Site]:
    """The site, running."""
    customers = Customers()
    async with (
        serving(customers.http(), free_port([])) as url,
        running_gateway(amqp_url, gateway_database, customers_url=url, answer_seconds=3) as gateway,
    ):
        quiet = NewWidget(key="quiet", title="Cichy", topic_ids=(SALES.id,), allowed_origins=())
        made = await gateway.http.post("/internal/widgets", json=quiet.model_dump(mode="json"), headers=SERVICE)
        assert made.is_success
        chief = await person(gateway, "administrator", "Marta Wilk")
        answer = await chief.post("/api/admin/widgets/shop/secret", {})
        yield Site(gateway, customers, chief, answer.json()["secret"], gateway_database)


def database(site: Site) -> Any:
    """A connection of the test's own to the gateway's tables."""
    return asyncpg.create_pool(site.database_url, min_size=1, max_size=1)
