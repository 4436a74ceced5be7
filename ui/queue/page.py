"""The queue's page: stages with their counts at the left, the applications of one stage or of all at the right."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.queue.model import QueueModel, pinned
from ui.queue.presenter import QueuePresenter, QueueSight
from ui.queue.stage_list import StageList
from ui.queue.table import QueueTable
from ui.stages.page import PageAction, PageContext
from ui.widgets.empty import Empty
from ui.widgets.text import Text
from ui.words import stage_name
from workstation import clock
from workstation.domain.operator import Role
from workstation.domain.stages import PATH, Stage
from workstation.lao.fold import fold
from workstation.workflow.queue import QueueRow


def matches(row: QueueRow, folded: str) -> bool:
    """Whether number or one of the names holds the searched text (both folded)."""
    return any(folded in fold(text) for text in (row.number, row.name_lo, row.name_latin))


class QueuePage(QWidget):
    """open_application(id); new_application(); failed(Exception); actions_changed()."""

    open_application = Signal(str)
    new_application = Signal()
    failed = Signal(object)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._may_capture = context.who.operator.role in (Role.CLERK, Role.SUPERVISOR)
        self._sight: QueueSight | None = None
        self._searched = ""
        # The empty table cannot hold the focus; the list of stages holds it until there are rows.
        self._focus_lent = False
        self._selected: str | None = None
        self._title = Text("", "title")
        self._title.setObjectName("queue.title")
        self._count = Text("", "secondary")
        self._count.setObjectName("queue.count")
        self.stages = StageList()
        self.stages.chosen.connect(self._choose)
        self.model = QueueModel()
        self.table = QueueTable(self.model)
        self.table.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._empty = Empty()
        self._empty.setObjectName("queue.empty")
        self._presenter = QueuePresenter(context, self)
        self._presenter.seen.connect(self._show)
        self._presenter.failed.connect(self.failed)

        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(self._title)
        heading.addWidget(self._count, 1, Qt.AlignmentFlag.AlignBottom)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(heading)
        right.addLayout(self._stack, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(12)
        layout.addWidget(self.stages)
        layout.addLayout(right, 1)
        QWidget.setTabOrder(self.stages, self.table)
        self.retranslate()

    def enter(self) -> None:
        """Begins to look; the table has the focus."""
        self._presenter.start()
        self.table.setFocus()

    def leave(self) -> None:
        """Looks no more."""
        self._presenter.stop()

    def refresh(self) -> None:
        """Reads anew at once."""
        self._presenter.refresh()

    def search(self, text: str) -> None:
        """Shows only what holds `text` in number or name."""
        self._searched = fold(text.strip())
        if self._sight is not None:
            self._show(self._sight)

    def page_actions(self) -> tuple[PageAction, ...]:
        """Open the selected one, begin a new one."""
        return (
            PageAction("open", _("Open"), "Return", self._selected is not None, False, self._open),
            PageAction(
                "new", _("New application"), "Ctrl+N", self._may_capture, True, self.new_application.emit
            ),
        )

    def retranslate(self) -> None:
        """Every word again."""
        self.stages.retranslate()
        self.model.retranslate()
        self.table.setAccessibleName(_("Applications"))
        self._retitle()
        if self._sight is not None:
            self._show(self._sight)

    def _retitle(self) -> None:
        stage = self.stages.stage
        self._title.set(_("Today's queue") if stage is None else stage_name(stage))

    def _choose(self, stage: Stage | None) -> None:
        self._selected = None
        self.table.clearSelection()
        self._retitle()
        self._presenter.choose(stage)

    def _show(self, sight: QueueSight) -> None:
        self._sight = sight
        self.stages.show_counts(sight.counts)
        rows = [row for row in sight.rows if not self._searched or matches(row, self._searched)]
        line = -1 if self._selected is None else self.model.line_of(self._selected)
        self.model.show(pinned(rows, self._selected, line) if line >= 0 else rows, clock.now())
        self.table.show_columns(stage=sight.stage is None, flag=any(row.returned for row in rows))
        self._keep_selection()
        stages = PATH if sight.stage is None else (sight.stage,)
        total = sum(sight.counts.get(stage, 0) for stage in stages)
        shown = _("{count} applications").format(count=total)
        if len(rows) != total:
            shown = _("{shown} of {count} applications").format(shown=len(rows), count=total)
        self._count.set(shown)
        if self._searched:
            self._empty.set_texts(_("Nothing found"), _("No waiting application has this number or name."))
        else:
            self._empty.set_texts(
                _("Nothing waits here"), _("Ctrl+N begins a new application.") if self._may_capture else ""
            )
        if not rows and self.table.hasFocus():
            self.stages.setFocus()
            self._focus_lent = True
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows and self._focus_lent:
            self._focus_lent = False
            if self.stages.hasFocus():
                self.table.setFocus()

    def _keep_selection(self) -> None:
        line = -1 if self._selected is None else self.model.line_of(self._selected)
        if line < 0:
            line = 0 if self.model.rowCount() else -1
        if line < 0:
            self.table.clearSelection()
            self._selected = None
            self.actions_changed.emit()
            return
        current = self.table.currentIndex()
        row = self.model.row_at(line)
        if current.row() != line or row is None or row.application_id != self._selected:
            self.table.selectionModel().setCurrentIndex(
                self.model.index(line, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
            self._selection_changed()

    def _selection_changed(self, *_changes: QItemSelection) -> None:
        lines = self.table.selectionModel().selectedRows()
        row = self.model.row_at(lines[0].row()) if lines else None
        before, self._selected = self._selected, row.application_id if row else None
        if (before is None) != (self._selected is None):
            self.actions_changed.emit()

    def _open(self) -> None:
        if self._selected is not None:
            self.open_application.emit(self._selected)
