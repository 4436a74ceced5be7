"""PN532 frames, byte for byte: the manual's own, every cut, every damaged byte."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card_reader.pn532_frames import (
    ACK,
    LONGEST_BODY,
    NACK,
    SYNTAX_ERROR,
    FrameParser,
    Information,
    Signal,
    information_frame,
)

FIRMWARE = bytes.fromhex("0000ff06fad50332010607e800")


@pytest.mark.parametrize(
    ("frame", "meaning"),
    [
        (ACK, Signal.ACK),
        (NACK, Signal.NACK),
        (SYNTAX_ERROR, Signal.SYNTAX_ERROR),
        (FIRMWARE, Information(0xD5, 0x03, bytes.fromhex("32010607"))),
        (bytes.fromhex("0000ff02fed4022a00"), Information(0xD4, 0x02, b"")),
        (bytes.fromhex("0000ff05fbd4140114010200"), Information(0xD4, 0x14, bytes.fromhex("011401"))),
    ],
    ids=["ack", "nack", "syntax error", "firmware answer", "firmware question", "sam configuration"],
)
def test_known_frames(frame: bytes, meaning: object) -> None:
    assert FrameParser().feed(frame) == [meaning]


def test_frames_are_built_as_the_manual_prints_them() -> None:
    assert information_frame(0xD4, 0x02) == bytes.fromhex("0000ff02fed4022a00")
    assert information_frame(0xD5, 0x03, bytes.fromhex("32010607")) == FIRMWARE


@pytest.mark.parametrize("count", [0, 252, 253, 254, 263])
def test_length_decides_between_normal_and_extended(count: int) -> None:
    data = bytes(range(256))[:count] + bytes(max(0, count - 256))
    frame = information_frame(0xD5, 0x41, data)
    assert (frame[3:5] == b"\xff\xff") == (count + 2 > 255)
    assert FrameParser().feed(frame) == [Information(0xD5, 0x41, data)]


def test_too_long_a_frame_is_not_built() -> None:
    with pytest.raises(ValueError):
        information_frame(0xD4, 0x40, bytes(LONGEST_BODY - 1))


@given(st.binary(max_size=263), st.lists(st.integers(0, 300), max_size=6), st.binary(max_size=20))
def test_cuts_and_leading_rubbish_do_not_matter(data: bytes, cuts: list[int], rubbish: bytes) -> None:
    rubbish = rubbish.replace(b"\xff", b"\x01")
    stream = rubbish + ACK + information_frame(0xD5, 0x41, data)
    parser = FrameParser()
    frames = []
    places = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    for begin, end in pairwise(places):
        frames += parser.feed(stream[begin:end])
    assert frames == [Signal.ACK, Information(0xD5, 0x41, data)]


@pytest.mark.parametrize("place", range(2, len(FIRMWARE)))
@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
def test_a_damaged_frame_is_never_taken_for_another(place: int, flip: int) -> None:
    harmed = bytearray(FIRMWARE)
    harmed[place] ^= flip
    parser = FrameParser()
    frames = parser.feed(bytes(harmed)) + parser.feed(bytes(300)) + parser.feed(ACK)
    assert not [frame for frame in frames if isinstance(frame, Information)]
    assert Signal.ACK in frames


@pytest.mark.parametrize("place", range(1, len(FIRMWARE) - 1))
def test_a_frame_with_a_byte_lost_is_never_taken_for_another(place: int) -> None:
    for whole in (FIRMWARE, information_frame(0xD5, 0x4B, bytes(9))):
        frames = FrameParser().feed(whole[:place] + whole[place + 1 :])
        lost_preamble = place == 1
        assert bool([frame for frame in frames if isinstance(frame, Information)]) == lost_preamble


def test_an_impossible_length_is_not_waited_for() -> None:
    assert FrameParser().feed(bytes.fromhex("0000ffffff7fff82")) == [Signal.CORRUPT]


def test_unfinished_tells_of_bytes_without_a_frame() -> None:
    parser = FrameParser()
    parser.feed(ACK[:-1])
    assert not parser.unfinished
    parser.feed(ACK[-1:])
    assert not parser.unfinished
    parser.feed(FIRMWARE[:1])
    assert parser.unfinished
    parser.feed(FIRMWARE[1:])
    assert not parser.unfinished
    parser.feed(b"\x00\x12\x13")
    assert parser.unfinished


def test_reset_forgets_a_frame_that_was_begun() -> None:
    parser = FrameParser()
    parser.feed(FIRMWARE[:7])
    parser.reset()
    assert parser.feed(FIRMWARE) == [Information(0xD5, 0x03, bytes.fromhex("32010607"))]
