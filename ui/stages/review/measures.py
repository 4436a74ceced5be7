"""What was measured of the photo: a forced acceptance first, then what is not met, then what is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import _
from ui.stages.review.spot import Spot
from ui.widgets.badge import Badge
from ui.widgets.flow import Flow
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
        self._column.setSpacing(4)

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
            self._column.addWidget(self._spot(FORCED, Text(told, "compact_strong", wrap=True)))
        met = [r.name for r in photo.requirements if r.verdict is Verdict.GREEN]
        wanting = [r for r in photo.requirements if r.name not in met]
        if wanting:
            self._column.addWidget(
                _Flowing([self._spot(r.name, self._badge(r.verdict, r.name)) for r in wanting])
            )
        if met:
            names = ", ".join(requirement_name(name) for name in met)
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(Icon("good", theme.STATES["good"][0], 18), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(_("Met: {names}").format(names=names), "secondary", wrap=True), 1)
            self._column.addWidget(line)

    @staticmethod
    def _badge(verdict: Verdict, name: str) -> Badge:
        return Badge(_KINDS[verdict], "", requirement_name(name))

    def _spot(self, name: str, content: QWidget) -> Spot:
        spot = self.spots[name] = Spot(content)
        spot.setObjectName(f"review.requirement.{name}")
        return spot


class _Flowing(QWidget):
    """Spots side by side as far as there is room."""

    def __init__(self, spots: list[Spot]) -> None:
        super().__init__()
        self._flow = Flow(self)
        for spot in spots:
            self._flow.addWidget(spot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The page asks for its least height before it knows its width.
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))
