"""A line that misbehaves on purpose: a TCP relay that cuts, swallows, refuses and delays.

It runs in one thread of its own (asyncio inside); `close` ends it. Counters are of the relay's whole life.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")
_PIECE = 2048


@dataclass(frozen=True)
class Fault:
    """What happens to one connection. `cut_up` / `cut_down`: reset after that many bytes towards / from the registry.
    `black_hole`: takes everything, gives nothing. `delay`: seconds before each piece of 2048 bytes."""

    cut_up: int | None = None
    cut_down: int | None = None
    black_hole: bool = False
    delay: float = 0.0


class Link:
    """Relays 127.0.0.1:`port` to 127.0.0.1:`upstream`."""

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.always = Fault()
        self.connections = 0
        self.bytes_up = 0
        self.bytes_down = 0
        self._next: list[Fault] = []
        self._running: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-link")
        self._thread.start()
        self._server = self._do(self._listen(0))
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def once(self, *faults: Fault) -> None:
        """The next connections suffer these, one each; then `always` holds again."""
        self._next.extend(faults)

    def refuse(self) -> None:
        """Connections are refused and the open ones reset until `accept`."""
        self._do(self._shut())

    def accept(self) -> None:
        self._server = self._do(self._listen(self.port))

    def close(self) -> None:
        self._do(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self, port: int) -> asyncio.Server:
        return await asyncio.start_server(self._accepted, "127.0.0.1", port)

    async def _shut(self) -> None:
        # A connection that was taken a moment ago is a task of asyncio's own first, and only then one of ours; with
        # the server closed meanwhile, Python 3.11 forgets its socket.
        for listening in self._server.sockets:
            self._loop.remove_reader(listening.fileno())
        me = asyncio.current_task()
        while others := asyncio.all_tasks() - {me}:
            for task in self._running:
                task.cancel()
            await asyncio.wait(others)
        self._server.close()
        await self._server.wait_closed()
        # What was aborted is closed in the loop's next turn.
        await asyncio.sleep(0)

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        fault = self._next.pop(0) if self._next else self.always
        task = self._loop.create_task(self._relay(reader, writer, fault))
        self._running.add(task)
        # Also for a task that was cancelled before it began: its own `finally` is never reached.
        task.add_done_callback(partial(self._ended, writer))

    def _ended(self, writer: asyncio.StreamWriter, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        writer.transport.abort()
        fault = None if task.cancelled() else task.exception()
        if fault is not None and not isinstance(fault, OSError):
            raise fault

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: Fault) -> None:
        if fault.black_hole:
            while await reader.read(_PIECE):
                pass
            return
        opening = asyncio.ensure_future(asyncio.open_connection("127.0.0.1", self.upstream))
        try:
            onward, back = await asyncio.shield(opening)
        except asyncio.CancelledError:
            # Cut off in the moment in which it came about: it must not be left open to nobody.
            _, back = await opening
            back.transport.abort()
            raise
        pumps = [
            asyncio.ensure_future(self._pump(reader, back, fault.cut_up, fault.delay, self._count_up)),
            asyncio.ensure_future(self._pump(onward, writer, fault.cut_down, fault.delay, self._count_down)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            back.transport.abort()

    async def _pump(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        cut: int | None,
        delay: float,
        count: Callable[[int], None],
    ) -> None:
        left = cut
        while left != 0:
            piece = await source.read(_PIECE if left is None else min(_PIECE, left))
            if not piece:
                return
            if delay:
                await asyncio.sleep(delay)
            sink.write(piece)
            await sink.drain()
            count(len(piece))
            if left is not None:
                left -= len(piece)

    def _count_up(self, size: int) -> None:
        self.bytes_up += size

    def _count_down(self, size: int) -> None:
        self.bytes_down += size
