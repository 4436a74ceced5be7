"""One command to a PN532 and its answer: ACK, repetition by NACK, deadlines (NXP UM0701-02, 6.2.2)."""

from __future__ import annotations

import time
from collections.abc import Callable

from devices.card_reader.pn532_frames import (
    ACK,
    HOST_TO_READER,
    NACK,
    READER_TO_HOST,
    FrameParser,
    Information,
    Signal,
    information_frame,
)
from devices.errors import DeviceCancelled, DeviceProtocolError, DeviceRefused, DeviceTimeout
from devices.serial_line import SerialLine

DEVICE = "card_reader"

# The chip acknowledges within 15 ms; serial adapters hold bytes back for some more.
_ACK_SECONDS = 0.3
# Bytes of one frame follow each other without a gap; after this long the rest will not come.
_GAP_SECONDS = 0.1
_SLICE_SECONDS = 0.05
_REPETITIONS = 3


class Pn532Exchange:
    """Sends commands and finds their answers on a line; every command sent through it may be repeated."""

    def __init__(self, line: SerialLine) -> None:
        self._line = line
        self._parser = FrameParser()

    def ask(
        self,
        code: int,
        parameters: bytes = b"",
        *,
        deadline: float,
        cancelled: Callable[[], bool] | None = None,
    ) -> bytes:
        """Send a command; returns the parameters of its answer.

        A damaged answer is asked for again, a damaged command sent again, at most three times together.
        Raises DeviceTimeout "no-answer" (the chip never acknowledged) or "no-result" (it did, but its
        answer did not come before `deadline`), DeviceProtocolError "answer-damaged", DeviceRefused
        "command-refused", DeviceCancelled "cancelled".
        """
        command = information_frame(HOST_TO_READER, code, parameters)
        send = command
        damaged = acknowledged = False
        for _ in range(1 + _REPETITIONS):
            self._line.write(send, deadline)
            outcome, heard = self._listen(code, deadline, cancelled)
            if isinstance(outcome, bytes):
                return outcome
            acknowledged = acknowledged or heard
            damaged = damaged or outcome is Signal.CORRUPT
            if time.monotonic() >= deadline:
                break
            self._line.drain(limit=min(0.5, max(0.0, deadline - time.monotonic())))
            self._parser.reset()
            # NACK has the chip repeat its last answer; without an ACK it may never have had the command.
            send = NACK if heard and send is command else command
        if damaged:
            raise DeviceProtocolError(DEVICE, "answer-damaged", command=code)
        raise DeviceTimeout(DEVICE, "no-result" if acknowledged else "no-answer", command=code)

    def abort(self) -> None:
        """Have the chip drop what it is doing (UM0701-02, 6.2.1.3: ACK from the host) and clear the line."""
        self._line.write(ACK, time.monotonic() + 1.0)
        self._line.drain(limit=0.5)
        self._parser.reset()

    def _listen(
        self, code: int, deadline: float, cancelled: Callable[[], bool] | None
    ) -> tuple[bytes | Signal | None, bool]:
        """Wait for the answer.

        Returns (its parameters, or Signal.CORRUPT, or None for silence; whether the chip acknowledged).
        """
        heard = False
        last_byte: float | None = None
        ack_deadline = min(deadline, time.monotonic() + _ACK_SECONDS)
        while True:
            if cancelled is not None and cancelled():
                self.abort()
                raise DeviceCancelled(DEVICE, "cancelled")
            now = time.monotonic()
            if last_byte is not None and (now - last_byte > _GAP_SECONDS or now >= deadline):
                return Signal.CORRUPT, heard
            if last_byte is None and now >= (deadline if heard else ack_deadline):
                return None, heard
            try:
                data = self._line.read(min(deadline, now + _SLICE_SECONDS))
            except DeviceTimeout:
                continue
            for frame in self._parser.feed(data):
                if frame is Signal.SYNTAX_ERROR:
                    raise DeviceRefused(DEVICE, "command-refused", command=code)
                # The answer to an earlier command, given up since, may still come: it is passed over.
                if isinstance(frame, Information) and frame.tfi == READER_TO_HOST and frame.code == code + 1:
                    return frame.parameters, True
                heard = heard or frame is Signal.ACK
            # What makes no frame was one, damaged: its rest is waited for until the gap.
            last_byte = time.monotonic() if self._parser.unfinished else None
