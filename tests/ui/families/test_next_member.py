"""The next member of a family, by key: from the open application and from the queue, with what is carried told."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.offices import FIELDS
from tests.ui.shell import Shell
from workstation.domain.stages import Stage
from workstation.workflow import households
from workstation.workflow.intake.steps import complete, save_draft, start
from workstation.workflow.intake.view import view

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _shown(shell: Shell) -> str:
    workplace = shell.workplace
    header = workplace.application.header
    return header.application_id if workplace.room is workplace.application and header is not None else ""


def test_the_family_comes_one_after_the_other(at_work: Shell) -> None:
    office, who, workplace = at_work.app.office, at_work.app.who, at_work.workplace
    assert office is not None
    assert who is not None
    first = start(office, who, fields=FIELDS)
    workplace.open(first)
    at_work.until(lambda: _shown(at_work) == first)
    complete(office, who, first)
    workplace.opening.moved(first)
    at_work.until(workplace.family.strip.isVisible)
    assert workplace.application.header is not None
    assert workplace.application.header.stage is Stage.PHOTO

    at_work.press(Qt.Key.Key_N, CTRL | SHIFT)
    at_work.until(lambda: _shown(at_work) not in ("", first))
    second = _shown(at_work)
    assert not workplace.family.strip.isVisible()
    assert view(office, second).fields["village"] == FIELDS["village"]
    assert "household_number" in households.carried(office, second)

    # From the queue it is the household of the selected application.
    workplace.show_queue()
    at_work.until(lambda: workplace.queue.model.rowCount() == 2)
    at_work.until(lambda: workplace.queue.selected is not None)
    at_work.press(Qt.Key.Key_N, CTRL | SHIFT)
    at_work.until(lambda: _shown(at_work) not in ("", first, second))


def test_without_a_household_it_is_said_and_the_page_stays(at_work: Shell) -> None:
    office, who, workplace = at_work.app.office, at_work.app.who, at_work.workplace
    assert office is not None
    assert who is not None
    alone = start(office, who)
    workplace.open(alone)
    at_work.until(lambda: _shown(at_work) == alone)
    at_work.press(Qt.Key.Key_N, CTRL | SHIFT)
    at_work.until(workplace.strip.isVisible)
    assert "household" in workplace.strip.text
    assert _shown(at_work) == alone
    assert workplace.application.page is not None
    save_draft(office, who, alone, {"household_number": "1"}).result(10)
