"""The serial line against the far end of a pseudo-terminal: deadlines, faults, and what they are called."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.errors import DeviceGone, DeviceMissing, DeviceTimeout
from devices.serial_line import SerialLine
from devices.simulated.serial_pair import LineFault, SerialPair

BAUD = 115200


def echo(pair: SerialPair) -> None:
    while True:
        pair.send(pair.receive(1.0))


@pytest.fixture
def pair() -> Iterator[SerialPair]:
    far = SerialPair(BAUD, name="echo", serve=echo)
    yield far
    far.close()


@pytest.fixture
def line(pair: SerialPair) -> Iterator[SerialLine]:
    with SerialLine(pair.path, BAUD, device="tested") as near:
        yield near


def soon(seconds: float = 2.0) -> float:
    return time.monotonic() + seconds


def take(line: SerialLine, count: int) -> bytes:
    got = b""
    while len(got) < count:
        got += line.read(soon())
    return got


def test_bytes_come_back_whole(line: SerialLine) -> None:
    sent = bytes(range(256)) * 2
    line.write(sent, soon())
    assert take(line, len(sent)) == sent


def test_no_faster_than_the_baud_rate(line: SerialLine) -> None:
    began = time.monotonic()
    line.write(bytes(1152), soon())
    take(line, 1152)
    assert time.monotonic() - began >= 1152 * 10 / BAUD


def test_silence_ends_at_the_deadline(line: SerialLine) -> None:
    began = time.monotonic()
    with pytest.raises(DeviceTimeout) as fault:
        line.read(began + 0.2)
    assert 0.2 <= time.monotonic() - began < 1.0
    assert (fault.value.device, fault.value.code) == ("tested", "no-answer")


def test_what_is_there_is_read_even_when_the_deadline_is_past(line: SerialLine) -> None:
    line.write(b"x", soon())
    time.sleep(0.2)
    assert line.read(time.monotonic() - 1) == b"x"


def test_a_port_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DeviceMissing) as fault:
        SerialLine(str(tmp_path / "ttyUSB9"), BAUD, device="tested")
    assert fault.value.code == "port-not-found"
    assert fault.value.facts == {"path": str(tmp_path / "ttyUSB9")}


def test_a_file_is_no_port(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DeviceMissing) as fault:
        SerialLine(str(tmp_path / "file"), BAUD, device="tested")
    assert fault.value.code == "port-unusable"


def test_a_port_in_use(line: SerialLine) -> None:
    with pytest.raises(DeviceMissing) as fault:
        SerialLine(line.path, BAUD, device="tested")
    assert fault.value.code == "port-in-use"


def test_unplugged_then_read(pair: SerialPair, line: SerialLine) -> None:
    pair.close()
    with pytest.raises(DeviceGone) as fault:
        line.read(soon())
    assert fault.value.code == "unplugged"


def test_unplugged_then_written(pair: SerialPair, line: SerialLine) -> None:
    pair.close()
    with pytest.raises(DeviceGone):
        line.write(b"x", soon())


def test_unplugged_while_waiting(pair: SerialPair, line: SerialLine) -> None:
    puller = threading.Timer(0.2, pair.close)
    puller.start()
    began = time.monotonic()
    with pytest.raises(DeviceGone):
        line.read(soon(5))
    puller.join()
    assert time.monotonic() - began < 3


def test_a_closed_line_is_gone(line: SerialLine) -> None:
    line.close()
    line.close()
    with pytest.raises(DeviceGone):
        line.read(soon())


def test_a_port_that_takes_nothing_is_gone() -> None:
    far, near = os.openpty()
    with SerialLine(os.ttyname(near), BAUD, device="tested") as line:
        began = time.monotonic()
        with pytest.raises(DeviceGone):
            line.write(bytes(1 << 20), began + 0.3)
        assert time.monotonic() - began < 2
    os.close(far)
    os.close(near)


def test_drain_stops_when_it_is_quiet(line: SerialLine) -> None:
    line.write(bytes(500), soon())
    time.sleep(0.1)
    assert line.drain(quiet=0.1) == 500
    assert line.drain() == 0


def test_drain_is_bounded_on_a_line_that_never_stops() -> None:
    def babble(pair: SerialPair) -> None:
        while True:
            pair.send(b"\x55" * 64)

    far = SerialPair(BAUD, name="babble", serve=babble)
    with SerialLine(far.path, BAUD, device="tested") as line:
        began = time.monotonic()
        assert line.drain(limit=0.3) > 0
        assert time.monotonic() - began < 2
    far.close()


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (LineFault(2, "corrupt"), b"ab\x9cd"),
        (LineFault(1, "lose", count=2), b"ad"),
        (LineFault(0, "lose"), b"bcd"),
        (LineFault(3, "late", seconds=0.2), b"abcd"),
    ],
)
def test_faults_of_the_far_end(pair: SerialPair, line: SerialLine, fault: LineFault, expected: bytes) -> None:
    pair.arm(fault)
    line.write(b"abcd", soon())
    assert take(line, len(expected)) == expected
    line.write(b"next", soon())
    assert take(line, 4) == b"next"


def test_loss_goes_on_over_several_sendings(pair: SerialPair, line: SerialLine) -> None:
    pair.arm(LineFault(1, "lose", count=4))
    line.write(b"abc", soon())
    assert take(line, 1) == b"a"
    time.sleep(0.1)
    line.write(b"defg", soon())
    assert take(line, 2) == b"fg"


def test_the_far_end_can_fall_silent_for_good(pair: SerialPair, line: SerialLine) -> None:
    pair.arm(LineFault(2, "lose", count=None))
    line.write(b"abcd", soon())
    assert take(line, 2) == b"ab"
    line.write(b"next", soon())
    with pytest.raises(DeviceTimeout):
        line.read(soon(0.3))


def test_the_far_end_can_pull_the_plug(pair: SerialPair, line: SerialLine) -> None:
    pair.arm(LineFault(2, "unplug"))
    line.write(b"abcd", soon())
    with pytest.raises(DeviceGone):
        take(line, 4)
