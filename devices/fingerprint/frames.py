"""Suprema SFM packets as bytes, both ways, and a reader that finds them again after damage (pure).

Source: Suprema UF Protocol Manual (packet protocol, system parameters, commands, flags) and the
UFImage structure of the SFM API specification, section 3.9. All numbers are little-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

START = 0x40
END = 0x0A
PACKET_LENGTH = 13
DATA_CHECKSUM_LENGTH = 4
_FIELDS = struct.Struct("<BBIIB")
_IMAGE_HEADER = struct.Struct("<7i")


class Command(IntEnum):
    """The commands used here. SIX and RIX are scan and read image by checked data packets."""

    WRITE_PARAMETER = 0x01
    READ_PARAMETER = 0x03
    STATUS = 0x04
    SCAN_IMAGE_EXTENDED = 0x83
    READ_IMAGE_EXTENDED = 0x84
    CANCEL = 0x60


class Flag(IntEnum):
    """What a module answers in the flag field, and what a host answers to a data packet."""

    SUCCESS = 0x61
    SCAN_SUCCESS = 0x62
    SCAN_FAIL = 0x63
    NOT_FOUND = 0x69
    TRY_AGAIN = 0x6B
    TIME_OUT = 0x6C
    UNSUPPORTED = 0x75
    BUSY = 0x80
    CANCELED = 0x81
    DATA_ERROR = 0x82
    DATA_OK = 0x83


class Parameter(IntEnum):
    """System parameters; a small count n is written as 0x30 + n."""

    TIMEOUT = 0x62
    SENSOR_TYPE = 0x68
    IMAGE_FORMAT = 0x6C
    FIRMWARE_VERSION = 0x6E
    SERIAL_NUMBER = 0x6F


STATUS_ALIVE = 0x30
IMAGE_FORMAT_GRAY = 0x30
COUNT_ZERO = 0x30


@dataclass(frozen=True)
class Packet:
    """One 13-byte packet. `flag` is a parameter number in a request and a Flag in an answer."""

    command: int
    param: int = 0
    size: int = 0
    flag: int = 0

    def encode(self) -> bytes:
        fields = _FIELDS.pack(START, self.command, self.param, self.size, self.flag)
        return fields + bytes((sum(fields) & 0xFF, END))

    @property
    def data_index(self) -> int:
        """Which data packet follows this header, from 0."""
        return self.param >> 16

    @property
    def data_count(self) -> int:
        """Of how many data packets."""
        return self.param & 0xFFFF


def encode_data_packet(command: int, index: int, count: int, body: bytes) -> bytes:
    """A header packet, the body, and the body's byte sum as four bytes."""
    header = Packet(command, param=index << 16 | count, size=len(body))
    return header.encode() + body + sum(body).to_bytes(DATA_CHECKSUM_LENGTH, "little")


class PacketReader:
    """Takes bytes as they come; gives packets out. Bytes that start no sound packet are slid over."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> None:
        self._held += data

    def clear(self) -> None:
        self._held.clear()

    def next_packet(self) -> Packet | None:
        """The next sound packet, or None when more bytes are needed."""
        while (start := self._held.find(START)) >= 0:
            del self._held[:start]
            if len(self._held) < PACKET_LENGTH:
                return None
            fields = bytes(self._held[: _FIELDS.size])
            if self._held[PACKET_LENGTH - 1] == END and self._held[_FIELDS.size] == sum(fields) & 0xFF:
                del self._held[:PACKET_LENGTH]
                _, command, param, size, flag = _FIELDS.unpack(fields)
                return Packet(command, param, size, flag)
            del self._held[0]
        self._held.clear()
        return None

    def body(self, size: int) -> bytes | None:
        """The body after a data packet's header, or None when more bytes are needed.

        Raises ValueError when its checksum is wrong; the bytes stay, because a lost byte means that
        the next packet has already begun among them.
        """
        end = size + DATA_CHECKSUM_LENGTH
        if len(self._held) < end:
            return None
        body = bytes(self._held[:size])
        if sum(body) != int.from_bytes(self._held[size:end], "little"):
            raise ValueError("data packet checksum")
        del self._held[:end]
        return body


def encode_image(pixels: bytes, width: int, height: int) -> bytes:
    """A grey UFImage: seven 32-bit fields (width, height, compressed, encrypted, format, length,
    template length), then 8-bit pixels."""
    return _IMAGE_HEADER.pack(width, height, 0, 0, 0, width * height, 0) + pixels


def decode_image(data: bytes) -> tuple[bytes, int, int]:
    """Pixels, width and height of a grey UFImage; ValueError when it is anything else."""
    if len(data) < _IMAGE_HEADER.size:
        raise ValueError("image header cut short")
    width, height, compressed, encrypted, form, _, _ = _IMAGE_HEADER.unpack_from(data)
    pixels = data[_IMAGE_HEADER.size :]
    if compressed or encrypted or form:
        raise ValueError("not an 8-bit grey image")
    if width <= 0 or height <= 0 or width * height != len(pixels):
        raise ValueError("image size and its pixels differ")
    return pixels, width, height
