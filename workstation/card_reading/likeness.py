"""How alike a printed place is to what should be printed there: the same picture in other light, or another one.

Both are reduced to their structure (a band of fine detail, the light's slope gone), laid over each other to the pixel,
and correlated piece by piece. Another person's portrait has the same framing and the same light, so the whole may well
look alike; the pieces do not. Of a text one letter may differ. So the worst pieces are what is kept: a third of them
for a portrait, one in fifty for a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from workstation.card_reading.bands import Plane, grey, soft
from workstation.card_reading.model import Picture, Place

_REACH = 6


@dataclass(frozen=True)
class Grain:
    """Which detail counts: from `fine` to `coarse` (deviations of the blurs, pixels at 300 dpi), in pieces of `piece`
    pixels; pieces with less than `faint` of the strongest structure are left out; `worst`, the share that is kept.
    Places wider than `stretch` pixels are compared in several."""

    fine: float
    coarse: float
    piece: int
    faint: float
    worst: float
    stretch: int


PORTRAIT = Grain(2.0, 9.0, 44, 0.12, 0.33, 400)
TEXT = Grain(1.6, 7.0, 26, 0.30, 0.02, 110)
# Measured on drawn people and simulated prints (tests/benchmarks/bench_card_check.py): the same portrait 0.95 and
# more, another one 0.28 and less; the same text 0.90 and more, one with another digit or tone mark 0.55 and less. Where
# a letter hardly differs (l and i in a small type) the codes and the zone tell.
PORTRAIT_ALIKE = 0.62
TEXT_ALIKE = 0.70


def structure(picture: Picture, grain: Grain) -> Plane:
    """The detail of `picture` (BGR) that `grain` counts."""
    plane = grey(picture)
    return soft(plane, grain.fine) - soft(plane, grain.coarse)


def likeness(card: Plane, model: Plane, place: Place, grain: Grain) -> float:
    """-1 to 1: how alike `place` of the straightened card is to the same place of its model.

    A wide place is laid over the model stretch by stretch: a lens or a bent card leaves a few pixels from its one end
    to the other.
    """
    left, top, right, bottom = place.box()
    count = max(1, round((right - left) / grain.stretch))
    edges = [round(left + (right - left) * at / count) for at in range(count + 1)]
    compared = [_compare(card, model, (begin, top, end, bottom), grain) for begin, end in pairwise(edges)]
    alike, wanted, found = (np.concatenate(planes) for planes in zip(*compared, strict=True))
    # Structure on either side counts: what is there too much is as wrong as what is missing.
    strength = np.maximum(wanted / max(float(wanted.max()), 1e-3), found / max(float(found.max()), 1e-3))
    pieces = np.sort(alike[strength > grain.faint])
    worst = pieces[: max(1, round(len(pieces) * grain.worst))]
    return float(np.clip(worst.mean(), -1, 1))


def _compare(
    card: Plane, model: Plane, box: tuple[int, int, int, int], grain: Grain
) -> tuple[Plane, Plane, Plane]:
    """Piece by piece: the correlation, the spread of what is wanted and of what is found there."""
    left, top, right, bottom = box
    wanted = np.ascontiguousarray(model[top:bottom, left:right])
    upper, before = max(0, top - _REACH), max(0, left - _REACH)
    around = np.ascontiguousarray(card[upper : bottom + _REACH, before : right + _REACH])
    _low, _high, _at, (dx, dy) = cv2.minMaxLoc(cv2.matchTemplate(around, wanted, cv2.TM_CCOEFF_NORMED))
    found = np.ascontiguousarray(around[dy : dy + wanted.shape[0], dx : dx + wanted.shape[1]])
    mean_found, mean_wanted = _blur(found, grain), _blur(wanted, grain)
    spread_found = np.sqrt(np.maximum(_blur(found * found, grain) - mean_found**2, 0))
    spread_wanted = np.sqrt(np.maximum(_blur(wanted * wanted, grain) - mean_wanted**2, 0))
    shared = _blur(found * wanted, grain) - mean_found * mean_wanted
    alike = shared / np.maximum(spread_wanted * spread_found, 1e-3)
    return alike.ravel(), spread_wanted.ravel(), spread_found.ravel()


def _blur(plane: Plane, grain: Grain) -> Plane:
    step = max(1, grain.piece // 4)
    return np.asarray(cv2.blur(plane, (grain.piece, grain.piece))[::step, ::step], np.float32)
