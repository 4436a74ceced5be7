"""The editor: layers, canvas with rulers, properties and problems, and the commands on what is selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from printing.errors import LayoutProblem
from printing.specification import CardLayout
from ui.designer import edits
from ui.designer.canvas import WIDE, Canvas
from ui.designer.commands import Commands
from ui.designer.history import History
from ui.designer.lists import LayerList, ProblemList
from ui.designer.people import PEOPLE
from ui.designer.presenter import Presenter
from ui.designer.properties_panel import PropertiesPanel
from ui.designer.ruler import Ruler
from ui.language import _
from ui.stages.page import PageContext
from ui.widgets.text import ElidedText, Text


class Editor(QWidget):
    """actions_changed(): what can be done has changed."""

    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.history = History(self)
        self.canvas = Canvas()
        self.presenter = Presenter(context, self.canvas, self.history, self)
        self.layers = LayerList()
        self.properties = PropertiesPanel()
        self.problems = ProblemList()
        self.title = ElidedText("", "strong")
        self.note = Text("", "secondary")
        self.person = QComboBox()
        self.person.setObjectName("designer.person")
        self.commands = Commands(self.canvas, self.history, self.layers)
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
        self.problems.chosen.connect(lambda name: canvas.select((name,)))
        self.properties.set.connect(self._set)
        self.properties.dated.connect(self._set_day)
        self.person.activated.connect(self._take_person)
        canvas.commands = self.commands.by_key()

    # What is open

    def show_layout(self, layout: CardLayout, *, revision: int, base: CardLayout | None) -> None:
        """Another document; it can be changed where `revision` is not 0. `base` is what it is compared with."""
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
        self.presenter.begin(revision, base)
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
        self.presenter.keep()

    def _list(self) -> None:
        layout, canvas = self.history.layout, self.canvas
        if layout is not None:
            self.layers.show_layout(layout, canvas.side, canvas.selected, canvas.hidden, canvas.locked)

    def _chosen(self) -> None:
        canvas = self.canvas
        self.layers.mark(canvas.selected)
        self.properties.show_selection(self.history.layout, canvas.selected, editable=canvas.editable)
        self.actions_changed.emit()

    def _drawn(self, problems: tuple[LayoutProblem, ...]) -> None:
        self.problems.show_problems(problems)
        self.actions_changed.emit()

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
