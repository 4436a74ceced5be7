"""A decision asks for the password again when it has to, and is then carried out without being told twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.lock.dialogs import confirm_dialog, dialogs_shown
from tests.ui.stages.counter_office import PASSWORD, PATIENCE, Counter, counter, room, until
from ui.lock.put_away import put_away_dialogs
from ui.stages.review.presenter import ReviewPresenter
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage

__all__ = ["counter", "room"]


class Review:
    """The supervisor before one application that she opened; what she has proven has been forgotten."""

    def __init__(self, counter: Counter, qtbot: QtBot) -> None:
        self.counter, self.qtbot = counter, qtbot
        self.application = counter.at_review()
        self.owner = QObject()
        self.presenter = ReviewPresenter(counter.context(counter.supervisor), self.owner)
        self.failures: list[Exception] = []
        self.busy: list[bool] = []
        self.decided = 0
        self.presenter.failed.connect(self.failures.append)
        self.presenter.busy.connect(self.busy.append)
        self.presenter.decided.connect(self._decided)
        with qtbot.waitSignal(self.presenter.opened, timeout=PATIENCE):
            self.presenter.open(self.application)
        counter.office.proofs.forget(counter.supervisor.operator.id)

    def _decided(self) -> None:
        self.decided += 1

    def stage(self) -> Stage:
        return self.counter.stage(self.application)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until(condition), timeout=PATIENCE)


@pytest.fixture
def reviewing(counter: Counter, qtbot: QtBot) -> Iterator[Review]:
    made = Review(counter, qtbot)
    yield made
    put_away_dialogs()
    made.presenter.leave()


def test_the_right_password_and_enter_carry_it_out(reviewing: Review) -> None:
    reviewing.presenter.reject("no longer wanted")
    dialog = confirm_dialog(reviewing.qtbot)
    assert reviewing.stage() is Stage.REVIEW
    reviewing.wait(dialog.password.hasFocus)
    dialog.password.setText("not the password")
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    reviewing.wait(lambda: "not right" in dialog._strip.text)
    assert not dialog.password.text()
    dialog.password.setText(PASSWORD)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    reviewing.wait(lambda: reviewing.decided == 1)
    assert reviewing.stage() is Stage.REJECTED
    assert (reviewing.failures, reviewing.busy[-1], dialogs_shown()) == ([], False, [])


def test_dismissed_nothing_is_decided_and_it_is_said(reviewing: Review) -> None:
    reviewing.presenter.reject("no longer wanted")
    dialog = confirm_dialog(reviewing.qtbot)
    QTest.keyClick(dialog.password, Qt.Key.Key_Escape)
    reviewing.wait(lambda: bool(reviewing.failures))
    (error,) = reviewing.failures
    assert isinstance(error, Refused)
    assert error.reason is Reason.CONFIRMATION_NEEDED
    assert (reviewing.stage(), reviewing.busy[-1]) == (Stage.REVIEW, False)


def test_the_lock_puts_the_question_away(reviewing: Review) -> None:
    reviewing.presenter.reject("no longer wanted")
    confirm_dialog(reviewing.qtbot)
    put_away_dialogs()
    assert dialogs_shown() == []
    reviewing.wait(lambda: bool(reviewing.failures))
    assert reviewing.stage() is Stage.REVIEW


def test_who_left_meanwhile_hears_nothing(reviewing: Review) -> None:
    reviewing.presenter.reject("no longer wanted")
    dialog = confirm_dialog(reviewing.qtbot)
    reviewing.presenter.leave()
    dialog.reject()
    reviewing.qtbot.wait(200)
    assert reviewing.failures == []


def test_who_has_just_signed_in_is_not_asked(reviewing: Review) -> None:
    reviewing.counter.office.proofs.present(reviewing.counter.supervisor.operator.id)
    reviewing.presenter.reject("no longer wanted")
    reviewing.wait(lambda: reviewing.decided == 1)
    assert dialogs_shown() == []
