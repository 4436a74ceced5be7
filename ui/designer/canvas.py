"""The canvas: the card as it is printed, and over it what is selected, taken hold of, and rested on."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
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
from ui.designer import aim, marks
from ui.designer.edits import SIDES, Box, box_of, chosen, side_of
from ui.designer.hand import Hand
from ui.designer.picture import Pixels
from ui.designer.sheets import Sheets
from ui.keys import chord

# Both sides beside one another need this much of the window.
WIDE = 1600
_LEAST_ZOOM, _MOST_ZOOM = 2.0, 48.0


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
        # Where something stood in the version it is compared with, by side.
        self.ghosts: dict[str, tuple[tuple[str, Box], ...]] = {}
        self.commands: dict[str, Callable[[], None]] = {}
        self._fitted = True
        self._sheets = Sheets(scene)
        self.hand = Hand(self, self._sheets)
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
        if not self.hand.holds:
            self._sheets.show(pictures)

    def show_apart(self, ids: tuple[str, ...], under: Pixels, alone: Pixels) -> None:
        """The side without the selection, and the selection alone: what a drag moves."""
        if ids == self.selected:
            self._sheets.keep_apart(under, alone)
            self.hand.lift()

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
        if event.button() != Qt.MouseButton.LeftButton or self.layout_shown is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        more = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        self.hand.press(event.position().toPoint(), more=bool(event.modifiers() & more))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        free = not self.snapping or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self.hand.move(event.position().toPoint(), free=free)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.hand.let_go()

    def turn_to(self, at: QPointF) -> None:
        """The side under that point of the scene up, where both are seen."""
        if self._sheets.both:
            self.turn(self._sheets.side_at(at))

    def touchable(self) -> tuple[Element, ...]:
        """What can be selected with the mouse on this side, from the lowest to the highest."""
        layout = self.layout_shown
        return () if layout is None else aim.touchable(layout, self.side, self.hidden, self.locked)

    @property
    def free(self) -> bool:
        """Whether what is selected may be changed."""
        layout = self.layout_shown
        return self.editable and layout is not None and aim.is_free(layout, self.selected, self.locked)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self.commands.get(chord(event) or "")
        if command is None:
            super().keyPressEvent(event)
            return
        event.accept()
        command()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the elements of the side before it goes on to what stands beside the canvas."""
        names, at = self._beside(1 if forward else -1)
        if not 0 <= at < len(names):
            return super().focusNextPrevChild(forward)
        self.select((names[at],))
        return True

    def go_round(self, way: int) -> None:
        """Selects the next element, or the one before, as they lie; behind the last one comes the first."""
        names, at = self._beside(way)
        if names:
            self.select((names[at % len(names)],))

    def _beside(self, way: int) -> tuple[list[str], int]:
        """What can be selected on this side, and the place in it that is `way` from what is selected now."""
        names = [element.id for element in self.touchable()]
        held = self.selected[-1:] if way > 0 else self.selected[:1]
        if held and held[0] in names:
            return names, names.index(held[0]) + way
        return names, 0 if way > 0 else len(names) - 1

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # Over the picture

    def boxes(self) -> tuple[Box, ...]:
        """Where the selected elements stand, or have been dragged to."""
        layout = self.hand.dragged or self.layout_shown
        return tuple(box_of(element) for element in chosen(layout, self.selected)) if layout else ()

    def _now(self, side: str) -> dict[str, Box]:
        """Where the elements of that side stand, by name, if a comparison asks for it."""
        layout = self.layout_shown if self.ghosts.get(side) else None
        if layout is None:
            return {}
        return {one.id: box_of(one) for one in (layout.back if side == "back" else layout.front)}

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:  # type: ignore[override]  # Qt gives no other
        for side in self.sides:
            marks.paint_edge(
                painter, self._sheets.origin(side), active=self._sheets.both and side == self.side
            )
            marks.paint_ghosts(painter, self._sheets.origin(side), self.ghosts.get(side, ()), self._now(side))
        if self.layout_shown is None:
            return
        corner = self.corner
        marks.paint_selection(painter, corner, self.boxes(), self.zoom, handles=self.free)
        marks.paint_lines(painter, corner, self.hand.lines)
        if self.hand.marquee is not None:
            marks.paint_marquee(painter, self.hand.marquee.normalized())
        if self.hasFocus():
            marks.paint_focus(painter, self)
