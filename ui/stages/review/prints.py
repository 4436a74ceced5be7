"""The fingers on one small sheet: right hand above, left hand below, each with its score or why it is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.stages.review.spot import Spot
from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.text import ElidedText, Text
from ui.words.fingers import finger_name, missing_reason
from workstation.workflow.fingerprints.view import FingerprintsView, FingerView

_SMALL, _LARGE = (62, 74), (112, 132)
_FEW = 2  # up to so many prints are shown large


class PrintSheet(QWidget):
    """Shows the fingers that the policy asks for; `spots` are their places by position."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2)
        self._grid.setVerticalSpacing(4)
        self.spots: dict[int, Spot] = {}

    def show_prints(self, view: FingerprintsView) -> None:
        """Replaces what is shown."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.spots = {}
        positions = sorted(set(view.required) | set(view.fingers))
        if not positions:
            self._grid.addWidget(Text(_("None are taken at this age"), "secondary"), 0, 0)
        few = len(positions) <= _FEW
        for order, position in enumerate(positions):
            row, column = (0, order) if few else divmod(position - 1, 5)
            finger = view.fingers.get(position)
            self._grid.addWidget(
                self._finger(position, finger, _LARGE if few else _SMALL),
                row,
                column,
                Qt.AlignmentFlag.AlignTop,
            )
            if finger is not None and finger.missing_reason is not None:
                line = f"{finger_name(position)}: {missing_reason(finger.missing_reason)}"
                missing = Text(line, "secondary", wrap=True)
                missing.setObjectName(f"review.missing.{position}")
                self._grid.addWidget(missing, 2 + order, 0, 1, 6)
        self._grid.setColumnStretch(5, 1)

    def _finger(self, position: int, finger: FingerView | None, size: tuple[int, int]) -> Spot:
        name = finger_name(position)
        if finger is None or (finger.nfiq2 is None and finger.missing_reason is None):
            kind, word, instead = "stopped", "–", _("Not taken")
        elif finger.missing_reason is not None:
            kind, word, instead = "attention", "–", _("No finger")
        else:
            kind, word, instead = ("good" if finger.good else "attention"), str(finger.nfiq2), ""
        picture = Picture(size, placeholder=instead)
        picture.set_picture(finger.preview if finger else None)
        picture.setAccessibleName(name)
        picture.setToolTip(name)
        badge = Badge(kind, "", word)
        badge.setToolTip(name)
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(picture)
        if size == _LARGE:
            column.addWidget(ElidedText(name, "secondary"))
        column.addWidget(badge)
        cell.setFixedWidth(size[0])
        spot = self.spots[position] = Spot(cell)
        spot.setObjectName(f"review.finger.{position}")
        spot.setAccessibleName(name)
        return spot
