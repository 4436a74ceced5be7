"""The hand on the canvas: what the mouse took hold of, where it has come to, and what is being drawn around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from printing.specification import CardLayout
from ui.designer import aim, drag, marks
from ui.designer.drag import Drag
from ui.designer.edits import around, chosen
from ui.designer.sheets import Sheets
from ui.designer.snap import Line

if TYPE_CHECKING:
    from ui.designer.canvas import Canvas

# How near, in px, the mouse must be to take hold and for a line to hold what is dragged.
_GRASP, _GROWN, REACH = 8.0, 2.0, 6.0
_STARTS = 3


class Hand:
    """On `canvas`, whose `sheets` it lifts. `lines` are those that what is held rests on now; `marquee` is the
    rectangle that is being drawn around elements, in the scene."""

    def __init__(self, canvas: Canvas, sheets: Sheets) -> None:
        self._canvas = canvas
        self._sheets = sheets
        self._drag: Drag | None = None
        self._pressed: QPoint | None = None
        self.dragged: CardLayout | None = None
        self.lines: tuple[Line, ...] = ()
        self.marquee: QRectF | None = None

    @property
    def holds(self) -> bool:
        """Whether something is held."""
        return self._drag is not None

    def press(self, place: QPoint, *, more: bool) -> None:
        """The button went down at `place` in the viewport; `more`: beside what is selected already."""
        canvas, layout = self._canvas, self._canvas.layout_shown
        if layout is None:
            return
        self._pressed = place
        at = canvas.mapToScene(place)
        handle = self._handle_at(at)
        if not handle:
            canvas.turn_to(at)
            found = self._element_at(at)
            if found is None:
                if not more:
                    canvas.select(())
                self.marquee = QRectF(at, at)
                return
            if more:
                gone = tuple(name for name in canvas.selected if name != found)
                canvas.select(gone if found in canvas.selected else (*canvas.selected, found))
                return
            if found not in canvas.selected:
                canvas.select((found,))
        self.take(handle)

    def take(self, handle: str = "") -> None:
        """Takes hold of the selection, or of that handle of a single element, where it may be changed."""
        canvas, layout = self._canvas, self._canvas.layout_shown
        if layout is not None and canvas.selected and canvas.free:
            self._drag = drag.begin(layout, canvas.selected, handle, canvas.side, canvas.hidden)

    def move(self, place: QPoint, *, free: bool) -> None:
        """The mouse is at `place`; `free`: no line holds what is dragged."""
        canvas = self._canvas
        at = canvas.mapToScene(place)
        if self.marquee is not None:
            self.marquee.setBottomRight(at)
            canvas.viewport().update()
        elif self.holds and self._pressed is not None:
            if self.dragged is None and (place - self._pressed).manhattanLength() < _STARTS:
                return
            way = at - canvas.mapToScene(self._pressed)
            self.drag_to(way.x(), way.y(), free=free)
        else:
            self._point(at)

    def drag_to(self, dx: float, dy: float, *, free: bool = False) -> None:
        """What is held has come this far, mm."""
        assert self._drag is not None
        canvas = self._canvas
        reach = 0.0 if free else REACH / canvas.zoom
        self.dragged, self.lines = self._drag.to(dx, dy, reach=reach)
        self.lift()
        canvas.viewport().update()
        canvas.shifted.emit()

    def let_go(self) -> None:
        """The button went up: there it stands now, or that much is selected."""
        marquee, self.marquee = self.marquee, None
        if marquee is not None:
            self._choose_within(marquee.normalized())
        dragged, self._drag, self.dragged, self.lines = self.dragged, None, None, ()
        self._pressed = None
        if dragged is not None:
            self._canvas.made.emit(dragged, "")
        self._canvas.viewport().update()

    def cancel(self) -> None:
        """Back where it was taken."""
        self._drag, self.dragged, self.lines, self.marquee, self._pressed = None, None, (), None, None
        self._sheets.settle()
        self._canvas.viewport().update()

    def lift(self) -> None:
        """The picture of what is held, at the place it has come to, once that picture is there."""
        if self._drag is not None and self.dragged is not None:
            now = around(chosen(self.dragged, self._canvas.selected))
            self._sheets.lift(self._canvas.side, self._drag.start, now)

    def _choose_within(self, marquee: QRectF) -> None:
        canvas = self._canvas
        if marquee.width() * canvas.zoom >= _STARTS:
            canvas.select(aim.within(canvas.touchable(), marquee.translated(-canvas.corner)))

    def _element_at(self, at: QPointF) -> str | None:
        canvas = self._canvas
        return aim.element_at(canvas.touchable(), at - canvas.corner, _GROWN / canvas.zoom)

    def _handle_at(self, at: QPointF) -> str:
        canvas = self._canvas
        boxes = canvas.boxes()
        if len(boxes) != 1 or not canvas.free:
            return ""
        return aim.handle_at(boxes[0], at - canvas.corner, _GRASP / canvas.zoom)

    def _point(self, at: QPointF) -> None:
        """The cursor says what a press would take."""
        canvas = self._canvas
        shape = marks.CURSORS.get(self._handle_at(at))
        if shape is None and canvas.selected and self._element_at(at) in canvas.selected:
            shape = Qt.CursorShape.SizeAllCursor
        canvas.viewport().setCursor(shape or Qt.CursorShape.ArrowCursor)
