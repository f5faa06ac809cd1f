"""A conversation at the demo shop, by the wire that pages speak (docs/protocol.md): asked, answered and rated."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect

from contracts.public import IdentityToken
from deploy.demo.load import WIDGET_KEY
from deploy.demo.talks import Talk

Frame = dict[str, Any]
PATIENCE = 20.0


class Page:
    """One end of the conversation: says, and waits for what it is told."""

    def __init__(self, socket: ClientConnection, stream: UUID) -> None:
        self._socket = socket
        self._stream = str(stream)

    async def tell(self, kind: str, **fields: Any) -> None:
        await self._socket.send(json.dumps({"t": kind, **fields}))

    async def until(self, wanted: Callable[[Frame], bool]) -> Frame:
        """The first frame from now on that is wanted. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            async for text in self._socket:
                frame: Frame = json.loads(text)
                if frame["t"] == "beat":
                    await self.tell("pong")
                if wanted(frame):
                    return frame
        raise ConnectionError("the gateway has closed the connection")

    async def do(self, action: Frame, *, of_conversation: bool = True) -> None:
        """Have something done, and wait until it is. Raises ConnectionRefusedError with the reason."""
        request = str(uuid4())
        stream = {"stream": self._stream} if of_conversation else {}
        await self.tell("send", id=request, **stream, action=action)
        answer = await self.until(lambda frame: frame.get("id") == request)
        if answer["t"] == "refused":
            raise ConnectionRefusedError(answer["refusal"]["code"])


async def hold(gateway: str, session: str, talk: Talk, identity: str | None) -> None:
    """Hold the conversation; the agent of the session comes on duty for it and is offline afterwards.

    `identity`: a token by which the shop vouches for the visitor.
    """
    token = await _visitor(gateway, identity)
    sockets = gateway.replace("http", "ws", 1)
    cookie = {"Cookie": f"dymek-session={session}"}
    async with (
        connect(f"{sockets}/ws/agent", origin=gateway, additional_headers=cookie, proxy=None) as agents,  # type: ignore[arg-type]
        connect(f"{sockets}/ws/visitor", origin=gateway, proxy=None) as visitors,  # type: ignore[arg-type]
    ):
        agent, visitor = Page(agents, talk.id), Page(visitors, talk.id)
        for page, known in ((agent, {}), (visitor, {"token": token})):
            await page.tell("hello", v=1, streams={}, **known)
            await page.until(lambda frame: frame["t"] == "welcome")
        try:
            await agent.do({"do": "status", "status": "available"}, of_conversation=False)
            await _hold(visitor, agent, talk)
        finally:
            await agent.do({"do": "status", "status": "offline"}, of_conversation=False)


async def _visitor(gateway: str, identity: str | None) -> str:
    """A new visitor's token."""
    async with httpx.AsyncClient(base_url=gateway, headers={"Origin": gateway}, timeout=30, trust_env=False) as client:
        answer = await client.post(f"/api/widgets/{WIDGET_KEY}/visitors")
        token: str = answer.raise_for_status().json()["token"]
        if identity is not None:
            body = IdentityToken(token=identity).model_dump(mode="json")
            headers = {"Authorization": f"Bearer {token}"}
            (await client.post("/api/visitor/identity", json=body, headers=headers)).raise_for_status()
    return token


async def _hold(visitor: Page, agent: Page, talk: Talk) -> None:
    start = {"do": "start", "topic_id": str(talk.topic.id), "name": talk.name, "email": talk.email}
    await visitor.do({**start, "page": {"page_title": "Palarnia Dolna: kawa palona co wtorek"}})

    def offered(frame: Frame) -> bool:
        return frame["t"] == "desk" and bool(_offers(frame, talk.id))

    (offer,) = _offers(await agent.until(offered), talk.id)
    await agent.do({"do": "accept", "offer_id": offer["offer_id"]})
    for number, text in enumerate(talk.lines):
        await (agent if number % 2 else visitor).do({"do": "post", "text": text})
    await visitor.do({"do": "end"})
    await visitor.do({"do": "rate", "score": talk.score, "comment": talk.comment})


def _offers(frame: Frame, conversation_id: UUID) -> list[Frame]:
    return [offer for offer in frame["desk"]["offers"] if offer["conversation_id"] == str(conversation_id)]
