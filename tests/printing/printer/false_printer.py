"""Something that listens like a printer and answers every question with the bytes it was given."""

import socket
import threading
import time


class FalsePrinter:
    """Answers each connection with `answer`; `silent` takes the question and says nothing; `hang_up` closes.

    With `answers` only so many questions are answered so; what follows is `last`, silence or a closed line. `heard`
    counts the questions, `question` is the last one.
    """

    def __init__(
        self,
        answer: bytes = b"",
        *,
        silent: bool = False,
        hang_up: bool = False,
        answers: int = 0,
        last: bytes = b"",
    ) -> None:
        self.answer = answer
        self.heard = 0
        self.question = b""
        self._answers, self._last = answers, last
        self._silent, self._hang_up = silent, hang_up
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self._closing = threading.Event()
        self.uri = f"ipp://127.0.0.1:{self._listening.getsockname()[1]}/ipp/print"
        self._thread = threading.Thread(target=self._serve, name="false printer")
        self._thread.start()

    def __enter__(self) -> "FalsePrinter":
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                line, _ = self._listening.accept()
            except TimeoutError:
                continue
            with line:
                line.settimeout(5)
                self._hear(line)
                self.heard += 1
                if self.heard <= self._answers or not (self._silent or self._hang_up or self._last):
                    line.sendall(self.answer)
                elif self._silent:
                    self._closing.wait(10)
                elif not self._hang_up:
                    line.sendall(self._last)

    def _hear(self, line: socket.socket) -> None:
        heard, deadline = b"", time.monotonic() + 5
        while b"\r\n\r\n" not in heard and time.monotonic() < deadline:
            heard += line.recv(65536)
        head, _, body = heard.partition(b"\r\n\r\n")
        length = next(
            (int(h[15:]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length:")), 0
        )
        while len(body) < length and time.monotonic() < deadline:
            body += line.recv(65536)
        self.question = body


def http(body: bytes, status: str = "200 OK") -> bytes:
    """An HTTP answer around `body`."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/ipp\r\nContent-Length: {len(body)}\r\n"
    return (head + "Connection: close\r\n\r\n").encode() + body
