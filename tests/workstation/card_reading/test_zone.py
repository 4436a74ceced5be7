"""The OCR-B lines letter by letter: every letter of the alphabet, and no letter that was guessed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.workstation.card_reading.cards import content, models, rendered
from tests.workstation.card_reading.photographs import Shot, photograph, printed
from workstation.card_reading.errors import PictureUnusable
from workstation.card_reading.reading import read_side
from workstation.card_reading.zone import read_zone
from workstation.travel_documents.mrz import MrzError, Td1, read_td1

PLACE = models()[1].zone
SHOT = Shot(turn=3.0, tilt=5.0)


def zone_of(number: str, optional: str, primary: str, secondary: str) -> tuple[str, str, str]:
    return Td1(
        "I<", "LAO", number, optional, "900131", "M", "361121", "LAO", "XZ0987", primary, secondary
    ).lines()


LINES = [
    zone_of("ABCDEFGHI", "JKLMNOPQRSTUVWX", "YZABCDEFGHIJKL", "MNOPQRSTUVWXYZ"),
    zone_of("012345678", "901234567890123", "OOQQDDBBSSIIZZ", "GGCCUUVVWWMMNN"),
    zone_of("0O0O1I1I5", "S5S8B8B2Z2Z6G6G", "EEFFPPRRKKHHLL", "TTJJAAXXYYII"),
]


@pytest.mark.parametrize("lines", LINES)
def test_every_letter_is_read_as_it_stands(lines: tuple[str, str, str]) -> None:
    assert PLACE is not None
    _front, back = rendered(content(mrz=lines))
    reading = read_zone(back, PLACE.left, PLACE.baselines)
    assert reading.lines == lines
    assert reading.legible
    taken = read_side(photograph(printed(back), SHOT), models()).zone
    assert taken is not None
    assert taken.lines == lines


def test_what_is_not_legible_is_never_called_read() -> None:
    """From sharp to hopeless: a zone whose check digits hold, and that is called legible, is the zone that is there."""
    _front, back = rendered(content(mrz=LINES[2]))
    told = []
    for step in (0, 4, 8):
        shot = replace(SHOT, blur=0.8 + 0.55 * step, noise=2 + 3 * step, seed=step)
        try:
            reading = read_side(photograph(printed(back, step), shot), models()).zone
        except PictureUnusable:
            continue
        assert reading is not None
        try:
            read_td1("".join(reading.lines))
        except MrzError:
            continue
        if reading.legible:
            assert reading.lines == LINES[2]
            told.append(step)
    assert 0 in told
    assert 8 not in told


def test_noise_is_no_zone() -> None:
    assert PLACE is not None
    noise = np.random.default_rng(1).integers(0, 256, (638, 1012, 3)).astype(np.uint8)
    assert not read_zone(noise, PLACE.left, PLACE.baselines).legible
    assert not read_zone(np.full_like(noise, 255), PLACE.left, PLACE.baselines).legible
