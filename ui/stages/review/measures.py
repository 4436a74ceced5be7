"""What was measured of the photo: a forced acceptance first, then what is not met, then what is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import _
from ui.stages.review.spot import Spot
from ui.widgets.badge import Badge
from ui.widgets.icons import Icon
from ui.widgets.text import Text
from ui.words.requirements import requirement_name
from workstation.biometrics.portrait.examine import Verdict
from workstation.workflow.photo.view import PhotoView

FORCED = "forced"
_KINDS = {Verdict.AMBER: "attention", Verdict.RED: "stopped", Verdict.NOT_MEASURED: "todo"}


class PhotoMeasures(QWidget):
    """`spots` are the places by the requirement's name; FORCED is that of a forced acceptance."""

    def __init__(self) -> None:
        super().__init__()
        self.spots: dict[str, Spot] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_photo(self, photo: PhotoView) -> None:
        """Replaces what is shown."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.spots = {}
        if photo.forced_reason is not None:
            told = _("Accepted in spite of it: {reason}").format(reason=photo.forced_reason)
            self._place(FORCED, Text(told, "strong", wrap=True))
        met = [r.name for r in photo.requirements if r.verdict is Verdict.GREEN]
        for requirement in photo.requirements:
            if requirement.name not in met:
                badge = Badge(_KINDS[requirement.verdict], "", requirement_name(requirement.name))
                self._place(requirement.name, badge)
        if met:
            names = ", ".join(requirement_name(name) for name in met)
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 4, 0, 0)
            row.setSpacing(8)
            row.addWidget(Icon("good", theme.STATES["good"][0], 18), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(_("Met: {names}").format(names=names), "secondary", wrap=True), 1)
            self._column.addWidget(line)

    def _place(self, name: str, content: QWidget) -> None:
        spot = self.spots[name] = Spot(content)
        spot.setObjectName(f"review.requirement.{name}")
        self._column.addWidget(spot)
