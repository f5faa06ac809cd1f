"""Customers for the console: the list, cards, what a card's customer has talked about and how they rated it.

Every agent reads and changes cards; which fields a card has, and whether cards make themselves, administrators decide.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from contracts.customers import Customer, CustomerPage, CustomerSettings, FieldDefinitions, SaveCustomer
from contracts.reads import PastConversations
from contracts.refusals import RefusalCode
from contracts.tickets import Ratings
from services.chassis.http import InternalClient
from services.gateway.accounts import Accounts
from services.gateway.callers import signed_in
from services.gateway.problems import Problem
from services.gateway.settings import GatewaySettings

FIELDS = "/internal/customer-fields"
SETTINGS = "/internal/customer-settings"


def build_customers_router(
    accounts: Accounts,
    settings: GatewaySettings,
    *,
    customers: InternalClient,
    router: InternalClient,
    tickets: InternalClient,
) -> APIRouter:
    agent = signed_in(accounts, settings)
    administrator = signed_in(accounts, settings, "administrator")
    routes = APIRouter(prefix="/api", dependencies=[Depends(agent)])
    rules = APIRouter(prefix="/api/admin", dependencies=[Depends(administrator)])

    @routes.get("/customers")
    async def read_customers(
        q: Annotated[str, Query(max_length=300)] = "",
        after: Annotated[str | None, Query(max_length=2000)] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
    ) -> CustomerPage:
        return await customers.get("/internal/customers", CustomerPage, q=q, after=after, limit=limit)

    @routes.get("/customers/{customer_id}")
    async def read_customer(customer_id: UUID) -> Customer:
        return await customers.get(f"/internal/customers/{customer_id}", Customer)

    @routes.put("/customers/{customer_id}")
    async def save_customer(customer_id: UUID, body: SaveCustomer) -> Customer:
        if body.id != customer_id:
            raise Problem(RefusalCode.INVALID, "The address names another customer than the body.", detail="id")
        return await customers.put(f"/internal/customers/{customer_id}", body, Customer)

    @routes.get("/customers/{customer_id}/conversations")
    async def read_conversations(customer_id: UUID) -> PastConversations:
        return await router.get(f"/internal/customers/{customer_id}/conversations", PastConversations)

    @routes.get("/customers/{customer_id}/ratings")
    async def read_ratings(customer_id: UUID) -> Ratings:
        # Whose a conversation is, the router knows; agents may say so long after it was rated.
        past = await router.get(f"/internal/customers/{customer_id}/conversations", PastConversations)
        asked = [one.conversation_id for one in past.conversations]
        return await tickets.get("/internal/ratings", Ratings, conversation_ids=asked) if asked else Ratings()

    @routes.get("/customer-fields")
    async def read_fields() -> FieldDefinitions:
        return await customers.get(FIELDS, FieldDefinitions)

    @rules.put("/customer-fields")
    async def save_fields(body: FieldDefinitions) -> FieldDefinitions:
        return await customers.put(FIELDS, body, FieldDefinitions)

    @rules.get("/customer-settings")
    async def read_settings() -> CustomerSettings:
        return await customers.get(SETTINGS, CustomerSettings)

    @rules.put("/customer-settings")
    async def save_settings(body: CustomerSettings) -> CustomerSettings:
        return await customers.put(SETTINGS, body, CustomerSettings)

    routes_of_all = APIRouter()
    routes_of_all.include_router(routes)
    routes_of_all.include_router(rules)
    return routes_of_all
