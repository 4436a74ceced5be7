"""Fingers at the window: enrolled beside the administrator, they open the program, the lock and a confirmation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from devices.simulated.finger_ridges import finger
from devices.simulated.sfm import SimulatedSfm
from devices.simulated.sfm_images import FingerImages
from tests.offices import ADMINISTRATOR, PASSPHRASE, PASSWORD, SUPERVISOR
from tests.ui.lock.dialogs import confirm_dialog
from tests.ui.shell import NO_DEVICES, Shell
from tests.workstation.workflow.sign_in.test_fingers import HERS, HIS, allow, takes
from ui.administration.finger_dialog import FingerDialog
from ui.lock.confirm import run_confirmed
from ui.lock.put_away import put_away_dialogs
from ui.sign_in.page import SignInPage
from ui.stages.page import PageContext
from ui.workplace import Workplace
from workstation.domain.permissions import Verb
from workstation.workflow.office import Office
from workstation.workflow.operator_fingers import enrol_fingers
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_confirming import write_confirmed

BAUD = 921600
_PATIENCE = 90_000  # milliseconds


class Place(Shell):
    """A station with a sensor, at the sign-in of an office that allows fingers."""

    sensor: SimulatedSfm

    @property
    def office(self) -> Office:
        assert self.app.office is not None
        return self.app.office

    @property
    def page(self) -> SignInPage:
        screen = self.app.window.screen_shown
        assert isinstance(screen, SignInPage)
        return screen

    def until(self, condition: Callable[[], bool]) -> None:
        # Eight images are analysed while two fingers are enrolled: seconds each on a machine that does other work too.
        self.qtbot.waitUntil(condition, timeout=_PATIENCE)

    def place(self, *prints: tuple[int, int]) -> None:
        for seed, impression in prints:
            self.sensor.images.place(finger(seed, impression))

    def enrol(self) -> None:
        """The supervisor's two fingers, below the window."""
        admin, her = (sign_in(self.office, name, PASSWORD) for name in (ADMINISTRATOR, SUPERVISOR))
        enrol_fingers(self.office, admin, her.operator.id, PASSWORD, takes(*HERS))

    def said(self, text: str) -> None:
        self.until(lambda: text in self.page.strip.text)


@pytest.fixture
def place(closed_shell: Shell) -> Iterator[Place]:
    sensor = SimulatedSfm(FingerImages(None), baud=BAUD, settle=0.05)
    shell = Place(closed_shell.app, closed_shell.qtbot)
    shell.sensor = sensor
    shell.app._settings = replace(NO_DEVICES, fingerprint_port=sensor.path, fingerprint_baud=BAUD)
    shell.write("unlock.passphrase", PASSPHRASE)
    shell.press(Qt.Key.Key_Return)
    shell.until(lambda: shell.at(SignInPage))
    yield shell
    put_away_dialogs()
    shell.app.close()
    sensor.close()


def test_without_the_policy_nothing_is_offered(place: Place) -> None:
    place.qtbot.wait(300)
    assert not place.page.finger.isVisible()
    allow(place.office)
    place.page.open()
    place.until(place.page.finger.isVisible)


def test_a_finger_signs_in_and_opens_the_lock(place: Place) -> None:
    allow(place.office)
    place.enrol()
    place.page.open()
    place.until(place.page.finger.isVisible)
    place.write("sign_in.username", SUPERVISOR)
    place.place((HIS[0], 0))
    place.click("sign_in.finger")
    assert place.page.finger.text() == "Cancel"
    place.said("not an enrolled finger")
    place.place((HERS[0], 2))
    place.click("sign_in.finger")
    place.until(lambda: place.at(Workplace))
    place.app._lock()
    place.until(lambda: place.at(SignInPage) and place.page.finger.isVisible())
    # The same picture once more is a recording; the other finger opens.
    place.place((HERS[0], 2))
    place.click("sign_in.finger")
    place.said("very same picture")
    place.place((HERS[1], 2))
    place.click("sign_in.finger")
    place.until(lambda: place.at(Workplace))


def test_called_off_the_password_works(place: Place) -> None:
    allow(place.office)
    place.page.open()
    place.until(place.page.finger.isVisible)
    place.write("sign_in.username", SUPERVISOR)
    place.click("sign_in.finger")
    assert place.page.finger.waiting
    place.click("sign_in.finger")
    assert not place.page.finger.waiting
    place.sign_in(SUPERVISOR)
    place.until(lambda: place.at(Workplace))


def test_a_sensor_that_went_away_is_said(place: Place) -> None:
    allow(place.office)
    place.sensor.close()
    place.page.open()
    place.until(place.page.finger.isVisible)
    place.write("sign_in.username", SUPERVISOR)
    place.click("sign_in.finger")
    place.said("Fingerprint reader")
    place.sign_in(SUPERVISOR)
    place.until(lambda: place.at(Workplace))


def test_a_finger_confirms(place: Place) -> None:
    allow(place.office)
    place.enrol()
    place.sign_in(SUPERVISOR)
    place.until(lambda: place.at(Workplace))
    app, office = place.app, place.office
    assert app.who is not None
    assert app.desk is not None
    context = PageContext(office, app.who, app.background, app.desk, None)
    who = app.who
    done: list[None] = []
    failed: list[Exception] = []
    run_confirmed(
        context,
        "database",
        lambda: write_confirmed(office, who, Verb.REPRINT, "card", lambda _tx: None),
        done=done.append,
        failed=failed.append,
    )
    dialog = confirm_dialog(place.qtbot)
    place.until(dialog.finger.isVisible)
    place.place((HERS[1], 3))
    QTest.mouseClick(dialog.finger, Qt.MouseButton.LeftButton)
    place.until(lambda: bool(done))
    assert failed == []


def test_the_administrator_enrols_beside_her(place: Place) -> None:
    allow(place.office)
    place.sign_in(ADMINISTRATOR)
    place.until(lambda: place.at(Workplace))
    page = place.workplace.operators
    assert page is not None
    place.until(lambda: page.table.rowCount() == 4 and page._by_finger)
    lines = {page._operators[at].operator.username: at for at in range(4)}
    page.table.selectRow(lines[ADMINISTRATOR])
    assert not page._fingers_action(page._chosen()).enabled, "nobody enrols her own"
    page.table.selectRow(lines[SUPERVISOR])
    page._fingers_action(page._chosen()).run()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, FingerDialog))
    dialog.password.setText(PASSWORD)
    blank = finger(HERS[0], 1).copy()
    blank[:] = 250
    place.place((HERS[0], 0))
    place.sensor.images.place(blank)
    dialog._begin()
    place.until(lambda: "could not be read" in dialog.strip.text)
    assert len(dialog._images) == 1, "the good take is kept"
    place.place((HERS[0], 1), (HERS[1], 0), (HERS[1], 1))
    dialog._begin()
    place.until(lambda: bool(page._operators[lines[SUPERVISOR]].fingers))
    assert page._operators[lines[SUPERVISOR]].fingers == (2, 7)
