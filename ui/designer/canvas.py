"""The canvas: the card as it is printed, and over it what is selected, taken hold of, and rested on."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from printing.elements import Element
from printing.specification import CardLayout
from ui import theme
from ui.designer import aim, drag, marks
from ui.designer.drag import Drag
from ui.designer.edits import SIDES, Box, around, box_of, chosen, side_of
from ui.designer.picture import Pixels
from ui.designer.sheets import Sheets
from ui.designer.snap import Line
from ui.keys import chord

# Both sides beside one another need this much of the window.
WIDE = 1600
_LEAST_ZOOM, _MOST_ZOOM = 2.0, 48.0
# How near, in px, the mouse must be to take hold and for a line to hold what is dragged.
_GRASP, _GROWN, REACH = 8.0, 2.0, 6.0
_STARTS = 3


class Canvas(QGraphicsView):
    """chosen(): the selection is another one. made(layout, merge): an element was changed here. turned(): another side
    has the commands. wanted(): the picture is needed anew, at another size.
    looked(): another part is seen, or from nearer. shifted(): what is held was moved.
    """

    chosen = Signal()
    made = Signal(object, str)
    turned = Signal()
    wanted = Signal()
    looked = Signal()
    shifted = Signal()

    def __init__(self) -> None:
        scene = QGraphicsScene()
        super().__init__(scene)
        scene.setParent(self)
        self.setObjectName("designer.canvas")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setMouseTracking(True)
        self.setMinimumSize(360, 220)
        self.layout_shown: CardLayout | None = None
        self.selected: tuple[str, ...] = ()
        self.side = "front"
        self.hidden: frozenset[str] = frozenset()
        self.locked: frozenset[str] = frozenset()
        self.editable = False
        self.snapping = True
        self.commands: dict[str, Callable[[], None]] = {}
        self._fitted = True
        self._drag: Drag | None = None
        self._dragged: CardLayout | None = None
        self._lines: tuple[Line, ...] = ()
        self._pressed: QPoint | None = None
        self._marquee: QRectF | None = None
        self._sheets = Sheets(scene)
        self._lay_out()

    # What is shown

    def show_layout(self, layout: CardLayout | None) -> None:
        """Another state of the layout; what is selected stays, as far as it is there."""
        self.layout_shown = layout
        self._sheets.forget_apart()
        there = {element.id for element in layout.elements} if layout is not None else set()
        kept = tuple(name for name in self.selected if name in there)
        if kept != self.selected:
            self.select(kept)
        self.viewport().update()

    def show_pictures(self, pictures: dict[str, Pixels]) -> None:
        """The sides as they are printed; not while something is held, which they would move under the hand."""
        if self._drag is None:
            self._sheets.show(pictures)

    def show_apart(self, ids: tuple[str, ...], under: Pixels, alone: Pixels) -> None:
        """The side without the selection, and the selection alone: what a drag moves."""
        if ids == self.selected:
            self._sheets.keep_apart(under, alone)
            self._lift()

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that are seen."""
        return SIDES if self._sheets.both else (self.side,)

    @property
    def dpi(self) -> int:
        """As fine as the screen shows it now."""
        return round(max(96.0, min(600.0, self.zoom * 25.4 * self.devicePixelRatioF())))

    @property
    def corner(self) -> QPointF:
        """The top left corner of the side that has the commands, in the scene."""
        return self._sheets.origin(self.side)

    @property
    def zoom(self) -> float:
        """Logical pixels for one millimetre."""
        return self.transform().m11()

    @property
    def dragging(self) -> bool:
        """Whether something is held now."""
        return self._drag is not None

    def select(self, ids: Collection[str]) -> None:
        """These are what commands mean now; their side is turned up."""
        layout = self.layout_shown
        self.selected = tuple(ids)
        self._sheets.forget_apart()
        if self.selected and layout is not None:
            self.turn(side_of(layout, self.selected[0]))
        self.viewport().update()
        self.chosen.emit()

    def turn(self, side: str = "") -> None:
        """That side up, or the other one."""
        wanted = side or SIDES[1 - SIDES.index(self.side)]
        if wanted == self.side:
            return
        self.side = wanted
        if not side:
            self.select(())
        self._lay_out()
        self.turned.emit()
        self.wanted.emit()

    def set_wide(self, both: bool) -> None:
        """Whether there is room for both sides beside one another."""
        if both != self._sheets.both:
            self._sheets.both = both
            self._lay_out()
            self.fit()

    def _lay_out(self) -> None:
        self.setSceneRect(self._sheets.lay_out(self.side))
        self.viewport().update()

    # Zoom

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:  # type: ignore[override]  # Qt gives no other
        painter.fillRect(rect, QColor(theme.GROUND))

    def fit(self) -> None:
        """The whole card."""
        room, view = self.sceneRect(), self.viewport().rect()
        self._fitted = True
        self._zoom_to(min(view.width() / room.width(), view.height() / room.height()))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer or farther, with the point under the mouse at its place."""
        self._fitted = False
        place = at or QPointF(self.viewport().rect().center())
        before = self.mapToScene(place.toPoint())
        self._zoom_to(self.zoom * factor)
        gone = self.mapToScene(place.toPoint()) - before
        for bar, way in ((self.horizontalScrollBar(), gone.x()), (self.verticalScrollBar(), gone.y())):
            bar.setValue(round(bar.value() - way * self.zoom))

    def _zoom_to(self, zoom: float) -> None:
        zoom = max(_LEAST_ZOOM, min(_MOST_ZOOM, zoom))
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self.looked.emit()
        self.wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.0015 ** event.angleDelta().y(), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.looked.emit()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        layout = self.layout_shown
        if event.button() != Qt.MouseButton.LeftButton or layout is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed = event.position().toPoint()
        at = self.mapToScene(self._pressed)
        handle = self._handle_at(at)
        if not handle:
            self._turn_to(at)
            found = self._element_at(at)
            more = event.modifiers() & (
                Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
            )
            if found is None:
                if not more:
                    self.select(())
                self._marquee = QRectF(at, at)
                return
            if more:
                gone = tuple(name for name in self.selected if name != found)
                self.select(gone if found in self.selected else (*self.selected, found))
                return
            if found not in self.selected:
                self.select((found,))
        if self._free:
            self._drag = drag.begin(layout, self.selected, handle, self.side, self.hidden)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        at = self.mapToScene(place)
        if self._marquee is not None:
            self._marquee.setBottomRight(at)
            self.viewport().update()
        elif self._drag is not None and self._pressed is not None:
            if self._dragged is None and (place - self._pressed).manhattanLength() < _STARTS:
                return
            way = at - self.mapToScene(self._pressed)
            free = not self.snapping or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self.drag_to(way.x(), way.y(), free=free)
        else:
            self._point(at)

    def drag_to(self, dx: float, dy: float, *, free: bool = False) -> None:
        """What is held has come this far, mm."""
        assert self._drag is not None
        reach = 0.0 if free else REACH / self.zoom
        self._dragged, self._lines = self._drag.to(dx, dy, reach=reach)
        self._lift()
        self.viewport().update()
        self.shifted.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        marquee, self._marquee = self._marquee, None
        if marquee is not None:
            self._choose_within(marquee.normalized())
        self.release()

    def release(self) -> None:
        """Lets go of what is held: there it stands now."""
        dragged, self._drag, self._dragged, self._lines = self._dragged, None, None, ()
        self._pressed = None
        if dragged is not None:
            self.made.emit(dragged, "")
        self.viewport().update()

    def cancel(self) -> None:
        """Back where it was taken."""
        self._drag, self._dragged, self._lines, self._marquee = None, None, (), None
        self._sheets.settle()
        self.viewport().update()

    def _lift(self) -> None:
        if self._drag is not None and self._dragged is not None:
            now = around(chosen(self._dragged, self.selected))
            self._sheets.lift(self.side, self._drag.start, now)

    def _choose_within(self, marquee: QRectF) -> None:
        if marquee.width() * self.zoom >= _STARTS:
            self.select(aim.within(self.touchable(), marquee.translated(-self.corner)))

    def _turn_to(self, at: QPointF) -> None:
        if self._sheets.both:
            self.turn(self._sheets.side_at(at))

    def touchable(self) -> tuple[Element, ...]:
        """What can be selected with the mouse on this side, from the lowest to the highest."""
        layout = self.layout_shown
        return () if layout is None else aim.touchable(layout, self.side, self.hidden, self.locked)

    @property
    def _free(self) -> bool:
        """Whether what is selected may be changed."""
        layout = self.layout_shown
        return self.editable and layout is not None and aim.is_free(layout, self.selected, self.locked)

    def _element_at(self, at: QPointF) -> str | None:
        return aim.element_at(self.touchable(), at - self.corner, _GROWN / self.zoom)

    def _handle_at(self, at: QPointF) -> str:
        boxes = self.boxes()
        if len(boxes) != 1 or not self._free:
            return ""
        return aim.handle_at(boxes[0], at - self.corner, _GRASP / self.zoom)

    def _point(self, at: QPointF) -> None:
        shape = marks.CURSORS.get(self._handle_at(at))
        if shape is None and self.selected and self._element_at(at) in self.selected:
            shape = Qt.CursorShape.SizeAllCursor
        self.viewport().setCursor(shape or Qt.CursorShape.ArrowCursor)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self.commands.get(chord(event) or "")
        if command is None:
            super().keyPressEvent(event)
            return
        event.accept()
        command()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # Over the picture

    def boxes(self) -> tuple[Box, ...]:
        """Where the selected elements stand, or have been dragged to."""
        layout = self._dragged or self.layout_shown
        return tuple(box_of(element) for element in chosen(layout, self.selected)) if layout else ()

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:  # type: ignore[override]  # Qt gives no other
        for side in self.sides:
            marks.paint_edge(
                painter, self._sheets.origin(side), active=self._sheets.both and side == self.side
            )
        if self.layout_shown is None:
            return
        corner = self.corner
        marks.paint_selection(painter, corner, self.boxes(), self.zoom, handles=self._free)
        marks.paint_lines(painter, corner, self._lines)
        if self._marquee is not None:
            marks.paint_marquee(painter, self._marquee.normalized())
        if self.hasFocus():
            marks.paint_focus(painter, self)
