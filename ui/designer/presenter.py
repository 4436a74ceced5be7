"""What the designer draws in its lane: the sides as they are shown, and apart from them what may be dragged."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from printing.specification import CardLayout
from ui.designer.canvas import Canvas
from ui.designer.history import History
from ui.designer.people import PEOPLE, SamplePerson
from ui.designer.picture import Drawn, Pixels, draw, lift, tried
from ui.stages.page import PageContext

# PDFium and ReportLab serve one thread at a time.
LANE = "designer"
_FLICKER_MS = 600
COMPARISONS = ("", "overlay", "flicker")


class Presenter(QObject):
    """drawn(problems), of the layout and of every sample person's card; failed(Exception)."""

    drawn = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, canvas: Canvas, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._canvas = canvas
        self._history = history
        self._drawing = self._stale = False
        self.person: SamplePerson = PEOPLE[0]
        self.base: CardLayout | None = None
        self.comparison = ""
        self._now: dict[str, Pixels] = {}
        self._before: dict[str, Pixels] = {}
        self._flicker = QTimer(self)
        self._flicker.setInterval(_FLICKER_MS)
        self._flicker.timeout.connect(self._turn)
        self._turned = False
        canvas.wanted.connect(self.draw)
        canvas.chosen.connect(self._lift)

    def begin(self, base: CardLayout | None) -> None:
        """Another document is open, which is compared with `base`."""
        self.base = base
        self.compare("")

    def stop(self) -> None:
        """Nothing flickers while nobody looks."""
        self._flicker.stop()

    # Pictures

    def draw(self) -> None:
        """The page anew; while one is drawn the next waits, and only the newest of those that wait is drawn."""
        layout, canvas = self._history.layout, self._canvas
        if layout is None:
            return
        if self._drawing:
            self._stale = True
            return
        self._drawing, self._stale = True, False
        person, dpi, sides, hidden = self.person, canvas.dpi, canvas.sides, canvas.hidden
        base = self.base if self.comparison else None

        def work() -> tuple[Drawn, Drawn | None]:
            content = person.content()
            other = draw(base, content, dpi=dpi, sides=sides) if base is not None else None
            now = draw(layout, content, dpi=dpi, sides=sides, hidden=hidden)
            others = [one for one in PEOPLE if one is not person]
            return replace(now, problems=tried(layout, others, now.problems)), other

        self._context.background.run(LANE, work, done=self._drew, failed=self._not_drawn)

    def _drew(self, found: tuple[Drawn, Drawn | None]) -> None:
        now, before = found
        self._drawing = False
        self._now = now.pictures
        self._before = before.pictures if before is not None else {}
        self.drawn.emit(now.problems)
        if self._stale:
            # What is already old is not shown: it would jump.
            self.draw()
            return
        self._show()
        self._lift()

    def _not_drawn(self, error: Exception) -> None:
        self._drawing = False
        self.failed.emit(error)

    def _show(self) -> None:
        pictures = self._now
        if self.comparison == "overlay" and self._before:
            pictures = {
                side: (now // 2 + self._before[side] // 2) if self._fits(side) else now
                for side, now in self._now.items()
            }
        elif self.comparison == "flicker" and self._turned:
            pictures = {side: self._before[side] for side in self._now if self._fits(side)}
        self._canvas.show_pictures(pictures)

    def _fits(self, side: str) -> bool:
        return side in self._before and self._before[side].shape == self._now[side].shape

    def compare(self, how: str) -> None:
        """With the version in force: over one another, in turn, or not at all (empty)."""
        self.comparison = how if self.base is not None else ""
        self._turned = False
        self._flicker.stop()
        if self.comparison == "flicker":
            self._flicker.start()
        self.draw()

    def _turn(self) -> None:
        self._turned = not self._turned
        if not self._drawing:
            self._show()

    def _lift(self) -> None:
        """The selection apart from its side, so that it can be dragged as it is printed."""
        layout, canvas = self._history.layout, self._canvas
        ids, side = canvas.selected, canvas.side
        if layout is None or not ids or not canvas.editable or self._drawing:
            return
        person, dpi, hidden = self.person, canvas.dpi, canvas.hidden

        def work() -> tuple[Pixels, Pixels] | None:
            # Meanwhile another one may have been selected: its turn is next.
            if canvas.selected != ids:
                return None
            return lift(layout, person.content(), ids, side, dpi, hidden)

        def lifted(found: tuple[Pixels, Pixels] | None) -> None:
            if found is not None and self._history.layout is layout:
                canvas.show_apart(ids, *found)

        self._context.background.run(LANE, work, done=lifted, failed=self.failed.emit)
