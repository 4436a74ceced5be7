"""SVG path data (SVG 1.1, 8.3) as absolute moves, lines and cubic curves."""

import re
from math import isfinite

# ("m", x, y), ("l", x, y), ("c", x1, y1, x2, y2, x, y), ("z",)
Command = tuple[str | float, ...]

_TOKEN = re.compile(
    r"([MmLlHhVvCcSsQqTtZz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([\s,]+)|(.)", re.DOTALL
)
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "z": 0}
_MOST = 20_000
# A quarter of a circle as one cubic curve.
_ROUND = 0.5522847498


class PathDamaged(ValueError):
    """Path data that cannot be drawn; the message says what is wrong."""


def parse_path(data: str) -> tuple[Command, ...]:
    """Return the path's commands. Raises PathDamaged; elliptical arcs are not taken."""
    commands: list[Command] = []
    x = y = start_x = start_y = 0.0
    # The control point that a smooth curve mirrors, and the letter it belongs to.
    handle = (0.0, 0.0)
    before = ""
    for letter, values in _segments(data):
        kind, is_relative = letter.lower(), letter.islower()
        base = (x, y) if is_relative else (0.0, 0.0)
        if kind in "hv":
            values = [values[0] + base[0], y] if kind == "h" else [x, values[0] + base[1]]
        else:
            values = [value + base[place % 2] for place, value in enumerate(values)]
        if kind == "z":
            commands.append(("z",))
            x, y = start_x, start_y
        elif kind == "m":
            x, y = start_x, start_y = values[0], values[1]
            commands.append(("m", x, y))
        elif kind in "lhv":
            x, y = values
            commands.append(("l", x, y))
        elif kind in "cs":
            if kind == "s":
                mirrored = (2 * x - handle[0], 2 * y - handle[1]) if before in ("c", "s") else (x, y)
                values = [*mirrored, *values]
            commands.append(("c", *values))
            handle, (x, y) = (values[2], values[3]), values[4:]
        else:
            if kind == "t":
                mirrored = (2 * x - handle[0], 2 * y - handle[1]) if before in ("q", "t") else (x, y)
                values = [*mirrored, *values]
            handle = (values[0], values[1])
            end_x, end_y = values[2], values[3]
            first = (x + 2 / 3 * (handle[0] - x), y + 2 / 3 * (handle[1] - y))
            second = (end_x + 2 / 3 * (handle[0] - end_x), end_y + 2 / 3 * (handle[1] - end_y))
            commands.append(("c", *first, *second, end_x, end_y))
            x, y = end_x, end_y
        before = kind
        if len(commands) > _MOST:
            raise PathDamaged("path too long")
    return tuple(commands)


def polygon(points: str, *, closed: bool) -> tuple[Command, ...]:
    """Return the lines through `points` as SVG lists them. Raises PathDamaged."""
    lines = parse_path("M" + points)
    return (*lines, ("z",)) if closed else lines


def ellipse(x: float, y: float, rx: float, ry: float) -> tuple[Command, ...]:
    """Return an ellipse about (x, y) as four curves."""
    kx, ky = rx * _ROUND, ry * _ROUND
    return (
        ("m", x + rx, y),
        ("c", x + rx, y + ky, x + kx, y + ry, x, y + ry),
        ("c", x - kx, y + ry, x - rx, y + ky, x - rx, y),
        ("c", x - rx, y - ky, x - kx, y - ry, x, y - ry),
        ("c", x + kx, y - ry, x + rx, y - ky, x + rx, y),
        ("z",),
    )


def _segments(data: str) -> list[tuple[str, list[float]]]:
    """Each command's letter with the numbers of one use; repeated numbers repeat the letter, M as L."""
    found: list[tuple[str, list[float]]] = []
    letter, numbers = "", list[float]()
    for token in _TOKEN.finditer(data):
        if token.group(4):
            raise PathDamaged(f"path {token.group(4)}")
        if token.group(3):
            continue
        if token.group(1):
            if numbers or (not found and token.group(1) not in "Mm"):
                raise PathDamaged("path numbers")
            letter = token.group(1)
            if letter in "Zz":
                found.append((letter, []))
            continue
        value = float(token.group(2))
        if not letter or letter in "Zz" or not isfinite(value) or abs(value) > 1e6:
            raise PathDamaged("path numbers")
        numbers.append(value)
        if len(numbers) == _TAKES[letter.lower()]:
            found.append((letter, numbers))
            numbers = []
            letter = {"M": "L", "m": "l"}.get(letter, letter)
    if numbers:
        raise PathDamaged("path numbers")
    return found
