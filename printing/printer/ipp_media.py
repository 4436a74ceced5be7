"""What an IPP printer says of its media and its supplies (PWG 5101.1 media names, PWG 5100.9 markers)."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from printing.printer import Supply

_MEDIA_SIZE = re.compile(r"_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)$")
_MILLIMETRES = {"mm": 1.0, "in": 25.4}
# ISO/IEC 7810 ID-1.
_CARD = (53.98, 85.60)
# Where the printer names no limit of its own.
_LOW = 10


def values(attributes: dict[str, Any], name: str) -> list[Any]:
    """The values of an attribute, none, one or several, as a list."""
    held = attributes.get(name)
    if held is None:
        return []
    return held if isinstance(held, list) else [held]


def card_media(names: Sequence[object]) -> str | None:
    """The first of these media that is a card, give or take a millimetre; None when there is none."""
    for name in names:
        size = _MEDIA_SIZE.search(str(name))
        if size is None:
            continue
        scale = _MILLIMETRES[size[3]]
        if card_media_size(float(size[1]) * scale, float(size[2]) * scale):
            return str(name)
    return None


def card_media_size(width: float, height: float) -> bool:
    """Whether these millimetres are a card's, upright or across, give or take a millimetre."""
    return all(abs(a - b) < 1 for a, b in zip(sorted((width, height)), _CARD, strict=True))


def one_sided(attributes: dict[str, Any]) -> bool:
    """Whether the printer says which sides it prints, and two are not among them."""
    sides = values(attributes, "sides-supported")
    return bool(sides) and not any(str(one).startswith("two-sided") for one in sides)


def only_other_media(attributes: dict[str, Any]) -> bool:
    """Whether the printer says what lies in it, and none of that is a card. Media without a size say nothing."""
    ready = [name for name in values(attributes, "media-ready") if _MEDIA_SIZE.search(str(name))]
    return bool(ready) and card_media(ready) is None


def supplies(attributes: dict[str, Any]) -> tuple[Supply, ...]:
    """The printer's supplies in its order; a level below 0 means that it does not know (PWG 5100.9 §5)."""
    found = []
    for name, kind, level, low in zip_longest(
        *(values(attributes, f"marker-{part}") for part in ("names", "types", "levels", "low-levels"))
    ):
        if name is None:
            break
        known = isinstance(level, int) and 0 <= level <= 100
        limit = low if isinstance(low, int) and 0 <= low <= 100 else _LOW
        found.append(Supply(str(name), str(kind or ""), level if known else None, limit))
    return tuple(found)
