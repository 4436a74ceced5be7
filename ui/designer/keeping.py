"""Every change of a draft goes into the database as it is made, so that a power cut takes nothing with it.

kept --change--> keeping --done--> kept
                 keeping --another change meanwhile--> keeping again, the newest only
                 keeping --somebody else's change--> kept beside it, as a draft of its own
                 keeping --the store fails--> not kept --RETRY_MS, or another change--> keeping
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from printing.specification import CardLayout
from ui.designer.artwork_file import without_unused_art
from ui.designer.history import History
from ui.stages.page import PageContext
from workstation.domain.refused import Reason, Refused
from workstation.workflow.layouts.drafts import keep_beside, keep_draft, propose_draft

RETRY_MS = 5000


class Keeping(QObject):
    """changed(): kept, being kept, or not kept now. beside(name): somebody else changed the draft; what was made here
    is the draft of that name from now on. proposed(Publication). failed(Exception): it is tried again by itself.
    """

    changed = Signal()
    beside = Signal(str)
    proposed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._history = history
        self._name = ""
        self._revision = 0
        self._sitting = 0
        self._kept: CardLayout | None = None
        self._busy = False
        self._then: Callable[[], None] | None = None
        self.broken = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.keep)

    def begin(self, name: str, revision: int) -> None:
        """The draft of that name is open, as the history shows it; `revision` 0: it is only looked at."""
        self._sitting += 1
        self._name, self._revision = name, revision
        self._kept, self._then = self._history.layout, None
        self._busy = self.broken = False
        self._retry.stop()
        self.changed.emit()

    def end(self) -> None:
        """Nothing is open any more."""
        self.begin("", 0)

    @property
    def all_kept(self) -> bool:
        """Whether the database has everything that is shown."""
        return not self._revision or (not self._busy and self._history.layout == self._kept)

    def keep(self, then: Callable[[], None] | None = None) -> None:
        """What is shown goes into the database; `then` once it is there."""
        layout, sitting = self._history.layout, self._sitting
        self._then = then or self._then
        if layout is None or not self._revision or self._busy:
            return
        if layout == self._kept:
            self.broken = False
            self._go_on()
            return
        self._busy = True
        self._retry.stop()
        self.changed.emit()
        context, after, name = self._context, self._revision, self._name

        def work() -> tuple[str, int]:
            try:
                return name, keep_draft(context.office, context.who, layout, after, name=name)
            except Refused as refusal:
                if refusal.reason is not Reason.DRAFT_CHANGED:
                    raise
                # Somebody else was faster: neither her work nor this is lost, whatever is open by now.
                beside = keep_beside(context.office, context.who, layout)
                return beside.name, beside.revision

        def done(kept: tuple[str, int]) -> None:
            if sitting == self._sitting:
                self._name, self._revision = kept
                if self._name != name or self._revision != after + 1:
                    self._then = None
                    self.beside.emit(self._name)
                self._is_kept(layout)

        def failed(error: Exception) -> None:
            if sitting == self._sitting:
                self._not_kept(error)
            else:
                self.failed.emit(error)

        context.background.run("database", work, done=done, failed=failed)

    def _is_kept(self, layout: CardLayout) -> None:
        self._busy, self.broken, self._kept = False, False, layout
        self._go_on()

    def _go_on(self) -> None:
        self.changed.emit()
        if self._history.layout != self._kept:
            self.keep()
        elif self._then is not None:
            wanted, self._then = self._then, None
            wanted()

    def _not_kept(self, error: Exception) -> None:
        told = self.broken
        self._busy, self.broken, self._then = False, True, None
        self._retry.start()
        self.changed.emit()
        if not told:
            self.failed.emit(error)

    def propose(self) -> None:
        """The draft, kept first, goes up for a second person's eyes."""

        def go() -> None:
            layout, context = self._history.layout, self._context
            after, name = self._revision, self._name
            assert layout is not None
            shown = without_unused_art(layout)
            context.background.run(
                "database",
                lambda: propose_draft(context.office, context.who, shown, after, name=name),
                done=self.proposed.emit,
                failed=self.failed.emit,
            )

        self.keep(go)
