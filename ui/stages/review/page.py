"""The review page: the whole application on one screen, the points to look at, and the second person's commands."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.language import _
from ui.stages.page import PageAction, PageContext, StagePage
from ui.stages.review.guide import Guide
from ui.stages.review.measures import FORCED, PhotoMeasures
from ui.stages.review.presenter import ReviewPresenter
from ui.stages.review.prints import PrintSheet
from ui.stages.review.reject_panel import RejectPanel
from ui.stages.review.return_panel import ReturnPanel
from ui.stages.review.sheet import FactSheet
from ui.stages.review.spot import Spot
from ui.stages.review.tour import Tour
from ui.stages.review.words import none_left
from ui.stages.review.zoom import ZoomDialog
from ui.widgets.picture import Picture
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.words.signature import cannot_sign_reason
from workstation.domain.defects import NamedDefect
from workstation.domain.refused import Reason, Refused
from workstation.workflow.header import Header
from workstation.workflow.review.checks import PointKind
from workstation.workflow.review.recall import NextReview
from workstation.workflow.review.view import ReviewView

PORTRAIT = (300, 384)
# Beside a signature the portrait leaves it room; Space enlarges either way.
PORTRAIT_SIGNED, SIGNATURE = (250, 320), (240, 58)
DATA_WIDTH = (500, 640)


class ReviewPage(StagePage):
    """Reads and decides; never changes what was captured."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._presenter = ReviewPresenter(context, self)
        self._view: ReviewView | None = None
        self._busy = False
        self._said = ""
        self._tour = Tour()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 6, 16, 6)
        self._body: QWidget | None = None
        self._build()
        self._presenter.opened.connect(self._show)
        self._presenter.decided.connect(self._decided)
        self._presenter.next_found.connect(self._turn)
        self._presenter.failed.connect(self._refused)
        self._presenter.busy.connect(self._set_busy)

    def _build(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._why_not = Strip("review.why_not")
        self._guide = Guide(self._tour)
        self._guide.moved.connect(self.actions_changed)
        self._portrait = Picture(PORTRAIT, placeholder=_("No photo"))
        self._portrait.setObjectName("review.portrait")
        self._signature = Picture(SIGNATURE)
        self._signed = Spot(self._signature)
        self._signed.setObjectName("review.signature")
        self._unsigned = Text("", "secondary", wrap=True)
        self._unsigned.setObjectName("review.unsigned")
        self._captured_by = Text("", "secondary", wrap=True)
        self._captured_by.setObjectName("review.captured_by")
        left = QVBoxLayout()
        left.setSpacing(4)
        for part in (self._portrait, self._signed, self._unsigned):
            left.addWidget(part)
        left.addWidget(self._captured_by)
        left.addStretch(1)
        self._facts = FactSheet()
        self._facts.setMinimumWidth(DATA_WIDTH[0])
        self._facts.setMaximumWidth(DATA_WIDTH[1])
        middle = QVBoxLayout()
        middle.addWidget(self._facts)
        middle.addStretch(1)
        self._side = QStackedWidget()
        self._return = ReturnPanel()
        self._return.confirmed.connect(self._return_it)
        self._return.dismissed.connect(self._close_panel)
        self._reject = RejectPanel()
        self._reject.confirmed.connect(self._reject_it)
        self._reject.dismissed.connect(self._close_panel)
        self._reject.stepped.connect(self.actions_changed)
        for panel in (self._captures(), self._return, self._reject):
            self._side.addWidget(panel)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addLayout(middle, 8)
        row.addWidget(self._side, 5)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        strips = QHBoxLayout()
        strips.setSpacing(8)
        strips.addWidget(self._why_not, 1)
        strips.addWidget(self._guide, 1)
        column.addLayout(strips)
        column.addLayout(row, 1)
        self._column.addWidget(self._body)

    def _captures(self) -> QWidget:
        card = QFrame()
        card.setProperty("surface", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 4, 10, 4)
        column.setSpacing(3)
        self._prints = PrintSheet()
        self._measures = PhotoMeasures()
        column.addWidget(Text(_("Fingerprints"), "strong"))
        column.addWidget(self._prints)
        column.addWidget(Text(_("Photo"), "strong"))
        column.addWidget(self._measures)
        column.addStretch(1)
        return card

    def show_application(self, header: Header) -> None:
        """Opens the application; what is shown is exactly the version that the commands speak of."""
        self._view = None
        self._guide.forget()
        # Another person's face must not stand here even for a moment.
        if self._body is not None:
            self._body.hide()
        self._close_panel()
        self._presenter.open(header.application_id)

    def _show(self, view: ReviewView) -> None:
        self._view = view
        self._show_pictures(view)
        self._captured_by.set(_("Captured by {names}").format(names=", ".join(view.captured_by)))
        self._facts.show_facts(view)
        self._prints.show_prints(view.fingerprints)
        self._measures.show_photo(view.photo)
        self._guide.show_points(view, self._find_spots(view))
        if view.may_decide:
            self._why_not.clear()
        else:
            self._why_not.say("attention", self._why_not_text(view.why_not))
        if self._body is not None:
            self._body.show()
        self.setFocus()
        self.actions_changed.emit()

    def _show_pictures(self, view: ReviewView) -> None:
        """The portrait, and what the card shows as signature, or why it shows none."""
        signature = view.fingerprints.signature
        self._portrait.set_frame(PORTRAIT if signature.picture is None else PORTRAIT_SIGNED)
        self._portrait.set_picture(view.photo.portrait)
        self._signature.set_picture(signature.picture)
        self._signature.setAccessibleName(_("Signature"))
        self._signed.setVisible(signature.picture is not None)
        reason = cannot_sign_reason(signature.unsigned_reason) if signature.unsigned_reason else ""
        self._unsigned.set(_("Cannot sign: {reason}").format(reason=reason) if reason else "")
        self._unsigned.setVisible(bool(reason))

    def _find_spots(self, view: ReviewView) -> dict[str, Spot]:
        """Where each point is told on the page."""
        spots = dict(self._facts.spots)
        for point in view.points:
            if point.kind in (PointKind.MISSING_FINGER, PointKind.LOW_FINGER):
                spots[point.id] = self._prints.spots[int(point.about)]
            elif point.kind is PointKind.SIGNATURE:
                spots[point.id] = self._signed
            elif point.kind is PointKind.FORCED_PORTRAIT:
                spots[point.id] = self._measures.spots[FORCED]
            elif point.kind in (PointKind.RED_REQUIREMENT, PointKind.AMBER_REQUIREMENT):
                spots[point.id] = self._measures.spots[point.about]
        return spots

    @staticmethod
    def _why_not_text(reason: Reason | None) -> str:
        if reason is Reason.SAME_PERSON:
            return _("You took part in capturing this application. Another supervisor must decide it.")
        if reason is Reason.ROLE_NOT_ALLOWED:
            return _("Only a supervisor decides. The application waits here for one.")
        return _("It cannot be decided now.")

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # commands of ours, no QActions
        """Next point, next application, enlarge, reject, return, approve; while a panel is open only its own."""
        if self._side.currentIndex() == 1:
            return (
                PageAction("cancel", _("Cancel"), "Esc", True, False, self._close_panel),
                PageAction(
                    "return_it", _("Return it"), "Ctrl+Return", not self._busy, True, self._return.confirm
                ),
            )
        if self._side.currentIndex() == 2:
            cancel = PageAction("cancel", _("Cancel"), "Esc", True, False, self._close_panel)
            if not self._reject.asking_twice:
                return (cancel,)
            may = not self._busy
            return (
                cancel,
                PageAction("reject_it", _("Reject"), "Ctrl+Return", may, True, self._reject.confirm),
            )
        may = self._view is not None and self._view.may_decide and not self._busy
        photo = self._view is not None and self._view.photo.portrait is not None
        return (
            PageAction("next_point", _("Next point"), "F2", self._guide.has_points, False, self._guide.go_on),
            PageAction("zoom", _("Enlarge the photo"), "Space", photo, False, self._zoom),
            PageAction("reject", _("Reject"), "F9", may, False, self._ask_rejection),
            PageAction("return", _("Return"), "F6", may, False, self._ask_return),
            PageAction("next", _("Next application"), "F4", not self._busy, False, self._presenter.find_next),
            PageAction("approve", _("Approve"), "F8", may and self._guide.all_visited, True, self._approve),
        )

    def _zoom(self) -> None:
        if self._view is not None and self._view.photo.portrait is not None:
            ZoomDialog(self.window(), self._view.photo.portrait).open()

    def _ask_return(self) -> None:
        self._side.setCurrentIndex(1)
        prints = None if self._view is None else self._view.fingerprints
        self._return.ask(() if prints is None else sorted({*prints.required, *prints.fingers}))
        self.actions_changed.emit()

    def _ask_rejection(self) -> None:
        self._side.setCurrentIndex(2)
        self._reject.ask("" if self._view is None else self._view.header.name_lo)
        self.actions_changed.emit()

    def _close_panel(self) -> None:
        self._reject.put_away()
        self._side.setCurrentIndex(0)
        self.setFocus()
        self.actions_changed.emit()

    def _approve(self) -> None:
        self._said = _("Approved")
        self._presenter.approve(self._guide.visited)

    def _return_it(self, named: tuple[NamedDefect, ...]) -> None:
        self._said = _("Returned to the clerk")
        self._presenter.return_for(named)

    def _reject_it(self, reason: str) -> None:
        self._said = _("The application was rejected")
        self._side.setCurrentIndex(0)
        self._presenter.reject(reason)

    def _decided(self) -> None:
        application_id = self._presenter.application_id
        self._side.setCurrentIndex(0)
        self.done.emit(self._said)
        self.moved.emit(application_id)

    def _turn(self, found: NextReview) -> None:
        if found.application_id is not None:
            self.turn_to.emit(found.application_id)
        else:
            self.done.emit(none_left(found))

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)
        again = (Reason.CHANGED_BY_ANOTHER, Reason.POINTS_NOT_VISITED)
        if isinstance(error, Refused) and error.reason in again:
            # What is on the screen is no longer what would be decided: read it again before anything else.
            self._presenter.open(self._presenter.application_id)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.actions_changed.emit()

    def leave(self) -> None:
        """Lets go of the application."""
        self._close_panel()
        self._guide.forget()
        self._presenter.leave()

    def retranslate(self) -> None:
        """Builds the page again in the new language."""
        self._build()
        if self._view is not None:
            self._show(self._view)
