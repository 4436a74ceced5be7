"""The stages of the queue with what waits at each: a strip for mouse and arrow keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.language import _
from ui.words import stage_name
from workstation.domain.stages import PATH, Stage

_COUNT = Qt.ItemDataRole.UserRole
# Chips are not written yet under any policy, so nothing can ever wait there.
_SHOWN: tuple[Stage | None, ...] = (None, *(stage for stage in PATH if stage is not Stage.ENCODE))


class _CountPainter(QStyledItemDelegate):
    """The stage's word at the left, the count at the right; nothing waiting is pale."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        count = index.data(_COUNT)
        area: QRect = option.rect
        painter.save()
        painter.setPen(QColor(theme.ACTION if count else theme.BORDER))
        painter.setFont(theme.font(theme.BODY, strong=bool(count)))
        painter.drawText(
            area.adjusted(0, 0, -12, 0),
            int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            f"{count:,}",
        )
        painter.restore()


class StageList(QListWidget):
    """chosen(Stage or None for all) when another line becomes current."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("queue.stages")
        self.setFixedHeight(44)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._painter = _CountPainter(self)
        self.setItemDelegate(self._painter)
        for _stage in _SHOWN:
            item = QListWidgetItem()
            item.setData(_COUNT, 0)
            self.addItem(item)
        self.setCurrentRow(0)
        self.currentRowChanged.connect(lambda line: self.chosen.emit(_SHOWN[line]))

    @property
    def stage(self) -> Stage | None:
        """The stage chosen now; None for all."""
        return _SHOWN[self.currentRow()]

    def choose(self, stage: Stage | None) -> None:
        """Makes that line current."""
        self.setCurrentRow(_SHOWN.index(stage))

    def show_counts(self, counts: Mapping[Stage, int]) -> None:
        """What waits at each stage."""
        on_path = {stage: count for stage, count in counts.items() if stage in PATH}
        changed = False
        for line, stage in enumerate(_SHOWN):
            count = sum(on_path.values()) if stage is None else on_path.get(stage, 0)
            item = self.item(line)
            if item.data(_COUNT) != count:
                item.setData(_COUNT, count)
                changed = True
        if changed:
            self._fit()

    def retranslate(self) -> None:
        """The stages' words again."""
        self.setAccessibleName(_("Stages"))
        for line, stage in enumerate(_SHOWN):
            self.item(line).setText(_("All") if stage is None else stage_name(stage))
        self._fit()

    def _fit(self) -> None:
        strong = QFontMetrics(theme.font(theme.BODY, strong=True))
        for line in range(self.count()):
            item = self.item(line)
            words = strong.horizontalAdvance(item.text()) + strong.horizontalAdvance(f"{item.data(_COUNT):,}")
            item.setSizeHint(QSize(words + 34, 38))

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the search field."""
