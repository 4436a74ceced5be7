"""Every sentence of the capture and card pages has its Lao with the same places; advice fits the fault."""

from __future__ import annotations

import io
import string
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ui.stages.photo.words import advice, measured, most_useful
from workstation.biometrics.portrait.examine import Requirement, Verdict

PAGES = ("photo", "fingerprints", "print", "check")


def test_each_sentence_is_translated_with_its_places() -> None:
    part = files("resources").joinpath("translations/lo/capture.po").read_bytes()
    catalogue = {str(message.id): str(message.string) for message in read_po(io.BytesIO(part)) if message.id}
    stages = Path(__file__).parents[4] / "ui" / "stages"
    used = {
        str(found[2]) for page in PAGES for found in extract_from_dir(stages / page, keywords={"_": None})
    }
    assert used - catalogue.keys() == set()
    # Names of fingers and requirements are also said elsewhere; their words have a room of their own.
    shared = {str(found[2]) for found in extract_from_dir(stages.parent / "words", keywords={"_": None})}
    assert catalogue.keys() - used - shared == set()
    for english, lao in catalogue.items():
        assert lao, english
        assert places(lao) == places(english)


def places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def requirement(name: str, value: float | None, verdict: Verdict, unit: str = "share") -> Requirement:
    return Requirement(name, value, unit, 0.4, 0.6, verdict)


def test_advice_begins_with_what_helps_most() -> None:
    faulty = (
        requirement("background", 19, Verdict.RED),
        requirement("exposure", 0.1, Verdict.AMBER),
        requirement("head_size", 0.1, Verdict.RED),
    )
    worst = most_useful(faulty)
    assert worst is not None
    assert worst.name == "head_size"
    assert most_useful((requirement("background", 1, Verdict.GREEN),)) is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("head_size", 0.1, "Too far away"),
        ("head_size", 0.9, "Too close"),
        ("exposure", 0.9, "Too bright"),
        ("exposure", 0.1, "Too dark"),
        ("face_count", 2, "Only the applicant"),
        ("face_count", 0, "No face"),
        ("sharpness", None, "not sharp"),
    ],
)
def test_advice_fits_the_side_of_the_fault(name: str, value: float | None, words: str) -> None:
    assert words in advice(requirement(name, value, Verdict.RED))


def test_values_are_short() -> None:
    assert measured(requirement("exposure", -0.012, Verdict.GREEN)) == "−1 %"
    assert measured(requirement("eye_distance", 59.4, Verdict.RED, "px")) == "59 px"
    assert measured(requirement("head_size", None, Verdict.RED)) == "–"
