"""What the photo page knows at one moment: the application, what is shown of it, and what the clerk was told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtGui import QImage

from ui.stages.photo.presenter import ShownPhoto
from workstation.biometrics.portrait.examine import PortraitReport
from workstation.workflow.photo.propose import Proposal
from workstation.workflow.photo.view import Shot


class Mode(Enum):
    """The live picture, a photo proposed, a photo kept, or one of the panels."""

    LIVE = auto()
    PROPOSED = auto()
    KEPT = auto()
    COMPARE = auto()
    EXCEPTION = auto()
    CAMERA = auto()
    REASON = auto()


@dataclass
class State:
    """Made anew for each application, so that nothing of one person is there when the next one sits down."""

    application_id: str = ""
    mode: Mode = Mode.LIVE
    # What a panel gives way to when it is left.
    before: Mode = Mode.LIVE
    photo: ShownPhoto | None = None
    # The photo kept that the clerk looks at; empty: the one that counts.
    looked_at_id: str = ""
    report: PortraitReport | None = None
    proposal: Proposal | None = None
    proposed_picture: QImage | None = None
    note: str = ""
    busy: bool = False
    live: bool = False
    armed: bool = False
    automatic: bool = False

    @property
    def editable(self) -> bool:
        return self.photo is not None and self.photo.view.editable

    @property
    def shots(self) -> tuple[Shot, ...]:
        return self.photo.view.shots if self.photo is not None else ()

    @property
    def looked_at(self) -> Shot | None:
        """The photo kept that is shown large, or would be."""
        chosen = next((shot for shot in self.shots if shot.chosen), None)
        return next((shot for shot in self.shots if shot.id == self.looked_at_id), chosen)

    @property
    def large_picture(self) -> QImage | None:
        """The pixels of the photo looked at."""
        shot = self.looked_at
        return None if shot is None or self.photo is None else self.photo.large[self.shots.index(shot)]
