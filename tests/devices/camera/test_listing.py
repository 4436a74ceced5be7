"""Cameras by name and stable id: the udev link, alike ones told apart, and found again under another index."""

from pathlib import Path

import pytest
from cv2_enumerate_cameras.camera_info import CameraInfo

from devices.camera.capture import Camera
from devices.camera.listing import cameras, index_of, listed
from devices.camera.opencv import cv2
from devices.errors import DeviceMissing


def seen(index: int, name: str = "HD Webcam C270", vid: int | None = 0x046D) -> CameraInfo:
    return CameraInfo(index, name, f"/dev/video{index}", vid, 0x0825, cv2.CAP_V4L2)


def plugged(folder: Path, **links: int) -> Path:
    by_id = folder / "by-id"
    by_id.mkdir(exist_ok=True)
    for old in by_id.iterdir():
        old.unlink()
    for name, index in links.items():
        (by_id / name).symlink_to(f"../../video{index}")
    return by_id


def test_each_camera_has_its_name_and_the_link_of_its_serial_number(tmp_path: Path) -> None:
    by_id = plugged(tmp_path, usb_C270_A1_index0=2, usb_Brio_B2_index0=0)
    found = listed([seen(2), seen(0, "Brio")], by_id)
    assert [(camera.name, camera.source, camera.index) for camera in found] == [
        ("Brio", "camera:usb_Brio_B2_index0", 0),
        ("HD Webcam C270", "camera:usb_C270_A1_index0", 2),
    ]


def test_it_is_found_again_under_another_index(tmp_path: Path) -> None:
    before = listed([seen(0)], plugged(tmp_path, usb_C270_A1_index0=0))
    identity = before[0].source.removeprefix("camera:")
    after = listed([seen(0, "Brio"), seen(3)], plugged(tmp_path, usb_Brio_B2_index0=0, usb_C270_A1_index0=3))
    assert index_of(identity, after) == 3
    assert index_of(identity, listed([seen(0, "Brio")], plugged(tmp_path, usb_Brio_B2_index0=0))) is None


def test_without_a_serial_number_two_alike_are_told_apart(tmp_path: Path) -> None:
    found = listed([seen(4), seen(1)], tmp_path / "nothing")
    assert [camera.source for camera in found] == [
        "camera:046d:0825:HD Webcam C270",
        "camera:046d:0825:HD Webcam C270#2",
    ]
    assert [camera.index for camera in found] == [1, 4]
    assert index_of("046d:0825:HD Webcam C270#2", found) == 4


def test_a_link_that_leads_nowhere_is_passed_over(tmp_path: Path) -> None:
    by_id = plugged(tmp_path, usb_C270_A1_index0=0)
    (by_id / "broken").symlink_to("../../nothing-of-a-camera")
    (found,) = listed([seen(7, vid=None)], by_id)
    assert found.source == "camera:0000:0825:HD Webcam C270"


def test_this_computer_can_be_asked() -> None:
    assert all(camera.source.startswith("camera:") and camera.name for camera in cameras())


def test_a_camera_that_is_not_plugged_in() -> None:
    with Camera("camera:usb-nobody-has-this-index0") as camera, pytest.raises(DeviceMissing) as raised:
        camera.latest(seconds=2)
    assert raised.value.code == "cannot-open"
