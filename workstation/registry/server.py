"""Serving the registry over plain HTTP on the loopback interface until SIGTERM or SIGINT."""

from __future__ import annotations

import ipaddress
import logging
import signal
import socket
import traceback
from collections.abc import Callable
from pathlib import Path

import uvicorn

from workstation.registry.app import create_app


class CannotListen(Exception):
    """The address cannot be served. `code`: bad-address, not-loopback, address-in-use."""

    def __init__(self, code: str, address: str) -> None:
        super().__init__(f"{code}: {address}")
        self.code = code
        self.address = address


class _Server(uvicorn.Server):
    """Says when it answers: the line on standard output is what others wait for."""

    def __init__(self, config: uvicorn.Config, serving: Callable[[], None]) -> None:
        super().__init__(config)
        self._serving = serving

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._serving()


def listening_socket(listen: str) -> socket.socket:
    """A bound socket for "HOST:PORT" (port 0: any). Raises CannotListen.

    Only loopback: what goes over plain HTTP must not leave the machine.
    """
    host, separator, port = listen.rpartition(":")
    host = host.strip("[]")
    if not separator or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise CannotListen("bad-address", listen)
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise CannotListen("bad-address", listen) from None
    if not address.is_loopback:
        raise CannotListen("not-loopback", listen)
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((str(address), int(port)))
    except OSError as fault:
        bound.close()
        raise CannotListen("address-in-use", listen) from fault
    return bound


def _kinds_only(record: logging.LogRecord) -> bool:
    """What went wrong is logged by kind and place: the text of an exception may hold personal data."""
    if record.exc_info and record.exc_info[1] is not None:
        fault = record.exc_info[1]
        frames = traceback.extract_tb(fault.__traceback__)
        place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
        record.msg, record.args = f"unexpected {type(fault).__name__}{place}", ()
        record.exc_info = record.exc_text = None
    return True


def serve(database_url: str, bound: socket.socket, announce: Callable[[str], None]) -> None:
    """Serves until a signal asks it to stop; `announce` gets the address once requests are answered.

    Raises store.database.CannotOpen.
    """
    host, port = bound.getsockname()[:2]
    address = f"http://[{host}]:{port}" if bound.family == socket.AF_INET6 else f"http://{host}:{port}"
    config = uvicorn.Config(
        create_app(database_url),
        http="h11",
        loop="asyncio",
        ws="none",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    logging.getLogger("uvicorn.error").addFilter(_kinds_only)
    # uvicorn raises the signal once more when it is done; a clean end is no death by signal.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    _Server(config, lambda: announce(address)).run(sockets=[bound])
