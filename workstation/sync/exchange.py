"""One request and its answer over HTTP: time-outs, size limits, and every failure as a RegistryError."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from workstation.interchange.canonical import read_json_object
from workstation.interchange.errors import MessageDamaged
from workstation.sync.errors import RegistryError, RegistryFault

_MOST_BYTES = 8_000_000


@dataclass(frozen=True)
class Patience:
    """Seconds. `silence` bounds each single read and write, `whole` the whole exchange."""

    connect: float = 5.0
    silence: float = 60.0
    whole: float = 600.0


@dataclass(frozen=True)
class Answer:
    """Status and body as they came."""

    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        """The JSON object in the body; DAMAGED_ANSWER when it is none."""
        try:
            return read_json_object(self.body)
        except MessageDamaged as fault:
            raise RegistryError(RegistryFault.DAMAGED_ANSWER, status=self.status) from fault


class Exchange:
    """One connection to one registry, for one thread; `abort` may come from another."""

    def __init__(self, base_url: str, patience: Patience) -> None:
        """Raises ValueError for an address that is not http:// or https://."""
        if httpx.URL(base_url).scheme not in ("http", "https"):
            raise ValueError("a registry is addressed by http:// or https://")
        self.base_url = base_url.rstrip("/")
        self._patience = patience
        self._client = httpx.Client(
            timeout=httpx.Timeout(patience.silence, connect=patience.connect),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            # An office machine's proxy variables must not send people's data elsewhere.
            trust_env=False,
            follow_redirects=False,
        )
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._aborted = False

    def request(
        self,
        method: str,
        path: str,
        *,
        expected: Iterable[int],
        parameters: Mapping[str, str | int] | None = None,
        json: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer, whose status is one of `expected`. Raises RegistryError otherwise: line faults, REGISTRY_FAULT,
        DAMAGED_ANSWER, UNKNOWN (404), EXISTS (409), REFUSED (other 4xx with OSIA's Error), STOPPED."""
        try:
            with self._client.stream(
                method,
                self.base_url + path,
                params=parameters,
                json=json,
                content=content,
                headers=headers,
                extensions={"trace": self._trace},
            ) as response:
                answer = Answer(response.status_code, self._read(response))
        except httpx.HTTPError as fault:
            raise self._line_fault(fault) from fault
        if answer.status in expected:
            return answer
        raise _refusal(answer)

    def abort(self) -> None:
        """Ends a request under way and refuses new ones; from any thread."""
        with self._lock:
            self._aborted = True
            if self._socket is not None:
                _shut(self._socket)

    def close(self) -> None:
        """To be called by the thread that made the requests."""
        self._client.close()

    def _read(self, response: httpx.Response) -> bytes:
        ends = time.monotonic() + self._patience.whole
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > _MOST_BYTES:
                raise RegistryError(RegistryFault.DAMAGED_ANSWER, status=response.status_code)
            if time.monotonic() > ends:
                raise RegistryError(RegistryFault.TIMED_OUT)
        return bytes(body)

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        # httpx has no way to end a request from outside: the socket is kept to be shut down by abort().
        if event == "connection.connect_tcp.complete":
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
                if self._aborted and self._socket is not None:
                    _shut(self._socket)

    def _line_fault(self, fault: httpx.HTTPError) -> RegistryError:
        if self._aborted:
            return RegistryError(RegistryFault.STOPPED)
        if isinstance(fault, httpx.TimeoutException):
            return RegistryError(RegistryFault.TIMED_OUT)
        if isinstance(fault, httpx.ConnectError):
            return RegistryError(RegistryFault.UNREACHABLE)
        if isinstance(fault, httpx.DecodingError):
            return RegistryError(RegistryFault.DAMAGED_ANSWER)
        return RegistryError(RegistryFault.CUT_OFF)


def _refusal(answer: Answer) -> RegistryError:
    """What an unexpected status means. A 4xx without OSIA's Error may come from anything on the way (a captive portal):
    it is no refusal."""
    facts: dict[str, str | int] = {"status": answer.status}
    if answer.status >= 500 or answer.status in (408, 425, 429):
        return RegistryError(RegistryFault.REGISTRY_FAULT, **facts)
    if answer.status == 409:
        return RegistryError(RegistryFault.EXISTS, **facts)
    if not 400 <= answer.status < 500:
        return RegistryError(RegistryFault.DAMAGED_ANSWER, **facts)
    try:
        error = answer.json()
    except RegistryError as damaged:
        return damaged
    if not isinstance(error.get("code"), int) or not isinstance(error.get("message"), str):
        return RegistryError(RegistryFault.DAMAGED_ANSWER, **facts)
    fault = RegistryFault.UNKNOWN if answer.status == 404 else RegistryFault.REFUSED
    return RegistryError(fault, **facts, number=error["code"], message=error["message"][:200])


def _shut(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It was down already.
        return
