"""A page's frames as they come in: read, counted against the socket's limits, refused where they may not be taken.

Every frame is handed on or answered: there is no silence. Whoever does not listen to refusals is closed.
"""

import asyncio
import time
from collections.abc import Callable

from contracts.refusals import RefusalCode
from contracts.wire import ClientFrame, Hello, Refused
from services.gateway.connection import POLICY, Connection
from services.gateway.domain.limits import MAX_STRIKES, Rate, cost_of, full, take
from services.gateway.frames import Unreadable, read_frame
from services.gateway.refusals import id_of, refused, too_fast


class Incoming:
    """The reading side of one socket; `answer` sends a refusal."""

    def __init__(self, connection: Connection, rate: Rate, answer: Callable[[Refused], None]) -> None:
        self._connection = connection
        self._rate = rate
        self._answer = answer
        self._bucket = full(rate, time.monotonic())
        self._strikes = 0

    async def hello(self, seconds: float) -> Hello | None:
        """The hello; None when the page went, or was closed because it said none in time."""
        try:
            async with asyncio.timeout(seconds):
                while (frame := await self.next()) is not None:
                    if isinstance(frame, Hello):
                        return frame
                    self._answer(refused(RefusalCode.INVALID, id_of(frame), "hello"))
        except TimeoutError:
            self._answer(refused(RefusalCode.INVALID, detail="hello"))
            self._connection.close(POLICY, "no hello in time")
        return None

    async def next(self) -> ClientFrame | None:
        """The next frame that may be taken; None when the socket has been closed, by whichever side."""
        while (text := await self._connection.receive()) is not None:
            frame = self._taken(text)
            if frame is not None:
                return frame
        return None

    def _taken(self, text: str) -> ClientFrame | None:
        frame: ClientFrame | None = None
        complaint: Refused | None = None
        try:
            frame = read_frame(text)
        except Unreadable as unreadable:
            complaint = unreadable.refused
        self._bucket, wait = take(self._bucket, self._rate, time.monotonic(), cost_of(frame.t if frame else ""))
        if wait:
            complaint = Refused(id=complaint.id if complaint else id_of(frame), refusal=too_fast(wait))
        if complaint is None:
            self._strikes = 0
            return frame
        self._answer(complaint)
        self._strikes += 1
        if self._strikes >= MAX_STRIKES:
            self._connection.close(POLICY, "too many frames were refused one after another")
        return None
