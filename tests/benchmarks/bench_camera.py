"""Cameras: pictures that arrive with the analysis on, memory over ten thousand of them, from all green to stored.

Run: .venv/bin/python -m tests.benchmarks.bench_camera
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from devices.camera import Frame
from devices.camera.capture import Camera
from devices.camera.opencv import cv2
from devices.simulated.camera import SimulatedCamera
from tests.offices import FIELDS, staffed_office
from ui.demo_portrait import TRAINING_LIMITS, build_studio_portrait
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import examine
from workstation.biometrics.portrait.limits import PortraitLimits
from workstation.workflow.intake import steps as intake
from workstation.workflow.photo import steps

SECONDS = 6.0
FRAMES = 10_000
SHOTS = 5


def preview(picture: NDArray[np.uint8], rate: float, *, judged: bool) -> tuple[float, float, float]:
    """(pictures a second, longest gap in ms, pictures judged a second) of a viewer who asks for each new picture."""
    ending, count = threading.Event(), [0]
    with SimulatedCamera(picture, rate=rate) as simulated, Camera(simulated.url) as camera:
        lane = threading.Thread(target=_judge, args=(camera, ending, count))
        if judged:
            lane.start()
            while not count[0]:
                time.sleep(0.05)
        frame = camera.latest(seconds=5)
        begun, arrived, longest, judged_before = time.monotonic(), 0, 0.0, count[0]
        while time.monotonic() - begun < SECONDS:
            following = camera.latest(after=frame.sequence, seconds=2)
            longest = max(longest, following.taken_at - frame.taken_at)
            frame, arrived = following, arrived + 1
        seconds = time.monotonic() - begun
        looked = count[0] - judged_before
        ending.set()
        if judged:
            lane.join()
    return arrived / seconds, longest * 1000, looked / seconds


def _judge(camera: Camera, ending: threading.Event, count: list[int]) -> None:
    """The analysis lane: always the newest picture, whatever was missed meanwhile."""
    limits, sequence = PortraitLimits.from_policy(TRAINING_LIMITS), -1
    with Detector() as detector:
        while not ending.is_set():
            frame = camera.latest(after=sequence, seconds=2)
            sequence = frame.sequence
            examine(frame.image, limits, detector)
            count[0] += 1


def memory(picture: NDArray[np.uint8]) -> tuple[int, int, int]:
    """(resident MB after a tenth of the pictures, after all of them, pictures)."""
    with SimulatedCamera(picture, rate=400.0) as simulated, Camera(simulated.url) as camera:
        sequence, early = -1, 0
        while sequence < FRAMES:
            sequence = camera.latest(after=sequence, seconds=5).sequence
            if not early and sequence >= FRAMES // 10:
                early = _resident()
        return early, _resident(), sequence


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1_000_000


def stored(picture: NDArray[np.uint8]) -> list[tuple[float, float]]:
    """Milliseconds from the decision to shoot, with three frames at hand, to the committed portrait: by the clock,
    and of the processor, which is the same on a busy machine."""
    taken = []
    _, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
    frame = Frame(picture, 0, 0.0, encoded.tobytes())
    with (
        tempfile.TemporaryDirectory() as scratch,
        staffed_office(Path(scratch) / "office") as staffed,
        Detector() as detector,
    ):
        detector.detect(picture)
        office, clerk = staffed.office, staffed.clerk
        for number in range(SHOTS):
            application = intake.start(office, clerk)
            fields = FIELDS | {"surname_latin": "Phommachanh" + "a" * (number + 1)}
            intake.save_draft(office, clerk, application, fields).result(20)
            intake.complete(office, clerk, application)
            begun, busy = time.monotonic(), time.process_time()
            steps.take_best(office, clerk, application, (frame,) * 3, detector)
            spent = time.monotonic() - begun, time.process_time() - busy
            taken.append((spent[0] * 1000, spent[1] * 1000))
    return taken


def main() -> None:
    picture = build_studio_portrait()
    print("1280 x 720    source/s  arrived/s  share  longest gap ms  judged/s")
    for rate in (15.0, 25.0, 30.0):
        for judged in (False, True):
            arrived, gap, looked = preview(picture, rate, judged=judged)
            print(
                f"{'with analysis' if judged else 'alone':<13} {rate:8.0f}  {arrived:9.1f}  {arrived / rate:5.2f}"
                f"  {gap:14.0f}  {looked:8.1f}"
            )
    early, late, pictures = memory(np.asarray(cv2.resize(picture, (320, 180)), np.uint8))
    print(f"memory: {early} MB after {FRAMES // 10} pictures, {late} MB after {pictures}")
    times = stored(picture)
    clock, processor = ([entry[part] for entry in times] for part in (0, 1))
    print(
        f"all green to stored: median {statistics.median(clock):.0f} ms, longest {max(clock):.0f} ms "
        f"(processor {statistics.median(processor):.0f} ms)"
    )


if __name__ == "__main__":
    main()
