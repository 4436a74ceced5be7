"""Cuts Lao writing into syllables: initial consonant or cluster, the vowel written around it, final consonant.

Lao writes every vowel but no space between words, so one row of letters can often be cut in two ways (ນາກ-ວາ, ນາ-ກວາ).
Every way is weighed with the costs of resources/romanisation; the cheapest is taken. A letter with a tone mark opens
its syllable. Old silent letters (with ໌) are left out; a consonant without a vowel is read with a short a.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from workstation.lao.script import AA, AM, CONSONANTS, MARK_ORDER, TONES, VOWELS_BEFORE

REPETITION = "ໆ"
BARE = "-"  # the frame of a consonant that carries no vowel
SIGN = ""  # the frame of a sign that stands alone

_CANCELLATION = "\u0ecc"
_VOWEL_MARKS = frozenset(MARK_ORDER) - frozenset(TONES) - {"\u0ebc", _CANCELLATION, "\u0ece", "\u0eba"}
# What may follow the consonant on the line and belong to its vowel, longest first.
_AFTER = ("າະ", "ວະ", AA, AM, "ະ", "ອ", "ວ", "ຍ", "ຽ", "")

_BARE_COST, _BARE_LAST_COST, _OPEN_COST, _SIGN_COST = 10, 12, 8, 50


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable: `frame` is the vowel as in vowels.csv (`-` for the consonant); final is "" in an open one."""

    initial: str
    frame: str
    final: str


class _Tables(NamedTuple):
    initials: dict[str, int]
    frames: dict[tuple[str, str, str], tuple[str, str]]
    finals: dict[str, int]


class _Step(NamedTuple):
    cost: int
    start: int
    syllable: Syllable | None


def table(name: str) -> list[dict[str, str]]:
    """The rows of one table of resources/romanisation."""
    text = (files("resources") / "romanisation" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def syllables(run: str) -> list[Syllable]:
    """The syllables of one run of Lao letters, in canonical spelling and without digits or spaces."""
    best: list[_Step | None] = [None] * (len(run) + 1)
    best[0] = _Step(0, 0, None)
    for start in range(len(run)):
        here = best[start]
        if here is None:
            continue
        for end, cost, syllable in _openings(run, start):
            there = best[end]
            if there is None or here.cost + cost < there.cost:
                best[end] = _Step(here.cost + cost, start, syllable)
    found: list[Syllable] = []
    end = len(run)
    while end:
        step = best[end]
        assert step is not None  # _openings always offers a way over one sign
        if step.syllable is not None:
            found.append(step.syllable)
        end = step.start
    return found[::-1]


def _openings(run: str, start: int) -> list[tuple[int, int, Syllable | None]]:
    ways = [_sign(run, start)]
    before = run[start] if run[start] in VOWELS_BEFORE else ""
    place = start + len(before)
    for length in (1, 2):
        initial = run[place : place + length]
        if len(initial) == length and (cost := _tables().initials.get(initial)) is not None:
            ways += _vowels(run, before, initial, place + length, cost)
    return ways


def _vowels(
    run: str, before: str, initial: str, place: int, cost: int
) -> list[tuple[int, int, Syllable | None]]:
    end = place
    while run[end : end + 1] in _VOWEL_MARKS:
        end += 1
    marks = run[place:end]
    toned = end
    while toned < len(run) and run[toned] in TONES:
        toned += 1
    if run[toned : toned + 1] == _CANCELLATION:
        return [(toned + 1, 0, None)]
    ways: list[tuple[int, int, Syllable | None]] = []
    for after in _AFTER:
        if not run.startswith(after, toned):
            continue
        if not (before or marks or after):
            last = toned == len(run)
            ways.append(
                (toned, cost + (_BARE_LAST_COST if last else _BARE_COST), Syllable(initial, BARE, ""))
            )
        elif known := _tables().frames.get((before, marks, after)):
            ways += _finals(run, Syllable(initial, known[0], ""), known[1], toned + len(after), cost)
    return ways


def _finals(
    run: str, opened: Syllable, closing: str, place: int, cost: int
) -> list[tuple[int, int, Syllable | None]]:
    ways: list[tuple[int, int, Syllable | None]] = [
        (place, cost + (_OPEN_COST if closing == "must" else 0), opened)
    ]
    final = run[place : place + 1]
    if closing != "no" and (loan := _tables().finals.get(final)) is not None:
        ways.append((place + 1, cost + loan, Syllable(opened.initial, opened.frame, final)))
    return ways


def _sign(run: str, start: int) -> tuple[int, int, Syllable | None]:
    if run[start] == REPETITION:
        return start + 1, 0, Syllable(REPETITION, SIGN, "")
    if run[start] in CONSONANTS:
        return start + 1, _SIGN_COST, Syllable(run[start], BARE, "")
    return start + 1, _SIGN_COST, Syllable(run[start], SIGN, "")


@cache
def _tables() -> _Tables:
    frames: dict[tuple[str, str, str], tuple[str, str]] = {}
    for row in table("vowels"):
        before, _, around = row["frame"].partition("-")
        marks = "".join(sign for sign in around if sign in _VOWEL_MARKS)
        frames[before, marks, around.removeprefix(marks)] = row["frame"], row["final"]
    return _Tables(
        {row["lao"]: int(row["cost"]) for row in table("initials")},
        frames,
        {row["lao"]: int(row["cost"]) for row in table("finals")},
    )
