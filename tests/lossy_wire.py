"""A wire to the database server that is cut exactly at a commit: before it arrives, or before its answer does."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path


class LossyWire:
    """A Unix socket in `folder` that passes everything on to the server's, until `lose` says where to cut.

    One thread for each direction of each connection, all joined by close().
    """

    def __init__(self, folder: Path, server: Path) -> None:
        self._server = str(server / ".s.PGSQL.5432")
        self.folder = folder
        self.lose = ""
        self.lost = threading.Event()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / ".s.PGSQL.5432"))
        self._listener.listen()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._begin(self._accept)

    def _begin(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, name="lossy-wire")  # type: ignore[arg-type]  # any callable
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(self._server)
            except OSError:
                client.close()
                server.close()
                continue
            self._open += [client, server]
            cut = threading.Event()
            self._begin(self._pass_on, client, server, cut, True)
            self._begin(self._pass_on, server, client, cut, False)

    def _pass_on(
        self, source: socket.socket, sink: socket.socket, cut: threading.Event, asking: bool
    ) -> None:
        while True:
            try:
                data = source.recv(65536)
            except OSError:
                data = b""
            if asking and b"COMMIT" in data and self.lose:
                self.lost.set()
                if self.lose == "the commit":
                    data = b""
                else:
                    # Its answer, and whatever else the server says, goes nowhere.
                    cut.set()
            if not asking and cut.is_set():
                data = b""
            if not data:
                for end in (source, sink):
                    _hang_up(end)
                return
            try:
                sink.sendall(data)
            except OSError:
                return

    def close(self) -> None:
        _hang_up(self._listener)
        self._listener.close()
        for end in self._open:
            _hang_up(end)
        for thread in self._threads:
            thread.join(10)
        for end in self._open:
            end.close()


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
