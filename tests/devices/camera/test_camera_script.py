"""The scripted sitting: what each line makes of the picture, faults of the script named with their line, and played."""

import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.camera.capture import Camera
from devices.camera.opencv import cv2
from devices.errors import DeviceError
from devices.simulated.camera import SimulatedCamera
from devices.simulated.camera_script import ScriptError, play, read_script

Picture = NDArray[np.uint8]

SITTING = """
# somebody sits down
{"picture": "scene.png", "seconds": 1.5}
{"rotation": 90, "seconds": 1}
{"darkness": 0.5, "blur": 4, "seconds": 1}
{"fault": "green", "seconds": 1}
{"size": [640, 480], "seconds": 1}
{"seconds": 1}
"""


@pytest.fixture
def folder(tmp_path: Path, scene: Picture) -> Path:
    cv2.imwrite(str(tmp_path / "scene.png"), scene)
    return tmp_path


def test_each_line_is_applied_to_the_picture(folder: Path, scene: Picture) -> None:
    plain, turned, dark, green, large, after = read_script(SITTING, folder)
    assert np.array_equal(plain.image, scene)
    assert turned.image.shape == scene.shape
    # A quarter turn against the clock brings the middle of the right edge to the middle of the top.
    assert np.abs(turned.image[5, 160].astype(int) - scene[120, 275]).max() < 40
    assert abs(float(dark.image.mean()) - float(scene.mean()) / 2) < 2
    assert cv2.Laplacian(dark.image, cv2.CV_64F).std() < cv2.Laplacian(scene, cv2.CV_64F).std() / 4
    assert (green.fault, large.fault) == ("green", None)
    assert large.image.shape == after.image.shape == (480, 640, 3)
    assert [step.seconds for step in (plain, turned)] == [1.5, 1.0]
    again = read_script(SITTING, folder)
    assert all(
        np.array_equal(one.image, two.image)
        for one, two in zip(again, read_script(SITTING, folder), strict=True)
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not JSON"),
        ("[" * 5000, "not JSON"),
        ("[1]", "not an object"),
        ('{"seconds": 1, "colour": "red"}', "unknown: colour"),
        ('{"seconds": "long"}', "seconds"),
        ("{}", "seconds"),
        ('{"seconds": 1, "darkness": 2}', "darkness"),
        ('{"seconds": 1, "blur": true}', "blur"),
        ('{"seconds": 1, "size": [1, 1]}', "size"),
        ('{"seconds": 1, "size": [640.0, 480]}', "size"),
        ('{"seconds": 1, "fault": "fire"}', "fault is none of stall"),
        ('{"seconds": 1, "picture": "nobody.png"}', "nobody.png"),
        ('{"seconds": 1, "picture": 3}', "no file name"),
    ],
)
def test_a_line_that_cannot_be_played_is_named(folder: Path, line: str, fault: str) -> None:
    with pytest.raises(ScriptError, match=fault) as raised:
        read_script(f'{{"picture": "scene.png", "seconds": 1}}\n\n{line}\n', folder)
    assert raised.value.line == 3


def test_a_script_needs_a_picture_and_a_step(folder: Path) -> None:
    with pytest.raises(ScriptError, match="no picture is named"):
        read_script('{"seconds": 1}', folder)
    with pytest.raises(ScriptError, match="nothing to play"):
        read_script("# only a remark\n", folder)


def test_a_camera_shows_the_sitting(folder: Path, scene: Picture) -> None:
    script = """
    {"picture": "scene.png", "seconds": 1.5}
    {"darkness": 0.6, "seconds": 1.5}
    {"fault": "disconnect", "seconds": 1.5}
    {"seconds": 1.5}
    """
    steps = read_script(script, folder)
    seen: list[str] = []

    with SimulatedCamera(scene) as simulated, Camera(simulated.url) as camera:
        camera.latest(seconds=5)

        def wait(seconds: float) -> bool:
            end, sequence = time.monotonic() + seconds, -1
            while time.monotonic() < end:
                try:
                    frame = camera.latest(after=sequence, seconds=0.3)
                except DeviceError as fault:
                    seen.append(fault.code)
                    continue
                sequence = frame.sequence
                seen.append("dark" if frame.image.mean() < scene.mean() * 0.6 else "bright")
            return False

        began: list[int] = []
        assert play(simulated, steps, wait, began.append)
    order = [code for number, code in enumerate(seen) if code != "no-frame" and code not in seen[:number]]
    assert order[:2] == ["bright", "dark"]
    assert "source-stopped" in order
    assert seen[-1] == "bright"
    assert began == [0, 1, 2, 3]


def test_playing_ends_when_it_is_told(folder: Path, scene: Picture) -> None:
    steps = read_script(SITTING, folder)
    with SimulatedCamera(scene) as simulated:
        began: list[int] = []
        assert not play(simulated, steps, lambda _seconds: len(began) > 1, began.append)
    assert began == [0, 1]
