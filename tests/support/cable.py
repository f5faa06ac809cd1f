"""A network cable between browsers and a gateway that can be pulled, plugged in again, or left hanging half-dead."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType
from typing import Self


class Cable:
    """A TCP proxy on a port of its own. `cut` ends every connection and accepts no more; `stall` lets none of them
    carry anything, and tells nobody; `mend` undoes both for new connections."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._target: int | None = None
        self._server: asyncio.Server | None = None
        self._flows = asyncio.Event()
        self._flows.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def plug_in(self, target_port: int) -> None:
        """Lead to this port of the machine."""
        self._target = target_port
        await self.mend()

    async def cut(self) -> None:
        """Nothing gets through, and both ends notice."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._drop()

    def stall(self) -> None:
        """Nothing gets through, and nobody is told."""
        self._flows.clear()

    async def mend(self) -> None:
        """New connections work; stalled ones are gone for good."""
        if not self._flows.is_set():
            self._drop()
            self._flows.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.cut()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _drop(self) -> None:
        for writer in tuple(self._writers):
            transport = writer.transport
            assert isinstance(transport, asyncio.WriteTransport)
            transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            self._writers.discard(writer)
            return
        self._writers.add(inner_writer)
        pumps = {
            asyncio.create_task(self._pump(reader, inner_writer)),
            asyncio.create_task(self._pump(inner_reader, writer)),
        }
        self._tasks |= pumps
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            for end in (writer, inner_writer):
                end.transport.abort()
                self._writers.discard(end)
            self._tasks -= pumps

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
