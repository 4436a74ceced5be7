"""Leads through the points of an application: says the current one, frames its place, counts what is still open."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.language import _
from ui.stages.review.spot import Spot
from ui.stages.review.tour import Tour
from ui.stages.review.words import point_text
from ui.widgets.strip import Strip
from workstation.workflow.review.checks import Point
from workstation.workflow.review.view import ReviewView


class Guide(QWidget):
    """The strip above the page. moved(): another point is the current one."""

    moved = Signal()

    def __init__(self, tour: Tour) -> None:
        super().__init__()
        self._tour = tour
        self._view: ReviewView | None = None
        self._spots: Mapping[str, Spot] = {}
        self._strip = Strip("review.point")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._strip)

    @property
    def visited(self) -> frozenset[str]:
        """The ids of the points that were looked at."""
        return self._tour.visited

    @property
    def has_points(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self._tour.points)

    @property
    def all_visited(self) -> bool:
        """Whether nothing is left to look at."""
        return not self._tour.open

    def forget(self) -> None:
        """Whatever is opened next begins anew."""
        self._tour.forget()
        self._view, self._spots = None, {}

    def show_points(self, view: ReviewView, spots: Mapping[str, Spot]) -> None:
        """Takes up the application's points and their places, by point id."""
        self._view, self._spots = view, spots
        self._tour.begin(view.header.application_id, view.header.version, view.points)
        for spot in set(spots.values()):
            spot.clicked.connect(lambda spot=spot: self._look_at(spot))
        self._speak()

    def go_on(self) -> None:
        """To the next point that was not visited yet."""
        point = self._tour.go_on()
        if point is not None:
            self._arrive(point)

    def _look_at(self, spot: Spot) -> None:
        here = [point for point in self._tour.points if self._spots.get(point.id) is spot]
        still = [point for point in here if point.id not in self._tour.visited]
        if here:
            self._arrive(self._tour.visit((still or here)[0]))

    def _arrive(self, point: Point) -> None:
        self._speak()
        spot = self._spots.get(point.id)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if spot is not None and around is not None:
            around.ensureWidgetVisible(spot, 0, 24)
        self.moved.emit()

    def _speak(self) -> None:
        if self._view is None:
            return
        points, left, current = self._tour.points, len(self._tour.open), self._tour.current
        if current is not None:
            told = _("{place} of {count}: {text}").format(
                place=points.index(current) + 1, count=len(points), text=point_text(current, self._view)
            )
            self._strip.say("attention" if left else "good", told)
        elif points:
            told = _("To look at before you decide: {count}. F2 leads to each.").format(count=left)
            self._strip.say("attention" if left else "good", told)
        else:
            self._strip.say("good", _("No difference, nothing forced, nothing missing."))
        for spot in set(self._spots.values()):
            here = [point for point in points if self._spots.get(point.id) is spot]
            still = any(point.id not in self._tour.visited for point in here)
            spot.set_mark("open" if still else "seen", current=current in here)
