"""The desk: devices opened on first use, their lights, and opening again after they went away."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import pytest
from pytestqt.qtbot import QtBot

from devices.errors import DeviceError, DeviceGone, DeviceMissing, DeviceTimeout
from devices.simulated.finger_ridges import finger
from devices.simulated.pn532 import SimulatedPn532
from devices.simulated.sfm import SimulatedSfm
from printing.errors import PrinterError
from ui.desk import Desk
from workstation.settings import Settings


@pytest.fixture
def lights(qtbot: QtBot) -> list[tuple[str, str]]:
    return []


@pytest.fixture
def fingers(tmp_path: Path) -> Path:
    folder = tmp_path / "fingers"
    folder.mkdir()
    cv2.imwrite(str(folder / "2-0.png"), finger(1))
    return folder


def watched(settings: Settings, lights: list[tuple[str, str]]) -> Desk:
    desk = Desk(settings)
    desk.changed.connect(lambda name, state: lights.append((name, state)))
    return desk


def test_a_sensor_that_is_unplugged_and_comes_back(fingers: Path, lights: list[tuple[str, str]]) -> None:
    sensor = SimulatedSfm.of_folder(fingers, baud=921600)
    desk = watched(Settings(fingerprint_port=sensor.path, fingerprint_baud=921600), lights)
    assert desk.fingerprint_sensor() is desk.fingerprint_sensor()
    desk.look("fingerprint")
    assert desk.fingerprint_sensor().capture(seconds=5).width > 0
    assert lights == [("fingerprint", "working"), ("fingerprint", "ready")] * 2

    sensor.close()
    with pytest.raises(DeviceGone):
        desk.fingerprint_sensor().capture(seconds=5)
    assert desk.state("fingerprint") == "gone"
    with pytest.raises(DeviceMissing):
        desk.fingerprint_sensor()
    assert desk.state("fingerprint") == "missing"

    with closing(SimulatedSfm.of_folder(fingers, baud=921600)) as again:
        desk.settings = replace(desk.settings, fingerprint_port=again.path)
        assert desk.fingerprint_sensor().capture(seconds=5).width > 0
        assert desk.state("fingerprint") == "ready"
        desk.close()


def test_a_card_that_does_not_come_leaves_the_light_green(lights: list[tuple[str, str]]) -> None:
    with SimulatedPn532() as reader:
        desk = watched(Settings(card_reader_port=reader.path), lights)
        held = desk.card_reader()
        with pytest.raises(DeviceTimeout, match="no-card"):
            held.wait_for_card(seconds=0.3)
        assert desk.state("card_reader") == "ready"
        assert desk.card_reader() is held
        desk.close()


def test_a_silent_reader_is_opened_anew(lights: list[tuple[str, str]]) -> None:
    with SimulatedPn532() as reader:
        desk = watched(Settings(card_reader_port=reader.path), lights)
        held = desk.card_reader()
        reader.fall_silent()
        with pytest.raises(DeviceError):
            held.identify()
        assert desk.state("card_reader") == "gone"
        reader.fall_silent(False)
        assert desk.card_reader() is not held
        assert desk.card_reader().identify().model == "PN532"
        desk.close()


def test_a_camera_shared_by_person_and_card(fingers: Path, lights: list[tuple[str, str]]) -> None:
    still = f"file:{fingers / '2-0.png'}"
    desk = watched(Settings(camera=still, card_camera=still), lights)
    assert desk.camera() is desk.card_camera()
    assert desk.camera().latest(seconds=5).image.shape[2] == 3
    assert lights == [("camera", "ready")]
    desk.release("camera")
    assert desk.camera().latest(seconds=5).image.shape[2] == 3
    desk.close()


def test_nothing_is_set_up(lights: list[tuple[str, str]]) -> None:
    desk = watched(Settings(camera=""), lights)
    assert desk.state("camera") == "unused"
    for opening in (desk.camera, desk.card_camera, desk.fingerprint_sensor, desk.card_reader, desk.printer):
        with pytest.raises(DeviceMissing, match="not-set-up"):
            opening()
    assert {state for _name, state in lights} == {"missing"}
    desk.close()


def test_a_printer_that_is_not_there(lights: list[tuple[str, str]]) -> None:
    desk = watched(Settings(printer_uri="ipp://127.0.0.1:9/none"), lights)
    with pytest.raises(PrinterError):
        desk.printer().state()
    assert desk.state("printer") == "missing"
    desk.close()
