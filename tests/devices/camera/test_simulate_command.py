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


def test_a_script_is_played_line_by_line(tmp_path: Path, scene: NDArray[np.uint8]) -> None:
    cv2.imwrite(str(tmp_path / "scene.png"), scene)
    (tmp_path / "sitting.jsonl").write_text(
        '{"picture": "scene.png", "seconds": 0.3}\n{"size": [640, 480], "darkness": 0.5, "seconds": 0.3}\n'
    )
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "camera", "--script", tmp_path / "sitting.jsonl"],
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        try:
            url = program.stdout.readline().strip()
            assert [program.stdout.readline().strip() for _ in range(2)] == ["step 1 of 2", "step 2 of 2"]
            with Camera(url) as camera:
                frame = camera.latest(seconds=10)
            assert frame.image.shape == (480, 640, 3)
            assert abs(float(frame.image.mean()) - float(scene.mean()) / 2) < 4
            program.send_signal(signal.SIGINT)
            assert program.wait(10) == 0
        finally:
            program.kill()


def test_a_script_that_cannot_be_played_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('\n{"seconds": 1}\n')
    for script, said in (("bad.jsonl", "line 2: no picture"), ("none.jsonl", "not a file")):
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "camera", "--script", tmp_path / script],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr
