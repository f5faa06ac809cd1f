"""One WebSocket: a reader that others drive, and a writer of its own.

What is sent waits in a bounded queue. A peer that does not take it (the queue is full, or one frame takes longer than
the send time-out) is closed, so that one slow reader never stalls the others or fills the memory.
"""

import asyncio
import contextlib
from types import TracebackType
from typing import Final, NamedTuple, Self

from fastapi import WebSocket, WebSocketDisconnect
from pydantic import BaseModel

from services.gateway.metrics import CLOSED

NORMAL: Final = 1000
POLICY: Final = 1008
"""What the peer does is not allowed: no session, no hello, deaf to refusals."""
RESTART: Final = 1012
TRY_LATER: Final = 1013
"""A hello or an open cannot be served now: the page backs off and connects anew, with what it has."""

CLOSE_SECONDS: Final = 1.0
REASON_BYTES: Final = 120


class _Close(NamedTuple):
    code: int
    reason: str


class Connection:
    """Use as a context: accepts the socket, and ends its writer when the block ends."""

    def __init__(self, websocket: WebSocket, *, outgoing: int, send_seconds: float) -> None:
        self._websocket = websocket
        self._outgoing: asyncio.Queue[str | _Close] = asyncio.Queue(outgoing)
        self._send_seconds = send_seconds
        self._writer: asyncio.Task[None] | None = None
        self._closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> Self:
        await self._websocket.accept()
        self._writer = asyncio.create_task(self._write(), name="socket-writer")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(NORMAL)
        if self._writer is not None:
            with contextlib.suppress(TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(self._writer, self._send_seconds)

    @property
    def closed(self) -> asyncio.Future[None]:
        """Done as soon as nothing more will be sent, whichever side closed."""
        return self._closed

    def send(self, frame: BaseModel | str) -> None:
        """Send a frame when its turn comes. Never waits; closes a peer that is too slow."""
        if self._closed.done():
            return
        try:
            self._outgoing.put_nowait(frame if isinstance(frame, str) else frame.model_dump_json())
        except asyncio.QueueFull:
            self._abort("too_slow")

    def close(self, code: int, reason: str = "") -> None:
        """Close after what is waiting has been sent; `reason` is for people."""
        if self._closed.done():
            return
        self._close_for_good()
        try:
            self._outgoing.put_nowait(_Close(code, reason))
        except asyncio.QueueFull:
            self._stop_writer()

    async def receive(self) -> str | None:
        """The next text frame; "" for a binary one; None when the socket has been closed, by whichever side."""
        receiving = asyncio.ensure_future(self._websocket.receive())
        try:
            await asyncio.wait((receiving, self._closed), return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not receiving.done():
                receiving.cancel()
        if receiving.cancelling() or self._closed.done():
            return None
        try:
            message = receiving.result()
        except (WebSocketDisconnect, RuntimeError):
            message = {"type": "websocket.disconnect"}
        if message["type"] != "websocket.receive":
            self._close_for_good()
            self._stop_writer()
            return None
        return message.get("text") or ""

    async def _write(self) -> None:
        while True:
            item = await self._outgoing.get()
            try:
                if isinstance(item, _Close):
                    async with asyncio.timeout(CLOSE_SECONDS):
                        await self._websocket.close(
                            item.code, item.reason.encode()[:REASON_BYTES].decode("utf-8", "ignore")
                        )
                    return
                async with asyncio.timeout(self._send_seconds):
                    await self._websocket.send_text(item)
            except TimeoutError:
                self._abort("too_slow")
                return
            except (WebSocketDisconnect, RuntimeError, OSError):
                self._close_for_good()
                return

    def _close_for_good(self) -> None:
        if not self._closed.done():
            self._closed.set_result(None)

    def _abort(self, reason: str) -> None:
        """Give the peer up without waiting for it: what it has not taken, it asks for when it comes again."""
        if not self._closed.done():
            CLOSED.labels(reason).inc()
        self._close_for_good()
        self._stop_writer()

    def _stop_writer(self) -> None:
        if self._writer is not None and self._writer is not asyncio.current_task():
            self._writer.cancel()
