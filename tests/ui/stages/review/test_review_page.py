"""The review page over a real office: approve, return, reject, and who may not."""

import itertools
import json
import re
from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import (
    APPLICANT,
    LEFT_INDEX,
    PASSWORD,
    PATIENCE,
    Counter,
    child,
    enabled,
    press,
    run_action,
    type_into,
    until,
    wait_quietly,
)
from ui.application_view import ApplicationView
from ui.language import set_language
from ui.stages.review.page import ReviewPage
from ui.stages.review.return_panel import ReturnPanel
from ui.stages.review.spot import Spot
from ui.widgets.badge import Badge
from ui.widgets.picture import Picture
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields
from workstation.database.captures import StoredFinger, put_finger
from workstation.database.tables import applicants, applications, portraits
from workstation.domain.defects import NamedDefect
from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow import claims
from workstation.workflow.claims import Standing
from workstation.workflow.header import header
from workstation.workflow.intake import steps as intake
from workstation.workflow.office import SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.queue import queue
from workstation.workflow.review import steps as review
from workstation.workflow.review.ending import ending
from workstation.workflow.sign_in import sign_in

DECIDING = {"zoom", "next", "approve", "return", "reject"}


def _open(qtbot: QtBot, counter: Counter, who: SignedIn, application_id: str) -> ReviewPage:
    page = ReviewPage(counter.context(who))
    qtbot.addWidget(page)
    page.resize(1302, 532)
    page.show()
    page.show_application(header(counter.office, application_id))
    qtbot.waitUntil(until(lambda: page._view is not None), timeout=PATIENCE)
    return page


_years = itertools.count(1930)


def _single(counter: Counter) -> str:
    """An application whose person has no other one: nothing to compare with."""
    return counter.at_review(birth_date=f"{next(_years)}-01-19")


def _strip(page: ReviewPage) -> Strip:
    strip = child(page, "review.why_not")
    assert isinstance(strip, Strip)
    return strip


def _shown(page: ReviewPage) -> str:
    return "\n".join(text.accessibleName() for text in page.findChildren(Text))


def test_one_screen_shows_the_whole_application(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.supervisor, _single(counter))
    said = _shown(page)
    for part in (
        "ນາງ ບົວວັນນາລີສະຫວັນ ພົມມະຈັນທະວົງສາ",
        "Bouavannalisavanh Phommachanthavongsa",
        "19/01/1930",
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
    application_id = _single(counter)
    held = StoredFinger(LEFT_INDEX, None, None, None, None, None, None, "bandaged: since May", 1)
    by = counter.clerk.operator.id
    counter.office.store.write(lambda tx: put_finger(tx, application_id, held, by=by, at=clock.now()))
    page = _open(qtbot, counter, counter.supervisor, application_id)
    line = child(page, "review.missing").accessibleName()
    assert line == "Left index finger: Bandaged or injured – since May"
    badge = child(page, f"review.finger.{LEFT_INDEX}").findChild(Badge)
    assert isinstance(badge, Badge)
    assert badge.kind == "attention"
    page.leave()


def test_the_supervisor_approves(qtbot: QtBot, counter: Counter) -> None:
    application_id = _single(counter)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    assert enabled(page) == DECIDING
    with qtbot.waitSignal(page.moved, timeout=PATIENCE) as moved:
        run_action(page, "approve")
        assert enabled(page) == {"zoom"}, "a second press must find nothing to press"
    assert moved.args == [application_id]
    assert counter.stage(application_id) is Stage.DECISION


def test_a_clerk_sees_why_only_a_supervisor_decides(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.clerk, _single(counter))
    assert enabled(page) == {"zoom", "next"}
    assert "supervisor" in _strip(page).text
    page.leave()


def test_who_took_part_in_the_capture_cannot_decide(qtbot: QtBot, counter: Counter) -> None:
    application_id = _single(counter)
    version = header(counter.office, application_id).version
    review.return_for(
        counter.office,
        counter.supervisor,
        application_id,
        version,
        (NamedDefect(Stage.INTAKE, "name-wrong"),),
    )
    assert counter.supervisor.operator.role is Role.SUPERVISOR
    future = intake.save_draft(
        counter.office, counter.supervisor, application_id, page_fields(counter, application_id)
    )
    future.result(10)
    counter.capture_again(application_id)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    assert enabled(page) == {"zoom", "next"}
    assert "took part" in _strip(page).text
    page.leave()


def page_fields(counter: Counter, application_id: str) -> dict[str, str]:
    from workstation.workflow.intake.view import view

    return dict(view(counter.office, application_id).fields)


def _defects(page: ReviewPage) -> QListWidget:
    defects = child(page, "review.defects")
    assert isinstance(defects, QListWidget)
    return defects


def _go_to(defects: QListWidget, words: str) -> None:
    """With the arrow key down to the line of these words."""
    for _step in range(defects.count()):
        current = defects.currentItem()
        if current.text().strip() == words:
            return
        press(defects, Qt.Key.Key_Down)
    raise AssertionError(f"no line {words}")


def test_several_defects_are_ticked_by_keys_each_with_place_and_note(qtbot: QtBot, counter: Counter) -> None:
    application_id = _single(counter)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    run_action(page, "return")
    assert enabled(page) == {"cancel", "return_it"}
    defects, note = _defects(page), child(page, "review.note")
    _go_to(defects, "Name is wrong")
    press(defects, Qt.Key.Key_Space)
    _go_to(defects, "Surname (Latin)")
    press(defects, Qt.Key.Key_Return)
    assert page.focusWidget() is note
    type_into(note, "see the passport")
    press(note, Qt.Key.Key_Return)
    assert page.focusWidget() is defects
    _go_to(defects, "Eyes are closed")
    press(defects, Qt.Key.Key_Return)
    type_into(note, "ຖ່າຍໃໝ່")
    press(note, Qt.Key.Key_Return)
    _go_to(defects, "Quality is too low")
    press(defects, Qt.Key.Key_Space)
    _go_to(defects, "Left index finger")
    press(defects, Qt.Key.Key_Space)
    assert "3 ticked. It goes back to: Intake" in child(page, "review.return.summary").accessibleName()
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        run_action(page, "return_it")
    now = header(counter.office, application_id)
    assert now.stage is Stage.INTAKE
    assert [(d.stage, d.code, d.place, d.note) for d in now.defects] == [
        (Stage.INTAKE, "name-wrong", "surname_latin", "see the passport"),
        (Stage.PHOTO, "eyes-closed", "", "ຖ່າຍໃໝ່"),
        (Stage.FINGERPRINTS, "low-quality", "7", ""),
    ]


def test_a_tick_is_taken_away_by_the_same_key_with_its_places(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.supervisor, _single(counter))
    run_action(page, "return")
    panel = child(page, "review.return")
    assert isinstance(panel, ReturnPanel)
    defects = _defects(page)
    _go_to(defects, "Name is wrong")
    press(defects, Qt.Key.Key_Space)
    _go_to(defects, "Given name (Lao)")
    press(defects, Qt.Key.Key_Space)
    assert [one.place for one in panel.named] == ["given_name_lo"]
    defects.setCurrentRow(1)
    press(defects, Qt.Key.Key_Space)
    assert panel.named == ()
    run_action(page, "return_it")
    assert child(page, "review.note").property("fault") is True, "nothing is ticked"
    run_action(page, "cancel")
    run_action(page, "return")
    assert panel.named == ()
    assert all(not line.note for line in panel._lines)
    page.leave()


def test_something_else_needs_a_note(qtbot: QtBot, counter: Counter) -> None:
    application_id = _single(counter)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    run_action(page, "return")
    defects = _defects(page)
    _go_to(defects, "Something else")
    press(defects, Qt.Key.Key_Space)
    run_action(page, "return_it")
    note = child(page, "review.note")
    assert isinstance(note, QLineEdit)
    assert note.property("fault") is True
    assert counter.stage(application_id) is Stage.REVIEW
    run_action(page, "cancel")
    assert enabled(page) == DECIDING
    page.leave()


def test_rejecting_needs_a_typed_reason(qtbot: QtBot, counter: Counter) -> None:
    application_id = _single(counter)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    run_action(page, "reject")
    note = child(page, "review.reject.note")
    press(note, Qt.Key.Key_Return)
    assert counter.stage(application_id) is Stage.REVIEW
    type_into(note, "ປອມແປງ")
    press(note, Qt.Key.Key_Return)
    assert counter.stage(application_id) is Stage.REVIEW, "typing the reason is not yet the rejection"
    assert "ປອມແປງ" in child(page, "review.reject.told").accessibleName()
    assert page.focusWidget() is child(page, "review.reject.back"), "Enter alone does not reject"
    assert enabled(page) == {"cancel", "reject_it"}
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        run_action(page, "reject_it")
    assert counter.stage(application_id) is Stage.REJECTED
    ended = ending(counter.office, application_id)
    assert ended is not None
    assert (ended.reason, ended.by) == ("ປອມແປງ", "ສົມພອນ ວົງພະຈັນ")


def test_a_rejection_that_is_not_confirmed_is_none(qtbot: QtBot, counter: Counter) -> None:
    application_id = _single(counter)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    run_action(page, "reject")
    note = child(page, "review.reject.note")
    type_into(note, "ປອມແປງ")
    press(note, Qt.Key.Key_Return)
    run_action(page, "cancel")
    assert enabled(page) == DECIDING
    run_action(page, "reject")
    assert not child(page, "review.reject.sure").isVisible()
    assert enabled(page) == {"cancel"}
    page.leave()
    assert counter.stage(application_id) is Stage.REVIEW


def test_a_decision_over_an_old_screen_is_refused(qtbot: QtBot, counter: Counter) -> None:
    application_id = _single(counter)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    version = header(counter.office, application_id).version
    review.return_for(
        counter.office,
        counter.supervisor,
        application_id,
        version,
        (NamedDefect(Stage.INTAKE, "name-wrong"),),
    )
    intake.complete(counter.office, counter.clerk, application_id)
    with qtbot.waitSignal(page.failed, timeout=PATIENCE) as failed:
        run_action(page, "approve")
    assert isinstance(failed.args[0], Refused)
    assert failed.args[0].reason in (Reason.CHANGED_BY_ANOTHER, Reason.MOVE_NOT_ALLOWED)
    assert counter.stage(application_id) is Stage.PHOTO
    page.leave()


def test_space_enlarges_the_photo_and_closes_it_again(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.supervisor, _single(counter))
    run_action(page, "zoom")
    dialog = child(page, "review.zoom")
    qtbot.waitUntil(until(dialog.isVisible), timeout=PATIENCE)
    press(dialog, Qt.Key.Key_Space)
    qtbot.waitUntil(until(lambda: page.findChild(QDialog, "review.zoom") is None), timeout=PATIENCE)
    page.leave()


def _troubled(counter: Counter) -> str:
    """Another application of the same name with three differences, a red and an amber requirement, a forced photo, a
    missing finger: eight points."""
    year = next(_years)
    counter.at_review(birth_date=f"{year}-05-06")
    application_id = counter.at_review(
        birth_date=f"{year}-05-06", sex="M", village="ໂພນໄຊ", surname_latin="Vongphachanh"
    )
    held = StoredFinger(LEFT_INDEX, None, None, None, None, None, None, "bandaged", 1)

    def spoil(tx: Connection) -> None:
        mine = portraits.c.application_id == application_id
        report = json.loads(tx.execute(sqlalchemy.select(portraits.c.report).where(mine)).scalar_one())
        report["requirements"][4]["verdict"] = "red"
        report["requirements"][5]["verdict"] = "amber"
        tx.execute(
            sqlalchemy.update(portraits)
            .where(mine)
            .values(report=json.dumps(report), forced_reason="no other camera today")
        )
        put_finger(tx, application_id, held, by=counter.clerk.operator.id, at=clock.now())

    counter.office.store.write(spoil)
    return application_id


def _spoken(page: ReviewPage) -> str:
    strip = child(page, "review.point")
    return strip.accessibleName()


def _framed(page: ReviewPage) -> list[str]:
    return [spot.objectName() for spot in page.findChildren(Spot) if spot.current]


def test_approve_waits_until_every_point_was_visited(qtbot: QtBot, counter: Counter) -> None:
    application_id = _troubled(counter)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    assert enabled(page) == DECIDING - {"approve"} | {"next_point"}
    assert "8" in _spoken(page)
    seen = []
    while "approve" not in enabled(page):
        run_action(page, "next_point")
        seen.append((_spoken(page), *_framed(page)))
        assert len(seen) <= 8
    assert [place for _told, place in seen] == [
        "review.other",
        "review.difference.surname_latin",
        "review.difference.sex",
        "review.difference.village",
        "review.requirement.forced",
        "review.requirement.sharpness",
        "review.requirement.exposure",
        f"review.finger.{LEFT_INDEX}",
    ]
    assert seen[2][0] == "3 of 8: Sex differs: now Male, before Female"
    assert "no other camera today" in seen[4][0]
    assert {spot.mark for spot in page.findChildren(Spot) if spot.mark} == {"seen"}
    assert page.minimumSizeHint().width() <= 1302
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        run_action(page, "approve")
    assert counter.stage(application_id) is Stage.DECISION


def test_a_click_visits_what_is_there(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter, counter.supervisor, _troubled(counter))
    spot = child(page, "review.difference.village")
    QTest.mouseClick(spot, Qt.MouseButton.LeftButton)
    assert _framed(page) == ["review.difference.village"]
    run_action(page, "next_point")
    assert _framed(page) == ["review.requirement.forced"], "F2 goes on from there"
    page.leave()


def test_visits_outlast_a_change_of_language_and_end_with_the_application(
    qtbot: QtBot, counter: Counter
) -> None:
    application_id = _troubled(counter)
    page = _open(qtbot, counter, counter.supervisor, application_id)
    for _point in range(8):
        run_action(page, "next_point")
    assert "approve" in enabled(page)
    set_language("lo")
    page.retranslate()
    assert "approve" in enabled(page)
    assert "ຊາຍ" in _shown(page)
    page.leave()
    page.show_application(header(counter.office, application_id))
    qtbot.waitUntil(until(lambda: page._view is not None), timeout=PATIENCE)
    assert "approve" not in enabled(page), "opened again, it is looked at again"
    page.leave()


def test_what_arrived_meanwhile_must_be_looked_at_too(qtbot: QtBot, counter: Counter) -> None:
    year = next(_years)
    application_id = counter.at_review(birth_date=f"{year}-05-06")
    page = _open(qtbot, counter, counter.supervisor, application_id)
    assert "approve" in enabled(page)
    counter.at_review(birth_date=f"{year}-05-06")
    with qtbot.waitSignal(page.failed, timeout=PATIENCE) as failed:
        run_action(page, "approve")
    assert isinstance(failed.args[0], Refused)
    assert failed.args[0].reason is Reason.POINTS_NOT_VISITED
    qtbot.waitUntil(until(lambda: "next_point" in enabled(page)), timeout=PATIENCE)
    assert "approve" not in enabled(page)
    run_action(page, "next_point")
    with qtbot.waitSignal(page.moved, timeout=PATIENCE):
        run_action(page, "approve")
    assert counter.stage(application_id) is Stage.DECISION


def test_next_turns_to_another_application_that_waits(qtbot: QtBot, counter: Counter) -> None:
    here, there = _single(counter), _single(counter)
    page = _open(qtbot, counter, counter.supervisor, here)
    with qtbot.waitSignal(page.turn_to, timeout=PATIENCE) as turned:
        run_action(page, "next")
    assert turned.args[0] not in ("", here)
    assert counter.stage(turned.args[0]) is Stage.REVIEW
    assert counter.stage(there) is Stage.REVIEW
    held = claims.open_claimed(counter.office, _second_supervisor(counter, "second"), turned.args[0])
    assert (held.mine, held.name) == (False, counter.supervisor.operator.display_name)
    claims.release(counter.office, counter.supervisor, turned.args[0])
    page.leave()


def _second_supervisor(counter: Counter, username: str) -> SignedIn:
    admin = sign_in(counter.office, "admin", PASSWORD)
    added = add_operator(
        counter.office,
        admin,
        username=username,
        display_name="ວິໄລ",
        role=Role.SUPERVISOR,
        password=PASSWORD,
    )
    return SignedIn(added, clock.now())


def test_next_says_when_colleagues_work_on_all_others(qtbot: QtBot, counter: Counter) -> None:
    here, there = _single(counter), _single(counter)
    page = _open(qtbot, counter, counter.supervisor, here)
    office = counter.office
    colleague = _second_supervisor(counter, "supervisor2")
    others = [row.application_id for row in queue(office, Stage.REVIEW) if row.application_id != here]
    assert there in others
    for other in others:
        assert claims.open_claimed(office, colleague, other).mine
    with qtbot.waitSignal(page.done, timeout=PATIENCE) as told:
        run_action(page, "next")
    assert told.args is not None
    assert re.fullmatch(r"No other application is free: colleagues work on [1-9]\d*", told.args[0])
    for other in others:
        claims.release(office, colleague, other)
    page.leave()


def _mixed(counter: Counter) -> str:
    """Fifteen points: another application, six differences, a forced photo with six faulty requirements, a finger."""
    year = next(_years)
    counter.at_review(birth_date=f"{year}-05-06")
    changed = {
        "sex": "M",
        "village": "ໂພນໄຊ",
        "surname_latin": "Vongphachanh",
        "place_of_birth": "ບ້ານດົງໂດກ",
        "household_number": "01-04-9999999",
        "ethnic_group": "2",
    }
    application_id = counter.at_review(None, birth_date=f"{year}-05-06", **changed)

    def spoil(tx: Connection) -> None:
        mine = portraits.c.application_id == application_id
        report = json.loads(tx.execute(sqlalchemy.select(portraits.c.report).where(mine)).scalar_one())
        requirements = report["requirements"]
        for name in ("mouth_closed", "background"):
            requirements.append({**requirements[0], "name": name})
        for requirement, verdict in zip(requirements[2:], itertools.cycle(("red", "amber"))):
            requirement["verdict"] = verdict
        forced = "no other camera today, the applicant came from far"
        tx.execute(
            sqlalchemy.update(portraits).where(mine).values(report=json.dumps(report), forced_reason=forced)
        )
        held = StoredFinger(LEFT_INDEX, None, None, None, None, None, None, "bandaged: since May", 1)
        put_finger(tx, application_id, held, by=counter.clerk.operator.id, at=clock.now())

    counter.office.store.write(spoil)
    return application_id


def _all_differs(counter: Counter) -> str:
    """Eleven differences: the same identity number as somebody of whom nothing else agrees."""
    number = f"1011990{next(_years):08d}"
    other = counter.at_review(birth_date=f"{next(_years)}-05-06")
    changed = {
        "given_name_lo": "ສົມຫວັງ",
        "surname_lo": "ວົງພະຈັນ",
        "given_name_latin": "Somvang",
        "surname_latin": "Vongphachanh",
        "sex": "M",
        "place_of_birth": "ບ້ານດົງໂດກ",
        "origin": "ຂະມຸ",
        "ethnic_group": "2",
        "household_number": "01-04-9999999",
        "village": "ໂພນໄຊ",
    }
    mine = counter.at_review(None, birth_date=f"{next(_years)}-11-12", **changed)

    def number_both(tx: Connection) -> None:
        of_other = applications.c.id == other
        tx.execute(sqlalchemy.update(applications).where(of_other).values(identity_number=number))
        fields = {**accepted_fields(tx, mine), "identity_number": number}
        of_mine = applicants.c.application_id == mine
        tx.execute(sqlalchemy.update(applicants).where(of_mine).values(fields=json.dumps(fields)))

    counter.office.store.write(number_both)
    return mine


@pytest.mark.parametrize("spoken", ["en", "lo"])
@pytest.mark.parametrize(("made", "count"), [(_mixed, 15), (_all_differs, 12)])
def test_everything_stands_on_one_screen_of_1366_by_768(
    qtbot: QtBot, counter: Counter, spoken: str, made: Callable[[Counter], str], count: int
) -> None:
    """Below the top bar and the training band, above the action bar: 1302 x 632 px, rail and person included."""
    application_id = made(counter)
    set_language(spoken)
    for who in (counter.supervisor, counter.clerk):
        view = ApplicationView(counter.context(who))
        qtbot.addWidget(view)
        view.resize(1302, 632)
        view.show_header(header(counter.office, application_id), Standing(False))
        view.show()
        page = view.page
        assert isinstance(page, ReviewPage)
        qtbot.waitUntil(until(partial(_shows, page)), timeout=PATIENCE)
        assert page._view is not None
        assert len(page._view.points) == count
        qtbot.waitUntil(until(partial(_whole, page)), timeout=PATIENCE)
        bars = (view._scroll.verticalScrollBar(), view._scroll.horizontalScrollBar())
        assert [bar.maximum() for bar in bars] == [0, 0]
        if who is counter.supervisor:
            run_action(page, "return")
            wait_quietly(0.05)
            assert [bar.maximum() for bar in bars] == [0, 0]
        view.leave()


def _shows(page: ReviewPage) -> bool:
    return page._view is not None


def _whole(page: ReviewPage) -> bool:
    """Every place is as high as its text asks for."""
    spots = [spot for spot in page.findChildren(Spot) if spot.isVisible()]
    return bool(spots) and all(spot.height() >= spot.room.heightForWidth(spot.width()) for spot in spots)


def test_a_long_value_is_never_cut(qtbot: QtBot, counter: Counter) -> None:
    """Every row is as high as its wrapped text asks for at the width it has."""
    year = next(_years)
    counter.at_review(birth_date=f"{year}-05-06")
    long = {
        name: (text + " ") * 3 for name, text in APPLICANT.items() if name in ("village", "place_of_birth")
    }
    page = _open(
        qtbot, counter, counter.supervisor, counter.at_review(None, birth_date=f"{year}-05-06", **long)
    )
    rows = [spot for spot in page.findChildren(Spot) if spot.isVisible()]
    assert rows
    qtbot.waitUntil(
        until(lambda: all(spot.height() >= spot.room.heightForWidth(spot.width()) for spot in rows)),
        timeout=PATIENCE,
    )
    page.leave()
