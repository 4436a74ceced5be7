"""What a reviewer sent back at the stage that is open: every defect with its place and note, who said so."""

from __future__ import annotations

from ui.language import _
from ui.widgets.strip import Strip
from ui.words.defects import defect_told
from workstation.domain.stages import Stage
from workstation.workflow.header import Header

# The intake page says it itself, at its fields.
_STAGES = (Stage.PHOTO, Stage.FINGERPRINTS)


class ReturnedStrip(Strip):
    """Above the page of a stage; hidden where nothing was sent back."""

    def __init__(self) -> None:
        super().__init__("returned")

    def show_header(self, header: Header) -> None:
        """Says the defects that are still to mend at the application's stage."""
        here = [defect for defect in header.defects if defect.stage is header.stage]
        if header.stage not in _STAGES or not here:
            self.clear()
            return
        told = [
            _("Returned by {name}: {defect}").format(
                name=defect.raised_by_name,
                defect=defect_told(defect.stage, defect.code, defect.place, defect.note),
            )
            for defect in here
        ]
        self.say("attention", "\n".join(told))
