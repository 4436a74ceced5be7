"""The review page over a real office: approve, return, reject, and who may not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import (
    LEFT_INDEX,
    PATIENCE,
    Counter,
    child,
    enabled,
    press,
    run_action,
    type_into,
    until,
)
from ui.stages.review.page import ReviewPage
from ui.stages.review.return_panel import ReturnPanel
from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation import clock
from workstation.database.captures import StoredFinger, put_finger
from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.header import header
from workstation.workflow.intake import steps as intake
from workstation.workflow.office import SignedIn
from workstation.workflow.review import steps as review


def _open(qtbot: QtBot, counter: Counter, who: SignedIn, application_id: str) -> ReviewPage:
    page = ReviewPage(counter.context(who))
    qtbot.addWidget(page)
    page.resize(1302, 532)
    page.show()
    page.show_application(header(counter.office, application_id))
    qtbot.waitUntil(until(lambda: page._view is not None), timeout=PATIENCE)
    return page


def _strip(page: ReviewPage) -> Strip:
    strip = child(page, "review.why_not")
    assert isinstance(strip, Strip)
    return strip


def _shown(page: ReviewPage) -> str:
    return "\n".join(text.accessibleName() for text in page.findChildren(Text))


def test_one_screen_shows_the_whole_application(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.supervisor, counter.at_review())
    said = _shown(page)
    for part in (
        "ນາງ ບົວວັນນາລີສະຫວັນ ພົມມະຈັນທະວົງສາ",
        "Bouavannalisavanh Phommachanthavongsa",
        "19/01/1990",
        "01-04-0123456",
        "District Sisattanak",
        "Household book, Current identity card",
        "Captured by ຄຳຫຼ້າ ສີສຸພັນ",
    ):
        assert part in said
    portrait = child(page, "review.portrait")
    assert isinstance(portrait, Picture)
    assert portrait.shows
    for position in (2, 7):
        cell = child(page, f"review.finger.{position}")
        picture, badge = cell.findChild(Picture), cell.findChild(Badge)
        assert isinstance(picture, Picture)
        assert picture.shows
        assert isinstance(badge, Badge)
        assert badge.text.isdigit()
    # The usable page area of 1366x768: nothing needs scrolling.
    assert page.minimumSizeHint().height() <= 532
    assert page.minimumSizeHint().width() <= 1302
    page.leave()


def test_a_missing_finger_stands_there_with_its_reason(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review()
    held = StoredFinger(LEFT_INDEX, None, None, None, None, None, None, "bandaged: since May", 1)
    by = counter.clerk.operator.id
    counter.office.store.write(lambda tx: put_finger(tx, application_id, held, by=by, at=clock.now()))
    page = _open(qtbot, counter, counter.supervisor, application_id)
    line = child(page, f"review.missing.{LEFT_INDEX}").accessibleName()
    assert line == "Left index finger: Bandaged or injured – since May"
    badge = child(page, f"review.finger.{LEFT_INDEX}").findChild(Badge)
    assert isinstance(badge, Badge)
    assert badge.kind == "attention"
    page.leave()


def test_the_supervisor_approves(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review()
    page = _open(qtbot, counter, counter.supervisor, application_id)
    assert enabled(page) == {"zoom", "approve", "return", "reject"}
    with qtbot.waitSignal(page.moved, timeout=PATIENCE) as moved:
        run_action(page, "approve")
        assert enabled(page) == {"zoom"}, "a second press must find nothing to press"
    assert moved.args == [application_id]
    assert counter.stage(application_id) is Stage.DECISION


def test_a_clerk_sees_why_only_a_supervisor_decides(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.clerk, counter.at_review())
    assert enabled(page) == {"zoom"}
    assert "supervisor" in _strip(page).text
    page.leave()


def test_who_took_part_in_the_capture_cannot_decide(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review()
    version = header(counter.office, application_id).version
    review.return_for(
        counter.office, counter.supervisor, application_id, version, Stage.INTAKE, "name-wrong", ""
    )
    assert counter.supervisor.operator.role is Role.SUPERVISOR
    future = intake.save_draft(
        counter.office, counter.supervisor, application_id, page_fields(counter, application_id)
    )
    future.result(10)
    counter.capture_again(application_id)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    assert enabled(page) == {"zoom"}
    assert "took part" in _strip(page).text
    page.leave()


def page_fields(counter: Counter, application_id: str) -> dict[str, str]:
    from workstation.workflow.intake.view import view

    return dict(view(counter.office, application_id).fields)


def test_returning_by_arrow_keys_names_stage_defect_and_note(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review()
    page = _open(qtbot, counter, counter.supervisor, application_id)
    run_action(page, "return")
    assert enabled(page) == {"cancel", "return_it"}
    defects = child(page, "review.defects")
    assert isinstance(defects, QListWidget)
    for _step in range(5):
        press(defects, Qt.Key.Key_Down)
    assert defects.item(defects.currentRow()).text().strip() == "Eyes are closed"
    press(defects, Qt.Key.Key_Return)
    note = child(page, "review.note")
    type_into(note, "ຖ່າຍໃໝ່")
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        run_action(page, "return_it")
    now = header(counter.office, application_id)
    assert now.stage is Stage.PHOTO
    assert [(d.stage, d.code, d.note) for d in now.defects] == [(Stage.PHOTO, "eyes-closed", "ຖ່າຍໃໝ່")]


def test_something_else_needs_a_note(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review()
    page = _open(qtbot, counter, counter.supervisor, application_id)
    run_action(page, "return")
    panel = child(page, "review.return")
    assert isinstance(panel, ReturnPanel)
    panel.list.setCurrentRow(5)
    run_action(page, "return_it")
    note = child(page, "review.note")
    assert isinstance(note, QLineEdit)
    assert note.property("fault") is True
    assert counter.stage(application_id) is Stage.REVIEW
    run_action(page, "cancel")
    assert enabled(page) == {"zoom", "approve", "return", "reject"}
    page.leave()


def test_rejecting_needs_a_typed_reason(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review()
    page = _open(qtbot, counter, counter.supervisor, application_id)
    run_action(page, "reject")
    note = child(page, "review.reject.note")
    press(note, Qt.Key.Key_Return)
    assert counter.stage(application_id) is Stage.REVIEW
    type_into(note, "ປອມແປງ")
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        press(note, Qt.Key.Key_Return)
    assert counter.stage(application_id) is Stage.REJECTED


def test_a_decision_over_an_old_screen_is_refused(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review()
    page = _open(qtbot, counter, counter.supervisor, application_id)
    version = header(counter.office, application_id).version
    review.return_for(
        counter.office, counter.supervisor, application_id, version, Stage.INTAKE, "name-wrong", ""
    )
    intake.complete(counter.office, counter.clerk, application_id)
    with qtbot.waitSignal(page.failed, timeout=PATIENCE) as failed:
        run_action(page, "approve")
    assert isinstance(failed.args[0], Refused)
    assert failed.args[0].reason in (Reason.CHANGED_BY_ANOTHER, Reason.MOVE_NOT_ALLOWED)
    assert counter.stage(application_id) is Stage.PHOTO
    page.leave()


def test_space_enlarges_the_photo_and_closes_it_again(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.supervisor, counter.at_review())
    run_action(page, "zoom")
    dialog = child(page, "review.zoom")
    qtbot.waitUntil(until(dialog.isVisible), timeout=PATIENCE)
    press(dialog, Qt.Key.Key_Space)
    qtbot.waitUntil(until(lambda: page.findChild(QDialog, "review.zoom") is None), timeout=PATIENCE)
    page.leave()
