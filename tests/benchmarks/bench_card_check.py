"""Check of card pictures and verification of codes: how long, how many fair pictures at the first time, how alike.

The table of pictures: rendered cards of drawn people, printed and photographed by simulation (tests/workstation/
card_reading/photographs.py); no picture of a real card is among them.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.printing.sample_card import KEY, KEY_ID, NOW, code
from tests.workstation.card_reading.cards import CODE, NUMBER, content, models, sides
from tests.workstation.card_reading.photographs import fair_shots, photograph, printed, scan
from workstation.card_reading.errors import PictureUnusable
from workstation.card_reading.likeness import PORTRAIT_ALIKE, TEXT_ALIKE
from workstation.card_reading.reading import SideReading, read_side
from workstation.card_reading.verify import verify_text

PICTURES = 24
CHANGES: dict[str, dict[str, Any]] = {
    "fair": {},
    "dark (a third of the light)": {"gain": 0.33},
    "very dark (a seventh)": {"gain": 0.14},
    "soft (2 px)": {"blur": 2.0},
    "blurred (4 px)": {"blur": 4.0},
    "shaken (11 px)": {"shake": 11.0},
    "a lamp's picture": {"glare": 0.10, "glare_at": (0.45, 0.5)},
    "partly outside": {"aside": (0.3, 0.0)},
}


def good(reading: SideReading) -> bool:
    if any(alike < TEXT_ALIKE for alike in reading.texts.values()):
        return False
    if reading.side == "front":
        return min(reading.portraits.values()) >= PORTRAIT_ALIKE
    texts = {symbol.text for symbol in reading.symbols.values()}
    zone = reading.zone
    return texts == {CODE, NUMBER} and zone is not None and zone.legible and zone.lines == content().mrz


def row(name: str, change: dict[str, Any], count: int) -> None:
    read, told = 0, dict[str, int]()
    spent, cpu, portraits, texts = list[float](), list[float](), list[float](), list[float]()
    for number, shot in enumerate(fair_shots(count, 41)):
        picture = photograph(printed(sides()[number % 2], number), replace(shot, **change))
        began, worked = time.perf_counter(), time.process_time()
        try:
            reading = read_side(picture, models())
        except PictureUnusable as fault:
            told[fault.code] = told.get(fault.code, 0) + 1
            continue
        finally:
            spent.append(time.perf_counter() - began)
            cpu.append(time.process_time() - worked)
        portraits += reading.portraits.values()
        texts += reading.texts.values()
        if good(reading):
            read += 1
        else:
            said = "held" if reading.fault is None else reading.fault.value
            told[said] = told.get(said, 0) + 1
    least = f"{min(portraits, default=1):.2f} {min(texts, default=1):.2f}"
    print(
        f"{name:<30} read {read:>3}/{count:<3} median {statistics.median(spent):.3f} s"
        f" (processor {statistics.median(cpu):.3f} s)  most {max(spent):.3f} s  least alike {least}  {told or ''}"
    )


def others() -> None:
    wrong = []
    for number, shot in enumerate(fair_shots(12, 43)):
        picture = photograph(printed(sides(2 + number % 6)[0], number), shot)
        wrong.append(read_side(picture, models()).portraits["portrait"])
    print(f"another person's portrait: most alike {max(wrong):.2f}, held below {PORTRAIT_ALIKE}")


def scans() -> None:
    """Both sides of a card on a flatbed scanner at 300 dpi; on a white lid its edge is hardly seen."""
    for name, glass, aside in (("A6", (5.8, 4.1), (0.0, 0.0)), ("A4", (8.27, 11.69), (0.2, -0.2))):
        for lid in (250, 205, 60):
            read, spent = 0, list[float]()
            for number in range(2):
                taken = scan(printed(sides()[number], lid), lid=lid, turn=2.5, glass=glass, aside=aside)
                worked = time.process_time()
                read += good(read_side(taken, models()))
                spent.append(time.process_time() - worked)
            print(
                f"scan of {name}, lid {lid:>3}               read {read:>3}/2   "
                f" both sides {sum(spent):.3f} s of processor time",
                flush=True,
            )


def verifying() -> None:
    keys = {KEY_ID: KEY.public_key()}
    spent = []
    for _ in range(200):
        began = time.perf_counter()
        assert verify_text(code(), keys, NOW).valid
        spent.append(time.perf_counter() - began)
    print(f"verify a code's text: median {1000 * statistics.median(spent):.2f} ms")


def commands() -> None:
    """`card verify` as a person starts it: what it takes beyond an interpreter that does nothing."""
    with TemporaryDirectory() as folder:
        keys, picture = Path(folder) / "keys", Path(folder) / "code.png"
        keys.mkdir()
        pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (keys / f"{KEY_ID.decode()}.pem").write_bytes(pem)
        cv2.imwrite(str(picture), sides()[1])
        verify = ["-m", "ui.commands", "card", "verify", "--keys", str(keys), "--json"]
        rows = {
            "an interpreter that does nothing": ["-c", "pass"],
            "card verify --qr TEXT": [*verify, "--qr", code()],
            "card verify BACK.png (300 dpi)": [*verify, str(picture)],
        }
        bare = (0.0, 0.0)
        for name, arguments in rows.items():
            taken = min(_process(arguments) for _ in range(9))
            if not any(bare):
                bare = taken
            print(
                f"{name:<34} {1000 * taken[0]:4.0f} ms, after start {1000 * (taken[0] - bare[0]):4.0f} ms"
                f" (processor {1000 * taken[1]:4.0f}, after start {1000 * (taken[1] - bare[1]):4.0f})"
            )


def _process(arguments: list[str]) -> tuple[float, float]:
    """Seconds on the clock and of the processor for one process that must end well."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, timeout=60)
    ended, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    models()
    commands()
    scans()
    for name, change in CHANGES.items():
        row(name, change, PICTURES if name == "fair" else 6)
    others()
    verifying()


if __name__ == "__main__":
    main()
