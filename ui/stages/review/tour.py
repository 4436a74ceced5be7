"""The walk through the points of one application: which were visited, which is next. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.workflow.review.checks import Point


class Tour:
    """Begins at no point; a point is visited when it was the current one."""

    def __init__(self) -> None:
        self.points: tuple[Point, ...] = ()
        self.current: Point | None = None
        self._seen_of: tuple[str, int] = ("", 0)
        self.visited: frozenset[str] = frozenset()

    def begin(self, application_id: str, version: int, points: Sequence[Point]) -> None:
        """Takes up the points of that version. Of the same version what was visited stays visited."""
        if self._seen_of != (application_id, version):
            self._seen_of = (application_id, version)
            self.visited = frozenset()
            self.current = None
        self.points = tuple(points)
        if self.current not in self.points:
            self.current = None

    def forget(self) -> None:
        """Whatever is opened next begins anew, the same application too."""
        self._seen_of = ("", 0)
        self.begin("", 0, ())

    @property
    def open(self) -> tuple[Point, ...]:
        """What was not visited yet, in order."""
        return tuple(point for point in self.points if point.id not in self.visited)

    def go_on(self) -> Point | None:
        """The next open point, from the top again at the end; when none is open, the next one at all."""
        among = self.open or self.points
        if not among:
            return None
        order = {point.id: place for place, point in enumerate(self.points)}
        here = -1 if self.current is None else order[self.current.id]
        later = [point for point in among if order[point.id] > here]
        return self.visit((later or among)[0])

    def visit(self, point: Point) -> Point:
        """Makes it the current one and visited."""
        self.current = point
        self.visited |= {point.id}
        return point
