"""Every finding that the rules can make has its sentence and next step, in both languages."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from ui.language import language, set_language, translate
from ui.preflight.texts import TEXTS, severity_word, subject_name
from workstation.workflow.preflight import checks
from workstation.workflow.preflight.checks import DEVICES, Severity, Subject

# The states of ui.desk and codes of view.py, database/probe.py that the rules pass on.
PASSED_ON = {
    Subject.DATABASE: {"closed", "busy", "read-only", "unreadable", "away", "servers-disk", "own-disk"},
    Subject.DISK: {"takes-no-more", "read-only", "gone", "fault"},
    Subject.CLOCK: {"before-build", "before-trail"},
    Subject.BACKUP: {"no-key", "not-set-up", "never", "overdue"},
    **{device: {"missing", "gone", "not-set-up"} for device in DEVICES},
}


def _written() -> set[tuple[Subject, str]]:
    """(subject, code) of each call of _stops and _warns that names both."""
    found = set()
    for node in ast.walk(ast.parse(Path(checks.__file__).read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_stops", "_warns")
        ):
            subject, code = node.args[:2]
            if isinstance(subject, ast.Attribute) and isinstance(code, ast.Constant):
                found.add((Subject[subject.attr], str(code.value)))
    return found


def test_every_code_has_its_texts_and_no_text_is_left_over() -> None:
    expected = _written() | {(subject, code) for subject, codes in PASSED_ON.items() for code in codes}
    assert len(_written()) > 8
    assert set(TEXTS) == expected


def _facts(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("text", sorted({text for texts in TEXTS.values() for text in texts}))
def test_each_is_there_in_lao_with_the_same_facts(text: str) -> None:
    before = language()
    set_language("lo")
    try:
        lao = translate(text)
        assert lao != text
        assert _facts(lao) == _facts(text)
    finally:
        set_language(before)


def test_subjects_and_states_have_words_of_their_own() -> None:
    assert len({subject_name(subject) for subject in Subject}) == len(Subject)
    assert len({severity_word(severity) for severity in Severity}) == len(Severity)
