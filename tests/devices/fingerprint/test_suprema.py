"""The SFM sensor against the simulated module: real bytes, harmed in every way a line can harm them."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from devices.errors import (
    DeviceCancelled,
    DeviceGone,
    DeviceMissing,
    DeviceProtocolError,
    DeviceRefused,
    DeviceTimeout,
)
from devices.fingerprint import FingerImage
from devices.fingerprint.frames import Flag, Packet, PacketReader
from devices.fingerprint.suprema import SupremaSensor
from devices.simulated.serial_pair import LineFault, SerialPair
from devices.simulated.sfm import SimulatedSfm
from devices.simulated.sfm_images import HEIGHT, WIDTH, FingerImages

# Far above any real port, so that a test takes what the protocol takes and not what the wire takes.
FAST = 50_000_000
BAUD = 3_000_000
GAP = 0.25
# The module's answers before the image: two parameters written, finger seen, image announced, first header.
BEFORE_IMAGE = 4 * 13
IMAGE_STREAM = BEFORE_IMAGE + 28 + WIDTH * HEIGHT + 22 * 17


def finger(seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH), dtype=np.uint8)


@pytest.fixture
def module() -> Iterator[SimulatedSfm]:
    simulated = SimulatedSfm(FingerImages(None), baud=FAST, settle=0.0)
    yield simulated
    simulated.close()


@pytest.fixture
def sensor(module: SimulatedSfm) -> Iterator[SupremaSensor]:
    opened = SupremaSensor.open(module.path, BAUD, gap=GAP)
    yield opened
    opened.close()


def test_who_it_is(sensor: SupremaSensor) -> None:
    identity = sensor.identify()
    assert (identity.model, identity.serial, identity.firmware) == ("Suprema SFM OP", "4021001", "V17T")


def test_a_finger_arrives_pixel_for_pixel(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    module.images.place(finger(1))
    steps: list[tuple[int, int]] = []
    image = sensor.capture(seconds=3, progress=lambda done, total: steps.append((done, total)))
    assert image == FingerImage(finger(1).tobytes(), WIDTH, HEIGHT, 500)
    total = 28 + WIDTH * HEIGHT
    assert [done for done, _ in steps] == sorted({done for done, _ in steps})
    assert steps[-1] == (total, total)


def test_the_sample_of_a_real_module(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    sample = Path(__file__).parents[3].parent / "shared/samples/serial_fingerprint/sfm_fp_image.raw"
    if not sample.exists():
        pytest.skip("shared samples are not beside this checkout")
    raw = sample.read_bytes()
    module.images.place(np.frombuffer(raw, np.uint8).reshape(HEIGHT, WIDTH))
    assert sensor.capture(seconds=3).pixels == raw


def test_as_slow_as_the_wire() -> None:
    baud = 921_600
    module = SimulatedSfm(FingerImages(None), baud=baud, settle=0.0)
    sensor = SupremaSensor.open(module.path, baud)
    module.images.place(finger(2))
    began = time.monotonic()
    assert sensor.capture(seconds=3).pixels == finger(2).tobytes()
    assert time.monotonic() - began >= IMAGE_STREAM * 10 / baud
    sensor.close()
    module.close()


def test_a_finger_placed_late(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    placing = threading.Timer(0.5, module.images.place, [finger(3)])
    placing.start()
    assert sensor.capture(seconds=5).pixels == finger(3).tobytes()
    placing.join()


def test_no_finger(sensor: SupremaSensor) -> None:
    began = time.monotonic()
    with pytest.raises(DeviceTimeout) as fault:
        sensor.capture(seconds=1)
    assert fault.value.code == "no-finger"
    assert 1 <= time.monotonic() - began < 4


def test_cancelled_and_then_used_again(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    began = time.monotonic()
    with pytest.raises(DeviceCancelled):
        sensor.capture(seconds=30, cancelled=lambda: time.monotonic() - began > 0.3)
    assert time.monotonic() - began < 3
    module.images.place(finger(4))
    assert sensor.capture(seconds=3).pixels == finger(4).tobytes()


def test_cancelled_in_the_middle_of_the_image(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    module.images.place(finger(5))
    seen: list[int] = []
    with pytest.raises(DeviceCancelled):
        sensor.capture(seconds=3, progress=lambda done, _: seen.append(done), cancelled=lambda: len(seen) > 4)
    module.images.place(finger(6))
    assert sensor.capture(seconds=3).pixels == finger(6).tobytes()


@pytest.mark.parametrize("at", [*range(13), *range(26, BEFORE_IMAGE + 13)])
def test_every_byte_before_the_image_harmed(at: int, module: SimulatedSfm, sensor: SupremaSensor) -> None:
    module.images.place(finger(7))
    module.images.place(finger(8))
    module.arm(LineFault(at, "corrupt"))
    pixels = sensor.capture(seconds=5).pixels
    assert pixels in (finger(7).tobytes(), finger(8).tobytes())


SOME_PLACES = sorted(np.random.default_rng(3).integers(BEFORE_IMAGE, IMAGE_STREAM, 4).tolist())


@pytest.mark.parametrize("at", SOME_PLACES)
@pytest.mark.parametrize(
    "harm",
    [
        lambda at: LineFault(at, "corrupt"),
        lambda at: LineFault(at, "lose"),
        lambda at: LineFault(at, "lose", count=900),
        lambda at: LineFault(at, "late", seconds=GAP / 3),
        lambda at: LineFault(at, "late", seconds=GAP * 1.5),
    ],
    ids=["corrupt", "one lost", "many lost", "late", "too late"],
)
def test_an_image_harmed_once_is_mended(
    at: int, harm: Callable[[int], LineFault], module: SimulatedSfm, sensor: SupremaSensor
) -> None:
    module.images.place(finger(9))
    module.arm(harm(at))
    assert sensor.capture(seconds=3).pixels == finger(9).tobytes()


def test_a_module_that_sends_nothing_twice() -> None:
    module = SimulatedSfm(FingerImages(None), baud=FAST, settle=0.0, resends=False)
    sensor = SupremaSensor.open(module.path, BAUD, gap=GAP)
    module.images.place(finger(10))
    module.arm(LineFault(30_000, "corrupt"), LineFault(50_000, "lose", count=40))
    assert sensor.capture(seconds=3).pixels == finger(10).tobytes()
    sensor.close()
    module.close()


def test_silence_in_the_middle(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    module.images.place(finger(11))
    module.arm(LineFault(30_000, "lose", count=None))
    began = time.monotonic()
    with pytest.raises(DeviceTimeout) as fault:
        sensor.capture(seconds=3)
    assert fault.value.code == "no-answer"
    assert time.monotonic() - began < 10


def test_silence_from_the_start(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    module.arm(LineFault(0, "lose", count=None))
    began = time.monotonic()
    with pytest.raises(DeviceTimeout) as fault:
        sensor.identify()
    assert fault.value.code == "no-answer"
    assert time.monotonic() - began < 5


def test_harm_without_end(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    module.images.place(finger(12))
    module.arm(*(LineFault(at, "corrupt") for at in range(26 + 100, 2_000_000, 1000)))
    began = time.monotonic()
    with pytest.raises(DeviceProtocolError) as fault:
        sensor.capture(seconds=3)
    assert fault.value.code == "garbled"
    assert time.monotonic() - began < 15


def test_unplugged_in_the_middle(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    module.images.place(finger(13))
    module.arm(LineFault(40_000, "unplug"))
    with pytest.raises(DeviceGone):
        sensor.capture(seconds=3)


def test_unplugged_while_waiting(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    puller = threading.Timer(0.3, module.close)
    puller.start()
    with pytest.raises(DeviceGone):
        sensor.capture(seconds=20)
    puller.join()


def test_the_last_finger_is_never_given_for_this_one(module: SimulatedSfm, sensor: SupremaSensor) -> None:
    module.images.place(finger(14))
    sensor.capture(seconds=3)
    # Nothing of the second scan is heard, so nothing proves that it happened.
    module.arm(LineFault(26, "lose", count=13 + 13 + 13 + 4096 + 4))
    module.images.place(finger(15))
    placing = threading.Timer(3.0, module.images.place, [finger(16)])
    placing.start()
    pixels = sensor.capture(seconds=8).pixels
    placing.join()
    assert pixels == finger(16).tobytes()


def test_no_sensor_at_this_port(tmp_path: Path) -> None:
    with pytest.raises(DeviceMissing):
        SupremaSensor.open(str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("flag", "code"),
    [(Flag.UNSUPPORTED, "unsupported"), (Flag.NOT_FOUND, "module-error"), (Flag.BUSY, "busy")],
)
def test_a_module_that_refuses(flag: Flag, code: str) -> None:
    def refuse(pair: SerialPair) -> None:
        reader = PacketReader()
        while True:
            reader.feed(pair.receive(1.0))
            while (request := reader.next_packet()) is not None:
                pair.send(Packet(request.command, flag=flag).encode())

    far = SerialPair(FAST, name="refusing", serve=refuse)
    sensor = SupremaSensor.open(far.path, BAUD, gap=GAP)
    with pytest.raises(DeviceRefused) as fault:
        sensor.identify()
    assert fault.value.code == code
    sensor.close()
    far.close()


def test_something_else_on_the_port() -> None:
    def chatter(pair: SerialPair) -> None:
        while True:
            pair.send(b"$GPGGA,not,a,finger@@@@@@@@@@@@@\r\n")

    far = SerialPair(BAUD, name="chatter", serve=chatter)
    sensor = SupremaSensor.open(far.path, BAUD, gap=0.2)
    began = time.monotonic()
    with pytest.raises(DeviceProtocolError) as fault:
        sensor.identify()
    assert fault.value.code == "garbled"
    assert time.monotonic() - began < 20
    sensor.close()
    far.close()


def save(folder: Path, name: str, seed: int) -> None:
    Image.fromarray(finger(seed)).save(folder / name)


def test_pictures_of_a_folder_in_name_order(tmp_path: Path) -> None:
    save(tmp_path, "b.png", 21)
    save(tmp_path, "a.png", 20)
    (tmp_path / "c.png").write_bytes(b"half a picture")
    (tmp_path / "notes.txt").write_text("no picture")
    images = FingerImages(tmp_path)
    taken = [images.take() for _ in range(3)]
    assert [t is not None and t.tobytes() for t in taken] == [finger(n).tobytes() for n in (20, 21, 20)]


def test_a_picture_asked_for_by_name(tmp_path: Path) -> None:
    save(tmp_path, "left_thumb.png", 22)
    save(tmp_path, "a.png", 20)
    images = FingerImages(tmp_path, in_turn=False)
    assert images.take() is None
    (tmp_path / "next").write_text("left_thumb.png\n")
    taken = images.take()
    assert taken is not None
    assert taken.tobytes() == finger(22).tobytes()
    assert images.take() is None
    (tmp_path / "next").write_text("left_thu")
    assert images.take() is None
    assert (tmp_path / "next").exists()


@pytest.mark.parametrize("size", [(100, 50), (400, 500), (HEIGHT, WIDTH)])
def test_pictures_of_other_sizes_fit(size: tuple[int, int]) -> None:
    images = FingerImages(None)
    images.place(np.zeros(size, np.uint8))
    taken = images.take()
    assert taken is not None
    assert taken.shape == (HEIGHT, WIDTH)
    assert taken[HEIGHT // 2, WIDTH // 2] == 0
