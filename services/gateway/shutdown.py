"""Move the pages elsewhere before the server goes.

The server closes every socket as soon as it is told to stop, before the application hears of it. So the application
takes the signal first: it drains, and then passes the signal on. A second signal is passed on at once.
"""

import asyncio
import signal
import threading
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Final

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


def drain_before_stop(drain: Callable[[], Awaitable[None]]) -> None:
    """Run `drain` when the process is told to stop, then let whoever handled the signal so far do so."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    draining: list[asyncio.Task[None]] = []

    for number in SIGNALS:
        earlier = signal.getsignal(number)
        if not callable(earlier):
            continue
        signal.signal(number, _handler(loop, drain, draining, earlier))


def _handler(
    loop: asyncio.AbstractEventLoop,
    drain: Callable[[], Awaitable[None]],
    draining: list[asyncio.Task[None]],
    earlier: Callable[[int, FrameType | None], object],
) -> Callable[[int, FrameType | None], None]:
    async def drain_then_stop(number: int) -> None:
        try:
            await drain()
        finally:
            earlier(number, None)

    def begin(number: int) -> None:
        draining.append(loop.create_task(drain_then_stop(number), name="drain"))

    def handle(number: int, frame: FrameType | None) -> None:
        if draining or loop.is_closed():
            earlier(number, frame)
        else:
            loop.call_soon_threadsafe(begin, number)

    return handle
