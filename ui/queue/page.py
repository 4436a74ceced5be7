"""The queue's page: stages with their counts, what narrows them down, and the applications in pages."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.keyboard.typed import Scans
from ui.language import _
from ui.queue.filters import QueueFilters
from ui.queue.model import QueueModel
from ui.queue.presenter import QueuePresenter
from ui.queue.stage_list import StageList
from ui.queue.table import QueueTable
from ui.queue.words import whole_row
from ui.stages.page import PageAction, PageContext
from ui.widgets.table import EmptyTable
from ui.widgets.text import ElidedText, Text
from ui.words import stage_name
from workstation import clock
from workstation.domain.permissions import Verb, may
from workstation.domain.queue import Contact, QueueFilter
from workstation.domain.stages import PATH, Stage
from workstation.workflow.queue import QueueRow, QueueSight


class QueuePage(QWidget):
    """open_application(id); new_application(); scanned(text); failed(Exception); done(text); actions_changed()."""

    open_application = Signal(str)
    new_application = Signal()
    scanned = Signal(str)
    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._may_capture = may(context.who.operator.role, Verb.START)
        self._sight: QueueSight | None = None
        self._selected: QueueRow | None = None
        self._title = Text("", "title")
        self._title.setObjectName("queue.title")
        self._count = Text("", "secondary")
        self._count.setObjectName("queue.count")
        self.stages = StageList()
        self.stages.chosen.connect(self._stage_chosen)
        self.filters = QueueFilters()
        self.filters.changed.connect(self._choose)
        self.model = QueueModel()
        self.table = QueueTable(self.model)
        self.table.opened.connect(self._open)
        Scans(self.table).scanned.connect(self.scanned)
        self.table.ordered.connect(self.filters.sort_by)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._empty = EmptyTable(self.table)
        self._whole = ElidedText("", "secondary")
        self._whole.setObjectName("queue.selected")
        self._presenter = QueuePresenter(context, self._looked_at, self)
        self._presenter.seen.connect(self._show)
        self._presenter.more.connect(self._add)
        self._presenter.saved.connect(self._show_saved)
        self._presenter.villages.connect(self.filters.show_villages)
        self._presenter.told.connect(lambda: self.done.emit(_("Kept with the application")))
        self._presenter.failed.connect(self.failed)
        self.model.wanted.connect(self._presenter.want)
        self.filters.save.connect(self._presenter.save)
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(self._title)
        heading.addWidget(self._count, 1, Qt.AlignmentFlag.AlignBottom)
        heading.addWidget(self.filters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(heading)
        layout.addWidget(self.stages)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._whole)
        order = (
            self.stages,
            self.table,
            *(box for box in self.filters.children() if isinstance(box, QWidget)),
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def enter(self) -> None:
        """Begins to look; the table has the focus."""
        self._presenter.start()
        self.table.setFocus()

    def leave(self) -> None:
        """Looks no more."""
        self._presenter.stop()

    @property
    def selected(self) -> str | None:
        """The id of the application that is selected."""
        return None if self._selected is None else self._selected.application_id

    def refresh(self) -> None:
        """Reads anew at once."""
        self._presenter.refresh()

    # Commands

    def page_actions(self) -> tuple[PageAction, ...]:
        """Open the selected one, tell its applicant, narrow down, save the queue, begin a new one."""
        new = (
            (PageAction("new", _("New application"), "Ctrl+N", True, True, self.new_application.emit),)
            if self._may_capture
            else ()
        )
        returned = self._may_capture and self._selected is not None and self._selected.returned
        tell = (
            PageAction("informed", _("Informed"), "F6", True, False, lambda: self._tell(Contact.INFORMED)),
            PageAction(
                "not_reached", _("Not reached"), "F7", True, False, lambda: self._tell(Contact.NOT_REACHED)
            ),
        )
        name = self.filters.saved_name()
        return (
            PageAction("open", _("Open"), "Return", self._selected is not None, False, self._open),
            *(tell if returned else ()),
            PageAction("filter", _("Narrow down"), "F4", True, False, self.filters.village.setFocus),
            PageAction(
                "forget", _("Forget queue"), "Ctrl+D", True, False, lambda: self._presenter.forget(name)
            )
            if name
            else PageAction("save", _("Save queue"), "Ctrl+S", True, False, self.filters.ask_name),
            *new,
        )

    def _tell(self, outcome: Contact) -> None:
        if self.selected is not None:
            self._presenter.tell(self.selected, outcome)

    def _open(self) -> None:
        if self.selected is not None:
            self.open_application.emit(self.selected)

    # What is chosen

    def _stage_chosen(self, stage: Stage | None) -> None:
        self._choose(replace(self._presenter.chosen, stage=stage))

    def _choose(self, chosen: QueueFilter) -> None:
        if chosen == self._presenter.chosen:
            return
        # From the top: a table that loses rows below its view takes seconds to find its way back.
        self.table.scrollToTop()
        self.table.selectionModel().clear()
        self._selected = None
        self.filters.show_filter(chosen)
        if self.stages.stage is not chosen.stage:
            self.stages.choose(chosen.stage)
        self._retitle(chosen)
        self._presenter.choose(chosen)
        self.actions_changed.emit()

    def _show_saved(self, saved: tuple[tuple[str, QueueFilter], ...]) -> None:
        self.filters.show_saved(saved)
        self.actions_changed.emit()

    def _looked_at(self) -> tuple[tuple[int, ...], str | None]:
        return self.model.pages_of(*self.table.lines_seen()), self.selected

    # What is shown

    def retranslate(self) -> None:
        """Every word again."""
        self.stages.retranslate()
        self.filters.retranslate()
        self.model.retranslate()
        self.table.setAccessibleName(_("Applications"))
        self._retitle(self._presenter.chosen)
        if self._sight is not None:
            self._tell_count(self._sight)

    def _retitle(self, chosen: QueueFilter) -> None:
        self._title.set(_("Today's queue") if chosen.stage is None else stage_name(chosen.stage))

    def _show(self, sight: QueueSight) -> None:
        fresh = self._sight is None or self._sight.chosen != sight.chosen
        self._sight = sight
        self.stages.show_counts(sight.counts)
        line = self.table.currentIndex().row()
        pin = None
        if self._selected is not None and sight.place is not None and 0 <= line < sight.total:
            pin = (line, sight.place) if line != sight.place else None
        self.model.show(sight, clock.now(), pin)
        self.table.show_stage(sight.chosen.stage is None)
        self.table.show_order(sight.chosen.order, descending=sight.chosen.descending)
        self._keep_selection(0 if fresh or line < 0 else min(line, sight.total - 1))
        self._tell_count(sight)

    def _add(self, sight: QueueSight) -> None:
        self.model.add(sight)
        self._selection_changed()

    def _keep_selection(self, line: int) -> None:
        if self.model.rowCount() and self.table.currentIndex().row() != line:
            self.table.selectionModel().setCurrentIndex(
                self.model.index(line, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
        self._selection_changed()

    def _selection_changed(self, *_changes: QItemSelection) -> None:
        line = self.table.currentIndex().row()
        row = self.model.row_at(line) if self.model.rowCount() else None
        before, self._selected = self._selected, row
        # Whatever a column had to shorten is whole here.
        self._whole.set("" if row is None else whole_row(row))
        told = (None if shown is None else (shown.application_id, shown.returned) for shown in (before, row))
        if next(told) != next(told):
            self.actions_changed.emit()

    def _tell_count(self, sight: QueueSight) -> None:
        chosen = sight.chosen
        stages = PATH if chosen.stage is None else (chosen.stage,)
        of = sum(sight.counts.get(stage, 0) for stage in stages)
        shown = _("{count} applications").format(count=f"{of:,}")
        if sight.total != of:
            shown = _("{shown} of {count} applications").format(shown=f"{sight.total:,}", count=f"{of:,}")
        self._count.set(shown)
        if self.filters.narrowed:
            self._empty.set_texts(_("Nothing waits here"), _("F4 leads to what narrows the queue down."))
        else:
            hint = _("Ctrl+N begins a new application.") if self._may_capture else ""
            self._empty.set_texts(_("Nothing waits here"), hint)
