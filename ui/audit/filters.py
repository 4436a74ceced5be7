"""What narrows the trail down: days, what happened, who, at which station, about what."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui.audit.words import tag_name
from ui.language import _
from ui.queue.filters import ChoiceBox
from ui.widgets.field import Field
from workstation import clock
from workstation.domain.audit import AuditTag
from workstation.workflow.audit.look import AuditFilter, Choices

_TAGS = tuple(AuditTag)


class TrailFilters(QWidget):
    """changed(AuditFilter) when something else is chosen, or Enter was pressed in a field."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("audit.filters")
        self._choices = Choices({}, ())
        self._stations: tuple[str, ...] = ()
        self.since, self.until, self.about = QLineEdit(), QLineEdit(), QLineEdit()
        self.tag, self.actor, self.station = (
            ChoiceBox(f"audit.{name}") for name in ("tag", "actor", "station")
        )
        self._fields = {
            name: Field("", editor)
            for name, editor in (
                ("since", self.since),
                ("until", self.until),
                ("tag", self.tag),
                ("actor", self.actor),
                ("station", self.station),
                ("about", self.about),
            )
        }
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(12)
        for column, (name, field) in enumerate(self._fields.items()):
            layout.addWidget(field, 0, column)
            layout.setColumnStretch(column, 3 if name in ("tag", "about") else 2)
        for name in ("since", "until", "about"):
            editor = getattr(self, name)
            editor.setObjectName(f"audit.{name}")
            editor.setMaxLength(80 if name == "about" else 10)
            editor.returnPressed.connect(self._tell)
        for box in (self.tag, self.actor, self.station):
            box.activated.connect(self._tell)
        self.retranslate()

    def offer(self, choices: Choices, station_names: tuple[str, ...]) -> None:
        """Fills the lists; what was chosen stays chosen."""
        self._choices, self._stations = choices, station_names
        self._fill()

    def _fill(self) -> None:
        everything = _("All")
        for box, texts in (
            (self.tag, [tag_name(tag) for tag in _TAGS]),
            (self.actor, [*self._choices.actors.values(), _("Registry")]),
            (self.station, list(self._stations)),
        ):
            box.fill((everything, *texts), max(box.currentIndex(), 0))

    def chosen(self) -> AuditFilter | None:
        """What is asked for; None while a day cannot be read, which its field says."""
        read = {name: self._day(name) for name in ("since", "until")}
        if not all(fits for fits, _day in read.values()):
            return None
        since, until = read["since"][1], read["until"][1]
        actors = (None, *self._choices.actors, "registry")
        stations = (None, *self._choices.stations)
        return AuditFilter(
            since=_midnight(since) if since else None,
            until=_midnight(until + timedelta(days=1)) if until else None,
            tag=(None, *_TAGS)[max(self.tag.currentIndex(), 0)],
            actor=actors[max(self.actor.currentIndex(), 0)],
            station_id=stations[max(self.station.currentIndex(), 0)],
            object_id=self.about.text().strip() or None,
        )

    def _day(self, name: str) -> tuple[bool, date | None]:
        """Whether the field holds a day or nothing, and the day."""
        field, text = self._fields[name], getattr(self, name).text().strip()
        field.set_error(None)
        if not text:
            return True, None
        try:
            return True, datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=clock.OFFICE_ZONE).date()
        except ValueError:
            field.set_error(_("Write the day as 31/12/2026"))
            return False, None

    def _tell(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.changed.emit(chosen)

    def retranslate(self) -> None:
        """Every word again."""
        labels = {
            "since": _("From day"),
            "until": _("To day"),
            "tag": _("What happened"),
            "actor": _("Who"),
            "station": _("Station"),
            "about": _("About"),
        }
        for name, label in labels.items():
            self._fields[name].set_texts(label)
        self.about.setPlaceholderText(_("Number of an application, user or card"))
        self._fill()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.OFFICE_ZONE)
