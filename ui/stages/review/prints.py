"""The fingers on one small sheet: right hand above, left hand below, each with its score or why it is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.stages.review.spot import Spot
from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.text import Text
from ui.words.fingers import finger_name, missing_reason
from workstation.workflow.fingerprints.view import FingerprintsView, FingerView

_SMALL, _LARGE = (58, 64), (76, 92)
_FEW = 2  # up to so many prints are shown large
_BESIDE = 82  # px for name and quality beside a large print
_NAMED = 3  # more fingers of one reason are counted; each is seen in its place anyway


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
        told = self._missing(view)
        if told:
            missing = Text(told, "secondary", wrap=True)
            missing.setObjectName("review.missing")
            self._grid.addWidget(missing, 2, 0, 1, 6)
        self._grid.setColumnStretch(5, 1)

    @staticmethod
    def _missing(view: FingerprintsView) -> str:
        """Which fingers are missing and why; fingers of one reason are told together."""
        fingers: dict[str, list[str]] = {}
        for position, finger in sorted(view.fingers.items()):
            if finger.missing_reason is not None:
                fingers.setdefault(finger.missing_reason, []).append(finger_name(position))
        return "\n".join(
            f"{', '.join(names) if len(names) <= _NAMED else _('{count} fingers').format(count=len(names))}: "
            + missing_reason(reason)
            for reason, names in fingers.items()
        )

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
        if size == _LARGE:
            beside = QVBoxLayout()
            beside.setSpacing(2)
            beside.addWidget(Text(name, "secondary", wrap=True))
            beside.addWidget(badge)
            beside.addStretch(1)
            row = QHBoxLayout(cell)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(picture)
            row.addLayout(beside, 1)
            cell.setFixedWidth(size[0] + _BESIDE)
        else:
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addWidget(picture)
            column.addWidget(badge)
            cell.setFixedWidth(size[0])
        spot = self.spots[position] = Spot(cell)
        spot.setObjectName(f"review.finger.{position}")
        spot.setAccessibleName(name)
        return spot
