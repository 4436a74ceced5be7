"""One open application: stage rail, who it is about, and the page of its stage in a scroll area."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.applicant_strip import ApplicantStrip
from ui.language import _
from ui.queue.claim_watch import ClaimWatch
from ui.queue.held import HeldPage
from ui.queue.words import aside_facts
from ui.stages import page_class
from ui.stages.look_only import LookOnlyPage, only_looks
from ui.stages.page import PageAction, PageContext, StagePage
from ui.stages.returned import ReturnedStrip
from ui.widgets.rail import StageRail
from ui.widgets.scrolled import Scrolled
from ui.widgets.strip import Strip
from ui.words import stage_name
from workstation.domain.stages import ENDS, PATH, Stage
from workstation.workflow.claims import Standing, drop_aside, use_aside
from workstation.workflow.header import Header


def rail_stages(header: Header) -> tuple[tuple[str, str, str], ...]:
    """(state, name, word for the state) of each stage of the path, as the rail shows them."""
    at = PATH.index(header.stage) if header.stage in PATH else len(PATH)
    returned = {defect.stage for defect in header.defects}
    words = {
        "done": _("done"),
        "current": _("now"),
        "returned": _("returned"),
        "waiting": _("waiting for the centre"),
        "skipped": _("left out by the policy"),
        "stopped": _("ended"),
        "todo": _("to come"),
    }
    shown = []
    for place, stage in enumerate(PATH):
        if stage in header.skipped:
            state = "skipped"
        elif header.stage in ENDS and header.stage is not Stage.CLOSED:
            state = "stopped"
        elif stage in returned and place >= at:
            state = "returned"
        elif place < at:
            state = "done"
        elif place > at:
            state = "todo"
        else:
            state = "waiting" if stage is Stage.DECISION else "current"
        shown.append((state, stage_name(stage), words[state]))
    return tuple(shown)


class ApplicationView(QWidget):
    """Keeps one page for each stage it has shown. Its signals are those of the page that is shown now."""

    moved = Signal(str)
    actions_changed = Signal()
    failed = Signal(object)
    done = Signal(str)
    turn_to = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._pages: dict[type[StagePage], StagePage] = {}
        self._page: StagePage | None = None
        self.header: Header | None = None
        self._rail = StageRail()
        self._strip = ApplicantStrip()
        self.watch = ClaimWatch(context, self)
        self.watch.changed.connect(self._claim_changed)
        self._sent_back = ReturnedStrip()
        self._aside = Strip("aside")
        self._aside.put_away.connect(self._drop_aside)
        self._scroll = Scrolled()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addWidget(self._strip)
        layout.addWidget(self._sent_back)
        layout.addWidget(self._aside)
        layout.addWidget(self._scroll, 1)

    @property
    def page(self) -> StagePage | None:
        """The page shown now."""
        return self._page

    def show_header(self, header: Header, standing: Standing) -> None:
        """Opens the application on the page of its stage, or says who works on it."""
        self._stop_page()
        self.watch.follow(header.application_id, standing)
        self.header = header
        self._rail.set_stages(rail_stages(header))
        self._strip.show_header(header)
        self._sent_back.show_header(header)
        if only_looks(self._context.who.operator.role, header.stage):
            kind: type[StagePage] = LookOnlyPage
        else:
            kind = HeldPage if standing.foreign else page_class(header.stage)
        if kind not in self._pages:
            self._pages[kind] = self._made(kind)
        self._page = self._pages[kind]
        if self._scroll.widget() is not self._page:
            before = self._scroll.takeWidget()
            if before is not None:
                before.setParent(self)
                before.hide()
            self._scroll.setWidget(self._page)
            self._page.show()
        self._scroll.verticalScrollBar().setValue(0)
        self._page.show_application(header)
        self._show_standing(standing)
        self.actions_changed.emit()

    def _show_standing(self, standing: Standing) -> None:
        if isinstance(self._page, HeldPage):
            self._aside.clear()
            self._page.show_standing(standing)
        elif standing.aside is None:
            self._aside.clear()
        else:
            told = " · ".join(f"{label}: {value}" for label, value in aside_facts(standing.aside.fields))
            kept = _("Kept aside: what you typed and came too late")
            open_ = self.header is not None and self.header.stage is Stage.INTAKE
            use = _("Use what I typed") if open_ else ""
            self._aside.say(
                "attention", f"{kept} – {told}", action=use, run=self._use_aside, close=_("Close")
            )

    def _claim_changed(self, standing: Standing) -> None:
        if self.header is None or self._page is None:
            return
        if isinstance(self._page, HeldPage):
            self._page.show_standing(standing)
        elif standing.foreign:
            # Its last words are given to the store first; too late there, they are kept aside.
            self.show_header(self.header, standing)

    def _use_aside(self) -> None:
        if self.header is None or self._page is None:
            return
        office, who, application_id = self._context.office, self._context.who, self.header.application_id
        # What the form still holds back goes into the draft first; then the late words win over it.
        self._page.leave()
        self._context.background.run(
            "database",
            lambda: use_aside(office, who, application_id),
            done=lambda _none: self.turn_to.emit(application_id),
            failed=partial(self._not_used, application_id),
        )

    def _not_used(self, application_id: str, error: Exception) -> None:
        self.failed.emit(error)
        self.turn_to.emit(application_id)

    def _drop_aside(self) -> None:
        if self.header is not None:
            office, who, application_id = self._context.office, self._context.who, self.header.application_id
            self._context.background.run("database", lambda: drop_aside(office, who, application_id))

    def refresh_header(self, header: Header) -> None:
        """Newer facts about the same application at the same stage; the page is left alone."""
        self.header = header
        self._rail.set_stages(rail_stages(header))
        self._strip.show_header(header)

    def _made(self, kind: type[StagePage]) -> StagePage:
        page = kind(self._context)
        page.setParent(self)
        for name in ("moved", "actions_changed", "failed", "done", "turn_to"):
            self._pass_on(page, name)
        page.left_failed.connect(self.failed)
        page.left_done.connect(self.done)
        page.hide()
        return page

    def _pass_on(self, page: StagePage, name: str) -> None:
        def pass_on(*values: object) -> None:
            # A page that was left may still hear from its lanes; what it says then is not about what is shown.
            if page is self._page:
                if name == "failed":
                    # Perhaps somebody else has it by now: then the page says so by name.
                    self.watch.look()
                getattr(self, name).emit(*values)

        getattr(page, name).connect(pass_on)

    def page_actions(self) -> tuple[PageAction, ...]:
        """The commands of the page shown now."""
        return self._page.actions() if self._page is not None else ()

    def leave(self) -> None:
        """Stops the page and lets go of the application; nothing is shown as open afterwards."""
        self._stop_page()
        self.watch.let_go()

    def _stop_page(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            page.leave()

    def retranslate(self) -> None:
        """Every word again."""
        if self.header is not None:
            self._rail.set_stages(rail_stages(self.header))
            self._sent_back.show_header(self.header)
        self._strip.retranslate()
        for page in self._pages.values():
            page.retranslate()
