"""What the designer does in lanes: draws what is shown, lifts what may be dragged, keeps every change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from printing.errors import ContentError
from printing.specification import CardLayout
from ui.designer.canvas import Canvas
from ui.designer.history import History
from ui.designer.people import PEOPLE, SamplePerson
from ui.designer.picture import Drawn, Pixels, draw, lift
from ui.designer.specimen import specimen
from ui.stages.page import PageContext
from workstation.workflow.layouts.drafts import keep_draft, propose_draft

# PDFium and ReportLab serve one thread at a time.
_LANE = "designer"
_FLICKER_MS = 600
COMPARISONS = ("", "overlay", "flicker")


class Presenter(QObject):
    """drawn(problems); kept(revision): the draft is in the database; failed(Exception); tested(path or empty)."""

    drawn = Signal(object)
    kept = Signal(int)
    failed = Signal(object)
    tested = Signal(str)
    proposed = Signal(object)

    def __init__(self, context: PageContext, canvas: Canvas, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._canvas = canvas
        self._history = history
        self._drawing = self._stale = False
        self._keeping = self._unkept = False
        self._after: Callable[[], None] | None = None
        self._revision = 0
        self._sitting = 0
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

    def begin(self, revision: int, base: CardLayout | None) -> None:
        """Another document is open; `revision` of its draft, 0 where it is only looked at."""
        self._sitting += 1
        self._revision = revision
        self._unkept = False
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
            return draw(layout, content, dpi=dpi, sides=sides, hidden=hidden), other

        self._context.background.run(_LANE, work, done=self._drew, failed=self._not_drawn)

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

        self._context.background.run(_LANE, work, done=lifted, failed=self.failed.emit)

    # Keeping

    @property
    def all_kept(self) -> bool:
        """Whether the database has everything that is shown."""
        return not (self._keeping or self._unkept)

    def keep(self, then: Callable[[], None] | None = None) -> None:
        """The draft as it is now goes into the database; changes made meanwhile follow at once, as one."""
        layout, after, sitting = self._history.layout, self._revision, self._sitting
        self._after = then or self._after
        if layout is None or not after:
            return
        if self._keeping:
            self._unkept = True
            return
        self._keeping, self._unkept = True, False
        context = self._context

        def done(revision: int) -> None:
            self._keeping = False
            if sitting != self._sitting:
                return
            self._revision = revision
            self.kept.emit(revision)
            if self._unkept:
                self.keep()
            elif self._after is not None:
                wanted, self._after = self._after, None
                wanted()

        def failed(error: Exception) -> None:
            self._keeping, self._after = False, None
            self.failed.emit(error)

        context.background.run(
            "database",
            lambda: keep_draft(context.office, context.who, layout, after),
            done=done,
            failed=failed,
        )

    def propose(self) -> None:
        """The draft, kept first, goes up for a second person's eyes."""

        def go() -> None:
            layout, context = self._history.layout, self._context
            assert layout is not None
            context.background.run(
                "database",
                lambda: propose_draft(context.office, context.who, layout),
                done=self.proposed.emit,
                failed=self.failed.emit,
            )

        self.keep(go)

    # Test print

    def test_print(self, *, on_printer: bool) -> None:
        """The sample person's card, marked as no valid one: kept as a PDF file, or sent to the station's printer."""
        layout, person, context = self._history.layout, self.person, self._context
        if layout is None:
            return
        folder = context.office.data / "layout-tests"

        def work() -> str:
            pdf = specimen(layout, person.content())
            if on_printer:
                context.desk.printer().submit(pdf, f"test {layout.label}")
                return ""
            folder.mkdir(exist_ok=True)
            path = folder / f"{layout.name}-{person.key}.pdf"
            path.write_bytes(pdf)
            return str(path)

        context.background.run(
            "printer" if on_printer else _LANE, work, done=self.tested.emit, failed=self._not_tested
        )

    def _not_tested(self, error: Exception) -> None:
        if isinstance(error, ContentError):
            # The list of problems names the element, too.
            self.draw()
        self.failed.emit(error)
