"""What was measured of the photo, each requirement with its verdict, a forced acceptance first."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.language import _
from ui.stages.review.spot import Spot
from ui.widgets.badge import Badge
from ui.widgets.text import Text
from ui.words.requirements import requirement_name
from workstation.workflow.photo.view import PhotoView

FORCED = "forced"
_KINDS = {"green": "good", "amber": "attention", "red": "stopped"}


class PhotoMeasures(QWidget):
    """`spots` are the places by the requirement's name; FORCED is that of a forced acceptance."""

    def __init__(self) -> None:
        super().__init__()
        self.spots: dict[str, Spot] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2)
        self._grid.setVerticalSpacing(2)

    def show_photo(self, photo: PhotoView) -> None:
        """Replaces what is shown."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.spots = {}
        first = 0
        if photo.forced_reason is not None:
            told = _("Accepted in spite of it: {reason}").format(reason=photo.forced_reason)
            self._place(FORCED, Text(told, "strong", wrap=True), 0, 0, 2)
            first = 1
        for order, requirement in enumerate(photo.requirements):
            badge = Badge(_KINDS[requirement.verdict.value], "", requirement_name(requirement.name))
            self._place(requirement.name, badge, first + order // 2, order % 2, 1)

    def _place(self, name: str, content: QWidget, row: int, column: int, columns: int) -> None:
        spot = self.spots[name] = Spot(content)
        spot.setObjectName(f"review.requirement.{name}")
        self._grid.addWidget(spot, row, column, 1, columns)
