"""What is said under the fields: the fault, what a reviewer sent back, the other keyboard, a name cut short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ui.language import _, language
from ui.stages.intake.editors import Editor
from ui.stages.intake.faults import fault_text
from ui.stages.intake.section import SectionBox
from ui.widgets.field import Field
from ui.words.choices import document_label
from ui.words.defects import defect_text, defect_told
from workstation.domain.defects import FIELDS_OF_DEFECT
from workstation.domain.form import Form
from workstation.workflow.header import Defect
from workstation.workflow.intake.checks import shortened_name

TURN = "F8"  # the key that writes what the same keys give in the other keyboard layout
_LONGEST_SAID = 40


def fields_of(defect: Defect) -> tuple[str, ...]:
    """The fields that a defect of intake means; none where it is about the whole form."""
    return (defect.place,) if defect.place else FIELDS_OF_DEFECT.get(defect.code, ())


class Remarks:
    """The remarks under the fields of `sections`; a fault comes before a reviewer's word, and that before a hint."""

    def __init__(self, form: Form, sections: Sequence[SectionBox], editors: Mapping[str, Editor]) -> None:
        self._form = form
        self._sections = sections
        self._editors = editors

    def show_faults(self, faults: Mapping[str, str], papers: Sequence[str]) -> None:
        """Puts each fault's sentence under its field and clears the others; `papers` are those still missing."""
        named = [self._paper(code) for code in papers]
        for box in self._sections:
            for name, field in box.fields.items():
                editor, code = self._editors[name], faults.get(name)
                if not code:
                    field.set_error(None)
                    continue
                text = fault_text(name, code, editor.shown_text(), named if name == "documents" else ())
                field.set_error(f"{text}\n{_other_keyboard(editor)}".strip())

    def _paper(self, code: str) -> str:
        found = next((document for document in self._form.documents if document.code == code), None)
        return document_label(code) if found is None else found.label.spoken(language())

    def show_defects(self, defects: Sequence[Defect]) -> None:
        """Says at its field, and beside the section's title, what a reviewer sent back."""
        told: dict[str, list[str]] = {}
        for defect in defects:
            named = fields_of(defect)
            if named:
                words = defect_told(defect.stage, defect.code, "", defect.note)
                told.setdefault(next((n for n in self._editors if n in named), named[0]), []).append(words)
        for box in self._sections:
            for name, field in box.fields.items():
                if isinstance(field, Field):
                    field.set_remark("\n".join(told.get(name, ())))
            words_of = [defect_text(d.code) for d in defects if set(fields_of(d)) & set(box.fields)]
            box.badge.set("attention", "returned", ", ".join(dict.fromkeys(words_of)))
            box.badge.setVisible(bool(words_of))

    def show_hints(self, fields: Mapping[str, str]) -> None:
        """Says where the wrong keyboard layout was typed with, and how the card cuts off a long name."""
        cut = shortened_name(fields)
        told = _("Cut short in the machine readable lines: {name}").format(name=cut) if cut else ""
        for box in self._sections:
            box.note.set(told if "given_name_latin" in box.fields else "")
            for name, field in box.fields.items():
                if isinstance(field, Field):
                    editor = self._editors[name]
                    own = editor.field.hint.spoken(language()) if editor.field.hint is not None else ""
                    field.set_texts(editor.field.label.spoken(language()), _other_keyboard(editor) or own)


def _other_keyboard(editor: Editor) -> str:
    turned = editor.turned()
    if not turned:
        return ""
    return _("Wrong keyboard? {key} makes it: {text}").format(key=TURN, text=turned[:_LONGEST_SAID])
