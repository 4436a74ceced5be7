"""SFM packets byte for byte, and the reader among noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.fingerprint.frames import (
    Command,
    Flag,
    Packet,
    PacketReader,
    decode_image,
    encode_data_packet,
    encode_image,
)

words = st.integers(0, 0xFFFFFFFF)
octets = st.integers(0, 255)
packets = st.builds(Packet, octets, words, words, octets)


def all_packets(reader: PacketReader) -> list[Packet]:
    found = []
    while (packet := reader.next_packet()) is not None:
        found.append(packet)
    return found


def test_the_manuals_example() -> None:
    enrol_by_scan = 0x05
    expected = bytes.fromhex("40 05 29990000 00000000 00 07 0A")
    assert Packet(enrol_by_scan, param=0x9929).encode() == expected


def test_a_scan_request() -> None:
    packet = Packet(Command.SCAN_IMAGE_EXTENDED, size=4096)
    assert packet.encode() == bytes.fromhex("40 83 00000000 00100000 00 D3 0A")


def test_a_data_packet() -> None:
    expected = bytes.fromhex("40 84 15000200 03000000 00 DE 0A") + b"\xff\xff\x01" + b"\xff\x01\0\0"
    assert encode_data_packet(Command.READ_IMAGE_EXTENDED, 2, 21, b"\xff\xff\x01") == expected


@given(packets)
def test_what_is_written_is_read(packet: Packet) -> None:
    reader = PacketReader()
    reader.feed(packet.encode())
    assert all_packets(reader) == [packet]


@given(packets, st.lists(st.integers(1, 6), min_size=13, max_size=13))
def test_however_the_bytes_arrive(packet: Packet, portions: list[int]) -> None:
    reader = PacketReader()
    data = packet.encode()
    found = []
    for portion in portions:
        reader.feed(data[:portion])
        data = data[portion:]
        found += all_packets(reader)
    assert found == [packet]


@given(packets, st.binary(max_size=40).filter(lambda noise: 0x40 not in noise))
def test_noise_before_a_packet_is_slid_over(packet: Packet, noise: bytes) -> None:
    reader = PacketReader()
    reader.feed(noise + b"\x40" + packet.encode() + packet.encode())
    assert packet in all_packets(reader)


@pytest.mark.parametrize("place", range(13))
def test_a_damaged_packet_is_dropped_and_the_next_one_found(place: int) -> None:
    damaged = bytearray(Packet(Command.STATUS, 1, 2, Flag.SUCCESS).encode())
    damaged[place] ^= 0xFF
    good = Packet(Command.STATUS, 3, 4, Flag.SUCCESS)
    reader = PacketReader()
    reader.feed(bytes(damaged) + good.encode())
    assert all_packets(reader) == [good]


@pytest.mark.parametrize("place", range(13))
def test_a_lost_byte_costs_one_packet_only(place: int) -> None:
    whole = Packet(Command.STATUS, 1, 2, Flag.SUCCESS).encode()
    good = Packet(Command.STATUS, 3, 4, Flag.SUCCESS)
    reader = PacketReader()
    reader.feed(whole[:place] + whole[place + 1 :] + good.encode())
    assert all_packets(reader) == [good]


def test_a_body_waits_for_its_checksum() -> None:
    reader = PacketReader()
    data = encode_data_packet(Command.READ_IMAGE_EXTENDED, 0, 1, b"ridges")
    reader.feed(data[:-1])
    header = reader.next_packet()
    assert header is not None
    assert (header.data_index, header.data_count, header.size) == (0, 1, 6)
    assert reader.body(header.size) is None
    reader.feed(data[-1:])
    assert reader.body(header.size) == b"ridges"


@pytest.mark.parametrize("place", range(10))
def test_a_damaged_body_is_refused(place: int) -> None:
    data = bytearray(b"ridges" + sum(b"ridges").to_bytes(4, "little"))
    data[place] ^= 0x01
    reader = PacketReader()
    reader.feed(bytes(data))
    with pytest.raises(ValueError, match="checksum"):
        reader.body(6)


def test_an_image_and_back() -> None:
    pixels = bytes(range(12))
    assert decode_image(encode_image(pixels, 4, 3)) == (pixels, 4, 3)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        encode_image(b"", 4, 3)[:27],
        encode_image(bytes(11), 4, 3),
        encode_image(bytes(13), 4, 3),
        encode_image(bytes(12), -4, -3),
        b"\4\0\0\0\3\0\0\0" + b"\1" + encode_image(bytes(12), 4, 3)[9:],
    ],
)
def test_an_image_that_is_none(data: bytes) -> None:
    with pytest.raises(ValueError, match="image"):
        decode_image(data)
