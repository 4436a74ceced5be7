"""A PN532 reader on a pseudo-terminal: the chip's side of NXP UM0701-02, with cards put on and taken off."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self

from devices.card_reader.pn532_frames import (
    ACK,
    HOST_TO_READER,
    READER_TO_HOST,
    SYNTAX_ERROR,
    FrameParser,
    Information,
    Signal,
    information_frame,
)
from devices.simulated.serial_pair import LineFault, SerialPair

_FIRMWARE = bytes([0x32, 0x01, 0x06, 0x07])
# An identity card as JCOP-like chips show themselves: ISO/IEC 14443-4, hence SAK bit 6 and an ATS.
_ATQA, _SAK, _ATS = b"\x00\x44", 0x20, bytes([0x05, 0x78, 0x77, 0x80, 0x02])
_ATTEMPT_SECONDS = 0.01
_ENDLESS = 0xFF


class SimulatedPn532:
    """A reader whose line is at `path`. put_card and take_card act at once, from any thread."""

    def __init__(self, *, baud: int = 115200, uid: bytes | None = None) -> None:
        self._cards: tuple[bytes, ...] = (uid,) if uid is not None else ()
        self._silent = threading.Event()
        self._retries = _ENDLESS
        self._awake = False
        self._last_answer = b""
        self._parser = FrameParser()
        self._pair = SerialPair(baud, name="simulated-pn532", serve=self._serve)

    @property
    def path(self) -> str:
        return self._pair.path

    def put_card(self, *uids: bytes) -> None:
        """Lay these cards in the field, instead of those that were there."""
        self._cards = uids

    def take_card(self) -> None:
        """Leave the field empty."""
        self._cards = ()

    def arm(self, *faults: LineFault) -> None:
        """Harm what the reader sends next; offsets count from now."""
        self._pair.arm(*faults)

    def fall_silent(self, silent: bool = True) -> None:
        """Hear nothing and say nothing, as a reader whose firmware hangs; False ends it."""
        if silent:
            self._silent.set()
        else:
            self._silent.clear()

    def close(self) -> None:
        """Unplug: end the thread and the line."""
        self._pair.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _serve(self, pair: SerialPair) -> None:
        waiting: list[Information | Signal] = []
        while True:
            if waiting:
                self._answer(pair, waiting)
            else:
                waiting += self._hear(pair, 0.5)

    def _hear(self, pair: SerialPair, seconds: float) -> list[Information | Signal]:
        data = pair.receive(seconds)
        if self._silent.is_set():
            return []
        if not self._awake:
            # Asleep the chip takes the wake-up pattern and nothing else.
            if b"\x55\x55" not in data:
                return []
            self._awake = True
            data = data.rpartition(b"\x55")[2]
        return self._parser.feed(data)

    def _answer(self, pair: SerialPair, waiting: list[Information | Signal]) -> None:
        frame = waiting.pop(0)
        if frame is Signal.NACK:
            pair.send(self._last_answer)
        elif isinstance(frame, Information) and frame.tfi == HOST_TO_READER:
            pair.send(ACK)
            answer = self._carry_out(pair, frame, waiting)
            if answer is not None:
                self._last_answer = answer
                pair.send(answer)

    def _carry_out(
        self, pair: SerialPair, command: Information, waiting: list[Information | Signal]
    ) -> bytes | None:
        parameters: bytes
        match command:
            case Information(code=0x02, parameters=b""):
                parameters = _FIRMWARE
            case Information(code=0x14):
                parameters = b""
            case Information(code=0x32, parameters=given) if len(given) >= 2:
                if given[0] == 0x05 and len(given) == 4:
                    self._retries = given[3]
                parameters = b""
            case Information(code=0x4A, parameters=given) if len(given) >= 2 and given[1] == 0x00:
                cards = self._look(pair, given[0], waiting)
                if cards is None:
                    return None
                parameters = _target_list(cards)
            case Information(code=0x52):
                parameters = b"\x00"
            case _:
                return SYNTAX_ERROR
        return information_frame(READER_TO_HOST, command.code + 1, parameters)

    def _look(
        self, pair: SerialPair, most: int, waiting: list[Information | Signal]
    ) -> tuple[bytes, ...] | None:
        """Look for cards as often as configured; None when the host broke it off (any frame of its does)."""
        end = time.monotonic() + (self._retries + 1) * _ATTEMPT_SECONDS
        while not self._cards and (self._retries == _ENDLESS or time.monotonic() < end):
            waiting += self._hear(pair, _ATTEMPT_SECONDS)
            if waiting:
                return None
        return self._cards[:most]


def _target_list(cards: tuple[bytes, ...]) -> bytes:
    listed = bytes([len(cards)])
    for number, uid in enumerate(cards, start=1):
        listed += bytes([number]) + _ATQA + bytes([_SAK, len(uid)]) + uid + _ATS
    return listed
