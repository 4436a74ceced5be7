"""The camera over HTTP: the pace, a source killed and back again, silence, pictures cut short."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.capture import Camera
from devices.errors import DeviceError, DeviceGone, DeviceMissing, DeviceProtocolError
from devices.simulated.camera import CameraFault, SimulatedCamera

Picture = NDArray[np.uint8]


@pytest.fixture
def simulated(scene: Picture) -> Iterator[SimulatedCamera]:
    with SimulatedCamera(scene) as simulated:
        yield simulated


def fault_of(camera: Camera, seconds: float) -> tuple[DeviceError, float]:
    """The first fault but "no-frame" that latest() tells within so many seconds, and after how long."""
    begun = time.monotonic()
    sequence = -1
    while time.monotonic() - begun < seconds:
        try:
            sequence = camera.latest(after=sequence, seconds=1.0).sequence
        except DeviceError as fault:
            if fault.code != "no-frame":
                return fault, time.monotonic() - begun
    raise AssertionError("no fault was told")


def comes_back(camera: Camera, seconds: float = 10.0) -> float:
    """Seconds until pictures come again."""
    begun = time.monotonic()
    while True:
        try:
            camera.latest(seconds=0.5)
            return time.monotonic() - begun
        except DeviceError:
            assert time.monotonic() - begun < seconds, "the source did not come back"


def test_every_picture_of_the_source_arrives(simulated: SimulatedCamera) -> None:
    with Camera(simulated.url) as camera:
        first = camera.latest(seconds=5)
        time.sleep(1.5)
        last = camera.latest(seconds=5)
    rate = (last.sequence - first.sequence) / (last.taken_at - first.taken_at)
    assert 0.75 * simulated.rate < rate < 1.15 * simulated.rate


def test_a_slow_viewer_gets_the_newest_picture(simulated: SimulatedCamera, scene: Picture) -> None:
    with Camera(simulated.url) as camera:
        first = camera.latest(seconds=5)
        simulated.show(255 - scene)
        time.sleep(1.0)
        second = camera.latest(after=first.sequence, seconds=5)
    assert second.sequence - first.sequence > 5
    assert abs(float(second.image.mean()) - float((255 - scene).mean())) < 3


def test_killed_in_the_middle_and_back(scene: Picture) -> None:
    simulated = SimulatedCamera(scene)
    port = simulated.port
    with Camera(simulated.url) as camera:
        before = camera.latest(seconds=5).sequence
        simulated.close()
        fault, seconds = fault_of(camera, 6)
        assert isinstance(fault, DeviceGone)
        assert fault.code == "source-stopped"
        assert seconds < 3
        with SimulatedCamera(scene, listen=("127.0.0.1", port)):
            comes_back(camera)
            assert camera.latest(after=before, seconds=5).sequence > before


def test_a_source_that_falls_silent_says_so(simulated: SimulatedCamera) -> None:
    with Camera(simulated.url) as camera:
        camera.latest(seconds=5)
        simulated.fault("silent")
        fault, seconds = fault_of(camera, 6)
        assert (type(fault), fault.code) == (DeviceGone, "source-stopped")
        assert seconds < 3
        simulated.fault(None)
        comes_back(camera)


def test_pictures_of_no_use_are_never_shown(scene: Picture) -> None:
    def see_through(kind: CameraFault) -> None:
        with SimulatedCamera(scene) as simulated, Camera(simulated.url) as camera:
            camera.latest(seconds=5)
            simulated.fault(kind)
            time.sleep(0.3)
            last = camera.latest(seconds=5).sequence
            fault, _ = fault_of(camera, 6)
            assert (type(fault), fault.code) in (
                (DeviceProtocolError, "frames-unusable"),
                (DeviceGone, "source-stopped"),
            ), kind
            simulated.fault(None)
            comes_back(camera)
            frame = camera.latest(seconds=5)
            assert frame.sequence > last
            assert frame.image.shape == (240, 320, 3)

    kinds: list[CameraFault] = ["truncated", "green", "dot"]
    with ThreadPoolExecutor(len(kinds)) as lane:
        list(lane.map(see_through, kinds))


def test_one_picture_cut_short_is_dropped_and_the_rest_go_on(
    simulated: SimulatedCamera, scene: Picture
) -> None:
    with Camera(simulated.url) as camera:
        sequence = camera.latest(seconds=5).sequence
        simulated.fault("truncated")
        simulated.show(255 - scene)
        time.sleep(0.3)
        simulated.fault(None)
        for _ in range(10):
            frame = camera.latest(after=sequence, seconds=5)
            sequence = frame.sequence
            upper = float(frame.image[:120].mean()) - float(scene[:120].mean())
            lower = float(frame.image[120:].mean()) - float(scene[120:].mean())
            assert (abs(upper) < 3) == (abs(lower) < 3), "halves of two pictures in one"


def test_a_picture_that_never_changes_is_a_fault(simulated: SimulatedCamera) -> None:
    with Camera(simulated.url) as camera:
        camera.latest(seconds=5)
        simulated.fault("frozen")
        fault, seconds = fault_of(camera, 8)
        assert (type(fault), fault.code) == (DeviceGone, "source-frozen")
        assert seconds > 2.5
        simulated.fault(None)
        comes_back(camera)


def test_connections_broken_off_at_once(simulated: SimulatedCamera) -> None:
    simulated.fault("broken-off")
    with Camera(simulated.url) as camera:
        with pytest.raises(DeviceError) as raised:
            camera.latest(seconds=2)
        assert raised.value.code in ("cannot-open", "source-stopped")
        simulated.fault(None)
        comes_back(camera)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with Camera(f"http://127.0.0.1:{port}/") as camera, pytest.raises(DeviceMissing) as raised:
        camera.latest(seconds=2)
    assert raised.value.code == "cannot-open"


def test_a_server_that_accepts_and_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        camera = Camera(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        try:
            with pytest.raises(DeviceMissing) as raised:
                camera.latest(seconds=4)
            assert raised.value.code == "cannot-open"
        finally:
            begun = time.monotonic()
            camera.close()
    assert time.monotonic() - begun < 2.5


def test_on_and_off_many_times_from_two_threads(simulated: SimulatedCamera) -> None:
    faults: list[BaseException] = []

    def switch() -> None:
        try:
            for _ in range(6):
                with Camera(simulated.url) as camera:
                    camera.latest(seconds=5)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=switch) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert [thread.name for thread in threading.enumerate() if thread.name == "camera"] == []
