"""The defects that a reviewer can name: the stage at fault, what is wrong, at which place of that stage, and a note.

Codes are stable; words are the window's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import PATH, RETURNS, Stage

SIGNATURE_WRONG = "signature-wrong"
DEFECTS: Mapping[Stage, tuple[str, ...]] = {
    Stage.INTAKE: ("name-wrong", "birth-date-wrong", "address-wrong", "document-unreadable", "other"),
    Stage.PHOTO: ("eyes-closed", "glare", "background", "not-this-person", "other"),
    Stage.FINGERPRINTS: ("wrong-finger", "low-quality", SIGNATURE_WRONG, "other"),
}
# Field names of workstation/domain/applicant.py; a defect of intake without fields is about the whole form.
FIELDS_OF_DEFECT: Mapping[str, tuple[str, ...]] = {
    "name-wrong": ("given_name_lo", "given_name_latin", "surname_lo", "surname_latin"),
    "birth-date-wrong": ("birth_date",),
    "address-wrong": ("province_code", "district_code", "village", "house_number", "unit"),
    "document-unreadable": ("documents",),
}
FINGERS = tuple(str(position) for position in range(1, 11))  # ISO/IEC 19794-2
OTHER = "other"
LONGEST_NOTE = 200


@dataclass(frozen=True)
class NamedDefect:
    """One thing that is wrong. `place` is a field of the form or a finger position, empty for the whole."""

    stage: Stage
    code: str
    place: str = ""
    note: str = ""


def places_of(stage: Stage, code: str) -> tuple[str, ...]:
    """Where at that stage the defect can be: fields at intake, positions for a print; none where it is the whole."""
    if stage is Stage.FINGERPRINTS:
        return () if code in (OTHER, SIGNATURE_WRONG) else FINGERS
    return FIELDS_OF_DEFECT.get(code, ()) if stage is Stage.INTAKE else ()


def check_defects(named: Sequence[NamedDefect]) -> None:
    """Raises Refused DEFECT_MISSING: none named, no such defect of that stage or place, one named twice, or "other"
    without a word about it."""
    told: set[tuple[Stage, str, str]] = set()
    for defect in named:
        known = defect.stage in RETURNS and defect.code in DEFECTS[defect.stage]
        placed = not defect.place or defect.place in places_of(defect.stage, defect.code)
        worded = defect.code != OTHER or bool(defect.note.strip())
        key = (defect.stage, defect.code, defect.place)
        if not (known and placed and worded) or key in told or len(defect.note) > LONGEST_NOTE:
            raise Refused(Reason.DEFECT_MISSING, stage=defect.stage.value)
        told.add(key)
    if not told:
        raise Refused(Reason.DEFECT_MISSING)


def earliest(named: Sequence[NamedDefect]) -> Stage:
    """The first stage on the path that is at fault: the application goes back there and walks through the others."""
    return min((defect.stage for defect in named), key=PATH.index)
