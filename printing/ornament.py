"""Fine security lines as curves: interlaced waves and rosettes. Pure geometry, the same every time."""

from functools import cache
from math import cos, pi, sin

from printing.elements import GuillocheElement, RosetteElement

Curve = tuple[tuple[float, float], ...]
# Short enough that a polyline looks like a curve at 600 dpi.
_STEP = 0.8


@cache
def waves(element: GuillocheElement) -> tuple[Curve, ...]:
    """Return the curves of a guilloche, in mm on the card, all inside the element's rectangle."""
    steps = max(8, int(element.width / _STEP))
    curves: list[Curve] = []
    spread = element.height / 2 - element.amplitude
    for line in range(element.lines):
        share = line / max(1, element.lines - 1)
        centre = element.y + element.height / 2 + spread * sin(pi * (share - 0.5))
        phase = 2 * pi * share
        curve: list[tuple[float, float]] = []
        for step in range(steps + 1):
            along = step / steps
            swell = 0.55 + 0.45 * cos(2 * pi * along + phase)
            height = element.amplitude * swell * sin(2 * pi * element.waves * along + phase)
            curve.append((element.x + element.width * along, centre + height))
        curves.append(tuple(curve))
    return tuple(curves)


@cache
def rosette(element: RosetteElement) -> tuple[Curve, ...]:
    """Return the interlaced curves of a rosette, in mm on the card, inside the element's rectangle."""
    centre_x, centre_y = element.x + element.width / 2, element.y + element.height / 2
    steps = element.petals * 14
    curves: list[Curve] = []
    for line in range(element.lines):
        shrink = 1 - 0.45 * line / element.lines
        turn = 2 * pi * line / element.lines
        curve: list[tuple[float, float]] = []
        for step in range(steps + 1):
            angle = 2 * pi * step / steps
            reach = shrink * (1 - element.depth / 2 * (1 - cos(element.petals * angle + turn)))
            curve.append(
                (
                    centre_x + element.width / 2 * reach * cos(angle),
                    centre_y + element.height / 2 * reach * sin(angle),
                )
            )
        curves.append(tuple(curve))
    return tuple(curves)


@cache
def shades(first: str, last: str, count: int) -> tuple[str, ...]:
    """Return `count` colours from `first` to `last`, both included; only `first` when there is no last."""
    if not last:
        return (first,) * count
    ends = [bytes.fromhex(colour[1:]) for colour in (first, last)]
    found = []
    for number in range(count):
        share = number / max(1, count - 1)
        mixed = (round(a + (b - a) * share) for a, b in zip(*ends, strict=True))
        found.append("#" + "".join(f"{part:02X}" for part in mixed))
    return tuple(found)
