"""The exception photo's part of the page: its own rules, the reason, and the picture that is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ui.language import _
from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.text import Text
from workstation.clock import office_day
from workstation.lao.dates import format_date
from workstation.workflow.photo.exception import ExceptionView

_SIZE = (224, 126)
_LONGEST = 200


class ExceptionPanel(QFrame):
    """Takes the place of the portrait's requirements while an exception photo is taken."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo.exception")
        self.setProperty("surface", "card")
        self._view: ExceptionView | None = None
        self._title = Text("", "title")
        self._rules = Text("", wrap=True)
        self._apart = Text("", "secondary", wrap=True)
        self._label = Text("", "label")
        self.reason = QLineEdit()
        self.reason.setObjectName("photo.exception.reason")
        self.reason.setMaxLength(_LONGEST)
        self._picture = Picture(_SIZE)
        self._picture.setObjectName("photo.exception.picture")
        self._state = Badge()
        self._state.setObjectName("photo.exception.state")
        self._kept_reason = Text("", "secondary", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        for part in (self._title, self._rules, self._apart, self._label, self.reason):
            layout.addWidget(part)
        kept = QHBoxLayout()
        kept.setSpacing(16)
        kept.addWidget(self._picture)
        beside = QVBoxLayout()
        beside.addWidget(self._state, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addWidget(self._kept_reason)
        beside.addStretch(1)
        kept.addLayout(beside, 1)
        layout.addLayout(kept)
        layout.addStretch(1)
        self.retranslate()

    @property
    def view(self) -> ExceptionView | None:
        return self._view

    def show_exception(self, view: ExceptionView, picture: QImage) -> None:
        self._view = view
        self._picture.set_picture(picture if view.picture is not None else None)
        self.reason.setText(view.reason)
        self.retranslate()

    def forget(self) -> None:
        """Nothing of this person stays."""
        self._view = None
        self.reason.clear()
        self._picture.set_picture(None)

    def retranslate(self) -> None:
        self._title.set(_("Exception photo"))
        self._rules.set(
            _(
                "Face and both hands in one picture: step back, raise the hands beside the face, palms forward."
            )
        )
        self._apart.set(_("It is kept apart from the portrait and is never on the card."))
        self._label.set(_("Why are fingerprints missing?"))
        self.reason.setAccessibleName(_("Why are fingerprints missing?"))
        self._picture.set_texts("", _("No photo yet"))
        view = self._view
        if view is not None and view.picture is not None and view.taken_at is not None:
            taken = format_date(office_day(view.taken_at).isoformat())
            self._state.set("good", "", _("Kept on {date}").format(date=taken))
            self._kept_reason.set(view.reason)
        elif view is not None and view.due:
            self._state.set("attention", "", _("Still needed"))
            self._kept_reason.set("")
        else:
            self._state.set("plain", "", _("Only where fingerprints are missing"))
            self._kept_reason.set("")
