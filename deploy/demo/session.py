"""The gateway as one of the demo's agents sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from deploy.demo.load import AGENTS, PASSWORD
from deploy.local.steps import say

ADMINISTRATOR = next(agent.email for agent in AGENTS if agent.role == "administrator")


@asynccontextmanager
async def signed_in(gateway: str, email: str) -> AsyncIterator[httpx.AsyncClient | None]:
    """HTTP to the gateway, signed in; None where the agent's password is another by now."""
    async with httpx.AsyncClient(base_url=gateway, headers={"Origin": gateway}, timeout=30, trust_env=False) as client:
        answer = await client.post("/api/session", json={"email": email, "password": PASSWORD})
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            say(f"{email} has another password than the demo's; what is loaded in their name is left out.")
            yield None
            return
        answer.raise_for_status()
        yield client
        await client.delete("/api/session")
