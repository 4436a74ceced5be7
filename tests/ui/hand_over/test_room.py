"""The room of finished cards over a real office: the lists, the keys, and acts of two people."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from tests.ui.stages.counter_office import PASSWORD, PATIENCE, Counter, child, finger_image, press, until
from ui.hand_over.lists import ListName
from ui.hand_over.page import HandOverRoom
from ui.lock.confirm import ConfirmDialog
from ui.stages.hand_over.giving_dialog import GivingDialog
from ui.widgets.signature_pad import SignaturePad
from workstation import clock
from workstation.database.tables import applications
from workstation.domain.hand_over import CollectedBy
from workstation.domain.queue import Contact
from workstation.workflow.hand_over import ready, steps
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.hand_over.old_cards import old_cards
from workstation.workflow.hand_over.view import view
from workstation.workflow.office import SignedIn


def opened(qtbot: QtBot, counter: Counter, who: SignedIn) -> HandOverRoom:
    page = HandOverRoom(counter.context(who))
    qtbot.addWidget(page)
    page.resize(1294, 560)
    page.show()
    page.enter()
    qtbot.waitUntil(until(lambda: page._shown is not None), timeout=PATIENCE)
    return page


def run(page: HandOverRoom, name: str) -> None:
    action = next(action for action in page.page_actions() if action.name == name)
    assert action.enabled, name
    action.run()


def next_list(qtbot: QtBot, page: HandOverRoom, name: ListName) -> None:
    while page._name is not name:
        run(page, "next")
    qtbot.waitUntil(until(lambda: page._shown is not None and page._shown.name is name), timeout=PATIENCE)


def fill(page: HandOverRoom, dialog: str, **fields: str) -> None:
    for part, text in fields.items():
        editor = child(page, f"hand_over.{dialog}.{part}")
        assert isinstance(editor, QLineEdit)
        editor.setText(text)
    submit = child(page, f"hand_over.{dialog}.submit")
    assert isinstance(submit, QPushButton)
    submit.click()


def test_a_card_is_filed_and_its_person_told_by_keys(qtbot: QtBot, counter: Counter) -> None:
    one = counter.at_hand_over()
    page = opened(qtbot, counter, counter.clerk)
    assert page.table.current is not None
    assert page.table.current.application_id == one
    assert page._shown is not None
    proposed = page._shown.proposed
    run(page, "file")
    with qtbot.waitSignal(page.done, timeout=PATIENCE) as done:
        fill(page, "file")
    assert proposed in done.args[0]
    run(page, "informed")
    qtbot.waitUntil(
        until(lambda: ready.ready_view(counter.office, counter.clerk).rows[0].told is not None),
        timeout=PATIENCE,
    )
    (row,) = (r for r in ready.ready_view(counter.office, counter.clerk).rows if r.card.application_id == one)
    assert row.card.place is not None
    assert row.card.place.text == proposed
    assert row.told is not None
    assert row.told.outcome is Contact.INFORMED
    with qtbot.waitSignal(page.open_application, timeout=PATIENCE) as asked:
        press(page.table, Qt.Key.Key_Return)
    assert asked.args == [one]


def test_old_cards_are_chosen_with_space_and_cut_by_two(qtbot: QtBot, counter: Counter) -> None:
    one = counter.at_hand_over()
    steps.match(counter.office, counter.clerk, one, 2, finger_image(2))
    steps.complete(counter.office, counter.clerk, one, Handing(old_card=OldCardAnswer("OLD 1")))
    page = opened(qtbot, counter, counter.clerk)
    next_list(qtbot, page, ListName.OLD)
    assert not page.table.chosen
    press(page.table, Qt.Key.Key_Space)
    assert len(page.table.chosen) == 1
    run(page, "cut")
    fill(page, "cut", number="1", second_username="supervisor", second_password=PASSWORD)
    dialogs: list[ConfirmDialog] = []

    def asked() -> bool:
        dialogs[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, ConfirmDialog)]
        return bool(dialogs)

    qtbot.waitUntil(until(asked), timeout=PATIENCE)
    dialogs[0].password.setText(PASSWORD)
    with qtbot.waitSignal(page.done, timeout=PATIENCE):
        child(dialogs[0], "confirm.submit").click()  # type: ignore[attr-defined]  # a button
    assert old_cards(counter.office, counter.clerk) == ()


def test_a_clerk_sends_nothing_back_and_a_supervisor_sees_what_is_due(qtbot: QtBot, counter: Counter) -> None:
    one = counter.at_hand_over()
    then = clock.now() - timedelta(days=100)
    old = update(applications).where(applications.c.id == one).values(stage_since=then)
    counter.office.store.write(lambda tx: tx.execute(old))
    page = opened(qtbot, counter, counter.clerk)
    next_list(qtbot, page, ListName.UNCOLLECTED)
    assert [action.name for action in page.page_actions()] == ["next"]
    page = opened(qtbot, counter, counter.supervisor)
    next_list(qtbot, page, ListName.UNCOLLECTED)
    run(page, "all")
    assert one in page.table.chosen
    run(page, "return")
    fill(page, "return", number=str(len(page.table.chosen)), reason="S 2026/1")
    qtbot.waitUntil(
        until(lambda: view(counter.office, one).seal == "S 2026/1"),
        timeout=PATIENCE,
    )


def test_a_signature_is_points_and_a_picture(qtbot: QtBot) -> None:
    pad = SignaturePad("pad")
    qtbot.addWidget(pad)
    pad.show()
    assert pad.signature is None
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    QTest.mouseMove(pad, QPoint(200, 90))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 90))
    signed = pad.signature
    assert signed is not None
    assert signed.png.startswith(b"\x89PNG")
    assert all(0 <= across <= 1 and 0 <= down <= 1 for stroke in signed.strokes for across, down in stroke)
    assert signed.strokes[0][0] == (round(20 / pad.width(), 4), round(30 / pad.height(), 4))
    pad.clear()
    assert pad.signature is None


def test_what_is_asked_at_the_giving(qtbot: QtBot, counter: Counter) -> None:
    page = opened(qtbot, counter, counter.clerk)
    dialog = GivingDialog(page, view(counter.office, counter.at_hand_over()))
    dialog.open()
    answers: list[Handing] = []
    dialog.asked.connect(answers.append)
    dialog._ask()
    assert answers == [], "the old card is neither there nor said why not"
    dialog.absent.setText("burnt")
    dialog._ask()
    assert answers[0].collector.kind is CollectedBy.HOLDER
    assert answers[0].old_card == OldCardAnswer("", "burnt")
    dialog.close()
