"""The applicant on one card: what differs from another application first, side by side, then everything else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.stages.review.facts import Row, facts, label_of, value_of
from ui.stages.review.spot import Spot
from ui.stages.review.words import point_text
from ui.widgets.text import Text
from workstation.workflow.review.checks import Point, PointKind
from workstation.workflow.review.view import ReviewView

_LABEL = 174
_SECOND_LABEL = 110  # of the second fact on a line
_ROOMY = 11  # so many lines have room for large letters


def _line(parts: Sequence[tuple[QWidget, int]], label: Text, width: int = _LABEL) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    label.setFixedWidth(width)
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    for part, stretch in parts:
        row.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)
    return line


def _lines(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    """One row to a line, two short neighbours together."""
    lines: list[tuple[Row, ...]] = []
    for row in rows:
        if row.short and lines and len(lines[-1]) == 1 and lines[-1][0].short:
            lines[-1] += (row,)
        else:
            lines.append((row,))
    return lines


class FactSheet(QFrame):
    """`show_facts` replaces everything; `spots` are where the points of fields and of the other application are."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review.facts")
        self.setProperty("surface", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 4, 4, 4)
        self._column.setSpacing(0)
        self._role = "body"
        self.spots: dict[str, Spot] = {}

    def show_facts(self, view: ReviewView) -> None:
        """Differences, now and before, then the rows that no difference has told already."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.spots = {}
        differing = [point for point in view.points if point.kind is PointKind.DIFFERENCE]
        told = {point.about for point in differing}
        lines = _lines(
            [row for row in facts(view.fields, view.form, told) if not self._is_told(row, view, told)]
        )
        # Everything stands on one screen: when there is much to say, it is said in smaller letters.
        self._role = "compact" if len(differing) + len(lines) > _ROOMY else "body"
        self._show_other(view)
        for point in differing:
            self._show_difference(point, view)
        noted = {
            point.about: point
            for point in view.points
            if point.kind in (PointKind.CARRIED, PointKind.PROPOSED)
        }
        for line in lines:
            self._show_line(line, noted)
        # A value whose row is told by a difference has its point there.
        for name, point in noted.items():
            if point.id not in self.spots:
                at = next((p.id for p in view.points if p.about == name and p.id in self.spots), None)
                if at is not None:
                    self.spots[point.id] = self.spots[at]
        self._column.addStretch(1)

    @staticmethod
    def _is_told(row: Row, view: ReviewView, told: Collection[str]) -> bool:
        return set(told).issuperset(name for name in row.fields if view.fields.get(name) or name in told)

    def _show_other(self, view: ReviewView) -> None:
        points = [point for point in view.points if point.kind is PointKind.OTHER_APPLICATION]
        if points:
            spot = self._place(Text(point_text(points[0], view), "label", wrap=True), points)
            spot.setObjectName("review.other")
            self._column.addWidget(spot)

    def _show_difference(self, point: Point, view: ReviewView) -> None:
        strong = "compact_strong" if self._role == "compact" else "strong"
        now = Text(value_of(point.about, point.now) or "–", strong, wrap=True)
        before = _("before: {value}").format(value=value_of(point.about, point.before))
        label = Text(label_of(point.about, view.form), "secondary", wrap=True)
        spot = self._place(_line([(now, 2), (Text(before, "secondary", wrap=True), 3)], label), [point])
        spot.setObjectName(f"review.difference.{point.about}")
        self._column.addWidget(spot)

    def _show_line(self, rows: Sequence[Row], noted: Mapping[str, Point]) -> None:
        spots = []
        for order, row in enumerate(rows):
            value = Text(row.value or "–", self._role, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            points = [noted[name] for name in row.fields if name in noted]
            label = row.label
            if points:
                carried = any(point.kind is PointKind.CARRIED for point in points)
                label = f"{label} · {_('taken over') if carried else _('proposed')}"
            width = _SECOND_LABEL if order else _LABEL
            spot = self._place(_line([(value, 1)], Text(label, "secondary", wrap=True), width), points)
            spot.setObjectName(f"review.row.{row.fields[0]}")
            spots.append(spot)
        if len(spots) == 1:
            self._column.addWidget(spots[0])
            return
        pair = QHBoxLayout()
        pair.setSpacing(4)
        pair.addWidget(spots[0], 5)
        pair.addWidget(spots[1], 4)
        room = QWidget()
        room.setLayout(pair)
        pair.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(room)

    def _place(self, line: QWidget, points: Sequence[Point]) -> Spot:
        spot = Spot(line)
        for point in points:
            self.spots[point.id] = spot
        return spot
