"""The lines of the return's list: the stages as headings, their defects, and below a ticked one its places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.words import stage_name
from ui.words.defects import defect_text, place_name
from workstation.domain.defects import DEFECTS, places_of
from workstation.domain.stages import Stage


@dataclass
class DefectLine:
    """One line that can be ticked: a defect, or (`place`) where it is; `parts` are the lines of its places."""

    item: QListWidgetItem
    stage: Stage
    code: str
    place: str = ""
    note: str = ""
    parts: list[DefectLine] = field(default_factory=list)

    @property
    def ticked(self) -> bool:
        """Whether it is named; a place only while its defect is."""
        return not self.item.isHidden() and self.item.checkState() is Qt.CheckState.Checked

    def tick(self) -> None:
        """Names it."""
        self.item.setCheckState(Qt.CheckState.Checked)

    def unfold(self) -> None:
        """Shows its places while it is ticked."""
        for part in self.parts:
            part.item.setHidden(not self.ticked)

    def say(self) -> None:
        """Its words, with the note behind them."""
        words = place_name(self.stage, self.place) if self.place else defect_text(self.code)
        note = self.note.strip()
        indent = "        " if self.place else ""
        self.item.setText(indent + (f"{words} – {note}" if note else words))


def _line(room: QListWidget, stage: Stage, code: str, place: str = "") -> DefectLine:
    item = QListWidgetItem()
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Unchecked)
    room.addItem(item)
    line = DefectLine(item, stage, code, place)
    line.say()
    return line


def show_lines(room: QListWidget, fingers: Sequence[int]) -> tuple[DefectLine, ...]:
    """Fills the list anew and returns its lines in order; `fingers` are the positions that can be at fault."""
    asked = {str(position) for position in fingers}
    room.blockSignals(True)
    room.clear()
    lines: list[DefectLine] = []
    for stage, codes in DEFECTS.items():
        heading = QListWidgetItem(stage_name(stage))
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        font = room.font()
        font.setBold(True)
        heading.setFont(font)
        room.addItem(heading)
        for code in codes:
            whole = _line(room, stage, code)
            lines.append(whole)
            places = [
                place for place in places_of(stage, code) if stage is not Stage.FINGERPRINTS or place in asked
            ]
            # One field alone is the whole of it: nothing to choose.
            for place in places if len(places) > 1 else ():
                part = _line(room, stage, code, place)
                part.item.setHidden(True)
                whole.parts.append(part)
                lines.append(part)
    room.blockSignals(False)
    return tuple(lines)
