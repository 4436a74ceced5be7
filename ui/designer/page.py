"""The room of card layouts: the shelf, and on it the editor for the layout that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from printing.errors import LayoutError
from ui.designer.editor import Editor
from ui.designer.menus import pop_up, ways_menu
from ui.designer.opening import Opened, read_entry
from ui.designer.presenter import COMPARISONS
from ui.designer.shelf import Entry, ShelfTable, entries_of
from ui.language import _
from ui.lock.confirm import run_confirmed
from ui.stages.page import PageAction, PageContext
from ui.widgets.text import Text
from workstation.domain.permissions import Verb, may
from workstation.domain.refused import Reason, Refused
from workstation.workflow.layouts.drafts import Shelf, begin_draft, discard_draft, shelf
from workstation.workflow.layouts.publish import approve_layout, withdraw_layout
from workstation.workflow.layouts.specimens import SpecimenPrinter


class DesignerPage(QWidget):
    """failed(Exception), done(str), actions_changed(): as a stage page's."""

    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        role = context.who.operator.role
        self._designs, self._approves = may(role, Verb.PROPOSE_LAYOUT), may(role, Verb.APPROVE_LAYOUT)
        self._shelf: Shelf | None = None
        self._opened: Entry | None = None
        self._title = Text("", "title")
        self._note = Text("", "secondary", wrap=True)
        self.table = ShelfTable()
        self.editor = Editor(context)
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        for part in (self._title, self._note):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(first)
        self._stack.addWidget(self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        keeping, samples = self.editor.keeping, self.editor.samples
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self.actions_changed)
        self.editor.actions_changed.connect(self.actions_changed)
        self.editor.failed.connect(self.failed)
        self.editor.history.changed.connect(self._say_kept)
        keeping.changed.connect(self._say_kept)
        keeping.beside.connect(self._kept_beside)
        keeping.proposed.connect(self._proposed)
        samples.printers.connect(self._offer_test)
        samples.filed.connect(self._filed)
        samples.sent.connect(lambda printer: self.done.emit(_test_sent(printer)))

    @property
    def editing(self) -> bool:
        """Whether a layout is open."""
        return self._stack.currentWidget() is self.editor

    def enter(self) -> None:
        """Reads the shelf; an open layout stays open."""
        self._read()
        (self.editor.canvas if self.editing else self.table).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.editor.presenter.stop()

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Card layouts"))
        self.table.retranslate()
        self.editor.retranslate()
        self._say_kept()
        if self._shelf is not None:
            self._show(self._shelf)

    # The shelf

    def _read(self) -> None:
        office = self._context.office
        self._run(lambda: shelf(office), self._show)

    def _show(self, found: Shelf) -> None:
        self._shelf = found
        self._note.set(
            _("Every change of a draft is kept at once; two people publish it.")
            if found.publishes
            else _("Looking only: card layouts are published by the centre.")
        )
        self.table.show_entries(entries_of(found))
        self.actions_changed.emit()

    def _open(self, entry: Entry) -> None:
        office = self._context.office
        self._run(lambda: read_entry(office, entry), self._edit)

    def _edit(self, opened: Opened) -> None:
        entry = self._opened = opened.entry
        changes = self._designs and self._shelf is not None and self._shelf.publishes
        self._stack.setCurrentWidget(self.editor)
        self.editor.title.set(entry.label)
        revision = entry.revision if changes else 0
        self.editor.show_layout(opened.layout, draft=entry.key, revision=revision, base=opened.base)
        self._say_kept()
        self.actions_changed.emit()

    def _close(self) -> None:
        """Esc: first what is held, then the selection, then the layout."""
        canvas = self.editor.canvas
        if canvas.hand.holds:
            canvas.hand.cancel()
        elif canvas.selected:
            canvas.select(())
        elif self.editor.keeping.all_kept or self.editor.keeping.broken:
            self._leave()
        else:
            self.editor.keeping.keep(then=self._leave)

    def _leave(self) -> None:
        self.editor.presenter.stop()
        self.editor.keeping.end()
        if self._opened is not None:
            self.table.come_back_to(self._opened)
        self._opened = None
        self._stack.setCurrentIndex(0)
        self.enter()
        self.actions_changed.emit()

    def _say_kept(self) -> None:
        keeping = self.editor.keeping
        if self._opened is None or not self.editor.canvas.editable:
            text = _("Looking only")
        elif keeping.all_kept:
            text = _("Kept")
        else:
            text = _("Not kept yet") if keeping.broken else _("Keeping …")
        self.editor.note.set(text)

    def _kept_beside(self, name: str) -> None:
        """Somebody else's change is in the draft; what was made here goes on under another name."""
        if self._opened is not None:
            self._opened = replace(self._opened, key=name, name=name)
            self.editor.title.set(name)
        self.failed.emit(Refused(Reason.DRAFT_KEPT_BESIDE, name=name))

    # Commands

    def page_actions(self) -> tuple[PageAction, ...]:
        """What can be done on the shelf, or with the layout that is open."""
        return self._editor_actions() if self.editing else self._shelf_actions()

    def _shelf_actions(self) -> tuple[PageAction, ...]:
        entry = self.table.entry
        centre = self._shelf is not None and self._shelf.publishes
        held = entry is not None and entry.kind == "held" and entry.state != "damaged"
        proposed = entry is not None and entry.kind == "publication" and entry.state == "proposed"
        actions = []
        if self._designs and centre:
            removable = proposed or (entry is not None and entry.kind == "draft")
            actions += [
                PageAction("discard", _("Put away"), "F11", removable, False, self._discard),
                PageAction("draft", _("New draft of it"), "F4", held, False, self._begin),
            ]
        if self._approves and centre:
            actions.append(PageAction("approve", _("Approve"), "F8", proposed, False, self._approve))
        readable = entry is not None and entry.state != "damaged"
        actions.append(PageAction("open", _("Open"), "Ctrl+Return", readable, True, self._open_chosen))
        return tuple(actions)

    def _editor_actions(self) -> tuple[PageAction, ...]:
        canvas, presenter = self.editor.canvas, self.editor.presenter
        snap = _("Free") if canvas.snapping else _("Snap")
        compare = {"": _("Compare"), "overlay": _("In turn"), "flicker": _("Compare no more")}
        actions = [
            PageAction("shelf", _("Back"), "Esc", True, False, self._close),
            PageAction("person", _("Person"), "F4", True, False, self.editor.next_person),
            PageAction(
                "compare",
                compare[presenter.comparison],
                "F5",
                presenter.base is not None,
                False,
                self._compare,
            ),
            PageAction("side", _("Side"), "F7", True, False, lambda: canvas.turn()),
        ]
        if canvas.editable:
            actions += [
                PageAction(
                    "add", _("Add"), "F2", True, False, lambda: pop_up(self.editor.commands.add_menu(), self)
                ),
                PageAction("arrange", _("Arrange"), "F6", self._arrangeable, False, self._arrange),
                PageAction("snap", snap, "F9", True, False, self._snap),
                PageAction("test", _("Test card"), "F12", True, False, self.editor.samples.ask_printers),
                PageAction("propose", _("Propose"), "Ctrl+Return", True, True, self.editor.keeping.propose),
            ]
        elif self._approves and self._opened is not None and self._opened.state == "proposed":
            actions.append(PageAction("approve", _("Approve"), "F8", True, True, self._approve))
        return tuple(actions)

    def _open_chosen(self) -> None:
        if self.table.entry is not None:
            self._open(self.table.entry)

    def _begin(self) -> None:
        entry, context = self.table.entry, self._context

        def begun(entry: Entry) -> None:
            self._read()
            self._open(entry)

        def work() -> Entry:
            assert entry is not None
            draft = begin_draft(context.office, context.who, entry.label)
            return Entry("draft", draft.name, draft.name, 0, "draft", draft.kept_at, draft.revision)

        self._run(work, begun)

    def _discard(self) -> None:
        entry, context = self.table.entry, self._context
        if entry is None:
            return
        verb = discard_draft if entry.kind == "draft" else withdraw_layout
        self._run(lambda: verb(context.office, context.who, entry.key), lambda _none: self._read())

    def _approve(self) -> None:
        entry, context = self._opened or self.table.entry, self._context
        if entry is None:
            return

        def approved(_publication: object) -> None:
            self.done.emit(_("Approved: the registry is told with the next contact."))
            self._opened = None
            self._stack.setCurrentIndex(0)
            self.enter()

        self._run(lambda: approve_layout(context.office, context.who, entry.key), approved)

    def _proposed(self, _publication: object) -> None:
        self.done.emit(_("Proposed: a second person has to approve it."))
        self.editor.canvas.select(())
        self._leave()

    def _compare(self) -> None:
        presenter = self.editor.presenter
        presenter.compare(COMPARISONS[(COMPARISONS.index(presenter.comparison) + 1) % len(COMPARISONS)])
        self.actions_changed.emit()

    def _snap(self) -> None:
        self.editor.canvas.snapping = not self.editor.canvas.snapping
        self.actions_changed.emit()

    @property
    def _arrangeable(self) -> bool:
        return bool(self.editor.canvas.selected) or self.editor.layers.layer is not None

    def _arrange(self) -> None:
        pop_up(self.editor.commands.arrange_menu(), self)

    def _offer_test(self, printers: tuple[SpecimenPrinter, ...]) -> None:
        editor = self.editor
        pop_up(ways_menu(self, editor.samples, editor.presenter.person, printers), self)

    def _filed(self, path: str) -> None:
        self.done.emit(_("The test card is kept: {path}").format(path=path))

    def _run(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        def failed(error: Exception) -> None:
            self.failed.emit(error)
            if isinstance(error, LayoutError | Refused):
                self.actions_changed.emit()

        run_confirmed(self._context, "database", work, done=then, failed=failed)


def _test_sent(printer: str) -> str:
    return _("The test card was sent to {printer}.").format(printer=printer)
