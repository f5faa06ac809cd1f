"""How the tests ask the customers service."""

from __future__ import annotations

from typing import Any, Final

import httpx
from fastapi import FastAPI
from pydantic import BaseModel

from contracts.customers import Customer, SaveCustomer
from services.chassis.http import InternalClient
from tests.support.in_process import TOKEN

CARDS: Final = "/internal/customers"
FIELDS: Final = "/internal/customer-fields"
SETTINGS: Final = "/internal/customer-settings"


async def save(client: InternalClient, card: SaveCustomer) -> Customer:
    """Save the card as a service does."""
    return await client.put(f"{CARDS}/{card.id}", card, Customer)


async def put(app: FastAPI, path: str, body: BaseModel | dict[str, Any]) -> httpx.Response:
    """The bare answer, for what a refusal says."""
    data = body.model_dump(mode="json") if isinstance(body, BaseModel) else body
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://service", headers=headers
    ) as client:
        return await client.put(path, json=data)
