"""The strip for faults that stay: a lost device until it is back, messages held back until somebody looked."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.desk import CAMERA, FINGERPRINT, GONE, MISSING, PRINTER, READY, WORKING, Desk
from ui.language import set_language
from ui.standing_faults import StandingFaults
from workstation.settings import Settings
from workstation.sync.status import SyncStatus


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(Settings(camera=""))
    yield made
    made.close()


@pytest.fixture
def strip(qtbot: QtBot, desk: Desk) -> Iterator[StandingFaults]:
    set_language("en")
    lanes = Background()
    made = StandingFaults(desk, lanes)
    qtbot.addWidget(made)
    yield made
    lanes.close()
    set_language("en")


def line(held: int, error: str | None = None) -> SyncStatus:
    return SyncStatus(True, False, 3, None, held, error, None)


def test_a_lost_device_stays_until_it_is_back(strip: StandingFaults, desk: Desk) -> None:
    desk.note(FINGERPRINT, READY)
    assert strip.text == ""
    desk.note(FINGERPRINT, GONE)
    assert strip.text.startswith("Fingerprint reader: the connection broke.")
    assert "Nothing was lost." in strip.text
    set_language("lo")
    strip.retranslate()
    assert "connection" not in strip.text
    assert strip.text
    set_language("en")
    desk.note(FINGERPRINT, WORKING)
    assert strip.text
    desk.note(FINGERPRINT, READY)
    assert strip.text == ""


def test_what_was_never_there_is_no_fault(strip: StandingFaults, desk: Desk) -> None:
    desk.note(FINGERPRINT, MISSING)
    desk.note(CAMERA, GONE)
    assert strip.text == ""


def test_one_fault_after_the_other(strip: StandingFaults, desk: Desk) -> None:
    strip.set_sync(line(2))
    desk.note(FINGERPRINT, GONE)
    desk.note(PRINTER, GONE)
    assert strip.text.startswith("Fingerprint reader")
    strip._close.click()
    assert strip.text.startswith("Printer")
    desk.note(PRINTER, READY)
    assert "centre: 2." in strip.text


def test_trying_again_asks_the_device(strip: StandingFaults, desk: Desk, qtbot: QtBot) -> None:
    desk.note(FINGERPRINT, GONE)
    strip._action.click()
    assert "tried again" in strip.text
    # No reader is set up here, so it is still away afterwards, and says so.
    qtbot.waitUntil(lambda: strip.text.startswith("Fingerprint reader: the connection"), timeout=10_000)
    assert not strip._action.isHidden()


def test_held_messages_tell_their_details_once_asked(strip: StandingFaults) -> None:
    strip.set_sync(line(0, "unreachable"))
    assert strip.text == "", "a line that is down is no fault to act on"
    strip.set_sync(line(1, "refused"))
    assert "not taken by the centre: 1." in strip.text
    assert "refused a message" not in strip.text
    strip._action.click()
    assert "The centre refused a message." in strip.text
    assert strip._action.isHidden()
    strip._close.click()
    assert strip.text == ""
    strip.set_sync(line(1, "unknown"))
    assert strip.text == "", "it was put away"
    strip.set_sync(line(2, "unknown"))
    assert "centre: 2." in strip.text
    strip.set_sync(line(0))
    assert strip.text == ""


def test_an_unusable_form_is_the_administrators(qtbot: QtBot, desk: Desk, strip: StandingFaults) -> None:
    lanes = Background()
    told = StandingFaults(desk, lanes, administrates=True)
    qtbot.addWidget(told)
    for one in (told, strip):
        one.set_sync(replace(line(0), refused_forms=(("renewal", "wrong-hash"),)))
    assert "renewal (wrong-hash)" in told.text
    assert strip.text == ""
    told.put_away.emit()
    told.set_sync(replace(line(0), refused_forms=(("renewal", "wrong-hash"),)))
    assert told.text == "", "what was put away comes back only when it is a new one"
    told.set_sync(replace(line(0), refused_forms=(("renewal", "schema"),)))
    assert "renewal (schema)" in told.text
    told.set_sync(line(0))
    assert told.text == ""
    both = replace(
        line(0), refused_forms=(("renewal", "schema"),), refused_layouts=(("national-id-1", "overlap"),)
    )
    told.set_sync(both)
    assert "renewal (schema)" in told.text
    told.put_away.emit()
    assert "national-id-1 (overlap)" in told.text
    told.put_away.emit()
    assert told.text == ""
    lanes.close()


def test_a_server_that_is_away_is_said_before_all_else_until_it_is_back(
    strip: StandingFaults, desk: Desk
) -> None:
    strip.set_sync(line(2))
    before = strip.text
    strip.set_server(True)
    assert "server does not answer" in strip.text
    assert "kept on this computer" in strip.text
    strip.set_server(False)
    assert strip.text == before
