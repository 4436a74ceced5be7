"""Card readers: what any of them does for the workstation, whichever chip and wire it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class ReaderIdentity:
    """model: the reader chip's name ("PN532"); firmware: its version as the reader states it ("1.6")."""

    model: str
    firmware: str


@dataclass(frozen=True)
class CardFound:
    """A contactless card in the field, as its anticollision showed it (ISO/IEC 14443-3 type A).

    uid: 4, 7 or 10 bytes; atqa: 2 bytes, most significant first; sak: 0-255.
    """

    uid: bytes
    atqa: bytes
    sak: int

    @property
    def uid_is_random(self) -> bool:
        """True for a uid drawn anew each time: four bytes beginning 08 (ISO/IEC 14443-3, 6.5.4)."""
        return len(self.uid) == 4 and self.uid[0] == 0x08


class CardReader(Protocol):
    """A reader that is open. One thread opens, uses and closes it."""

    def identify(self) -> ReaderIdentity:
        """Ask the reader who it is; raises the DeviceError of what went wrong."""
        ...

    def wait_for_card(self, *, seconds: float, cancelled: Callable[[], bool] | None = None) -> CardFound:
        """Wait for one card in the field.

        Raises DeviceTimeout "no-card", DeviceRefused "several-cards", DeviceCancelled "cancelled", and
        whatever else befell the line.
        """
        ...

    def close(self) -> None:
        """Give the reader back; may be called twice."""
        ...
