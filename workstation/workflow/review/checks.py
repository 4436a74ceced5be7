"""The defects a reviewer can name, by the stage whose work is at fault. Codes are stable; words are the window's."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import RETURNS, Stage

DEFECTS: Mapping[Stage, tuple[str, ...]] = {
    Stage.INTAKE: ("name-wrong", "birth-date-wrong", "address-wrong", "document-unreadable", "other"),
    Stage.PHOTO: ("eyes-closed", "glare", "background", "not-this-person", "other"),
    Stage.FINGERPRINTS: ("wrong-finger", "low-quality", "other"),
}


def check_defect(stage: Stage, code: str, note: str) -> None:
    """Raises Refused DEFECT_MISSING: no such defect of that stage, or "other" without a word about it."""
    if stage not in RETURNS or code not in DEFECTS[stage] or (code == "other" and not note.strip()):
        raise Refused(Reason.DEFECT_MISSING, stage=stage.value)
