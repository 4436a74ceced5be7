"""The longest stall of the window's thread while an office of 100,000 is worked with: open the queue, sort, filter,
turn pages, jump to the end, search, save a field.

Run as a script; with no display it wants `xvfb-run -s "-screen 0 1366x768x24"`. `--data DIR` takes an office that was
seeded already (its passphrase in LAO_ID_PASSPHRASE_FILE), `--applications N` another size.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.bench_window import Heart, spin
from tests.offices import CLERK, PASSPHRASE, PASSWORD, found_office, staff_office
from ui.app import App
from ui.language import set_language
from ui.queue.page import QueuePage
from ui.sign_in.page import SignInPage
from ui.theme import apply_theme
from ui.workplace import Workplace
from workstation.domain.queue import Order, QueueFilter
from workstation.domain.stages import Stage
from workstation.domain.station import Work
from workstation.settings import Settings
from workstation.startup import close_office, open_office
from workstation.workflow.seeding.seed import seed

GOAL = 50.0
SETTLED = 1.0
TIMES = 2


def stall(application: QApplication, heart: Heart, work: Callable[[], object]) -> tuple[float, float]:
    """(longest gap on the clock, processor time of this thread inside it) in milliseconds."""
    heart.gaps.clear()
    heart.spent.clear()
    work()
    spin(application, time.perf_counter() + SETTLED)
    longest = max(range(len(heart.gaps)), key=heart.gaps.__getitem__)
    return heart.gaps[longest] * 1000, max(heart.spent) * 1000


def works(page: QueuePage, workplace: Workplace) -> dict[str, Callable[[], object]]:
    """What a clerk does, by name."""
    table, filters = page.table, page.filters

    def press(key: Qt.Key) -> Callable[[], object]:
        return lambda: QTest.keyClick(table, key)

    def choose(chosen: QueueFilter) -> Callable[[], object]:
        return lambda: filters.changed.emit(chosen)

    return {
        "open the queue": workplace.rooms.show_queue,
        "sort by name": choose(QueueFilter(order=Order.NAME)),
        "turned round": choose(QueueFilter(order=Order.NAME, descending=True)),
        "sort by village": choose(QueueFilter(order=Order.VILLAGE)),
        "one stage": choose(QueueFilter(stage=Stage.REVIEW)),
        "one stage by name": choose(QueueFilter(stage=Stage.REVIEW, order=Order.NAME)),
        "one village": choose(QueueFilter(village=filters.village.itemText(1))),
        "the whole again": choose(QueueFilter()),
        "next page": press(Qt.Key.Key_PageDown),
        "jump to the end": press(Qt.Key.Key_End),
        "back to the beginning": press(Qt.Key.Key_Home),
        "search": lambda: workplace.rooms.show_search(text="som"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--applications", type=int, default=100_000)
    args = parser.parse_args()
    application = QApplication([])
    set_language("lo")
    apply_theme(application)
    with tempfile.TemporaryDirectory() as scratch:
        data = args.data
        if data is None:
            data = Path(scratch) / "office"
            found_office(data)
            office = open_office(data, PASSPHRASE)
            staff_office(office)
            seed(office, args.applications, 1)
            close_office(office)
        if "LAO_ID_PASSPHRASE_FILE" not in os.environ:
            passphrase = Path(scratch) / "passphrase"
            passphrase.touch(mode=0o600)
            passphrase.write_text(PASSPHRASE)
            os.environ["LAO_ID_PASSPHRASE_FILE"] = str(passphrase)
        app = App(data, Work.TRAINING, settings=Settings(camera=""))
        app.start()
        try:
            measure(application, app)
        finally:
            app.close()


def measure(application: QApplication, app: App) -> None:
    """Signs in and does each work TIMES; prints the table."""
    while not isinstance(sign_in := app.window.screen_shown, SignInPage):
        spin(application, time.perf_counter() + 0.05)
    sign_in.username.setText(CLERK)
    sign_in.password.setText(PASSWORD)
    sign_in.button.click()
    while not isinstance(workplace := app.window.screen_shown, Workplace):
        spin(application, time.perf_counter() + 0.05)
    spin(application, time.perf_counter() + 3.0)
    page = workplace.findChild(QueuePage)
    assert isinstance(page, QueuePage)
    heart = Heart()
    found: dict[str, list[tuple[float, float]]] = {}
    for _time in range(TIMES):
        for name, work in works(page, workplace).items():
            found.setdefault(name, []).append(stall(application, heart, work))
    print(f"{'longest stall, ms':<24}{'median':>8}{'worst':>8}{'own cpu':>9}   goal {GOAL:.0f}")
    for name, stalls in found.items():
        clock = sorted(gap for gap, _spent in stalls)
        spent = max(own for _gap, own in stalls)
        late = "  missed" if clock[len(clock) // 2] > GOAL else ""
        print(f"{name:<24}{clock[len(clock) // 2]:>8.1f}{clock[-1]:>8.1f}{spent:>9.1f}{late}")


if __name__ == "__main__":
    main()
