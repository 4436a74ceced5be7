"""The holder's signature on the page of captures: how it stands with it, its command, its pad while that is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.language import _
from ui.stages.fingerprints.presenter import FingerprintsPresenter
from ui.stages.fingerprints.signature import SignatureDialog
from ui.stages.page import PageAction
from ui.widgets.picture import Picture
from ui.widgets.text import Text
from ui.words.signature import cannot_sign_reason
from workstation.workflow.signature.view import SignatureView

_SHOWN = (238, 58)


class Signing(QWidget):
    """Hidden where nobody asks for a signature. closed(): the pad is away. failed(Exception): told where no pad is."""

    closed = Signal()
    failed = Signal(object)

    def __init__(self, presenter: FingerprintsPresenter) -> None:
        super().__init__()
        self.picture = Picture(_SHOWN)
        self.picture.setObjectName("fingerprints.signature")
        self._title = Text("", "secondary")
        self._presenter = presenter
        self._name = ""
        self._pad: SignatureDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self.picture)
        presenter.signed.connect(self._signed)
        self.hide()

    def expect(self, name: str) -> None:
        """The page opens the application of the person of that name."""
        self._name = name
        self.hide()

    def show_signature(self, view: SignatureView) -> None:
        """The signature, or in its place why there is none."""
        if view.unsigned_reason:
            told = _("Cannot sign: {reason}").format(reason=cannot_sign_reason(view.unsigned_reason))
        elif view.required:
            told = _("No signature yet: it is needed")
        else:
            told = _("No signature: the card shows none")
        self._title.set(_("Signature"))
        self.picture.set_texts("", told)
        self.picture.set_picture(view.picture)
        self.picture.setAccessibleName(told if view.picture is None else _("Signature"))
        self.setVisible(view.asked or view.settled)

    def command(self, view: SignatureView, *, editable: bool, primary: bool) -> tuple[PageAction, ...]:
        """The page's command for who is asked to sign."""
        if not view.asked:
            return ()
        words = _("Sign again") if view.settled else _("Signature")
        return (PageAction("fingerprints.signature", words, "F6", editable, primary, self._open),)

    def retranslate(self) -> None:
        if self._pad is not None:
            self._pad.retranslate()

    def put_away(self) -> None:
        """Closes the pad as Esc does."""
        pad, self._pad = self._pad, None
        if pad is not None:
            pad.reject()

    def _open(self) -> None:
        self.put_away()
        self._pad = pad = SignatureDialog(self.window(), self._name)
        pad.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pad.signed.connect(self._presenter.sign)
        pad.unsigned.connect(self._presenter.cannot_sign)
        pad.finished.connect(lambda _result: self._closed(pad))
        pad.open()

    def _closed(self, pad: SignatureDialog) -> None:
        if self._pad is pad:
            self._pad = None
            self.closed.emit()

    def _signed(self, error: Exception | None) -> None:
        if self._pad is not None:
            self._pad.end(error)
        elif error is not None:
            self.failed.emit(error)
