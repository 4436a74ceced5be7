"""The photo page in the real window: pictures a second against the source's rate, and the longest stall.

Run as a script; with no display it wants `xvfb-run -s "-screen 0 1366x768x24"`.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from devices.simulated.camera import SimulatedCamera
from tests.benchmarks.bench_window import Heart, spin
from tests.offices import CLERK, FIELDS, PASSPHRASE, PASSWORD, staffed_office
from ui.app import App
from ui.camera.live_picture import LivePicture
from ui.demo_portrait import build_studio_portrait
from ui.language import set_language
from ui.sign_in.page import SignInPage
from ui.stages.photo.page import PhotoPage
from ui.theme import apply_theme
from ui.workplace import Workplace
from workstation.domain.station import Work
from workstation.settings import Settings
from workstation.workflow.intake.steps import complete, save_draft, start

RATE = 30.0
SECONDS = 12.0


def _at_photo(folder: Path) -> str:
    with staffed_office(folder) as staffed:
        application = start(staffed.office, staffed.clerk)
        save_draft(staffed.office, staffed.clerk, application, FIELDS).result(20)
        complete(staffed.office, staffed.clerk, application)
    return application


def _told(name: str, heart: Heart, pictures: int, seconds: float) -> None:
    gaps = sorted(heart.gaps)
    print(
        f"{name:<28} {pictures / seconds:6.1f} pictures/s of {RATE:.0f} (x {pictures / seconds / RATE:.2f})   "
        f"longest stall {gaps[-1] * 1000:5.1f} ms   p99 {gaps[int(len(gaps) * 0.99)] * 1000:5.1f} ms"
    )


def main() -> None:
    application = QApplication([])
    set_language("lo")
    apply_theme(application)
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "office"
        waiting = _at_photo(data)
        passphrase = Path(scratch) / "passphrase"
        passphrase.touch(mode=0o600)
        passphrase.write_text(PASSPHRASE)
        os.environ["LAO_ID_PASSPHRASE_FILE"] = str(passphrase)
        camera = SimulatedCamera(build_studio_portrait(), rate=RATE)
        app = App(data, Work.TRAINING, settings=Settings(camera=camera.url))
        app.start()
        while not isinstance(page := app.window.screen_shown, SignInPage):
            spin(application, time.perf_counter() + 0.05)
        page.username.setText(CLERK)
        page.password.setText(PASSWORD)
        page.button.click()
        while not isinstance(workplace := app.window.screen_shown, Workplace):
            spin(application, time.perf_counter() + 0.05)
        workplace.open(waiting)
        while (
            not isinstance(photo := workplace.application.page, PhotoPage)
            or not photo.preview.painted
            or photo.state.report is None
        ):
            spin(application, time.perf_counter() + 0.05)
        # The face models load once, in their own lane.
        spin(application, time.perf_counter() + 5.0)
        measure(application, photo.preview, "live with analysis")
        workplace_actions = {action.name: action for action in photo.actions()}
        heart, before, began = Heart(), photo.preview.painted, time.perf_counter()
        workplace_actions["photo.take"].run()
        spin(application, began + 2.0)
        _told("while a shot is taken", heart, photo.preview.painted - before, time.perf_counter() - began)
        app.close()
        camera.close()


def measure(application: QApplication, preview: LivePicture, name: str) -> None:
    """Counts the pictures and the window's heartbeats for a while."""
    heart, before, began = Heart(), preview.painted, time.perf_counter()
    spin(application, began + SECONDS)
    _told(name, heart, preview.painted - before, time.perf_counter() - began)


if __name__ == "__main__":
    main()
