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
_KINDS = {Verdict.AMBER: "attention", Verdict.RED: "stopped"}


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
        for requirement in photo.requirements:
            if requirement.verdict in _KINDS:
                badge = Badge(_KINDS[requirement.verdict], "", requirement_name(requirement.name))
                self._place(requirement.name, badge)
        met, unknown = (
            ", ".join(requirement_name(r.name) for r in photo.requirements if r.verdict is verdict)
            for verdict in (Verdict.GREEN, Verdict.NOT_MEASURED)
        )
        if unknown:
            self._add_line("plain", _("Not measured: {names}").format(names=unknown))
        if met:
            self._add_line("good", _("Met: {names}").format(names=met))

    def _add_line(self, kind: str, told: str) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon(kind, theme.STATES[kind][0], 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(told, "secondary", wrap=True), 1)
        self._column.addWidget(line)

    def _place(self, name: str, content: QWidget) -> None:
        spot = self.spots[name] = Spot(content)
        spot.setObjectName(f"review.requirement.{name}")
        self._column.addWidget(spot)
