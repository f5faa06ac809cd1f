"""Internal HTTP: read a card as it is shown beside a chat; save a card."""

from uuid import UUID

from fastapi import APIRouter, HTTPException, params, status

from contracts import reads
from contracts.customers import SaveCustomer
from services.customers.domain.address import NotAnAddress
from services.customers.domain.card import AddressTaken, Card, CustomField, shown_in_chat
from services.customers.usecases import Cards


def build_router(cards: Cards, *, guard: params.Depends) -> APIRouter:
    """The routes; `guard` is the dependency that lets only services in."""
    router = APIRouter(prefix="/internal/customers", dependencies=[guard])

    @router.get("/{customer_id}")
    async def read_card(customer_id: UUID) -> reads.Customer:
        card = await cards.card(customer_id)
        if card is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no such customer.")
        return beside_chat(card)

    @router.post("")
    async def save_card(body: SaveCustomer) -> reads.Customer:
        card = card_of(body)
        try:
            await cards.save(card)
        except NotAnAddress:
            raise HTTPException(
                status.HTTP_422_UNPROCESSABLE_CONTENT, "One of the e-mail addresses is not an address."
            ) from None
        except AddressTaken as taken:
            raise HTTPException(status.HTTP_409_CONFLICT, str(taken)) from None
        return beside_chat(card)

    return router


def card_of(body: SaveCustomer) -> Card:
    """The card that `body` describes."""
    return Card(
        id=body.id,
        name=body.name,
        company=body.company,
        emails=body.emails,
        phones=body.phones,
        note=body.note,
        fields=tuple(CustomField(field.label, field.value, field.show_in_chat) for field in body.fields),
    )


def beside_chat(card: Card) -> reads.Customer:
    """What agents see of the card beside a chat, built by naming it."""
    return reads.Customer(
        id=card.id,
        name=card.name,
        company=card.company,
        emails=card.emails,
        phones=card.phones,
        note=card.note,
        fields=tuple(reads.CustomField(label=field.label, value=field.value) for field in shown_in_chat(card)),
    )
