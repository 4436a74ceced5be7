"""Portrait analysis: time of one picture against mesh and segmentation alone, and the confusion table.

Run: .venv/bin/python -m tests.benchmarks.bench_portrait
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from tests.workstation.biometrics.portrait.confusion import LIMITS, as_text, table
from tests.workstation.biometrics.portrait.harms import Scene
from ui.demo_portrait import build_studio_portrait
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import examine
from workstation.biometrics.portrait.landmarks import Picture
from workstation.biometrics.portrait.mediapipe_engine import MediapipeEngine

ROUNDS = 60


def speed(picture: Picture, detector: Detector) -> None:
    """One run, the three alternating, so that whatever else the machine does falls on all of them."""
    found = detector.detect(picture)
    engine = MediapipeEngine()
    try:

        def alone() -> None:
            engine.find_landmarks(picture, found.faces[0], 1.0)
            engine.find_person(found.small)

        works: dict[str, Callable[[], object]] = {
            "mesh and segmentation alone": alone,
            "with finding the face": lambda: detector.detect(picture),
            "whole analysis": lambda: examine(picture, LIMITS, detector),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(ROUNDS):
            for name, work in works.items():
                begun = time.perf_counter()
                work()
                times[name].append(1000 * (time.perf_counter() - begun))
    finally:
        engine.close()
    base = statistics.median(times["mesh and segmentation alone"])
    print("1280x720".ljust(30) + "median ms  least ms  ratio")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"{name:<30}{middle:9.1f}  {min(taken):8.1f}  {middle / base:5.2f}")


def main() -> None:
    picture = build_studio_portrait()
    with Detector() as detector:
        speed(picture, detector)
        found = detector.detect(picture).landmarks
        person = detector.segment(picture)
        if found is None or found.mesh is None or person is None:
            raise SystemExit("the mesh did not find the studio picture's face")
        print()
        print("Harm at full strength (rows) by requirement: 1 is the way from good to red; [own].")
        print(as_text(table(Scene(picture, found.mesh, person), detector)))


if __name__ == "__main__":
    main()
