"""Same name and birth date: the badge stands above review, print and hand-over, and above no other stage."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import Counter, child
from ui.application_view import ApplicationView
from ui.language import set_language
from ui.widgets.badge import Badge
from workstation.domain.stages import Stage
from workstation.workflow import claims
from workstation.workflow.header import header

_years = itertools.count(1931)


def _badge(qtbot: QtBot, counter: Counter, application_id: str, stage: Stage) -> Badge:
    now = header(counter.office, application_id)
    assert now.stage is stage
    view = ApplicationView(counter.context(counter.supervisor))
    qtbot.addWidget(view)
    view.resize(1302, 632)
    view.show_header(now, claims.Standing(False))
    view.show()
    QApplication.processEvents()
    found = child(view, "applicant.same_name")
    assert isinstance(found, Badge)
    view.leave()
    return found


def _at_review(counter: Counter) -> str:
    born = f"{next(_years)}-02-03"
    counter.at_review(birth_date=born)
    return counter.at_review(birth_date=born)


def _at_print(counter: Counter) -> str:
    application_id = counter.at_decision()
    counter.decide(application_id)
    return application_id


@pytest.mark.parametrize(
    ("stage", "made"),
    [
        (Stage.REVIEW, _at_review),
        (Stage.PRINT, _at_print),
        (Stage.HAND_OVER, Counter.at_hand_over),
    ],
)
def test_the_badge_tells_how_many_others_there_are(
    qtbot: QtBot, counter: Counter, stage: Stage, made: Callable[[Counter], str]
) -> None:
    # Applications of the office's usual person are each other's namesakes; one more makes sure of it.
    counter.at_review()
    application_id = made(counter)
    count = header(counter.office, application_id).same_name
    assert count >= 1
    badge = _badge(qtbot, counter, application_id, stage)
    assert badge.isVisibleTo(badge.window())
    assert badge.text == f"Same name and birth date: {count}"
    set_language("lo")
    assert "ຊື່ ແລະ ວັນເກີດ" in _badge(qtbot, counter, application_id, stage).text


def test_nobody_else_of_that_name_no_badge(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review(birth_date=f"{next(_years)}-02-03")
    assert _badge(qtbot, counter, application_id, Stage.REVIEW).isHidden()
