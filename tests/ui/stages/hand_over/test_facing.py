"""Signing on the screen that faces the person: which screen it is, what both see, how it is taken back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.faults.registry_process import PROJECT
from tests.ui.stages.counter_office import PATIENCE, Counter, child, press, until
from ui.lock.put_away import put_away_dialogs
from ui.stages.hand_over.facing import OTHER, WINDOW, SigningWindow, facing_screen
from ui.stages.hand_over.giving_dialog import GivingDialog
from ui.widgets.signature_pad import SignaturePad
from workstation.workflow.hand_over.handing import Handing
from workstation.workflow.hand_over.view import view


@pytest.mark.parametrize(
    ("names", "wanted", "chosen"),
    [
        (("own",), OTHER, None),
        (("own", "B"), OTHER, "B"),
        (("B", "own"), OTHER, "B"),
        (("own", "B", "C"), OTHER, None),
        (("own", "B", "C"), "C", "C"),
        (("own", "B"), "own", None),
        (("own", "B"), "D", None),
        (("own", "B"), "", None),
        (("own", "B"), WINDOW, None),
    ],
)
def test_the_screen_is_never_the_clerks_and_never_guessed(
    names: tuple[str, ...], wanted: str, chosen: str | None
) -> None:
    assert facing_screen(names, "own", wanted) == chosen


def write(pad: SignaturePad) -> None:
    middle = pad.rect().center()
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(pad, middle + QPoint(120, 30))
    QTest.mouseMove(pad, middle + QPoint(150, -20))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=middle + QPoint(150, -20))


@pytest.fixture
def dialog(qtbot: QtBot, counter: Counter) -> Iterator[GivingDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    made = GivingDialog(window, view(counter.office, counter.at_hand_over()), WINDOW)
    made.open()
    yield made
    window.close()


def facing(dialog: GivingDialog) -> SigningWindow:
    found = dialog.findChild(SigningWindow, "signing")
    assert found is not None
    return found


def test_what_is_written_there_is_seen_here_and_kept(dialog: GivingDialog, qtbot: QtBot) -> None:
    press(dialog, Qt.Key.Key_F8)
    window = facing(dialog)
    assert window.isVisible()
    assert dialog.isActiveWindow() or not window.isActiveWindow(), "the keyboard stays with the clerk"
    done = window.findChild(QPushButton, "signing.done")
    clear = window.findChild(QPushButton, "signing.clear")
    assert done is not None
    assert clear is not None
    assert not done.isEnabled()
    write(window.pad)
    assert done.isEnabled()
    assert dialog.pad.strokes == window.pad.strokes != ()
    clear.click()
    assert dialog.pad.strokes == ()
    assert not done.isEnabled()
    write(window.pad)
    strokes = window.pad.strokes
    done.click()
    assert not window.isVisible()
    assert dialog.isVisible()
    signed = dialog.handing.signature
    assert signed is not None
    assert signed.strokes == strokes


def test_esc_takes_it_back_and_keeps_nothing(dialog: GivingDialog) -> None:
    press(dialog, Qt.Key.Key_F8)
    window = facing(dialog)
    write(window.pad)
    press(dialog, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert dialog.isVisible(), "the first Esc takes the screen back, no more"
    assert dialog.handing.signature is None
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_lock_leaves_nobody_on_the_other_screen(dialog: GivingDialog) -> None:
    press(dialog, Qt.Key.Key_F8)
    window = facing(dialog)
    put_away_dialogs()
    assert not window.isVisible()
    assert not dialog.isVisible()


def test_a_screen_that_goes_away_ends_it(dialog: GivingDialog) -> None:
    press(dialog, Qt.Key.Key_F8)
    window = facing(dialog)
    window._screen = dialog.screen()
    window._removed(dialog.screen())
    assert not window.isVisible()
    assert dialog.pad.isEnabled()


def test_giving_while_the_person_still_writes_takes_what_is_there(dialog: GivingDialog) -> None:
    asked: list[Handing] = []
    dialog.asked.connect(asked.append)
    dialog.old.setChecked(True)
    press(dialog, Qt.Key.Key_F8)
    window = facing(dialog)
    write(window.pad)
    submit = child(dialog, "hand_over.giving.submit")
    assert isinstance(submit, QPushButton)
    submit.click()
    assert not window.isVisible()
    assert asked[0].signature is not None


def test_without_another_screen_the_way_is_not_offered(qtbot: QtBot, counter: Counter) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = GivingDialog(window, view(counter.office, counter.at_hand_over()))
    dialog.open()
    assert len(QApplication.screens()) == 1
    assert not child(dialog, "hand_over.giving.turn").isVisible()
    press(dialog, Qt.Key.Key_F8)
    assert dialog.findChild(SigningWindow, "signing") is None
    dialog.reject()
    qtbot.waitUntil(until(lambda: not dialog.isVisible()), timeout=PATIENCE)


_TWO_SCREENS = """
from PySide6.QtWidgets import QApplication, QWidget
from ui.stages.hand_over.facing import SigningWindow, may_face
from ui.theme import apply_theme
application = QApplication(["two"])
apply_theme(application)
clerk = QWidget()
clerk.resize(600, 400)
clerk.show()
assert clerk.screen().name() == "clerk", clerk.screen().name()
assert may_face(clerk, "other") and may_face(clerk, "person") and not may_face(clerk, "clerk")
window = SigningWindow(clerk, "ນາງ ສຸດາວັນ ພົມມະຈັນ", "Soudavanh PHOMMACHANH", "other")
window.face()
for _ in range(20):
    application.processEvents()
place = window.geometry()
print(window.screen().name(), place.x(), place.y(), place.width(), place.height(), window.pad.width())
"""


def test_two_real_screens(tmp_path: Path) -> None:
    screens = {
        "screens": [
            {"name": "clerk", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1},
            {"name": "person", "x": 1366, "y": 0, "width": 1024, "height": 600, "logicalDpi": 96, "dpr": 1},
        ]
    }
    (tmp_path / "screens.json").write_text(json.dumps(screens))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"}
    done = subprocess.run(
        [sys.executable, "-c", _TWO_SCREENS],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    name, *place, pad = done.stdout.split()
    assert (name, place) == ("person", ["1366", "0", "1024", "600"])
    assert int(pad) <= 1024
