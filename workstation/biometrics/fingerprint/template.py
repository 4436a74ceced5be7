"""Minutiae templates: ISO/IEC 19794-2:2005 finger minutiae records, written and read (pure).

A record is a 24-byte header (clause 7.3), then for each view a 4-byte view header (7.4.1, 7.4.2), six
bytes a minutia (7.4.3), and a block of extended data with its length (7.5). Numbers are big-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

_MAGIC = b"FMR\0 20\0"
_HEADER = struct.Struct(">8sIHHHHHBB")
_VIEW = struct.Struct(">BBBB")
_MINUTIA = struct.Struct(">HHBB")
_LENGTH = struct.Struct(">H")
_COORDINATE = 0x3FFF
_LARGEST_COUNT = 255
_ANGLE_STEP = 360 / 256
LIVE_SCAN_PLAIN = 0
POSITION_UNKNOWN = 0


class TemplateError(ValueError):
    """A record that is damaged or of another format. code: stable kebab-case name of what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MinutiaKind(IntEnum):
    """Minutia type (7.4.3.1)."""

    OTHER = 0
    RIDGE_ENDING = 1
    BIFURCATION = 2


_KINDS = frozenset(MinutiaKind)


@dataclass(frozen=True)
class Minutia:
    """One minutia. x, y: pixels from the top left; angle: degrees, anticlockwise from the right,
    written in steps of 360/256; quality: 1 to 100, 0 when not known."""

    x: int
    y: int
    angle: float
    kind: MinutiaKind
    quality: int


@dataclass(frozen=True)
class Template:
    """One finger view. width, height: pixels; resolution: pixels a centimetre; position: finger
    position code; quality: 0 to 100 of the whole print; minutiae: at most 255."""

    width: int
    height: int
    minutiae: tuple[Minutia, ...]
    resolution: int = 197
    position: int = POSITION_UNKNOWN
    quality: int = 0


def write_template(template: Template) -> bytes:
    """One record with one live-scan plain view; beyond 255 minutiae the best are kept.

    Raises TemplateError "out-of-range" when a number does not fit its field.
    """
    minutiae = template.minutiae
    if len(minutiae) > _LARGEST_COUNT:
        best = sorted(range(len(minutiae)), key=lambda place: -minutiae[place].quality)[:_LARGEST_COUNT]
        minutiae = tuple(minutiae[place] for place in sorted(best))
    if any(not (0 <= m.x <= _COORDINATE and 0 <= m.y <= _COORDINATE) for m in minutiae):
        raise TemplateError("out-of-range")
    length = _HEADER.size + _VIEW.size + _MINUTIA.size * len(minutiae) + _LENGTH.size
    size = (template.width, template.height, template.resolution, template.resolution)
    try:
        parts = [
            _HEADER.pack(_MAGIC, length, 0, *size, 1, 0),
            _VIEW.pack(template.position, LIVE_SCAN_PLAIN, template.quality, len(minutiae)),
        ]
        for m in minutiae:
            angle = round(m.angle / _ANGLE_STEP) & 0xFF
            parts.append(_MINUTIA.pack(m.kind << 14 | m.x, m.y, angle, m.quality))
    except struct.error as fault:
        raise TemplateError("out-of-range") from fault
    parts.append(_LENGTH.pack(0))
    return b"".join(parts)


def read_template(record: bytes) -> Template:
    """The first view of a record; all of its views are checked.

    Bytes beyond the record's own length are padding. Raises TemplateError: "not-a-template",
    "cut-short", "wrong-length", "no-view", "bad-resolution", "out-of-range".
    """
    if record[: len(_MAGIC)] != _MAGIC:
        raise TemplateError("not-a-template")
    if len(record) < _HEADER.size:
        raise TemplateError("cut-short")
    _, length, _, width, height, resolution, across, views, _ = _HEADER.unpack_from(record)
    if length > len(record):
        raise TemplateError("cut-short")
    if views == 0:
        raise TemplateError("no-view")
    if resolution == 0 or across != resolution:
        raise TemplateError("bad-resolution")
    first: Template | None = None
    place = _HEADER.size
    for _ in range(views):
        position, quality, minutiae, place = _read_view(record[:length], place)
        if any(m.x >= width or m.y >= height for m in minutiae):
            raise TemplateError("out-of-range")
        if first is None:
            first = Template(width, height, minutiae, resolution, position, quality)
    if place != length or first is None:
        raise TemplateError("wrong-length")
    return first


def _read_view(record: bytes, place: int) -> tuple[int, int, tuple[Minutia, ...], int]:
    """Position, quality and minutiae of the view at `place`, and where the next one begins."""
    try:
        position, _, quality, count = _VIEW.unpack_from(record, place)
        place += _VIEW.size
        minutiae = []
        for _ in range(count):
            kind_and_x, y, angle, grade = _MINUTIA.unpack_from(record, place)
            place += _MINUTIA.size
            kind = kind_and_x >> 14
            if kind not in _KINDS or grade > 100:
                raise TemplateError("out-of-range")
            x, y = kind_and_x & _COORDINATE, y & _COORDINATE
            minutiae.append(Minutia(x, y, angle * _ANGLE_STEP, MinutiaKind(kind), grade))
        (extended,) = _LENGTH.unpack_from(record, place)
    except struct.error as fault:
        raise TemplateError("wrong-length") from fault
    return position, quality, tuple(minutiae), place + _LENGTH.size + extended
