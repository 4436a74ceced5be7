"""`simulate camera` as its own program: prints its address, shows the picture, ends when told."""

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from devices.camera.capture import Camera
from devices.camera.opencv import cv2

COMMAND = """
import argparse, sys
from ui.commands import simulate_camera
parser = argparse.ArgumentParser()
simulate_camera.add(parser.add_subparsers())
args = parser.parse_args(sys.argv[1:])
raise SystemExit(args.run(args))
"""


def test_serves_until_stopped(tmp_path: Path, scene: NDArray[np.uint8]) -> None:
    cv2.imwrite(str(tmp_path / "scene.png"), scene)
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            COMMAND,
            "camera",
            "--image",
            tmp_path / "scene.png",
            "--listen",
            "127.0.0.1:0",
        ],
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        try:
            with Camera(program.stdout.readline().strip()) as camera:
                frame = camera.latest(seconds=10)
            assert np.abs(frame.image.astype(int) - scene).mean() < 8
            program.send_signal(signal.SIGTERM)
            assert program.wait(10) == 0
        finally:
            program.kill()


def test_a_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "camera", "--image", tmp_path / "text.png"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a picture" in done.stderr
