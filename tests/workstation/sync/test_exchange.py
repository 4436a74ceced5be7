"""Answers that no registry should give, and lines that break: a named RegistryError, soon, every time."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from workstation.sync.errors import RegistryError
from workstation.sync.exchange import Patience
from workstation.sync.registry_client import RegistryClient

QUICK = Patience(connect=1.0, silence=0.4, whole=1.0)
Script = Callable[[socket.socket], None]


@contextmanager
def served(script: Script) -> Iterator[RegistryClient]:
    """A client of a server that reads one request's head and then follows `script`."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(5)
            head = b""
            while b"\r\n\r\n" not in head:
                head += connection.recv(65536)
            try:
                script(connection)
            except OSError:
                return

    thread = threading.Thread(target=serve, name="odd-server")
    thread.start()
    client = RegistryClient(f"http://127.0.0.1:{listener.getsockname()[1]}", QUICK)
    try:
        yield client
    finally:
        client.close()
        thread.join(10)
        listener.close()


def saying(status: str, body: bytes, *, length: int | None = None, kind: str = "application/json") -> Script:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body) if length is None else length}"
    return lambda connection: connection.sendall(head.encode() + b"\r\nConnection: close\r\n\r\n" + body)


def dripping(connection: socket.socket) -> None:
    """One byte now and then: never silent for long, never done."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b" ")
        time.sleep(0.1)


def silent(connection: socket.socket) -> None:
    connection.recv(1)


ERROR = json.dumps({"code": 4011, "message": "no-such-card: requestData"}).encode()
CASES: list[tuple[str, Script, str]] = [
    ("nothing but an end", lambda connection: None, "cut-off"),
    ("silence", silent, "timed-out"),
    ("a drip", dripping, "timed-out"),
    ("no HTTP", lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n"), "cut-off"),
    ("half a body", saying("200 OK", b'{"events": [', length=90), "cut-off"),
    ("no JSON", saying("200 OK", b"<html>sign in to this network</html>"), "damaged-answer"),
    ("a list", saying("200 OK", b"[]"), "damaged-answer"),
    ("not a feed", saying("200 OK", b'{"events": 3, "last": 1}'), "damaged-answer"),
    ("no last", saying("200 OK", b'{"events": []}'), "damaged-answer"),
    ("falling seq", saying("200 OK", b'{"events": [{"seq": 2}, {"seq": 1}], "last": 2}'), "damaged-answer"),
    ("event no object", saying("200 OK", b'{"events": [7], "last": 2}'), "damaged-answer"),
    ("a name twice", saying("200 OK", b'{"events": [], "last": 1, "last": 2}'), "damaged-answer"),
    ("not UTF-8", saying("200 OK", b'{"events": [], "last": "\xff"}'), "damaged-answer"),
    ("deep nesting", saying("200 OK", b'{"events":' + b"[" * 100_000), "damaged-answer"),
    ("too much", saying("200 OK", b" " * 9_000_000), "damaged-answer"),
    ("another success", saying("204 No Content", b""), "damaged-answer"),
    ("a redirect", saying("302 Found", b""), "damaged-answer"),
    ("a portal's 403", saying("403 Forbidden", b"<html>pay first</html>"), "damaged-answer"),
    ("a portal's 404", saying("404 Not Found", b""), "damaged-answer"),
    ("OSIA's 403", saying("403 Forbidden", ERROR), "refused"),
    ("OSIA's 404", saying("404 Not Found", ERROR), "unknown"),
    ("taken", saying("409 Conflict", b""), "exists"),
    ("its own fault", saying("500 Internal Server Error", b"oops"), "registry-fault"),
    ("too busy", saying("429 Too Many Requests", b""), "registry-fault"),
]


@pytest.mark.parametrize(("script", "code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_odd_answers(script: Script, code: str) -> None:
    began = time.monotonic()
    with served(script) as client, pytest.raises(RegistryError) as caught:
        client.read_feed(0, 10, "VTE01")
    assert caught.value.code == code
    assert time.monotonic() - began < 12
    assert caught.value.passing == (code not in ("refused", "unknown", "exists"))


def test_refusal_carries_the_registrys_number() -> None:
    with served(saying("403 Forbidden", ERROR)) as client, pytest.raises(RegistryError) as caught:
        client.finalize_enrollment("x", transaction="t")
    assert caught.value.facts == {"status": 403, "number": 4011, "message": "no-such-card: requestData"}


@pytest.mark.parametrize(
    "signers",
    [
        {},
        {"cardSigners": []},
        {"cardSigners": [{"kid": "zz", "alg": "EdDSA", "publicKey": "AA=="}]},
        {"cardSigners": [{"kid": "00", "alg": "EdDSA", "publicKey": "AA=="}]},
        {"cardSigners": [{"kid": "00", "alg": "none", "publicKey": "AA=="}]},
        {"cardSigners": 1},
    ],
)
def test_odd_signers(signers: object) -> None:
    script = saying("200 OK", json.dumps(signers).encode())
    with served(script) as client, pytest.raises(RegistryError, match="damaged-answer"):
        client.read_card_signers()


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    client = RegistryClient(f"http://127.0.0.1:{port}", QUICK)
    with pytest.raises(RegistryError, match="unreachable"):
        client.read_feed(0, 10, "VTE01")
    client.close()


def test_abort_ends_a_request_under_way() -> None:
    def late(connection: socket.socket) -> None:
        client.abort()
        connection.recv(1)

    with served(late) as client, pytest.raises(RegistryError, match="stopped"):
        client.read_feed(0, 10, "VTE01")


@pytest.mark.parametrize("address", ["ftp://registry", "registry:80", ""])
def test_no_address_of_a_registry(address: str) -> None:
    with pytest.raises(ValueError, match="http"):
        RegistryClient(address)
