"""A page's end of a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE = 10.0
Frame = dict[str, Any]


class Page:
    """Sends frames and waits for answers; what is not waited for stays to be looked at."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.unread: list[Frame] = []

    @classmethod
    @asynccontextmanager
    async def connected(cls, url: str, *, origin: str | None, cookie: str | None = None) -> AsyncIterator[Page]:
        headers = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"}
        if cookie:
            headers["Cookie"] = cookie
        async with connect(
            url.replace("http", "ws", 1),
            origin=origin,  # type: ignore[arg-type]
            additional_headers=headers,
            user_agent_header=None,
            proxy=None,
        ) as socket:
            yield cls(socket)

    async def raw(self, text: str | bytes) -> None:
        await self.socket.send(text)

    async def tell(self, t: str, **fields: Any) -> None:
        await self.raw(json.dumps({"t": t, **fields}, default=str))

    async def hello(self, token: str | None = None, streams: dict[UUID, int] | None = None) -> None:
        known = {str(stream): head for stream, head in (streams or {}).items()}
        await self.tell("hello", v=1, token=token, streams=known)

    async def send(self, do: str, stream: UUID | None = None, *, id: UUID | None = None, **fields: Any) -> UUID:
        """Ask for something to be done; the request's id."""
        request = id or uuid4()
        await self.tell("send", id=request, stream=stream, action={"do": do, **fields})
        return request

    async def start(self, topic_id: UUID, **fields: Any) -> UUID:
        """Start a conversation and follow it; its id."""
        stream = uuid4()
        form = {"name": "Anna", "email": "anna@example.com", **fields}
        request = await self.send("start", stream, topic_id=topic_id, **form)
        await self.tell("open", stream=stream, after=0)
        await self.expect("ack", id=request)
        reset = await self.expect("reset", stream=stream)
        if not reset["snapshot"]["header"]["head"]:
            # Opened while the start was still on its way.
            await self.expect("event", stream=stream)
        return stream

    async def expect(self, t: str, **fields: Any) -> Frame:
        """The next frame of this type with these fields; others are kept."""

        def fits(frame: Frame) -> bool:
            return frame["t"] == t and all(str(frame.get(name)) == str(value) for name, value in fields.items())

        for known in self.unread:
            if fits(known):
                self.unread.remove(known)
                return known
        async with asyncio.timeout(PATIENCE):
            while True:
                frame: Frame = json.loads(await self.socket.recv())
                if fits(frame):
                    return frame
                self.unread.append(frame)

    async def refusal(self, id: UUID | None = None) -> Frame:
        """The refusal of a request, or of what had no id."""
        refused = await self.expect("refused", id=id)
        return {name: value for name, value in refused["refusal"].items() if value is not None}

    async def closed(self) -> tuple[int, str]:
        """Wait for the gateway to close; code and reason."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    self.unread.append(json.loads(await self.socket.recv()))
                except ConnectionClosed:
                    return self.socket.close_code or 0, self.socket.close_reason or ""

    async def heard_until_now(self) -> list[Frame]:
        """Everything the gateway has said: an unknown stream is asked for, and its refusal ends what was before."""
        stranger = uuid4()
        await self.tell("pull", stream=stranger, after=0)
        await self.expect("refused", id=stranger)
        heard, self.unread = self.unread, []
        return heard
