"""The PN532 contactless reader on a serial line (NXP UM0701-02): wake, identify, find a card."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from devices.card_reader import CardFound, ReaderIdentity
from devices.card_reader.pn532_exchange import DEVICE, Pn532Exchange
from devices.errors import (
    DeviceError,
    DeviceGone,
    DeviceMissing,
    DeviceProtocolError,
    DeviceRefused,
    DeviceTimeout,
)
from devices.serial_line import SerialLine

# Chapter 7 of UM0701-02.
GET_FIRMWARE_VERSION = 0x02
SAM_CONFIGURATION = 0x14
RF_CONFIGURATION = 0x32
IN_LIST_PASSIVE_TARGET = 0x4A
IN_RELEASE = 0x52

_IC_PN532 = 0x32
_SAM_NORMAL_MODE = bytes([0x01, 0x14, 0x01])
# RFConfiguration item 5: retries for ATR and PSL as after reset, then how often one command looks for a
# passive card. Endless (FF) would leave a dead reader and an empty field indistinguishable.
_PASSIVE_RETRIES = bytes([0x05, 0xFF, 0x01, 0x10])
_TWO_TARGETS_106_KBPS_TYPE_A = bytes([0x02, 0x00])
_ALL_TARGETS = b"\x00"

# UM0701-02, 3.1.3.2: the UART wakes on a rising edge and loses the first bytes while the clock settles.
_WAKE_UP = b"\x55\x55" + bytes(14)

_COMMAND_SECONDS = 1.5
_LOOK_SECONDS = 2.0
_LOST_ANSWERS = 3
_PAUSE_SECONDS = 0.05


class Pn532:
    """An open PN532. The thread that made it uses and closes it."""

    def __init__(self, path: str, baud: int = 115200) -> None:
        """Open the port and see that a PN532 answers.

        Raises DeviceMissing: those of SerialLine, "not-answering", "other-device".
        """
        self._line = SerialLine(path, baud, device=DEVICE)
        self._exchange = Pn532Exchange(self._line)
        try:
            self._identity = self._wake()
        except DeviceMissing:
            self._line.close()
            raise
        except DeviceError as fault:
            self._line.close()
            raise DeviceMissing(DEVICE, "not-answering", path=path, because=fault.code) from fault

    def identify(self) -> ReaderIdentity:
        """Model and firmware, asked for anew, so that it also tells whether the reader is still there."""
        answer = self._command(GET_FIRMWARE_VERSION)
        if len(answer) != 4:
            raise DeviceProtocolError(DEVICE, "answer-damaged", command=GET_FIRMWARE_VERSION)
        ic, version, revision, _support = answer
        if ic != _IC_PN532:
            raise DeviceMissing(DEVICE, "other-device", ic=ic)
        self._identity = ReaderIdentity("PN532", f"{version}.{revision}")
        return self._identity

    def wait_for_card(self, *, seconds: float, cancelled: Callable[[], bool] | None = None) -> CardFound:
        """As in the contract. Cards of ISO/IEC 14443 type A at 106 kbit/s; the field holds one card or it is
        refused: with two, nobody could say which was read."""
        end = time.monotonic() + seconds
        lost_answers = 0
        while True:
            now = time.monotonic()
            try:
                answer = self._exchange.ask(
                    IN_LIST_PASSIVE_TARGET,
                    _TWO_TARGETS_106_KBPS_TYPE_A,
                    deadline=min(end, now + _LOOK_SECONDS),
                    cancelled=cancelled,
                )
            except DeviceTimeout as fault:
                self._exchange.abort()
                lost_answers += 1
                if fault.code != "no-result" or lost_answers > _LOST_ANSWERS:
                    raise
                if time.monotonic() >= end:
                    raise DeviceTimeout(DEVICE, "no-card", seconds=round(seconds)) from None
                continue
            found = _targets(answer)
            if found:
                self._command(IN_RELEASE, _ALL_TARGETS)
                if len(found) > 1:
                    raise DeviceRefused(DEVICE, "several-cards", count=len(found))
                return found[0]
            if time.monotonic() >= end:
                raise DeviceTimeout(DEVICE, "no-card", seconds=round(seconds))
            time.sleep(min(_PAUSE_SECONDS, max(0.0, end - time.monotonic())))

    def close(self) -> None:
        """Switch the field off as far as the line still takes it, and give the port back."""
        with contextlib.suppress(DeviceGone):
            self._exchange.abort()
        self._line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _wake(self) -> ReaderIdentity:
        self._line.write(_WAKE_UP, time.monotonic() + _COMMAND_SECONDS)
        self._exchange.abort()
        self._command(SAM_CONFIGURATION, _SAM_NORMAL_MODE)
        identity = self.identify()
        self._command(RF_CONFIGURATION, _PASSIVE_RETRIES)
        return identity

    def _command(self, code: int, parameters: bytes = b"") -> bytes:
        return self._exchange.ask(code, parameters, deadline=time.monotonic() + _COMMAND_SECONDS)


def _targets(answer: bytes) -> list[CardFound]:
    """Read the answer of InListPassiveTarget for type A (UM0701-02, 7.3.5).

    NbTg, then for each: Tg, SENS_RES (2), SEL_RES, length and bytes of NFCID1, and for a card of
    ISO/IEC 14443-4 (bit 6 of SEL_RES) its ATS, whose first byte counts itself.
    """
    try:
        count, rest = answer[0], answer[1:]
        found = []
        for _ in range(count):
            atqa, sak, uid_length = rest[1:3], rest[3], rest[4]
            uid, rest = rest[5 : 5 + uid_length], rest[5 + uid_length :]
            if len(uid) != uid_length or uid_length not in (4, 7, 10):
                raise DeviceProtocolError(DEVICE, "answer-damaged", command=IN_LIST_PASSIVE_TARGET)
            if sak & 0x20 and rest:
                rest = rest[rest[0] :]
            found.append(CardFound(uid, atqa, sak))
        if rest:
            raise DeviceProtocolError(DEVICE, "answer-damaged", command=IN_LIST_PASSIVE_TARGET)
        return found
    except IndexError:
        raise DeviceProtocolError(DEVICE, "answer-damaged", command=IN_LIST_PASSIVE_TARGET) from None
