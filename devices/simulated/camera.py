"""A network camera: M-JPEG over HTTP from one picture with a sensor's noise, and the faults of such cameras."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2

# silent: connected, nothing comes; truncated: every picture lacks its second half; frozen: the very same
# bytes each time; green: what a failed decoder shows; dot: a picture of one pixel; broken-off: every
# connection is closed as soon as it was made.
CameraFault = Literal["silent", "truncated", "frozen", "green", "dot", "broken-off"]

_VARIANTS = 12
_NOISE_LEVELS = 2.0
_JPEG_QUALITY = 90
_WRITE_SECONDS = 2.0
_BOUNDARY = "picture"


class SimulatedCamera:
    """Serves at `url` from construction to close(); show() and fault() act from the next picture on."""

    def __init__(
        self, image: NDArray[np.uint8], *, listen: tuple[str, int] = ("127.0.0.1", 0), rate: float = 20.0
    ) -> None:
        """image: (height, width, 3) uint8 blue-green-red; listen: host and port, 0 for any; rate: pictures/s."""
        self.rate = rate
        self._fault: CameraFault | None = None
        self._ending = threading.Event()
        self.show(image)
        camera = self

        class Viewer(BaseHTTPRequestHandler):
            timeout = _WRITE_SECONDS

            def do_GET(self) -> None:
                self.close_connection = True
                self.send_response(200)
                self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY}")
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                camera._stream(self)

            def log_message(self, format: str, *args: object) -> None:
                """Viewers come and go; that is nothing to report."""

        self._server = ThreadingHTTPServer(listen, Viewer)
        # close() waits for the viewers' threads, so that none outlives the camera.
        self._server.daemon_threads = False
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="simulated-camera", daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}/"

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def show(self, image: NDArray[np.uint8]) -> None:
        """Put another scene before the camera."""
        dice = np.random.default_rng(image.size)
        noise = dice.normal(0.0, _NOISE_LEVELS, image.shape[:2]).astype(np.float32)
        variants = []
        for _ in range(_VARIANTS):
            shifted = np.roll(noise, tuple(dice.integers(0, image.shape[:2])), axis=(0, 1))
            variants.append(_jpeg(np.clip(image + shifted[..., None], 0, 255).astype(np.uint8)))
        self._pictures: tuple[bytes, ...] = tuple(variants)

    def fault(self, fault: CameraFault | None) -> None:
        """Behave so from now on; None ends it."""
        self._fault = fault

    def close(self) -> None:
        """Break every connection off, end the threads, free the port."""
        self._ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _stream(self, viewer: BaseHTTPRequestHandler) -> None:
        due = time.monotonic()
        count = 0
        while not self._ending.is_set() and self._fault != "broken-off":
            if self._fault != "silent":
                try:
                    viewer.wfile.write(_part(self._picture(count)))
                except OSError:
                    return
            count += 1
            due = max(due + 1.0 / self.rate, time.monotonic())
            self._ending.wait(due - time.monotonic())

    def _picture(self, count: int) -> bytes:
        pictures = self._pictures
        match self._fault:
            case "truncated":
                whole = pictures[count % _VARIANTS]
                return whole[: len(whole) // 2]
            case "frozen":
                return pictures[0]
            case "green":
                return _jpeg(np.full((480, 640, 3), (0, 135, 0), np.uint8))
            case "dot":
                return _jpeg(np.full((1, 1, 3), 90, np.uint8))
            case _:
                return pictures[count % _VARIANTS]


def _part(jpeg: bytes) -> bytes:
    head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
    return head.encode() + jpeg + b"\r\n"


def _jpeg(image: NDArray[np.uint8]) -> bytes:
    done, content = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    if not done:
        raise ValueError("the picture cannot be written as JPEG")
    return content.tobytes()
