"""A picture from which no card can be read: by what is wrong with the picture, not with the card."""

from __future__ import annotations

from enum import StrEnum


class PictureFault(StrEnum):
    """Stable once landed: sentences are found by it."""

    NO_CARD = "no-card"
    TWO_CARDS = "two-cards"
    PARTLY_OUTSIDE = "partly-outside"
    TOO_SMALL = "too-small"
    DARK = "dark"
    BLURRED = "blurred"
    GLARE = "glare"
    UNKNOWN_SIDE = "unknown-side"


class PictureUnusable(Exception):
    """Nothing was decided about the card; another picture is to be taken."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.code = fault.value


class NoCode(ValueError):
    """A picture without a code that could be read. `code`: not-a-picture, too-large, no-code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
