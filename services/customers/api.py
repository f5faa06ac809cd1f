"""Internal HTTP: find, read and save cards; the list of custom fields; the settings of customers.

What is out of bounds is answered 422 with the field's name and a sentence; what somebody else has changed since it was
read with 409 and its present state, an address that is another customer's with 409 and whose it is (CustomerConflict).
"""

from collections.abc import Awaitable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Body, HTTPException, Query, params, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from contracts.base import NamedRef
from contracts.customers import (
    Customer,
    CustomerConflict,
    CustomerPage,
    CustomerSettings,
    FieldDefinitions,
    SaveCustomer,
)
from contracts.text import WITHOUT_NUL
from services.chassis.http import invalid, read_body
from services.customers.domain.invalid import Invalid
from services.customers.usecases import AddressTaken, Cards, ChangedMeanwhile, Configuration, UnknownCustomer

M = TypeVar("M", bound=BaseModel)
Json = Annotated[dict[str, Any], Body()]


def build_router(cards: Cards, configuration: Configuration, *, guard: params.Depends) -> APIRouter:
    """The routes; `guard` is the dependency that lets only services in."""
    router = APIRouter(prefix="/internal", dependencies=[guard])

    @router.get("/customers")
    async def read_cards(
        q: Annotated[str, Query(max_length=300)] = "",
        after: Annotated[str | None, Query(max_length=2000)] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
    ) -> CustomerPage:
        try:
            return await cards.page(q, after, limit)
        except Invalid as refused:
            raise invalid(refused.where, refused.said) from None

    # Before the route of a card, which would take the word for an id.
    @router.get("/customers/of-address")
    async def read_owner(email: Annotated[str, Query(max_length=300, pattern=WITHOUT_NUL)]) -> NamedRef:
        owner = await cards.owner_of(email)
        if owner is None:
            raise _missing()
        return owner

    @router.get("/customers/{customer_id}")
    async def read_card(customer_id: UUID) -> Customer:
        card = await cards.card(customer_id)
        if card is None:
            raise _missing()
        return card

    @router.put("/customers/{customer_id}", response_model=Customer)
    async def save_card(customer_id: UUID, body: Json) -> Customer | JSONResponse:
        card = read_body(SaveCustomer, body)
        if card.id != customer_id:
            raise invalid("id", "is not the customer's of this address")
        return await _saved(cards.save(card))

    @router.get("/customer-fields")
    async def read_fields() -> FieldDefinitions:
        return await configuration.fields()

    @router.put("/customer-fields", response_model=FieldDefinitions)
    async def save_fields(body: Json) -> FieldDefinitions | JSONResponse:
        return await _saved(configuration.save_fields(read_body(FieldDefinitions, body)))

    @router.get("/customer-settings")
    async def read_settings() -> CustomerSettings:
        return await configuration.settings()

    @router.put("/customer-settings", response_model=CustomerSettings)
    async def save_settings(body: Json) -> CustomerSettings | JSONResponse:
        return await _saved(configuration.save_settings(read_body(CustomerSettings, body)))

    return router


async def _saved(saving: Awaitable[M]) -> M | JSONResponse:
    try:
        return await saving
    except Invalid as refused:
        raise invalid(refused.where, refused.said) from None
    except UnknownCustomer:
        raise _missing() from None
    except ChangedMeanwhile as changed:
        return _conflict({"detail": str(changed), "present": changed.present.model_dump(mode="json")})
    except AddressTaken as taken:
        return _conflict(CustomerConflict(detail=str(taken), taken=taken.taken).model_dump(mode="json"))


def _conflict(body: dict[str, Any]) -> JSONResponse:
    return JSONResponse(body, status.HTTP_409_CONFLICT)


def _missing() -> HTTPException:
    return HTTPException(status.HTTP_404_NOT_FOUND, "There is no such customer.")
