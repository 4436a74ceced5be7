"""Language and appearance are found again after a restart: each operator's own, and the station's before signing in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.offices import CLERK, PASSPHRASE, SUPERVISOR
from tests.ui.shell import NO_DEVICES, Shell
from ui import theme
from ui.app import App
from ui.appearance import FILE, STATION, Appearance, keep_appearances, load_appearances
from ui.language import language, set_language
from ui.sign_in.page import SignInPage
from ui.sign_in.unlock import UnlockPage
from ui.theme import choose
from ui.workplace import Workplace
from workstation.domain.station import Work


@pytest.fixture(autouse=True)
def plain_light() -> Iterator[None]:
    choose("light")
    set_language("en")
    yield
    choose("light")
    set_language("en")


def run(qtbot: QtBot, data: Path) -> Shell:
    """The program begins anew, as a new process would: light and English unless something is remembered."""
    choose("light")
    set_language("en")
    app = App(data, Work.TRAINING, settings=NO_DEVICES)
    app.start()
    shell = Shell(app, qtbot)
    shell.until(app.window.isActiveWindow)
    return shell


def enter(shell: Shell) -> None:
    shell.until(lambda: shell.at(UnlockPage))
    shell.write("unlock.passphrase", PASSPHRASE)
    shell.press(Qt.Key.Key_Return)
    shell.until(lambda: shell.at(SignInPage))


def worn() -> tuple[str, str]:
    return language(), theme.appearance()


def test_each_operator_finds_the_own_choice_again(
    qtbot: QtBot, data_folder: Path, staffed_folder: Path
) -> None:
    shutil.copytree(staffed_folder, data_folder)
    shell = run(qtbot, data_folder)
    try:
        enter(shell)
        shell.sign_in(CLERK)
        shell.until(lambda: shell.at(Workplace))
        shell.click("top_bar.language")
        shell.click("top_bar.appearance")
        assert worn() == ("lo", "dark")
        shell.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert worn() == ("lo", "dark"), "behind the lock it is still the clerk's window"
        shell.click("sign_in.sign_out")
        assert worn() == ("en", "light"), "the station never chose"
        shell.sign_in(SUPERVISOR)
        shell.until(lambda: shell.at(Workplace))
        assert worn() == ("en", "light")
    finally:
        shell.app.close()

    shell = run(qtbot, data_folder)
    try:
        assert worn() == ("en", "light")
        enter(shell)
        shell.sign_in(CLERK)
        shell.until(lambda: shell.at(Workplace))
        assert worn() == ("lo", "dark")
        assert shell.find("queue.title").property("text") == "ຄິວມື້ນີ້"
    finally:
        shell.app.close()


def test_what_is_chosen_before_signing_in_is_the_stations(
    qtbot: QtBot, data_folder: Path, staffed_folder: Path
) -> None:
    shutil.copytree(staffed_folder, data_folder)
    shell = run(qtbot, data_folder)
    try:
        shell.click("unlock.language.lo")
        for _ in range(2):
            shell.click("unlock.appearance")
        assert worn() == ("lo", "contrast")
    finally:
        shell.app.close()
    shell = run(qtbot, data_folder)
    try:
        assert worn() == ("lo", "contrast")
        assert shell.find("unlock.title").property("text") != "Open the office"
    finally:
        shell.app.close()


def test_nothing_personal_is_kept(tmp_path: Path) -> None:
    operator = "01a2b3c4-0000-7000-8000-000000000001"
    chosen = {STATION: Appearance("lo", "light"), operator: Appearance("en", "dark")}
    keep_appearances(tmp_path, chosen)
    assert load_appearances(tmp_path) == chosen
    held = (tmp_path / FILE).read_text(encoding="utf-8").split()
    assert [word for word in held if word.startswith("[")] == [f'["{operator}"]', f'["{STATION}"]']


@pytest.mark.logs_expected("ui.appearance")
@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"[station", b'station = "lo"', b"", b"[station]\nlanguage = 7\n"]
)
def test_a_damaged_file_keeps_nobody_from_work(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert load_appearances(tmp_path) == {}


def test_an_unknown_language_or_palette_was_never_chosen(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        '[station]\nlanguage = "fr"\npalette = "dark"\n[other]\nlanguage = "lo"\npalette = "sepia"\n'
    )
    assert load_appearances(tmp_path) == {}


@pytest.mark.logs_expected("ui.appearance")
def test_a_folder_that_takes_no_file_is_told_to_the_log_only(tmp_path: Path) -> None:
    keep_appearances(tmp_path / "gone", {STATION: Appearance("lo", "dark")})
