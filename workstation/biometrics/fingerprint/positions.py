"""Finger position codes (ISO/IEC 19794-2:2005, 7.4.2.1; the same in ANSI/NIST-ITL)."""

from __future__ import annotations

from enum import IntEnum


class FingerPosition(IntEnum):
    """The ten fingers; right hand first, thumb first."""

    RIGHT_THUMB = 1
    RIGHT_INDEX = 2
    RIGHT_MIDDLE = 3
    RIGHT_RING = 4
    RIGHT_LITTLE = 5
    LEFT_THUMB = 6
    LEFT_INDEX = 7
    LEFT_MIDDLE = 8
    LEFT_RING = 9
    LEFT_LITTLE = 10
