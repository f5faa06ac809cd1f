"""What happens to all sockets at once: the beat, and the drain when this process goes.

The beat tells every page the last numbers of what it follows, so that a page which is connected but missed something
notices; the router is asked once for all of them. When the broker has been away, a beat comes at once. With the beat,
sessions are read anew (sockets of ended ones are closed), live keys nobody holds are unbound, and topics are read.
"""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar
from uuid import UUID

import structlog

from contracts.reads import Heads, HeadsRequest
from services.chassis.errors import InternalHttpError, Unavailable
from services.chassis.logging import describe
from services.chassis.tasks import Background
from services.gateway.live import Live

MOST_ASKED: Final = 10_000
"""Streams in one request to the router, as its contract allows."""

T = TypeVar("T")

log = structlog.stdlib.get_logger("dymek.beats")


class Beats:
    def __init__(self, live: Live) -> None:
        self._live = live
        self._beating = Background("beats", self._run)
        self._soon = asyncio.Event()
        self.draining = False
        """This process takes no new sockets."""

    async def start(self) -> None:
        await self._beating.start()

    async def stop(self) -> None:
        """Stop beating, and close what `drain` has not."""
        self.draining = True
        await self._beating.stop()
        for socket in tuple(self._live.sockets):
            socket.close_for_restart()

    def beat_soon(self) -> None:
        """Do not wait for the next beat's time: live messages may have been missed."""
        self._soon.set()

    async def drain(self) -> None:
        """Ask every page to move, wait while they do, then close the rest."""
        self.draining = True
        seconds = self._live.settings.drain_seconds
        sockets = tuple(self._live.sockets)
        for socket in sockets:
            socket.drain(seconds)
        if sockets:
            await asyncio.wait([socket.connection.closed for socket in sockets], timeout=seconds)
        for socket in tuple(self._live.sockets):
            socket.close_for_restart()
        log.info("drained", sockets=len(sockets))

    async def beat(self) -> None:
        """One beat to every socket; without numbers when the router does not answer."""
        live = self._live
        await self._read_sessions()
        with contextlib.suppress(Unavailable):
            await live.bindings.sweep()
        heads, _ = await asyncio.gather(self._heads(live.hub.streams, live.hub.agent_ids), self._read_topics())
        for socket in tuple(live.sockets):
            socket.beat(heads)

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._soon.wait(), self._live.settings.beat_seconds)
            self._soon.clear()
            try:
                await self.beat()
            except Exception as error:
                log.error("beat_failed", **describe(error))

    async def _read_sessions(self) -> None:
        ids = {socket.session_id for socket in self._live.sockets if socket.session_id is not None}
        if not ids:
            return
        try:
            open_ones = await self._live.accounts.live_sessions(list(ids))
        except Exception as error:
            log.warning("sessions_not_checked", **describe(error))
            return
        for ended in ids - open_ones.keys():
            self._live.end_session(ended)
        for session in open_ones.values():
            self._live.renew(session)

    async def _read_topics(self) -> None:
        with contextlib.suppress(Unavailable, InternalHttpError):
            await self._live.topics.refresh()

    async def _heads(self, streams: Sequence[UUID], agent_ids: Sequence[UUID]) -> Heads:
        conversations: dict[UUID, int] = {}
        desks: dict[UUID, int] = {}
        parts = [HeadsRequest(conversation_ids=tuple(part)) for part in _parts(streams)]
        parts += [HeadsRequest(agent_ids=tuple(part)) for part in _parts(agent_ids)]
        if len(parts) == 2 and len(streams) <= MOST_ASKED:
            parts = [HeadsRequest(conversation_ids=tuple(streams), agent_ids=tuple(agent_ids))]
        try:
            for part in parts:
                heads = await self._live.router.post("/internal/heads", part, Heads)
                conversations |= heads.conversations
                desks |= heads.desks
        except (Unavailable, InternalHttpError) as error:
            log.warning("heads_not_read", **describe(error))
        return Heads(conversations=conversations, desks=desks)


def _parts(whole: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(whole), MOST_ASKED):
        yield whole[start : start + MOST_ASKED]
