"""In the real window, by real keys: a proposed photo never becomes another person's, whatever happens before Enter."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from devices.simulated.camera import SimulatedCamera
from tests.offices import CLERK, FIELDS, PASSPHRASE, PASSWORD
from tests.ui.shell import Shell
from tests.ui.stages.photo import scenes
from ui.app import App
from ui.language import set_language
from ui.sign_in.page import SignInPage
from ui.stages.photo.page import PhotoPage
from ui.stages.photo.state import Mode
from ui.theme import apply_theme
from ui.workplace import Workplace
from workstation.domain.station import Work
from workstation.settings import Settings
from workstation.startup import close_office, open_office
from workstation.workflow.intake import steps as intake
from workstation.workflow.photo.view import view
from workstation.workflow.sign_in import sign_in

NAMES = (("ສຸດາວັນ", "Soudavanh"), ("ມະນີວັນ", "Manivanh"))


@dataclass
class Desk:
    """The program with a camera, and two applications that wait for their photo."""

    shell: Shell
    camera: SimulatedCamera
    first: str
    second: str

    @property
    def page(self) -> PhotoPage:
        page = self.shell.workplace.application.page
        assert isinstance(page, PhotoPage)
        return page

    def open(self, application: str) -> None:
        self.shell.workplace.open(application)
        self.shell.until(
            lambda: (
                isinstance(self.shell.workplace.application.page, PhotoPage)
                and self.page.state.application_id == application
                and self.page.state.live
                and self.page.state.editable
            )
        )

    def propose(self) -> None:
        """The clerk arms by F6, and the camera proposes."""
        self.shell.press(Qt.Key.Key_F6)
        assert self.page.presenter.armed
        self.shell.until(lambda: self.page.state.mode is Mode.PROPOSED)

    def kept(self, application: str) -> int:
        assert self.shell.app.office is not None
        return view(self.shell.app.office, application).attempts


@pytest.fixture
def desk(qtbot: QtBot, data_folder: Path, staffed_folder: Path) -> Iterator[Desk]:
    shutil.copytree(staffed_folder, data_folder)
    office = open_office(data_folder, PASSPHRASE)
    try:
        clerk = sign_in(office, CLERK, PASSWORD)
        waiting = []
        for lao, latin in NAMES:
            application = intake.start(office, clerk)
            fields = {**FIELDS, "given_name_lo": lao, "given_name_latin": latin}
            intake.save_draft(office, clerk, application, fields).result(10)
            intake.complete(office, clerk, application)
            waiting.append(application)
    finally:
        close_office(office)
    set_language("en")
    application_of_qt = QApplication.instance()
    assert isinstance(application_of_qt, QApplication)
    apply_theme(application_of_qt)
    with SimulatedCamera(scenes.good(), rate=15) as camera:
        app = App(data_folder, Work.TRAINING, settings=Settings(camera=camera.url))
        app.start()
        shell = Shell(app, qtbot)
        shell.until(app.window.isActiveWindow)
        shell.write("unlock.passphrase", PASSPHRASE)
        shell.press(Qt.Key.Key_Return)
        shell.until(lambda: shell.at(SignInPage))
        shell.sign_in(CLERK)
        shell.until(lambda: shell.at(Workplace))
        yield Desk(shell, camera, *waiting)
        app.close()
    set_language("en")


def press_again(key: Qt.Key) -> None:
    """What a keyboard sends while a key is held down."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)
    focus = QApplication.focusWidget()
    assert focus is not None
    QApplication.sendEvent(focus, event)


def test_enter_keeps_what_is_proposed_with_the_name_beside_it(desk: Desk) -> None:
    desk.open(desk.first)
    desk.propose()
    assert desk.kept(desk.first) == 0
    assert not desk.page.presenter.armed
    assert desk.shell.find("photo.shot.name").accessibleName().startswith("ສຸດາວັນ")
    assert desk.page.board.shot.hasFocus()
    press_again(Qt.Key.Key_Return)
    assert desk.page.state.proposal is not None
    desk.shell.press(Qt.Key.Key_Return)
    desk.shell.until(lambda: desk.page.state.mode is Mode.KEPT)
    assert desk.kept(desk.first) == 1

    desk.shell.press(Qt.Key.Key_F5)
    desk.shell.until(lambda: desk.page.state.report is not None)
    desk.propose()
    desk.shell.press(Qt.Key.Key_Escape)
    desk.shell.press(Qt.Key.Key_Return)
    desk.shell.qtbot.wait(800)
    assert desk.page.state.mode is Mode.LIVE, "one arming proposes once"
    assert desk.kept(desk.first) == 1


def test_another_application_between_proposal_and_enter_keeps_nothing(desk: Desk) -> None:
    desk.open(desk.first)
    desk.propose()
    proposal = desk.page.state.proposal
    assert proposal is not None
    desk.open(desk.second)
    assert desk.page.state.proposal is None
    assert desk.page.live.recent() == () or desk.page.state.live
    desk.shell.press(Qt.Key.Key_Return)
    # Even a key press that was on its way to the page's old command.
    assert not desk.page.presenter.accept(proposal)
    desk.page.accept()
    desk.shell.qtbot.wait(500)
    assert (desk.kept(desk.first), desk.kept(desk.second)) == (0, 0)
    assert desk.shell.find("photo.shot.name").accessibleName().startswith("ມະນີວັນ")


def test_lock_and_leaving_disarm_and_forget(desk: Desk) -> None:
    desk.open(desk.first)
    desk.propose()
    desk.shell.workplace.lock.emit()
    desk.shell.until(lambda: desk.shell.at(SignInPage))
    desk.shell.write("sign_in.password", PASSWORD)
    desk.shell.press(Qt.Key.Key_Return)
    desk.shell.until(lambda: desk.shell.at(Workplace))
    desk.open(desk.first)
    assert desk.page.state.mode is Mode.LIVE
    desk.camera.show(scenes.moved(scale=0.5))
    desk.shell.press(Qt.Key.Key_F6)
    assert desk.page.presenter.armed
    page = desk.page
    desk.shell.workplace.show_queue()
    assert not page.presenter.armed
    assert page.state.application_id == ""
    desk.open(desk.first)
    assert not desk.page.presenter.armed
    assert desk.kept(desk.first) == 0


def test_a_second_face_disarms_and_space_held_down_takes_one(desk: Desk) -> None:
    desk.open(desk.first)
    desk.camera.show(scenes.moved(scale=0.5))
    desk.shell.until(lambda: desk.page.board.advice.kind == "stopped")
    desk.shell.press(Qt.Key.Key_F6)
    assert desk.page.presenter.armed
    desk.camera.show(scenes.two_people())
    desk.shell.until(lambda: not desk.page.presenter.armed)
    desk.camera.show(scenes.good())
    desk.shell.until(lambda: desk.page.board.advice.kind == "good")
    assert desk.page.state.mode is Mode.LIVE
    for _ in range(5):
        press_again(Qt.Key.Key_Space)
    assert desk.kept(desk.first) == 0
    desk.shell.press(Qt.Key.Key_Space)
    for _ in range(5):
        press_again(Qt.Key.Key_Space)
    desk.shell.until(lambda: desk.page.state.mode is Mode.KEPT)
    desk.shell.press(Qt.Key.Key_Space)
    desk.shell.qtbot.wait(300)
    assert desk.kept(desk.first) == 1
