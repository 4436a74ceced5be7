"""What a running camera may do to a preview: change its size, freeze for good, lie in its head; several at once."""

import struct
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.capture import Camera
from devices.camera.opencv import cv2
from devices.errors import DeviceError, DeviceGone, DeviceProtocolError
from devices.simulated.camera import SimulatedCamera

Picture = NDArray[np.uint8]


@pytest.fixture
def simulated(scene: Picture) -> Iterator[SimulatedCamera]:
    with SimulatedCamera(scene) as simulated:
        yield simulated


def told(camera: Camera, seconds: float) -> list[str]:
    """Every code that latest() tells in that time, one after the other, the same one once."""
    codes: list[str] = []
    end, sequence = time.monotonic() + seconds, -1
    while time.monotonic() < end:
        try:
            sequence = camera.latest(after=sequence, seconds=0.5).sequence
        except DeviceError as fault:
            if not codes or codes[-1] != fault.code:
                codes.append(fault.code)
    return codes


def test_a_size_that_changes_is_named_and_the_new_one_shown(
    simulated: SimulatedCamera, scene: Picture
) -> None:
    with Camera(simulated.url) as camera:
        assert camera.latest(seconds=5).image.shape == (240, 320, 3)
        simulated.show(np.asarray(cv2.resize(scene, (640, 360)), np.uint8))
        assert "resolution-changed" in told(camera, 2.5)
        assert camera.latest(seconds=5).image.shape == (360, 640, 3)


def test_a_frozen_camera_stays_a_fault_however_often_it_is_opened(simulated: SimulatedCamera) -> None:
    with Camera(simulated.url) as camera:
        camera.latest(seconds=5)
        simulated.fault("frozen")
        end = time.monotonic() + 8
        while "source-frozen" not in told(camera, 0.5):
            assert time.monotonic() < end
        begun = time.monotonic()
        while time.monotonic() < begun + 4.5:
            with pytest.raises(DeviceGone, match="source-frozen"):
                camera.latest(seconds=0.3)
        simulated.fault(None)
        while "source-frozen" in told(camera, 0.5):
            assert time.monotonic() < begun + 12
        assert camera.latest(seconds=5).taken_at > begun + 4.5


def test_the_bytes_of_the_camera_come_with_the_picture(simulated: SimulatedCamera) -> None:
    with Camera(simulated.url) as camera:
        frame = camera.latest(seconds=5)
    assert frame.jpeg is not None
    again = cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert again is not None
    assert np.array_equal(again, frame.image)


def test_two_cameras_at_once_do_not_mix(simulated: SimulatedCamera, scene: Picture) -> None:
    other = np.asarray(255 - scene, np.uint8)
    with (
        SimulatedCamera(other) as second,
        Camera(simulated.url) as one,
        Camera(second.url) as two,
    ):
        for _ in range(5):
            assert abs(float(one.latest(seconds=5).image.mean()) - float(scene.mean())) < 3
            assert abs(float(two.latest(seconds=5).image.mean()) - float(other.mean())) < 3
        second.fault("broken-off")
        assert told(two, 1.5)
        assert told(one, 0.5) == []


def test_a_head_that_promises_400_megapixels_takes_no_memory(scene: Picture) -> None:
    _, encoded = cv2.imencode(".jpg", scene)
    content = bytearray(encoded.tobytes())
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", 20_000, 20_000)

    class Viewer(BaseHTTPRequestHandler):
        timeout = 2

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=p")
            self.end_headers()
            part = b"--p\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(content)
            try:
                for _ in range(100):
                    self.wfile.write(part + bytes(content) + b"\r\n")
                    time.sleep(0.05)
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Viewer)
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        with Camera(f"http://127.0.0.1:{server.server_address[1]}/") as camera:
            fault: DeviceError | None = None
            end = time.monotonic() + 8
            while not isinstance(fault, DeviceProtocolError) and time.monotonic() < end:
                try:
                    camera.latest(seconds=0.5)
                except DeviceError as raised:
                    fault = raised
            assert fault is not None
            assert fault.code in ("frames-unusable", "cannot-open")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
