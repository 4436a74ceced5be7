"""How long the window's thread is held while the queue refreshes: the longest gap between two of its heartbeats.

Run as a script; with no display it wants `xvfb-run -s "-screen 0 1366x768x24"`.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.offices import CLERK, PASSPHRASE, PASSWORD, staffed_office
from ui.app import App
from ui.language import set_language
from ui.sign_in.page import SignInPage
from ui.theme import apply_theme
from ui.workplace import Workplace
from workstation.domain.station import Work
from workstation.settings import Settings
from workstation.workflow.intake.steps import complete, save_draft, start

APPLICATIONS = 220
SECONDS = 12.0


class Heart:
    """Beats every millisecond when it is let; remembers the gaps, and what this thread itself worked in them."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.spent: list[float] = []
        self._last, self._last_spent = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, spent = time.perf_counter(), time.thread_time()
        self.gaps.append(now - self._last)
        self.spent.append(spent - self._last_spent)
        self._last, self._last_spent = now, spent


def fill(folder: Path) -> None:
    """An office with enough applications that a page of the queue is full."""
    with staffed_office(folder) as staffed:
        for number in range(APPLICATIONS):
            application = start(staffed.office, staffed.clerk)
            save_draft(
                staffed.office,
                staffed.clerk,
                application,
                {
                    "given_name_lo": "ສົມຊາຍ",
                    "given_name_latin": "Somchai",
                    "sex": "M",
                    "birth_date": "1990-05-14",
                    "nationality": "LAO",
                    "household_number": f"{number:05d}",
                    "province_code": "01",
                    "district_code": "0101",
                    "village": "ທົ່ງສາງນາງ",
                    "documents": "household_book,old_identity_card",
                    "consent": "yes",
                    "fee_paid": "yes",
                },
            ).result(20)
            if number % 4:
                complete(staffed.office, staffed.clerk, application)


def spin(application: QApplication, until: float) -> None:
    while time.perf_counter() < until:
        application.processEvents()
        time.sleep(0.0002)


def main() -> None:
    application = QApplication([])
    set_language("lo")
    apply_theme(application)
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "office"
        fill(data)
        passphrase = Path(scratch) / "passphrase"
        passphrase.touch(mode=0o600)
        passphrase.write_text(PASSPHRASE)
        os.environ["LAO_ID_PASSPHRASE_FILE"] = str(passphrase)
        app = App(data, Work.TRAINING, settings=Settings(camera=""))
        app.start()
        while not isinstance(page := app.window.screen_shown, SignInPage):
            spin(application, time.perf_counter() + 0.05)
        page.username.setText(CLERK)
        page.password.setText(PASSWORD)
        page.button.click()
        while not isinstance(app.window.screen_shown, Workplace):
            spin(application, time.perf_counter() + 0.05)
        spin(application, time.perf_counter() + 3.0)
        heart = Heart()
        spin(application, time.perf_counter() + SECONDS)
        gaps = sorted(heart.gaps)
        print(f"queue of {APPLICATIONS}, refreshed every 2 s for {SECONDS:.0f} s, {len(gaps)} heartbeats")
        print(f"longest gap {gaps[-1] * 1000:.1f} ms, p99.9 {gaps[int(len(gaps) * 0.999)] * 1000:.1f} ms")
        app.close()


if __name__ == "__main__":
    main()
