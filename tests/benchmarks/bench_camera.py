"""Preview: pictures per second that arrive, against the source's own rate, at 1280x720 over HTTP.

Run: .venv/bin/python -m tests.benchmarks.bench_camera
"""

import time

import numpy as np

from devices.camera.capture import Camera
from devices.camera.opencv import cv2
from devices.simulated.camera import SimulatedCamera

SECONDS = 4.0


def preview(rate: float) -> tuple[float, float]:
    """(pictures per second, longest gap in ms) seen by a viewer who asks for each new picture."""
    blocks = np.random.default_rng(3).integers(30, 220, (36, 64, 3), dtype=np.uint8)
    scene = np.asarray(cv2.resize(blocks, (1280, 720), interpolation=cv2.INTER_CUBIC), np.uint8)
    with SimulatedCamera(scene, rate=rate) as simulated, Camera(simulated.url) as camera:
        frame = camera.latest(seconds=5)
        begun, count, longest = time.monotonic(), 0, 0.0
        while time.monotonic() - begun < SECONDS:
            following = camera.latest(after=frame.sequence, seconds=2)
            longest = max(longest, following.taken_at - frame.taken_at)
            frame, count = following, count + 1
        return count / (time.monotonic() - begun), longest * 1000


def main() -> None:
    print("source/s  arrived/s  longest gap ms")
    for rate in (15.0, 25.0, 30.0, 60.0):
        arrived, gap = preview(rate)
        print(f"{rate:8.0f}  {arrived:9.1f}  {gap:14.0f}")


if __name__ == "__main__":
    main()
