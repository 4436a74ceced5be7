"""The card beside the person: which finger to take, how far it is, and how the comparison ended."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout

from ui.language import _
from ui.widgets.badge import Badge
from ui.widgets.progress import Progress
from ui.widgets.text import Text
from ui.words.fingers import finger_name
from workstation.workflow.hand_over.view import HandOverView, MatchView

_POSITION = Qt.ItemDataRole.UserRole


class FingerCard(QFrame):
    """`fingers` is the list to choose from; `guide`, `advice` and `progress` are for the page to speak through."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.fingers = QListWidget()
        self.fingers.setObjectName("hand_over.fingers")
        self.fingers.setAccessibleName(_("Finger to take"))
        self.fingers.setStyleSheet("QListView { padding: 3px; }")
        self.guide = Text("", "body", wrap=True)
        self.guide.setObjectName("hand_over.guide")
        self.progress = Progress("hand_over.progress")
        self.progress.setAccessibleName(_("Reading the finger"))
        self._verdict = Badge()
        self._verdict.setObjectName("hand_over.verdict")
        self._verdict.hide()
        self._score = Text("", "secondary", wrap=True)
        self._score.setObjectName("hand_over.score")
        self.advice = Text("", "strong", wrap=True)
        self.advice.setObjectName("hand_over.advice")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addWidget(Text(_("Finger to take"), "strong"))
        for part in (self.fingers, self.guide, self.progress, self._verdict, self._score, self.advice):
            column.addWidget(part)
        column.addStretch(1)

    def show_fingers(self, view: HandOverView) -> None:
        """The stored fingers, the best print first; the one compared last is chosen."""
        self.fingers.clear()
        for order, position in enumerate(view.positions):
            best = f"  ({_('best print')})" if order == 0 else ""
            item = QListWidgetItem(finger_name(position) + best)
            item.setData(_POSITION, position)
            self.fingers.addItem(item)
        self.fingers.setFixedHeight(min(4, max(1, len(view.positions))) * 42 + 12)
        chosen = view.last_match.position if view.last_match is not None else None
        self.fingers.setCurrentRow(view.positions.index(chosen) if chosen in view.positions else 0)
        self.fingers.setEnabled(view.editable)

    @property
    def position(self) -> int | None:
        """The chosen finger (ISO/IEC 19794-2); None where none is stored."""
        row = self.fingers.currentRow()
        position = self.fingers.item(row).data(_POSITION) if row >= 0 else None
        return position if isinstance(position, int) else None

    def show_match(self, match: MatchView | None) -> None:
        """How the comparison ended; None: nothing was compared since."""
        self._verdict.setVisible(match is not None)
        if match is None:
            self._score.set("")
            return
        if match.matched:
            self._verdict.set("good", "", _("The finger matches"))
        else:
            self._verdict.set("stopped", "", _("The finger does not match"))
        self._score.set(
            _("{finger}: {score} points, at least {threshold} are needed").format(
                finger=finger_name(match.position), score=match.score, threshold=match.threshold
            )
        )
