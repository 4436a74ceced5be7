"""A start with a provisioned TPM: nobody types a passphrase, and where the TPM is gone none is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.offices import ADMINISTRATOR, PASSPHRASE, PASSWORD
from tests.software_tpm import software_tpm
from tests.ui.shell import NO_DEVICES, Shell
from ui.app import App
from ui.sign_in.page import SignInPage
from ui.sign_in.unlock import UnlockPage
from workstation.domain.station import Work
from workstation.startup import close_office, open_office
from workstation.workflow.keys.key_file import TPM
from workstation.workflow.keys.steps import add_tpm
from workstation.workflow.sign_in import sign_in

pytest.importorskip("tpm2_pytss", reason="the extra `tpm` is not installed")


def test_the_tpm_opens_alone_and_its_absence_is_a_refusal(
    qtbot: QtBot, data_folder: Path, staffed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(staffed_folder, data_folder)
    with software_tpm(tmp_path / "chip") as tpm:
        monkeypatch.setenv(TPM, tpm)
        office = open_office(data_folder, PASSPHRASE)
        try:
            add_tpm(office, sign_in(office, ADMINISTRATOR, PASSWORD), PASSPHRASE)
        finally:
            close_office(office)

    app = App(data_folder, Work.TRAINING, settings=NO_DEVICES)
    app.start()
    try:
        shell = Shell(app, qtbot)
        shell.until(app.window.isActiveWindow)
        strip = shell.find("unlock.strip")
        shell.until(strip.isVisible)
        assert any("TPM" in label.text() for label in strip.findChildren(QLabel))
        assert shell.at(UnlockPage)
        assert not shell.find("unlock.passphrase").isVisible()
        focus = QApplication.focusWidget()
        assert focus is shell.find("unlock.submit")
        shell.press(Qt.Key.Key_Return)
        shell.until(strip.isVisible)
        assert app.office is None
        with software_tpm(tmp_path / "chip") as tpm:
            monkeypatch.setenv(TPM, tpm)
            shell.until(shell.find("unlock.submit").isEnabled)
            shell.press(Qt.Key.Key_Space)
            shell.until(lambda: shell.at(SignInPage))
    finally:
        app.close()


def test_a_passphrase_file_for_everybody_is_said_and_the_passphrase_is_asked(
    qtbot: QtBot, data_folder: Path, staffed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(staffed_folder, data_folder)
    file = tmp_path / "passphrase"
    file.touch(mode=0o600)
    file.write_text(PASSPHRASE)
    file.chmod(0o644)
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(file))
    app = App(data_folder, Work.TRAINING, settings=NO_DEVICES)
    app.start()
    try:
        shell = Shell(app, qtbot)
        shell.until(app.window.isActiveWindow)
        strip = shell.find("unlock.strip")
        shell.until(strip.isVisible)
        assert any(str(file) in label.text() for label in strip.findChildren(QLabel))
        shell.write("unlock.passphrase", PASSPHRASE)
        shell.press(Qt.Key.Key_Return)
        shell.until(lambda: shell.at(SignInPage))
    finally:
        app.close()
