"""Tasks in the background: begun with the service, ended for certain, and never failed in silence."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

import structlog

from services.chassis.logging import describe

log = structlog.stdlib.get_logger("dymek.tasks")


class Background:
    """One task from `start` to `stop`. What it does not catch itself is logged and ends it."""

    def __init__(self, name: str, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._name = name
        self._run = run
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin, unless it runs."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name=self._name)
            self._task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Return once it has ended; it may be started again."""
        if self._task is not None:
            await end([self._task])
            self._task = None

    def _ended(self, task: "asyncio.Task[None]") -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("background_task_failed", task=self._name, **describe(error))


async def end(tasks: Iterable["asyncio.Task[Any]"]) -> None:
    """Cancel tasks until each of them has ended, however it ended.

    More than once, because a library that is cancelled while it talks to a server may raise an error of its own
    instead, and a loop that outlives errors goes on.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        done, pending = await asyncio.wait(pending, timeout=0.5)
        for task in done:
            if not task.cancelled():
                task.exception()
