"""The editor: layers, canvas with rulers, properties and problems, and the commands on what is selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from printing.elements import Art
from printing.errors import LayoutError, LayoutProblem
from printing.specification import CardLayout
from ui.designer import edits
from ui.designer.artwork_file import KINDS, read_artwork
from ui.designer.canvas import WIDE, Canvas
from ui.designer.commands import Commands
from ui.designer.differences import differences, stood
from ui.designer.history import History
from ui.designer.keeping import Keeping
from ui.designer.layer_edits import layer_changed
from ui.designer.layer_list import LayerList
from ui.designer.people import PEOPLE
from ui.designer.presenter import LANE, Presenter
from ui.designer.problem_list import ProblemList
from ui.designer.properties_panel import PropertiesPanel
from ui.designer.ruler import Ruler
from ui.designer.sample_cards import SampleCards
from ui.language import _
from ui.stages.page import PageContext
from ui.widgets.text import ElidedText, Text


class Editor(QWidget):
    """actions_changed(): what can be done has changed. failed(Exception)."""

    actions_changed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.history = History(self)
        self.canvas = Canvas()
        self.presenter = Presenter(context, self.canvas, self.history, self)
        self.keeping = Keeping(context, self.history, self)
        self.samples = SampleCards(context, self.history, self)
        self.layers = LayerList()
        self.properties = PropertiesPanel()
        self.problems = ProblemList()
        self.title = ElidedText("", "strong")
        self.note = Text("", "secondary")
        self.person = QComboBox()
        self.person.setObjectName("designer.person")
        self.commands = Commands(self.canvas, self.history, self.layers, self._ask_artwork)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.note)
        head.addWidget(self.person)
        drawing = QGridLayout()
        drawing.setSpacing(0)
        drawing.addWidget(Ruler(self.canvas, upright=False), 0, 1)
        drawing.addWidget(Ruler(self.canvas, upright=True), 1, 0)
        drawing.addWidget(self.canvas, 1, 1)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addLayout(drawing, 1)
        middle.addWidget(self.problems)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(self.layers)
        body.addLayout(middle, 1)
        body.addWidget(self.properties)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    def _connect(self) -> None:
        canvas, history, presenter = self.canvas, self.history, self.presenter
        history.changed.connect(self._changed)
        canvas.made.connect(history.make)
        canvas.chosen.connect(self._chosen)
        canvas.turned.connect(self._list)
        presenter.drawn.connect(self._drawn)
        self.layers.chosen.connect(self._choose)
        self.layers.shown.connect(self._show_layers)
        self.problems.chosen.connect(self._go_to)
        self.problems.taken.connect(canvas.setFocus)
        self.properties.set.connect(self._set)
        self.properties.layer_set.connect(self._set_layer)
        self.properties.dated.connect(self._set_day)
        self.person.activated.connect(self._take_person)
        self.samples.undrawable.connect(presenter.draw)
        for part in (presenter, self.keeping, self.samples):
            part.failed.connect(self.failed)
        canvas.commands = self.commands.by_key()

    # What is open

    def show_layout(self, layout: CardLayout, *, draft: str, revision: int, base: CardLayout | None) -> None:
        """Another document; it can be changed where `revision` of that draft is not 0. It is compared with `base`."""
        canvas = self.canvas
        canvas.editable = revision > 0
        canvas.hidden = frozenset()
        # A hand that reaches for a text does not take the ground along.
        canvas.locked = frozenset(layer.name for layer in layout.layers if not layer.printed)
        self.history.begin(layout)
        canvas.selected = ()
        canvas.show_layout(layout)
        self.layers.clear()
        self.problems.clear()
        self._list()
        self._chosen()
        self.keeping.begin(draft, revision)
        self.presenter.begin(base)
        canvas.fit()
        canvas.setFocus()

    def retranslate(self) -> None:
        """Every word again."""
        self.canvas.setAccessibleName(_("The card"))
        self.layers.retranslate()
        self.problems.retranslate()
        self.person.setAccessibleName(_("Sample person"))
        self.person.clear()
        for one in PEOPLE:
            self.person.addItem(one.name())
        self.person.setCurrentIndex(PEOPLE.index(self.presenter.person))
        self._chosen()
        self.presenter.draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.canvas.set_wide(self.window().width() >= WIDE)

    def _changed(self) -> None:
        layout = self.history.layout
        self.canvas.show_layout(layout)
        self._list()
        self._chosen()
        self.presenter.draw()
        self.keeping.keep()

    def _list(self) -> None:
        layout, canvas = self.history.layout, self.canvas
        if layout is not None:
            self.layers.show_layout(layout, canvas.side, canvas.selected, canvas.hidden, canvas.locked)

    def _chosen(self) -> None:
        canvas = self.canvas
        self.layers.mark(canvas.selected)
        self.properties.show_selection(
            self.history.layout, canvas.selected, self.layers.layer, editable=canvas.editable
        )
        self.actions_changed.emit()

    def _drawn(self, problems: tuple[LayoutProblem, ...]) -> None:
        layout, base = self.history.layout, self.presenter.base
        canvas = self.canvas
        if self.presenter.comparison and layout is not None and base is not None:
            found = differences(base, layout)
            self.problems.show_differences(found)
            canvas.ghosts = {side: stood(base, found, side) for side in edits.SIDES}
        else:
            self.problems.show_problems(problems)
            canvas.ghosts = {}
        canvas.viewport().update()
        self.actions_changed.emit()

    def _go_to(self, name: str) -> None:
        """The element of that name, or all that show the artwork, or lie in the layer, of that name."""
        layout = self.history.layout
        elements = layout.elements if layout is not None else ()
        ids = [e.id for e in elements if e.id == name]
        ids = ids or [e.id for e in elements if name in (getattr(e, "art", ""), e.layer)]
        if ids:
            side = edits.side_of(layout, ids[0]) if layout is not None else ""
            self.canvas.select([one for one in ids if layout and edits.side_of(layout, one) == side])

    def _choose(self, ids: tuple[str, ...]) -> None:
        if ids != self.canvas.selected:
            self.canvas.select(ids)

    def _show_layers(self, hidden: frozenset[str], locked: frozenset[str]) -> None:
        canvas = self.canvas
        redraw, canvas.hidden, canvas.locked = hidden != canvas.hidden, hidden, locked
        canvas.viewport().update()
        if redraw:
            self.presenter.draw()

    def _set(self, name: str, values: dict[str, Any]) -> None:
        layout = self.history.layout
        if layout is not None and self.canvas.editable:
            made = edits.changed(layout, name, **values)
            renamed = str(values.get("id", name))
            if renamed != name:
                self.canvas.selected = (renamed,)
            self.history.make(made, f"{renamed}:{','.join(values)}")

    def _set_layer(self, name: str, values: dict[str, Any]) -> None:
        layout, canvas = self.history.layout, self.canvas
        if layout is not None and canvas.editable:
            made = layer_changed(layout, name, **values)
            now = str(values.get("new_name", name))
            # The old name stays in: taking the change back finds its layer as it was.
            canvas.hidden |= {now} if name in canvas.hidden else set()
            canvas.locked |= {now} if name in canvas.locked else set()
            self.history.make(made)
            self.layers.go_to(now)
            self._chosen()

    def _set_day(self, first: date) -> None:
        layout = self.history.layout
        if layout is not None and self.canvas.editable:
            self.history.make(replace(layout, valid_from=first))

    def _take_person(self, at: int) -> None:
        self.presenter.person = PEOPLE[at]
        self.presenter.draw()

    def next_person(self) -> None:
        """The next one of the sample people."""
        self.person.setCurrentIndex((self.person.currentIndex() + 1) % len(PEOPLE))
        self._take_person(self.person.currentIndex())

    # Artwork

    def _ask_artwork(self) -> None:
        kinds = f"{_('Artwork')} ({KINDS})"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Artwork from a file …"), "", kinds)
        if chosen:
            self.take_artwork(Path(chosen))

    def take_artwork(self, path: Path) -> None:
        """What is in that file onto the side that is seen, or why it cannot be taken."""

        def add(art: Art) -> None:
            try:
                self.commands.add_artwork(art)
            except LayoutError as error:
                self.failed.emit(error)

        self._context.background.run(LANE, lambda: read_artwork(path), done=add, failed=self.failed.emit)
