"""A line to a printer that breaks on purpose: a relay on loopback that cuts the transfer of a card or takes its time.

Only connections that carry a Print-Job (RFC 8011 §4.2.1) suffer; questions about the printer get through. One thread
accepts, one more serves each connection; `close` ends them all.
"""

import contextlib
import select
import socket
import threading
import time
from dataclasses import dataclass

_PIECE = 16384
_PRINT_JOB = b"\x00\x02"
_POLL = 0.05


@dataclass(frozen=True)
class LineFault:
    """`cut_up`: the line breaks after so many bytes of a card's transfer towards the printer; `cut_down`: after so many
    of the printer's answer to it. `delay`: seconds before every answer, to any question."""

    cut_up: int | None = None
    cut_down: int | None = None
    delay: float = 0.0


class FaultyLine:
    """Relays 127.0.0.1:`port` to localhost:`upstream` from construction until `close()`; usable as a context.

    `fault` may be set at any time and holds for connections from then on; `cut` counts the transfers that were cut,
    `carried` the bytes of the last Print-Job towards the printer.
    """

    def __init__(self, upstream: int, *, port: int = 0, fault: LineFault | None = None) -> None:
        self.upstream = upstream
        self.fault = fault or LineFault()
        self.cut = 0
        self.carried = 0
        self._closing = threading.Event()
        self._serving: list[threading.Thread] = []
        self._listening = socket.create_server(("127.0.0.1", port))
        self._listening.settimeout(_POLL)
        self.port: int = self._listening.getsockname()[1]
        self.uri = f"ipp://localhost:{self.port}/ipp/print"
        self._thread = threading.Thread(target=self._accept, name="faulty line")
        self._thread.start()

    def __enter__(self) -> "FaultyLine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Cuts what is open and ends every thread."""
        self._closing.set()
        self._thread.join()
        for serving in self._serving:
            serving.join()
        self._listening.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                near, _ = self._listening.accept()
            except TimeoutError:
                continue
            self._serving = [one for one in self._serving if one.is_alive()]
            serving = threading.Thread(target=self._serve, args=(near,), name="faulty line's connection")
            self._serving.append(serving)
            serving.start()

    def _serve(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError):
            far = socket.create_connection(("localhost", self.upstream), 3)
            with far:
                self._relay(near, far, self.fault)

    def _relay(self, near: socket.socket, far: socket.socket, fault: LineFault) -> None:
        head, job, up, down = b"", False, 0, 0
        while not self._closing.is_set():
            readable, _, _ = select.select([near, far], [], [], _POLL)
            for line in readable:
                piece = line.recv(_PIECE)
                if not piece:
                    return
                if line is near:
                    if len(head) < _PIECE:
                        head += piece
                        job = job or _is_print_job(head)
                    if job:
                        left = None if fault.cut_up is None else fault.cut_up - up
                        if left is not None and left <= len(piece):
                            far.sendall(piece[: max(0, left)])
                            self._break(near, far)
                            return
                    far.sendall(piece)
                    up += len(piece)
                    self.carried = up if job else self.carried
                else:
                    if fault.delay and self._closing.wait(fault.delay):
                        return
                    left = None if fault.cut_down is None or not job else fault.cut_down - down
                    if left is not None and left <= len(piece):
                        near.sendall(piece[: max(0, left)])
                        self._break(near, far)
                        return
                    near.sendall(piece)
                    down += len(piece)

    def _break(self, near: socket.socket, far: socket.socket) -> None:
        self.cut += 1
        # Sent bytes would be thrown away with the connection while they are still on their way.
        time.sleep(0.05)
        for line in (near, far):
            # A lost line ends in a reset, not in a polite goodbye.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def _is_print_job(head: bytes) -> bool:
    start, _, body = head.partition(b"\r\n\r\n")
    return start.startswith(b"POST") and body[2:4] == _PRINT_JOB
