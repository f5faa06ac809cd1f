"""The streams that one socket follows: opened, pulled, shown in order, left.

Invariants:
- a stream is bound before it is read, and what arrives meanwhile comes after what was read (domain/streams.py);
- what may be seen, and how it looks, is the page's side to say (`Sights`), asked whenever a stream is read.
"""

import asyncio
from collections.abc import Sequence
from typing import Final, Generic, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel

from contracts.refusals import RefusalCode
from contracts.topology import conversation_key
from contracts.views import Snapshot, VisitorSnapshot
from contracts.wire import Refused
from services.chassis.errors import Forbidden, NotFound
from services.gateway.domain.streams import Following, Opening, arrive, arrive_early, follows_on, pulled, read
from services.gateway.hub import Event, Follower
from services.gateway.live import Live
from services.gateway.refusals import not_to_be_seen, refused

OPEN_AT_ONCE: Final = 8
"""Streams of one hello read at the same time."""

REPLAY_ENTRIES: Final = 200
"""Entries in one replay frame at most."""

S = TypeVar("S", Snapshot, VisitorSnapshot)


class Sights(Follower, Protocol[S]):
    """The socket, as its streams see it: who is at the other end decides what they may see and how it looks."""

    async def refusals(self, streams: Sequence[UUID]) -> dict[UUID, RefusalCode]:
        """Which of these streams may not be opened, and why; raises Unavailable."""

    async def snapshot(self, stream: UUID, after: int) -> S:
        """The stream from `after` on. Raises NotFound, Forbidden or Unavailable."""

    def reset_frame(self, stream: UUID, snapshot: S) -> BaseModel: ...

    def replay_frame(self, stream: UUID, snapshot: S, start: int, stop: int) -> BaseModel:
        """A replay of the snapshot's entries from position `start` to before `stop`."""

    def opening(self, stream: UUID, snapshot: S) -> None:
        """The stream is about to be shown: what was read, then, without a pause, what arrived meanwhile."""

    async def after_open(self, stream: UUID, snapshot: S) -> None:
        """The stream is open."""

    def forgotten(self, stream: UUID) -> None:
        """The stream is followed no longer."""

    def send(self, frame: BaseModel) -> None: ...

    def send_event(self, event: Event) -> None:
        """Send a new entry of a followed stream."""

    def answer(self, frame: Refused) -> None: ...


class Streams(Generic[S]):
    def __init__(self, live: Live, sights: Sights[S]) -> None:
        self._live = live
        self._sights: Sights[S] = sights
        self._states: dict[UUID, Opening[Event] | Following] = {}

    def __contains__(self, stream: UUID) -> bool:
        return stream in self._states

    @property
    def all(self) -> tuple[UUID, ...]:
        return tuple(self._states)

    def head_of(self, stream: UUID) -> int:
        """The last number sent of a stream, 0 while it is not open."""
        state = self._states.get(stream)
        return state.head if isinstance(state, Following) else 0

    async def open(self, streams: dict[UUID, int]) -> None:
        """Follow these from the numbers given on, and answer each. Raises Unavailable: some may not have been."""
        if not streams:
            return
        refusals = await self._sights.refusals(list(streams))
        for stream, code in refusals.items():
            self._sights.answer(refused(code, stream))
        gate = asyncio.Semaphore(OPEN_AT_ONCE)

        async def open_one(stream: UUID, after: int) -> None:
            async with gate:
                await self._open(stream, after)

        allowed = [(stream, after) for stream, after in streams.items() if stream not in refusals]
        for result in await asyncio.gather(*(open_one(*one) for one in allowed), return_exceptions=True):
            if result is not None:
                raise result

    async def pull(self, stream: UUID, after: int) -> None:
        """Answer with the entries after a number. Raises Unavailable, and then nothing has changed."""
        if stream not in self._states:
            self._sights.answer(refused(RefusalCode.NOT_YOURS, stream))
            return
        try:
            snapshot = await self._snapshot(stream, after)
        except (NotFound, Forbidden) as error:
            self._sights.answer(not_to_be_seen(error, stream))
            return
        self._show(stream, snapshot, after, whole=False)

    def forget(self, stream: UUID) -> None:
        """Follow the stream no longer."""
        if self._states.pop(stream, None) is not None:
            self._live.hub.leave(stream, self._sights)
            self._live.bindings.release(conversation_key(stream))
        self._sights.forgotten(stream)

    def arrived(self, event: Event) -> None:
        """A live entry: shown now, after the snapshot that is being read, or not at all where it was shown before."""
        match self._states.get(event.stream):
            case Opening() as state:
                self._states[event.stream] = arrive_early(state, event.entry.seq, event)
            case Following() as state:
                self._states[event.stream], new = arrive(state, event.entry.seq)
                if new:
                    self._sights.send_event(event)

    async def _open(self, stream: UUID, after: int) -> None:
        if stream not in self._states:
            await self._live.bindings.hold(conversation_key(stream))
            self._live.hub.follow(stream, self._sights)
        self._states[stream] = Opening()
        try:
            snapshot = await self._snapshot(stream, after)
        except (NotFound, Forbidden) as error:
            self.forget(stream)
            self._sights.answer(not_to_be_seen(error, stream))
            return
        self._sights.opening(stream, snapshot)
        self._show(stream, snapshot, after, whole=after == 0)
        await self._sights.after_open(stream, snapshot)

    async def _snapshot(self, stream: UUID, after: int) -> S:
        snapshot = await self._sights.snapshot(stream, after)
        if after > snapshot.header.head:
            # The page knows more than there is, so what it has is of no use to it.
            return await self._sights.snapshot(stream, 0)
        return snapshot

    def _show(self, stream: UUID, snapshot: S, after: int, *, whole: bool) -> None:
        """Send what was read, then, without a pause, what arrived while it was read."""
        head, entries = snapshot.header.head, snapshot.entries
        if whole or not follows_on([entry.seq for entry in entries[:1]], after, head):
            self._sights.send(self._sights.reset_frame(stream, snapshot))
        else:
            for start in range(0, max(len(entries), 1), REPLAY_ENTRIES):
                self._sights.send(self._sights.replay_frame(stream, snapshot, start, start + REPLAY_ENTRIES))
        match self._states.get(stream):
            case Opening() as state:
                self._states[stream], late = read(state, head)
                for event in late:
                    self._sights.send_event(event)
            case Following() as state:
                self._states[stream] = pulled(state, head)
