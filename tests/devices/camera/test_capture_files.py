"""The camera on files: stills, videos, sequences; at their own rate, repeated, and when they go missing."""

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera import Frame
from devices.camera.capture import Camera
from devices.camera.opencv import cv2
from devices.errors import DeviceError, DeviceGone, DeviceMissing, DeviceProtocolError, DeviceTimeout

Picture = NDArray[np.uint8]


def video(path: Path, scene: Picture, *, count: int, rate: float) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate, (320, 240))
    for number in range(count):
        writer.write(np.roll(scene, number * 8, axis=1))
    writer.release()
    return path


def comes_back(camera: Camera) -> Frame:
    end = time.monotonic() + 8
    while True:
        try:
            return camera.latest(seconds=0.5)
        except DeviceError:
            assert time.monotonic() < end, "the source did not come back"


def test_a_still(tmp_path: Path, scene: Picture) -> None:
    cv2.imwrite(str(tmp_path / "one.png"), scene)
    with Camera(f"file:{tmp_path / 'one.png'}") as camera:
        first = camera.latest(seconds=5)
        second = camera.latest(after=first.sequence, seconds=5)
    assert np.array_equal(first.image, scene)
    assert second.sequence > first.sequence
    assert second.taken_at > first.taken_at
    assert second.image is not first.image


def test_a_replaced_still_shows_once_it_is_whole(tmp_path: Path, scene: Picture) -> None:
    path, other = tmp_path / "card.png", np.ascontiguousarray(scene[::-1])
    cv2.imwrite(str(path), scene)
    content = cv2.imencode(".png", other)[1].tobytes()
    with Camera(f"file:{path}") as camera:
        first = camera.latest(seconds=5)
        path.write_bytes(content[:40])
        half = camera.latest(after=first.sequence + 2, seconds=5)
        path.write_bytes(content)
        whole = camera.latest(after=half.sequence + 2, seconds=5)
    assert np.array_equal(half.image, scene)
    assert np.array_equal(whole.image, other)


def test_a_video_repeats_at_its_own_rate(tmp_path: Path, scene: Picture) -> None:
    path = video(tmp_path / "sitting.avi", scene, count=10, rate=20)
    with Camera(f"file:{path}") as camera:
        begun = camera.latest(seconds=5)
        time.sleep(1.5)
        later = camera.latest(seconds=5)
    rate = (later.sequence - begun.sequence) / (later.taken_at - begun.taken_at)
    assert 15 < rate < 21
    assert later.sequence > 10


def test_a_sequence_of_stills(tmp_path: Path, scene: Picture) -> None:
    for number in range(3):
        cv2.imwrite(str(tmp_path / f"shot_{number:03d}.png"), scene if number else scene // 2)
    seen = set()
    with Camera(f"sequence:{tmp_path}/shot_%03d.png") as camera:
        sequence = -1
        for _ in range(8):
            frame = camera.latest(after=sequence, seconds=5)
            sequence = frame.sequence
            seen.add(int(frame.image.mean()))
    assert len(seen) == 2


def test_a_video_cut_off_still_plays_what_is_there(tmp_path: Path, scene: Picture) -> None:
    path = video(tmp_path / "cut.avi", scene, count=20, rate=20)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with Camera(f"file:{path}") as camera:
        assert camera.latest(seconds=5).image.shape == (240, 320, 3)


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture at all" * 50, b"\x89PNG\r\n\x1a\n" + bytes(40)],
    ids=["empty", "text", "a PNG's head alone"],
)
@pytest.mark.parametrize("name", ["broken.png", "broken.avi"])
def test_a_file_that_is_no_picture(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with Camera(f"file:{tmp_path / name}") as camera, pytest.raises(DeviceMissing) as raised:
        camera.latest(seconds=2)
    assert raised.value.code == "cannot-open"
    assert str(raised.value.facts["source"]).endswith(name)


def test_it_opens_by_itself_when_the_file_appears(tmp_path: Path, scene: Picture) -> None:
    path = tmp_path / "later.png"
    with Camera(f"file:{path}") as camera:
        with pytest.raises(DeviceMissing):
            camera.latest(seconds=0.5)
        cv2.imwrite(str(path), scene)
        frame = comes_back(camera)
        path.unlink()
        with pytest.raises(DeviceGone) as raised:
            camera.latest(after=frame.sequence + 100, seconds=3)
    assert raised.value.code == "source-stopped"


@pytest.mark.parametrize(
    "source", ["", "usb", "usb:", "usb:front", "file:", "ftp://camera/", "http:camera", "/x"]
)
def test_a_text_that_names_no_source(source: str) -> None:
    with pytest.raises(DeviceMissing) as raised:
        Camera(source)
    assert raised.value.code == "unknown-source"


def test_a_usb_camera_that_is_not_there() -> None:
    with Camera("usb:63") as camera, pytest.raises(DeviceMissing) as raised:
        camera.latest(seconds=1)
    assert raised.value.code == "cannot-open"


def test_one_colour_is_no_picture(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "green.png"), np.full((240, 320, 3), (0, 135, 0), np.uint8))
    with Camera(f"file:{tmp_path / 'green.png'}") as camera:
        with pytest.raises(DeviceTimeout) as early:
            camera.latest(seconds=0.3)
        time.sleep(2.2)
        with pytest.raises(DeviceProtocolError) as late:
            camera.latest(seconds=0.5)
    assert early.value.code == "no-frame"
    assert late.value.code == "frames-unusable"


def test_closing_while_another_thread_waits(tmp_path: Path, scene: Picture) -> None:
    cv2.imwrite(str(tmp_path / "one.png"), scene)
    camera = Camera(f"file:{tmp_path / 'one.png'}")
    faults = []

    def wait() -> None:
        try:
            camera.latest(after=10**6, seconds=30)
        except DeviceError as fault:
            faults.append(fault.code)

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.3)
    camera.close()
    camera.close()
    waiting.join(5)
    assert faults == ["closed"]


@pytest.mark.logs_expected("devices.camera")
def test_a_driver_that_never_returns_from_a_read(tmp_path: Path, scene: Picture) -> None:
    whole = video(tmp_path / "whole.avi", scene, count=40, rate=60).read_bytes()
    pipe = tmp_path / "hanging.avi"
    os.mkfifo(pipe)
    over = threading.Event()

    def feed() -> None:
        with pipe.open("wb") as end:
            end.write(whole[: len(whole) * 2 // 3])
            end.flush()
            over.wait(30)

    feeder = threading.Thread(target=feed)
    feeder.start()
    camera = Camera(f"file:{pipe}")
    try:
        assert camera.latest(seconds=10).image.shape == (240, 320, 3)
        fault = None
        begun = time.monotonic()
        while fault is None and time.monotonic() - begun < 10:
            try:
                camera.latest(after=10**6, seconds=0.5)
            except DeviceGone as gone:
                fault = gone.code
            except DeviceTimeout:
                pass
        assert fault == "source-stopped"
        begun = time.monotonic()
        camera.close()
        assert time.monotonic() - begun < 3
    finally:
        over.set()
        feeder.join()
        camera.close()
