"""Many visitors and agents of one system: how they come on, and who has whom.

What the kills, the restarts and the load have in common; each says for itself what its people then do.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Collection, Iterable
from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import httpx

from tests.support.system import System
from tests.support.talker import Frame, Refused, Talker, add_agent, new_visitor, sign_in

PASSWORD = "correct horse"
OWNER_SECONDS = 60.0
WITHOUT_LIMITS = {
    "DYMEK_GATEWAY_FRAME_BURST": "1000000",
    "DYMEK_GATEWAY_FRAMES_PER_SECOND": "1000000",
    "DYMEK_GATEWAY_VISITOR_BURST": "1000000",
}
"""Settings under which a crowd from one address is not taken for one impatient person."""


async def make_topic(system: System, topic_id: UUID, *, widget: str, name: str = "Próba", **parameters: object) -> None:
    """A topic, and a widget of its own that may be shown on the system's own pages. `parameters` as in the contract."""
    headers = {"Authorization": f"Bearer {system.service_token}"}
    async with httpx.AsyncClient(trust_env=False, timeout=20, headers=headers) as client:
        topic = {"id": str(topic_id), "name": name, **parameters}
        (await client.post(f"{system.url_of('router')}/internal/topics", json=topic)).raise_for_status()
        form = {
            "key": widget,
            "title": name,
            "topic_ids": [str(topic_id)],
            "allowed_origins": list(system.gateway_urls),
            "email_field": {"required": False},
        }
        (await client.post(f"{system.url}/internal/widgets", json=form)).raise_for_status()


async def agent_on(
    system: System,
    name: str,
    stack: AsyncExitStack,
    *,
    topics: Iterable[UUID],
    capacity: int,
    on_frame: Callable[[Frame, float], None] | None = None,
) -> Talker:
    """A new agent at an open console, available."""
    email = f"{name.lower().replace(' ', '-')}@example.com"
    await add_agent(
        system.url,
        system.service_token,
        email=email,
        name=name,
        password=PASSWORD,
        capacity=capacity,
        topics=topics,
    )
    cookie = await sign_in(system.url, email, PASSWORD)
    agent = await stack.enter_async_context(Talker(system.gateway_urls, cookie=cookie, on_frame=on_frame))
    await come_on(agent)
    return agent


async def come_on(agent: Talker) -> None:
    """Be available. The router hears of a new account by an event, which may come a moment later."""
    while True:
        try:
            await agent.send({"do": "status", "status": "available"})
            return
        except Refused as refused:
            if refused.code != "unknown":
                raise
            await asyncio.sleep(0.1)


async def visitor_at(system: System, stack: AsyncExitStack, *, widget: str = "demo") -> tuple[str, Talker]:
    """A visitor's token and their open page, at whichever gateway answers."""
    for gateway in itertools.cycle(system.gateway_urls):
        try:
            token = await new_visitor(gateway, widget)
            break
        except httpx.HTTPError:  # it is being killed, or the database is
            await asyncio.sleep(0.2)
    return token, await stack.enter_async_context(Talker(system.gateway_urls, token=token))


async def start(visitor: Talker, topic_id: UUID, **form: str) -> UUID:
    """Begin a conversation; returns when it is stored."""
    conversation_id = uuid4()
    await visitor.send({"do": "start", "topic_id": str(topic_id), **form}, conversation_id)
    return conversation_id


def offers_of(agent: Talker, answered: Collection[str] = ()) -> list[Frame]:
    """What the agent is being asked about, without the offers `answered` by id."""
    return [offer for offer in (agent.desk or {}).get("offers", []) if offer["offer_id"] not in answered]


def chats_of(agent: Talker) -> set[UUID]:
    """The conversations on the agent's desk."""
    return {UUID(card["conversation_id"]) for card in (agent.desk or {}).get("chats", [])}


def is_available(agent: Talker) -> bool:
    """Whether the agent takes conversations, as far as their console knows; who missed an offer does not."""
    return bool(agent.desk and agent.desk["status"] == "available")


async def owner_of(conversation_id: UUID, agents: Iterable[Talker]) -> Talker:
    """The agent on whose desk the conversation is, once it is. Raises TimeoutError."""
    everybody = list(agents)
    async with asyncio.timeout(OWNER_SECONDS):
        while True:
            for agent in everybody:
                if conversation_id in chats_of(agent):
                    return agent
            await asyncio.sleep(0.02)
