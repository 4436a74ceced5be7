"""The requirements strip: every requirement at its own place, with mark, name and value, grouped by what helps."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui import theme
from ui.stages.photo.words import family_name, measured, verdict_word
from ui.widgets.icons import pixmap
from ui.widgets.text import Text
from ui.words.requirements import requirement_name
from workstation.biometrics.portrait.examine import FAMILIES, Requirement, Verdict

KINDS = {
    Verdict.GREEN: "good",
    Verdict.AMBER: "attention",
    Verdict.RED: "stopped",
    Verdict.NOT_MEASURED: "todo",
}
# Which families stand below one another, so that no column is much longer than the others, and its share of the width.
_COLUMNS = ((("head", "background"), 226), (("face",), 204), (("light", "picture"), 216))
_ROW, _HIGHEST_ROW = theme.line_height(theme.SMALL), 30
_MARK, _GAP = 18, 6


class RequirementsStrip(QWidget):
    """Rows are made once and keep their places, so that nothing jumps while the picture moves."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo.requirements")
        self.rows: dict[str, RequirementRow] = {}
        self._titles: dict[str, Text] = {}
        # One grid, so that what stands beside one another does so in every height of the page.
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        for column, (families, share) in enumerate(_COLUMNS):
            self._grid.setColumnStretch(column, share)
            place = 0
            for family in families:
                place = self._add_family(family, column, place)
        for line in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(line, 1)
        self.retranslate()

    def _add_family(self, family: str, column: int, place: int) -> int:
        """The next free line of the column."""
        self._titles[family] = title = Text("", "label")
        title.setMinimumHeight(_ROW)
        title.setMaximumHeight(_HIGHEST_ROW)
        self._grid.addWidget(title, place, column)
        for line, name in enumerate(FAMILIES[family], place + 1):
            self.rows[name] = row = RequirementRow(name)
            self._grid.addWidget(row, line, column)
        return place + 1 + len(FAMILIES[family])

    def show_requirements(self, requirements: tuple[Requirement, ...]) -> None:
        """An empty tuple: nothing was judged yet (or the picture stopped)."""
        held = {requirement.name: requirement for requirement in requirements}
        for name, row in self.rows.items():
            row.show_requirement(held.get(name))

    def retranslate(self) -> None:
        for family, title in self._titles.items():
            title.set(family_name(family))
        for row in self.rows.values():
            row.retranslate()


class RequirementRow(QWidget):
    """One requirement in one line, painted: thirty of them change ten times a second."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"photo.requirement.{name}")
        self.setMinimumHeight(_ROW)
        self.setMaximumHeight(_HIGHEST_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._name = name
        self._requirement: Requirement | None = None
        self.kind = "todo"
        self._title = self._value = ""

    def show_requirement(self, requirement: Requirement | None) -> None:
        """None: there is nothing to say about it now."""
        kind = "todo" if requirement is None else KINDS[requirement.verdict]
        value = "" if requirement is None else measured(requirement)
        self._requirement = requirement
        if (kind, value) != (self.kind, self._value):
            self.kind, self._value = kind, value
            self._say()

    def retranslate(self) -> None:
        self._title = requirement_name(self._name)
        self._value = "" if self._requirement is None else measured(self._requirement)
        self._say()

    def _say(self) -> None:
        word = "" if self._requirement is None else verdict_word(self._requirement.verdict)
        self.setAccessibleName(" ".join(part for part in (self._title, word, self._value) if part))
        self.setToolTip(f"{self._title}: {word} {self._value}".strip() if word else self._title)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, ground = theme.STATES[self.kind if self.kind in theme.STATES else "plain"]
        faulty = self.kind in ("attention", "stopped")
        if faulty:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(self.rect().adjusted(0, 1, 0, -1), 4, 4)
        mark_colour = theme.BORDER if self.kind == "todo" else ink
        mark = _mark(self.kind, mark_colour, self.devicePixelRatioF())
        painter.drawPixmap(2, (self.height() - _MARK) // 2, mark)
        font = theme.font(theme.SMALL, strong=faulty)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        value_width = metrics.horizontalAdvance(self._value)
        left = 2 + _MARK + _GAP
        room = self.width() - left - 4 - (value_width + _GAP if self._value else 0)
        vertical = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(ink if faulty else theme.TEXT))
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, 0, room, self.height()), vertical, title)
        if self._value:
            painter.setPen(QColor(ink if faulty else theme.SECONDARY))
            place = QRect(self.width() - 4 - value_width, 0, value_width, self.height())
            painter.drawText(place, vertical | int(Qt.AlignmentFlag.AlignRight), self._value)
        painter.end()


def _mark(kind: str, colour: str, scale: float) -> QPixmap:
    """Rendered once: thirty drawings ten times a second would be felt in the live picture."""
    key = f"requirement-{kind}-{colour}-{scale}"
    held = QPixmap()
    if not QPixmapCache.find(key, held):
        held = pixmap(kind, colour, _MARK, scale)
        QPixmapCache.insert(key, held)
    return held
