"""The reader of OCR-B lines beside a general engine: lines read without a wrong letter, and one zone's processor time.

Twelve invented zones on rendered cards, photographed by simulation; both readers get the same straightened card. The
other one is Tesseract with its English model, one block of text, only the zone's letters allowed, no dictionaries,
twice enlarged, which reads it better; it is measured where `tesseract` is on the path, and is no part of the product.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from tests.workstation.card_reading.cards import Picture, content, models, rendered
from tests.workstation.card_reading.photographs import Shot, photograph, printed, scan
from workstation.card_reading.glyphs import ALPHABET
from workstation.card_reading.model import PIXELS_PER_MM, ZonePlace
from workstation.card_reading.straighten import straighten
from workstation.card_reading.zone import read_zone
from workstation.travel_documents.mrz import Td1

Lines = tuple[str, str, str]
SHOT = Shot(turn=2.0, tilt=4.0)
PLACES: dict[str, Callable[[Picture, int], Picture]] = {
    "scan, 300 dpi": lambda side, seed: scan(side, dpi=300, lid=90, seed=seed),
    "scan, 200 dpi": lambda side, seed: scan(side, dpi=200, lid=90, seed=seed),
    "photograph, turned by 9 degrees": lambda side, seed: photograph(side, replace(SHOT, turn=9, seed=seed)),
    "photograph, blurred by 1.6 px": lambda side, seed: photograph(side, replace(SHOT, blur=1.6, seed=seed)),
    "photograph, noise of 14": lambda side, seed: photograph(side, replace(SHOT, noise=14, seed=seed)),
}
ZONES = 12


def zones() -> list[Lines]:
    """Names, numbers and dates drawn from a seed; every letter of the alphabet comes in them."""
    draw = random.Random(20261122)
    found = []
    for _ in range(ZONES):
        letters = ["".join(draw.choices(ALPHABET[:26], k=count)) for count in (12, 13)]
        number, optional = ("".join(draw.choices(ALPHABET[:36], k=count)) for count in (9, 15))
        birth, expiry = (f"{draw.randrange(100):02}{draw.randrange(1, 13):02}{day:02}" for day in (7, 28))
        td1 = Td1("ID", "LAO", number, optional, birth, draw.choice("MF"), expiry, "LAO", "", *letters)
        found.append(td1.lines())
    return found


def tesseract(card: Picture, place: ZonePlace) -> list[str]:
    """What Tesseract reads in the zone's part of a straightened card, line by line."""
    top, bottom = (round((place.baselines[n] + by) * PIXELS_PER_MM) for n, by in ((0, -4.0), (2, 2.0)))
    part = cv2.resize(card[top:bottom], None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    png = cv2.imencode(".png", part)[1].tobytes()
    command = ["tesseract", "-", "-", "--psm", "6", "-l", "eng", "--dpi", "600"]
    for setting in (f"tessedit_char_whitelist={ALPHABET}", "load_system_dawg=0", "load_freq_dawg=0"):
        command += ["-c", setting]
    single = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    read = subprocess.run(command, input=png, capture_output=True, check=True, timeout=60, env=single)
    return [line.replace(" ", "") for line in read.stdout.decode().splitlines() if line.strip()]


def main() -> None:
    place = models()[1].zone
    assert place is not None
    there = shutil.which("tesseract") is not None
    if not there:
        print("tesseract is not on the path: only our own reader is measured")
    told = zones()
    backs = [printed(rendered(content(mrz=lines))[1], seed) for seed, lines in enumerate(told)]
    for name, take in PLACES.items():
        ours, others = 0, 0
        spent: tuple[list[float], list[float]] = ([], [])
        for seed, (lines, back) in enumerate(zip(told, backs, strict=True)):
            card = straighten(take(back, seed), models()).picture
            began = time.process_time()
            ours += _same(read_zone(card, place.left, place.baselines).lines, lines)
            spent[0].append(time.process_time() - began)
            if there:
                began = _children()
                others += _same(tesseract(np.ascontiguousarray(card), place), lines)
                spent[1].append(_children() - began)
        row = f"{name:<34} ours {ours:>2}/{3 * ZONES} lines in {1000 * statistics.median(spent[0]):4.0f} ms"
        if there:
            row += f"   tesseract {others:>2}/{3 * ZONES} in {1000 * statistics.median(spent[1]):4.0f} ms"
        print(row, flush=True)


def _children() -> float:
    """Processor seconds of the processes that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _same(read: list[str] | Lines, lines: Lines) -> int:
    return sum(line in read for line in lines)


if __name__ == "__main__":
    main()
