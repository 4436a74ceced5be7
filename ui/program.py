"""One run of the program as a process: its application, its window until closed, an orderly end on a signal."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.app import App
from ui.language import set_language
from ui.theme import apply_theme
from workstation.domain.station import Work

_ENDING = (signal.SIGINT, signal.SIGTERM)


def run(data: Path, work: Work = Work.REAL) -> int:
    """Opens the program's window on `data` and stays until it is closed."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("lao-id-workstation")
    set_language("lo")
    apply_theme(application)
    app = App(data, work)
    before = {number: signal.signal(number, lambda *_: application.quit()) for number in _ENDING}
    # Python looks at signals only while it runs; Qt's loop is told to let it.
    alive = QTimer()
    alive.timeout.connect(lambda: None)
    alive.start(250)
    try:
        app.start()
        return application.exec()
    finally:
        alive.stop()
        app.close()
        for number, previous in before.items():
            signal.signal(number, previous)
