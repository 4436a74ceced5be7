"""The intake form as its specification says: what applies, what was typed, what is proposed, the fault under each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import language
from ui.stages.intake.choice_box import ChoiceBox
from ui.stages.intake.editors import Editor, Papers, list_of
from ui.stages.intake.notice import LookAlikeNotice
from ui.stages.intake.remarks import Remarks
from ui.stages.intake.section import SectionBox
from workstation.domain.form import PROPOSED, SOURCE, TYPED, Answers, Form
from workstation.lao.romanise import romanise
from workstation.workflow.header import Defect
from workstation.workflow.intake.view import IntakeView
from workstation.workflow.search.duplicates import Duplicate


class IntakeForm(QWidget):
    """edited(): something was typed, chosen or proposed. focus_left(field): the clerk went on to another field."""

    edited = Signal()
    focus_left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._form: Form | None = None
        self._view: IntakeView | None = None
        self._editors: dict[str, Editor] = {}
        self._sections: list[SectionBox] = []
        self._owners: dict[QObject, str] = {}
        self._sources: dict[str, str] = {}
        # Answers that this form does not ask for: another kind may, so they stay in the draft.
        self._apart: dict[str, str] = {}
        self._remarks: Remarks | None = None
        self._body: QWidget | None = None
        self._alike: Sequence[Duplicate] = ()
        self._faults: dict[str, str] = {}
        self._typed_last = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def _use(self, form: Form) -> None:
        if self._form is not None and self._form.version == form.version:
            return
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._form = form
        self._editors = {field.name: Editor(field, form.documents, self._edited) for field in form.fields}
        self._sections = [SectionBox(section, self._editors) for section in form.sections]
        self._remarks = Remarks(form, self._sections, self._editors)
        self._body = QWidget()
        whole = QVBoxLayout(self._body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for side in ("left", "right"):
            column = QVBoxLayout()
            column.setSpacing(8)
            for box in self._sections:
                if box.section.side == side:
                    column.addWidget(box)
            if side == "right":
                self._notice = LookAlikeNotice()
                self._notice.show_people(self._alike)
                column.addWidget(self._notice)
            column.addStretch(1)
            columns.addLayout(column, 1)
        whole.addLayout(columns)
        for box in self._sections:
            if box.section.side == "foot":
                whole.addWidget(box)
        self._column.addWidget(self._body)
        # A layout shows what joins a visible page only with the next event; the focus must find it now.
        self._body.show()
        self._owners = {}
        before: QWidget | None = None
        for name, editor in self._editors.items():
            for widget in editor.focus_widgets():
                widget.installEventFilter(self)
                self._owners[widget] = name
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget

    # What is typed

    def _edited(self, name: str) -> None:
        if name == "province_code":
            self._offer_districts("")
        self._typed_last = name
        self._sources_after(name)
        self._arrange()
        self._remarks_after_typing()
        self.edited.emit()

    def _offer_districts(self, kept: str) -> None:
        editor = self._editors.get("district_code")
        if editor is not None and isinstance(editor.widget, ChoiceBox):
            editor.widget.set_code("")
            editor.widget.set_choices(list_of(editor.field, self.typed("province_code")), language())
            editor.widget.set_code(kept)

    def _sources_after(self, name: str) -> None:
        editor = self._editors[name]
        if name in self._sources or editor.field.proposed_from:
            self._sources[name] = TYPED
            if not editor.stored():
                del self._sources[name]
        for other in self._editors.values():
            if other.field.proposed_from == name:
                self._propose(other, editor.stored())
        self._show_sources()

    def _propose(self, latin: Editor, lao: str) -> None:
        name = latin.field.name
        if latin.stored() and self._sources.get(name) != PROPOSED:
            return
        proposal = romanise(lao, "practice").strip()
        latin.show(proposal)
        self._sources.pop(name, None)
        if proposal:
            self._sources[name] = PROPOSED

    def _propose_missing(self) -> bool:
        """A name that came with the person, from a search or a family, has a proposal from the first moment."""
        missing = [
            (latin, self._editors[latin.field.proposed_from].stored())
            for latin in self._editors.values()
            if latin.field.proposed_from and not latin.stored()
        ]
        for latin, lao in missing:
            self._propose(latin, lao)
        return any(lao for _latin, lao in missing)

    def _show_sources(self) -> None:
        view = self._view
        for box in self._sections:
            for name in box.fields:
                held = self._editors[name].stored()
                waiting = view is not None and name in view.carried and held == view.fields.get(name, "")
                box.say_source(name, self._sources.get(name, ""), waiting=waiting)

    # What is said beside it

    def show_look_alikes(self, found: Sequence[Duplicate]) -> None:
        """Says who else has this name and birth date; nobody when empty."""
        self._alike = found
        if self._form is not None:
            self._notice.show_people(found)

    def to_turn(self) -> str:
        """The field that was typed with the wrong keyboard layout: where the clerk is, or was last; empty for none."""
        turned = [name for name, editor in self._editors.items() if editor.turned()]
        here = self._owners.get(self.focusWidget(), "")
        return next(
            (name for name in (here, self._typed_last) if name in turned), turned[0] if turned else ""
        )

    def turn(self) -> None:
        """Writes in that field what the same keys give in the other layout."""
        name = self.to_turn()
        if name:
            self._editors[name].turn()
            self.show_faults({**self._faults, name: ""})

    def _remarks_after_typing(self) -> None:
        if self._remarks is not None:
            self._remarks.show_hints(self.fields())

    def answers(self) -> Answers | None:
        """What applies for what is typed now; None while nothing is open."""
        if self._form is None or self._view is None:
            return None
        return Answers(self._form, self.fields(), self._view.today)

    def _arrange(self) -> None:
        answers = self.answers()
        if answers is None:
            return
        for box in self._sections:
            box.arrange({field.name for field in box.section.fields if answers.shown(field.name)})
        papers = self._editors["documents"].widget
        if isinstance(papers, Papers):
            papers.offer(tuple(document.code for document in answers.documents()))

    def typed(self, name: str) -> str:
        """The text on the screen in a text field, the code in a list."""
        editor = self._editors.get(name)
        return "" if editor is None else editor.shown_text()

    def fields(self) -> dict[str, str]:
        """Everything typed, in the form that drafts are kept in; empty fields are left out."""
        found = dict(self._apart)
        for name, editor in self._editors.items():
            text = editor.stored()
            if text:
                found[name] = text
                if name in self._sources:
                    found[name + SOURCE] = self._sources[name]
        return found

    def fill(self, view: IntakeView) -> None:
        """Shows a draft under its form. Nothing is told as edited."""
        self._use(view.form)
        self._view = view
        for name, editor in self._editors.items():
            editor.show(view.fields.get(name, ""))
        self._offer_districts(view.fields.get("district_code", ""))
        known = set(self._editors)
        self._sources = {name: source for name, source in view.sources.items() if name in known}
        self._apart = {
            name: text
            for name, text in view.fields.items()
            if name not in known and name.removesuffix(SOURCE) not in known
        }
        for editor in self._editors.values():
            editor.set_editable(view.editable)
        if view.editable and self._propose_missing():
            self.edited.emit()
        self._show_sources()
        self._arrange()
        self._remarks_after_typing()
        # Qt tells nobody what a form needs that was filled while it was hidden, and the page would crush it.
        part: QWidget | None = self
        while part is not None and not isinstance(part, QAbstractScrollArea):
            part.updateGeometry()
            part = part.parentWidget()

    def judge(self, view: IntakeView) -> None:
        """Newer judgements about what is typed; the typed text stays."""
        self._view = view
        self._show_sources()

    # What is wrong with it

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Puts each fault's sentence under its field and clears the others."""
        if self._remarks is not None:
            self._faults = dict(faults)
            self._remarks.show_faults(faults, self._view.papers if self._view is not None else ())

    def show_defects(self, defects: Sequence[Defect]) -> None:
        """Says at its field, and beside the section's title, what a reviewer sent back."""
        if self._remarks is not None:
            self._remarks.show_defects(defects)

    # Focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field. Tells which field was left, but not for another window or its own list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_enter(event):
            return self.focusNextPrevChild(True)
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            name = self._owners.get(watched, "")
            staying = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if event.reason() not in staying and name == "documents":
                # Which box comes next is known only after this event; from box to box is still the same field.
                QTimer.singleShot(0, self, self._paper_left)
            elif event.reason() not in staying and name:
                self.focus_left.emit(name)
        return False

    def _paper_left(self) -> None:
        if self._owners.get(self.focusWidget()) != "documents":
            self.focus_left.emit("documents")

    def focus_on(self, name: str) -> None:
        """Puts the focus into a field."""
        if name in self._editors:
            self._editors[name].focus()

    def first_of(self, names: Collection[str]) -> str | None:
        """The first of these fields in reading order."""
        return next((name for name in self._editors if name in names), None)


def _is_enter(event: QKeyEvent) -> bool:
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
