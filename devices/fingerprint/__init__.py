"""Fingerprint sensors: the contract that every driver of one keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class FingerImage:
    """One raw print: 8 bits a pixel, row by row from the top left, 0 = black ridge; dpi = pixels per inch."""

    pixels: bytes
    width: int
    height: int
    dpi: int

    def __post_init__(self) -> None:
        if len(self.pixels) != self.width * self.height:
            raise ValueError(f"{len(self.pixels)} pixels do not fill {self.width} x {self.height}")


@dataclass(frozen=True)
class SensorIdentity:
    """What a sensor says of itself."""

    model: str
    serial: str
    firmware: str


class FingerprintSensor(Protocol):
    """One sensor, used by the one thread that opened it; every method raises devices.errors kinds."""

    def identify(self) -> SensorIdentity:
        """Ask the sensor who it is."""

    def capture(
        self,
        *,
        seconds: float,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> FingerImage:
        """Wait up to `seconds` for a finger, then fetch its image.

        progress(received, total) in bytes, from this thread; cancelled() is polled several times a second.
        Raises DeviceTimeout "no-finger", DeviceCancelled, and the other kinds for faults of the line.
        """

    def close(self) -> None:
        """Give the line back."""
