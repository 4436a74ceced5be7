"""The first start: three short steps that make the office, its key and its first administrator."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from ui.background import Background
from ui.language import _, language
from ui.messages import field_fault
from ui.sign_in.card import EntryCard
from ui.widgets.field import Field
from ui.words import work_name
from workstation.domain.divisions import Division, districts, provinces
from workstation.domain.refused import Reason, Refused
from workstation.domain.station import Work
from workstation.startup import FIRST_START_CODE, NewOffice, create_office

_STEPS = (
    ("code", "office_code", "station_code", "office_name", "province_code", "district_code"),
    ("passphrase", "passphrase_again", "registry_url"),
    ("administrator_name", "username", "password", "password_again"),
)
_SECRET = ("passphrase", "passphrase_again", "password", "password_again")
_CHOICES = ("province_code", "district_code")
_WIDE = ("code", "office_name", "registry_url", "administrator_name", "username")


class FirstStartPage(EntryCard):
    """created(passphrase) when the office stands.

    The kind of work is the command's that opened this folder, never a choice: real work and training share no folder.
    """

    created = Signal(str)

    def __init__(self, data: Path, background: Background, work: Work = Work.REAL) -> None:
        super().__init__("first_start", width=640, work=work)
        self._work = work
        self._data = data
        self._background = background
        self._fields: dict[str, Field] = {}
        self._inputs: dict[str, QLineEdit] = {}
        self._choices: dict[str, QComboBox] = {}
        # Field -> code of its fault, to say it again in another language.
        self._faulty: dict[str, str] = {}
        self._steps = QStackedWidget()
        for names in _STEPS:
            self._steps.addWidget(self._step(names))
        self._back = QPushButton()
        self._back.setObjectName("first_start.back")
        self._next = QPushButton()
        self._next.setObjectName("first_start.next")
        self._next.setProperty("role", "primary")
        self._back.clicked.connect(lambda: self._go(self._steps.currentIndex() - 1))
        self._next.clicked.connect(self._forward)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._next)
        self.fields.addWidget(self._steps)
        self.fields.addLayout(row)
        self._choices["province_code"].currentIndexChanged.connect(self._fill_districts)
        self.retranslate()

    def open(self) -> None:
        """Begins with the first step; its first field has the focus."""
        self._go(0)

    def _step(self, names: tuple[str, ...]) -> QWidget:
        step = QWidget()
        grid = QGridLayout(step)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        line = column = 0
        for name in names:
            editor: QWidget
            if name in _CHOICES:
                editor = self._choices[name] = QComboBox()
            else:
                editor = self._inputs[name] = QLineEdit()
                self._inputs[name].setMaxLength(200)
                if name in _SECRET:
                    self._inputs[name].setEchoMode(QLineEdit.EchoMode.Password)
                self._inputs[name].returnPressed.connect(self._forward)
            editor.setObjectName(f"first_start.{name}")
            self._fields[name] = Field("", editor)
            wide = name in _WIDE
            if wide and column:
                line, column = line + 1, 0
            grid.addWidget(self._fields[name], line, column, 1, 2 if wide else 1)
            column += 2 if wide else 1
            if column >= 2:
                line, column = line + 1, 0
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(line + 1, 1)
        return step

    def retranslate(self) -> None:
        super().retranslate()
        words = {
            "code": (
                _("One-time code"),
                _("Printed on the terminal, and in the file {file}.").format(
                    file=self._data / FIRST_START_CODE
                ),
            ),
            "office_code": (_("Office code"), _("2 to 8 capital letters and digits")),
            "station_code": (_("Station code"), _("1 to 4 capital letters and digits")),
            "office_name": (_("Name of the office"), ""),
            "province_code": (_("Province"), ""),
            "district_code": (_("District"), ""),
            "passphrase": (
                _("Passphrase of the office"),
                _("At least 12 characters. Without it the data is lost."),
            ),
            "passphrase_again": (_("Passphrase again"), ""),
            "registry_url": (
                _("Address of the central registry"),
                _("May stay empty: the office then works offline."),
            ),
            "administrator_name": (_("Administrator's name"), ""),
            "username": (_("User name"), ""),
            "password": (_("Password"), _("At least 10 characters")),
            "password_again": (_("Password again"), ""),
        }
        for name, (label, hint) in words.items():
            self._fields[name].set_texts(label, hint)
        self._show_faults()
        self._fill_choices()
        self._back.setText(_("Back"))
        self._retitle()

    def _retitle(self) -> None:
        step = self._steps.currentIndex()
        titles = (_("A new office"), _("Key and line"), _("The first administrator"))
        self.title.set(titles[step])
        count = _("Step {step} of {count}").format(step=step + 1, count=len(_STEPS))
        self.lead.set(f"{work_name(self._work)} · {count}")
        last = step == len(_STEPS) - 1
        self._next.setText(_("Create the office") if last else _("Next"))
        self._back.setVisible(step > 0)

    def _fill_choices(self) -> None:
        kept = {name: box.currentData() for name, box in self._choices.items()}
        self._fill("province_code", [(p.code, self._name(p)) for p in provinces()], kept["province_code"])
        self._fill_districts()

    def _fill_districts(self) -> None:
        province = str(self._choices["province_code"].currentData() or "")
        kept = self._choices["district_code"].currentData()
        found = [("", _("Whole province")), *((d.code, self._name(d)) for d in districts(province))]
        self._fill("district_code", found, kept)

    @staticmethod
    def _name(division: Division) -> str:
        return division.name_lo if language() == "lo" else division.name_en

    def _fill(self, name: str, choices: list[tuple[str, str]], kept: object) -> None:
        box = self._choices[name]
        box.blockSignals(True)
        box.clear()
        for code, word in choices:
            box.addItem(word, code)
        box.setCurrentIndex(max(0, box.findData(kept)))
        box.blockSignals(False)

    def _text(self, name: str) -> str:
        return self._inputs[name].text() if name in _SECRET else self._inputs[name].text().strip()

    def _go(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self.strip.clear()
        self._retitle()
        self._fields[_STEPS[step][0]].setFocus()

    def _forward(self) -> None:
        faults = self._faults(self._steps.currentIndex())
        self._mark(faults)
        if faults:
            return
        if self._steps.currentIndex() < len(_STEPS) - 1:
            self._go(self._steps.currentIndex() + 1)
        else:
            self._create()

    def _faults(self, step: int) -> dict[str, str]:
        needed = [n for n in _STEPS[step] if n in self._inputs and n != "registry_url"]
        faults = {name: "missing" for name in needed if not self._text(name)}
        for secret in ("passphrase", "password"):
            again = f"{secret}_again"
            if again in needed and again not in faults and self._text(secret) != self._text(again):
                faults[again] = "not-the-same"
        address = self._text("registry_url")
        if "registry_url" in _STEPS[step] and address and not address.startswith(("http://", "https://")):
            faults["registry_url"] = "not-an-address"
        return faults

    def _show_faults(self) -> None:
        for name, field in self._fields.items():
            field.set_error(field_fault(self._faulty[name]) if name in self._faulty else None)

    def _mark(self, faults: dict[str, str]) -> None:
        self._faulty = faults
        self._show_faults()
        if faults:
            first = next(name for names in _STEPS for name in names if name in faults)
            step = next(i for i, names in enumerate(_STEPS) if first in names)
            if step != self._steps.currentIndex():
                self._go(step)
            self._fields[first].setFocus()

    def _create(self) -> None:
        new = NewOffice(
            office_code=self._text("office_code").upper(),
            station_code=self._text("station_code").upper(),
            office_name=self._text("office_name"),
            province_code=str(self._choices["province_code"].currentData()),
            district_code=str(self._choices["district_code"].currentData()),
            work=self._work,
            registry_url=self._text("registry_url"),
            passphrase=self._text("passphrase"),
            administrator_username=self._text("username"),
            administrator_name=self._text("administrator_name"),
            administrator_password=self._text("password"),
        )
        data, code = self._data, self._text("code")
        self._next.setEnabled(False)
        self._background.run(
            "opening",
            lambda: create_office(data, new, code),
            done=lambda _none: self.created.emit(new.passphrase),
            failed=self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self._next.setEnabled(True)
        if isinstance(error, Refused):
            faults = {name: str(code) for name, code in error.facts.items() if name in self._fields}
            if error.reason is Reason.WRONG_ONE_TIME_CODE:
                faults = {"code": "wrong-code"}
            elif error.reason is Reason.PASSWORD_TOO_SHORT:
                faults = {"password": "too-short"}
            elif error.reason is Reason.PASSWORD_TOO_COMMON:
                faults = {"password": "too-common"}
            elif error.reason is Reason.PASSWORD_TOO_LONG:
                faults = {"password": "too-long"}
            self._mark(faults)
        self.refuse(error)
