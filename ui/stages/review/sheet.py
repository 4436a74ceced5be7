"""The applicant on one card: what differs from another application first, side by side, then everything else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.stages.review.facts import facts, label_of, value_of
from ui.stages.review.spot import Spot
from ui.stages.review.words import point_text
from ui.widgets.text import Text
from workstation.workflow.review.checks import Point, PointKind
from workstation.workflow.review.view import ReviewView

_LABEL = 168


def _line(parts: Sequence[tuple[QWidget, int]], label: Text) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    label.setFixedWidth(_LABEL)
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    for part, stretch in parts:
        row.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)
    return line


class FactSheet(QFrame):
    """`show_facts` replaces everything; `spots` are where the points of fields and of the other application are."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review.facts")
        self.setProperty("surface", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 6, 6, 6)
        self._column.setSpacing(0)
        self.spots: dict[str, Spot] = {}

    def show_facts(self, view: ReviewView) -> None:
        """Differences under the heads of their columns, then the rows that no difference has told already."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.spots = {}
        told = self._show_differences(view)
        noted = {
            point.about: point
            for point in view.points
            if point.kind in (PointKind.CARRIED, PointKind.PROPOSED)
        }
        for row in facts(view.fields, view.form):
            if told.issuperset(name for name in row.fields if view.fields.get(name) or name in told):
                continue
            value = Text(row.value or "–", "body", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            points = [noted[name] for name in row.fields if name in noted]
            label = row.label
            if points:
                carried = any(point.kind is PointKind.CARRIED for point in points)
                label = f"{label} · {_('taken over') if carried else _('proposed')}"
            spot = self._place(_line([(value, 1)], Text(label, "secondary", wrap=True)), points)
            spot.setObjectName(f"review.row.{row.fields[0]}")
        # A value whose row is told by a difference has its point there.
        for name, point in noted.items():
            if point.id not in self.spots:
                at = next((p.id for p in view.points if p.about == name and p.id in self.spots), None)
                if at is not None:
                    self.spots[point.id] = self.spots[at]
        self._column.addStretch(1)

    def _show_differences(self, view: ReviewView) -> set[str]:
        of_other = [point for point in view.points if point.kind is PointKind.OTHER_APPLICATION]
        if not of_other or view.compared is None:
            return set()
        spot = self._place(Text(point_text(of_other[0], view), "label", wrap=True), of_other)
        spot.setObjectName("review.other")
        told = set()
        for point in view.points:
            if point.kind is not PointKind.DIFFERENCE:
                continue
            told.add(point.about)
            now = Text(value_of(point.about, point.now) or "–", "strong", wrap=True)
            was = Text(
                _("before: {value}").format(value=value_of(point.about, point.before)), "secondary", wrap=True
            )
            label = Text(label_of(point.about, view.form), "secondary", wrap=True)
            row = self._place(_line([(now, 4), (was, 5)], label), [point])
            row.setObjectName(f"review.difference.{point.about}")
        return told

    def _place(self, line: QWidget, points: Sequence[Point]) -> Spot:
        spot = Spot(line)
        self._column.addWidget(spot)
        for point in points:
            self.spots[point.id] = spot
        return spot
