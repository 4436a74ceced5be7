"""Who the application is about, on every page: portrait, names, birth date, number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from ui.language import _
from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.text import ElidedText, Text
from workstation.domain.stages import Stage
from workstation.lao.dates import format_date
from workstation.workflow.header import Header

# Where two people of one name must not be taken for each other.
_TELLING_APART = (Stage.REVIEW, Stage.PRINT, Stage.CHECK, Stage.HAND_OVER)

# The person has given everything and goes home.
_CAPTURED = (Stage.REVIEW, Stage.DECISION, Stage.PRINT, Stage.ENCODE, Stage.CHECK)

# Widths in px: with which everything can stand side by side, and which the name always has.
_ROOMY, _NAME = 760, 170


class ApplicantStrip(QFrame):
    """68 px high; shows one Header."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "bar")
        self.setFixedHeight(68)
        self._header: Header | None = None
        self._portrait = Picture((48, 56))
        self._portrait.setObjectName("applicant.portrait")
        self._name = ElidedText("", "name")
        self._name.setObjectName("applicant.name_lo")
        self._latin = ElidedText("", "secondary")
        self._latin.setObjectName("applicant.name_latin")
        self._birth = Text("", "body")
        self._birth_label = Text("", "secondary")
        self._return = Text("", "body")
        self._return.setObjectName("applicant.come_back")
        self._return_label = Text("", "secondary")
        self._number = Text("", "body")
        self._number.setObjectName("applicant.number")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._number_label = Text("", "secondary")
        self._returned = Badge("attention", "returned", "")
        self._same_name = Badge("attention", "people", "")
        self._same_name.setObjectName("applicant.same_name")
        # Whose application it is comes before everything else that stands here.
        self._name.setMinimumWidth(_NAME)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._latin)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 2, 16, 2)
        layout.setSpacing(20)
        layout.addWidget(self._portrait)
        layout.addLayout(names, 1)
        layout.addWidget(self._same_name)
        layout.addWidget(self._returned)
        promised = QGridLayout()
        promised.setVerticalSpacing(0)
        promised.addWidget(self._return_label, 0, 0)
        promised.addWidget(self._return, 1, 0)
        layout.addLayout(promised)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(20)
        self._facts.setVerticalSpacing(0)
        layout.addLayout(self._facts)
        self._lay_facts(narrow=False)

    def _lay_facts(self, *, narrow: bool) -> None:
        """Side by side under their labels; where there is no room one over the other without them."""
        self._narrow = narrow
        for at, (label, value) in enumerate(
            ((self._birth_label, self._birth), (self._number_label, self._number))
        ):
            self._facts.addWidget(label, 0, at)
            self._facts.addWidget(value, at if narrow else 1, 0 if narrow else at)
            label.setVisible(not narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _ROOMY
        if narrow is not self._narrow:
            self._lay_facts(narrow=narrow)
            self._show_return_day()

    def show_header(self, header: Header) -> None:
        """Shows the application as it was read."""
        self._header = header
        self._portrait.set_picture(header.portrait)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word again."""
        if self._header is None:
            return
        self._name.set(self._header.name_lo or _("New application"))
        self._latin.set(self._header.name_latin)
        self._birth_label.set(_("Born"))
        self._birth.set(format_date(self._header.birth_date) if self._header.birth_date else "–")
        self._show_return_day()
        self._number_label.set(_("Application number"))
        self._number.set(self._header.number)
        self._portrait.set_texts("", "")
        self._portrait.setAccessibleName(_("Portrait"))
        count = self._header.same_name
        self._same_name.set("attention", "people", _("Same name and birth date: {count}").format(count=count))
        self._same_name.setToolTip(
            _("Other applications have this name and birth date: {count}").format(count=count)
        )
        self._same_name.setVisible(count > 0 and self._header.stage in _TELLING_APART)
        self._returned.set("attention", "returned", _("Returned"))
        self._returned.setVisible(self._header.returned)

    def _show_return_day(self) -> None:
        header = self._header
        day = header.come_back if header is not None and header.stage in _CAPTURED else None
        self._return_label.set(_("Come back on"))
        self._return.set(f"{day:%d/%m/%Y}" if day is not None else "")
        for part in (self._return_label, self._return):
            part.setVisible(day is not None and not self._narrow)
