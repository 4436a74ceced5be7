"""The PN532 driver against a reader on a pseudo-terminal, with every fault a line can have."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from devices.card_reader import CardFound, CardReader, ReaderIdentity
from devices.card_reader.pn532 import Pn532
from devices.errors import (
    DeviceCancelled,
    DeviceError,
    DeviceGone,
    DeviceMissing,
    DeviceProtocolError,
    DeviceRefused,
    DeviceTimeout,
)
from devices.simulated.pn532 import SimulatedPn532
from devices.simulated.serial_pair import LineFault, SerialPair

UID = bytes.fromhex("04a1b2c3d4e5f6")
FOUND = CardFound(UID, b"\x00\x44", 0x20)


@pytest.fixture
def simulated() -> Iterator[SimulatedPn532]:
    with SimulatedPn532() as simulated:
        yield simulated


@pytest.fixture
def reader(simulated: SimulatedPn532) -> Iterator[Pn532]:
    with Pn532(simulated.path) as reader:
        yield reader


def test_says_who_it_is(reader: CardReader) -> None:
    assert reader.identify() == ReaderIdentity("PN532", "1.6")


def test_reads_a_card_that_lies_there(simulated: SimulatedPn532, reader: CardReader) -> None:
    simulated.put_card(UID)
    assert reader.wait_for_card(seconds=5) == FOUND
    assert reader.wait_for_card(seconds=5) == FOUND


def test_reads_a_card_that_comes_later(simulated: SimulatedPn532, reader: CardReader) -> None:
    timer = threading.Timer(0.4, simulated.put_card, [UID])
    timer.start()
    assert reader.wait_for_card(seconds=5) == FOUND
    timer.join()


def test_no_card_in_time(simulated: SimulatedPn532, reader: CardReader) -> None:
    begun = time.monotonic()
    with pytest.raises(DeviceTimeout) as raised:
        reader.wait_for_card(seconds=0.5)
    assert raised.value.code == "no-card"
    assert time.monotonic() - begun < 2
    simulated.put_card(UID)
    assert reader.wait_for_card(seconds=5) == FOUND


def test_two_cards_are_refused(simulated: SimulatedPn532, reader: CardReader) -> None:
    simulated.put_card(UID, bytes.fromhex("04ffeeddccbbaa"))
    with pytest.raises(DeviceRefused) as raised:
        reader.wait_for_card(seconds=5)
    assert raised.value.code == "several-cards"
    simulated.put_card(UID)
    assert reader.wait_for_card(seconds=5) == FOUND


def test_a_random_uid_is_known_as_one() -> None:
    assert CardFound(bytes.fromhex("08123456"), b"\x00\x44", 0x20).uid_is_random
    assert not FOUND.uid_is_random


def test_cancel_leaves_the_reader_usable(simulated: SimulatedPn532, reader: CardReader) -> None:
    cancel = threading.Event()
    timer = threading.Timer(0.2, cancel.set)
    timer.start()
    begun = time.monotonic()
    with pytest.raises(DeviceCancelled):
        reader.wait_for_card(seconds=30, cancelled=cancel.is_set)
    timer.join()
    assert time.monotonic() - begun < 2
    simulated.put_card(UID)
    assert reader.wait_for_card(seconds=5) == FOUND


def test_a_damaged_answer_is_repeated_not_measured_anew(
    simulated: SimulatedPn532, reader: CardReader
) -> None:
    simulated.put_card(UID)
    simulated.arm(LineFault(6, "late", seconds=0.9), LineFault(20, "corrupt"))
    timer = threading.Timer(0.6, simulated.take_card)
    timer.start()
    assert reader.wait_for_card(seconds=5) == FOUND
    timer.join()


# ACK (6) and the answer with one card (0000ff LEN LCS d54b01 + 5 + 7 + 5 bytes DCS 00 = 27 bytes).
ANSWER_BYTES = 33


PLACES = range(ANSWER_BYTES)
ANSWER_FAULTS = [
    *(LineFault(place, "corrupt") for place in PLACES),
    *(LineFault(place, "lose") for place in PLACES),
    *(LineFault(place, "lose", count=ANSWER_BYTES - place) for place in (0, 2, 6, 7, 8, 9, 12, 30)),
]


def test_a_fault_at_any_byte_of_an_answer_is_mended() -> None:
    def read_through(faults: list[LineFault]) -> list[tuple[LineFault, CardFound]]:
        with SimulatedPn532(uid=UID) as simulated, Pn532(simulated.path) as reader:
            read = []
            for fault in faults:
                simulated.arm(fault)
                read.append((fault, reader.wait_for_card(seconds=10)))
            return read

    # Nearly all of it is waiting, so several readers wait side by side.
    lanes = 8
    with ThreadPoolExecutor(lanes) as lane:
        for read in lane.map(read_through, [ANSWER_FAULTS[start::lanes] for start in range(lanes)]):
            assert [fault for fault, found in read if found != FOUND] == []


def test_a_late_byte_is_mended(simulated: SimulatedPn532, reader: CardReader) -> None:
    simulated.put_card(UID)
    for place in (0, 3, 6, 9, 20):
        simulated.arm(LineFault(place, "late", seconds=0.3))
        assert reader.wait_for_card(seconds=5) == FOUND, place


@pytest.mark.parametrize("place", [0, 5, 6, 12, 32])
def test_unplugged_in_the_middle(simulated: SimulatedPn532, reader: CardReader, place: int) -> None:
    simulated.put_card(UID)
    simulated.arm(LineFault(place, "unplug"))
    begun = time.monotonic()
    with pytest.raises(DeviceGone) as raised:
        reader.wait_for_card(seconds=5)
    assert raised.value.device == "card_reader"
    assert time.monotonic() - begun < 5


def test_answers_always_damaged_end_in_a_named_error(simulated: SimulatedPn532, reader: CardReader) -> None:
    simulated.put_card(UID)
    simulated.arm(*(LineFault(at, "corrupt") for at in range(9, 2000, 10)))
    with pytest.raises(DeviceProtocolError) as raised:
        reader.wait_for_card(seconds=5)
    assert raised.value.code == "answer-damaged"
    simulated.arm()
    assert reader.wait_for_card(seconds=5) == FOUND


def test_a_reader_gone_silent_is_not_called_an_empty_field(
    simulated: SimulatedPn532, reader: CardReader
) -> None:
    simulated.fall_silent()
    with pytest.raises(DeviceTimeout) as raised:
        reader.wait_for_card(seconds=3)
    assert raised.value.code == "no-answer"
    simulated.fall_silent(False)
    simulated.put_card(UID)
    assert reader.wait_for_card(seconds=5) == FOUND


def test_nothing_answers() -> None:
    def deaf(pair: SerialPair) -> None:
        while True:
            pair.receive(0.5)

    pair = SerialPair(115200, name="deaf", serve=deaf)
    try:
        with pytest.raises(DeviceMissing) as raised:
            Pn532(pair.path)
    finally:
        pair.close()
    assert raised.value.code == "not-answering"
    assert raised.value.facts["because"] == "no-answer"


def test_a_device_that_never_stops_talking() -> None:
    def chatter(pair: SerialPair) -> None:
        while True:
            pair.receive(0)
            pair.send(b"\x00\xff\x0a\x11\x42" * 20)

    pair = SerialPair(115200, name="chatter", serve=chatter)
    begun = time.monotonic()
    try:
        with pytest.raises(DeviceError) as raised:
            Pn532(pair.path)
    finally:
        pair.close()
    assert raised.value.code == "not-answering"
    assert time.monotonic() - begun < 10


def test_no_such_port() -> None:
    with pytest.raises(DeviceMissing) as raised:
        Pn532("/dev/no-such-reader")
    assert raised.value.code == "port-not-found"


def test_closing_twice_and_after_unplugging(simulated: SimulatedPn532) -> None:
    reader = Pn532(simulated.path)
    simulated.close()
    reader.close()
    reader.close()
    with pytest.raises(DeviceGone):
        reader.identify()
