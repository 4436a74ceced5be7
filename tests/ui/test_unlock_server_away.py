"""A start while the office's server is away: said by name, tried again by one key, and nobody types anything anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.database_engines import require_server, running_cluster
from tests.offices import PASSPHRASE, found_office
from tests.ui.shell import NO_DEVICES, Shell
from ui.app import App
from ui.language import set_language
from ui.sign_in.page import SignInPage
from ui.sign_in.unlock import UnlockPage
from workstation.domain.station import Work


def test_the_office_opens_when_its_server_is_back(
    qtbot: QtBot, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_server()
    file = tmp_path / "passphrase"
    file.touch(mode=0o600)
    file.write_text(PASSPHRASE)
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(file))
    set_language("en")
    with running_cluster(durable=True) as cluster:
        found_office(data_folder, server=cluster.migrated())
        cluster.stop("immediate")
        app = App(data_folder, Work.TRAINING, settings=NO_DEVICES)
        app.start()
        try:
            shell = Shell(app, qtbot)
            shell.until(app.window.isActiveWindow)
            strip, button = shell.find("unlock.strip"), shell.find("unlock.submit")
            assert isinstance(button, QPushButton)
            for _time in range(2):
                shell.until(lambda: strip.isVisible() and button.isEnabled())
                assert any("server does not answer" in label.text() for label in strip.findChildren(QLabel))
                assert shell.at(UnlockPage)
                assert button.text() == "Try again"
                assert QApplication.focusWidget() is button
                assert app.office is None
                if _time == 0:
                    shell.press(Qt.Key.Key_Space)
                    shell.until(lambda: not button.isEnabled())
            cluster.start()
            shell.press(Qt.Key.Key_Space)
            shell.until(lambda: shell.at(SignInPage))
        finally:
            app.close()
