"""Frames of the PN532 on its high-speed UART (NXP UM0701-02, 6.2.1), pure: bytes in, frames out.

    normal     00 00 FF LEN LCS TFI data... DCS 00              LEN + LCS = 0 (mod 256)
    extended   00 00 FF FF FF LENm LENl LCS TFI data... DCS 00  LENm + LENl + LCS = 0 (mod 256)
    ACK        00 00 FF 00 FF 00
    NACK       00 00 FF FF 00 00
    error      00 00 FF 01 FF 7F 81 00

LEN counts TFI and data; TFI + data + DCS = 0 (mod 256).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

ACK = bytes.fromhex("0000ff00ff00")
NACK = bytes.fromhex("0000ffff0000")
SYNTAX_ERROR = bytes.fromhex("0000ff01ff7f8100")

HOST_TO_READER = 0xD4
READER_TO_HOST = 0xD5

# UM0701-02, 6.2.1.2: the chip's firmware takes and gives at most 264 bytes after TFI.
LONGEST_BODY = 265

_START = b"\x00\xff"
_LONGEST_NORMAL_BODY = 255


class Signal(Enum):
    """What a frame without data says; CORRUPT is this parser's own word for a frame that does not add up."""

    ACK = "ack"
    NACK = "nack"
    SYNTAX_ERROR = "syntax-error"
    CORRUPT = "corrupt"


@dataclass(frozen=True)
class Information:
    """A frame with data: tfi tells the direction (D4 or D5), code the command, parameters what follows."""

    tfi: int
    code: int
    parameters: bytes


def information_frame(tfi: int, code: int, parameters: bytes = b"") -> bytes:
    """Build a normal frame, or an extended one where the data need it. ValueError over 265 bytes."""
    body = bytes([tfi, code]) + parameters
    if len(body) > LONGEST_BODY:
        raise ValueError(f"a PN532 frame holds {LONGEST_BODY} bytes, not {len(body)}")
    if len(body) <= _LONGEST_NORMAL_BODY:
        length = bytes([len(body), -len(body) & 0xFF])
    else:
        high, low = divmod(len(body), 256)
        length = bytes([0xFF, 0xFF, high, low, -(high + low) & 0xFF])
    return b"\x00\x00\xff" + length + body + bytes([-sum(body) & 0xFF, 0x00])


class FrameParser:
    """Turns bytes, however they are cut, into frames.

    A header or sum that does not fit gives Signal.CORRUPT and the search goes on one byte further, so a
    good frame behind a damaged one is still found.
    """

    def __init__(self) -> None:
        self._pending = bytearray()
        self._stray = False
        self._postamble_due = False

    @property
    def unfinished(self) -> bool:
        """True while bytes have come since the last whole frame that make no frame, or not yet."""
        return self._stray or bool(self._pending)

    def feed(self, data: bytes) -> list[Information | Signal]:
        """Add what came from the line; returns the frames that are now complete, in order."""
        self._pending += data
        frames: list[Information | Signal] = []
        while (frame := self._next()) is not None:
            self._stray = frame is Signal.CORRUPT
            # A postamble left behind would make the start of a frame with the first byte of the next one.
            self._postamble_due = frame in (Signal.ACK, Signal.NACK)
            frames.append(frame)
        return frames

    def reset(self) -> None:
        """Forget a frame that was begun."""
        self._pending.clear()
        self._stray = self._postamble_due = False

    def _next(self) -> Information | Signal | None:
        if self._postamble_due and self._pending:
            self._postamble_due = False
            if self._pending[0] == 0x00:
                del self._pending[0]
        start = self._pending.find(_START)
        if start < 0:
            # The last byte may be the first of the start code.
            self._skip(len(self._pending) - 1)
            return None
        self._skip(start)
        head = self._pending[2:4]
        if len(head) < 2:
            return None
        if head == b"\x00\xff":
            return self._take(4, Signal.ACK)
        if head == b"\xff\x00":
            return self._take(4, Signal.NACK)
        if head == b"\xff\xff":
            return self._body(self._pending[4:7], 3, begins=7)
        return self._body(head, 2, begins=4)

    def _body(self, length_field: bytearray, size: int, *, begins: int) -> Information | Signal | None:
        if len(length_field) < size:
            return None
        length = int.from_bytes(length_field[:-1], "big")
        if sum(length_field) & 0xFF or not 1 <= length <= LONGEST_BODY:
            return self._take(1, Signal.CORRUPT)
        ends = begins + length + 2
        if len(self._pending) < ends:
            return None
        body = bytes(self._pending[begins : ends - 2])
        checksum, postamble = self._pending[ends - 2 : ends]
        # A lost byte of value 0 does not change the sum: only the postamble's place tells.
        if (sum(body) + checksum) & 0xFF or postamble:
            return self._take(1, Signal.CORRUPT)
        if body == b"\x7f":
            return self._take(ends, Signal.SYNTAX_ERROR)
        if length < 2 or body[0] not in (HOST_TO_READER, READER_TO_HOST):
            return self._take(1, Signal.CORRUPT)
        del self._pending[:ends]
        return Information(body[0], body[1], body[2:])

    def _skip(self, count: int) -> None:
        if count > 0:
            self._stray = self._stray or any(self._pending[:count])
            del self._pending[:count]

    def _take(self, count: int, signal: Signal) -> Signal:
        del self._pending[:count]
        return signal
