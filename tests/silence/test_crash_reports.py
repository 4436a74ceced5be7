"""Crash reports: one number for one fault, a bounded folder, and a window that reads the number out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.background import Background
from ui.crash_reports import FOLDER, MOST, CrashReports, number_of
from ui.messages import explain, is_named
from workstation.domain.refused import Reason, Refused

NAME = "ສຸດາວັນ"


def _fault(text: str = NAME) -> Exception:
    try:
        raise LookupError(text)
    except LookupError as error:
        return error


def _passed_on() -> Exception:
    try:
        raise _fault()
    except LookupError as error:
        return error


def test_the_same_fault_has_one_number_whatever_its_values_and_way() -> None:
    assert number_of(_fault()) == number_of(_fault("another")) == number_of(_passed_on())
    assert number_of(_fault()) != number_of(ValueError(NAME))
    assert number_of(_fault()) in explain(_fault()).text
    assert not is_named(_fault())
    assert is_named(Refused(Reason.DISK_FULL))


def test_a_report_counts_and_holds_no_value(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path)
    numbers = {reports.note(_fault(str(value))) for value in (NAME, "1990-01-02", "020 5555 0142")}
    (path,) = (tmp_path / FOLDER).iterdir()
    assert numbers == {path.stem}
    held = json.loads(path.read_bytes())
    assert (held["count"], held["errors"][0]["kind"]) == (3, "builtins.LookupError")
    assert held["errors"][0]["places"][0].startswith(f"{__name__}:")
    assert "lao-id-workstation" in held["versions"] or "SQLAlchemy" in held["versions"]
    assert "5555" not in path.read_text()


def test_the_latest_reports_stay(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path)
    numbers = []
    for number in range(MOST + 5):
        kind = type(f"Fault{number}", (Exception,), {})
        numbers.append(reports.note(kind()))
        os.utime(tmp_path / FOLDER / f"{numbers[-1]}.json", (number, number))
    left = {path.stem for path in (tmp_path / FOLDER).iterdir()}
    assert len(left) <= MOST + 1
    assert numbers[-1] in left
    assert numbers[0] not in left


def test_a_damaged_report_or_a_disk_that_refuses_stops_nothing(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path)
    path = tmp_path / FOLDER / f"{reports.note(_fault())}.json"
    path.write_bytes(b"\xff{")
    reports.note(_fault())
    assert json.loads(path.read_bytes())["count"] == 1
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / FOLDER).write_text("in the way")
    assert CrashReports(blocked).note(_fault()) == path.stem
    assert CrashReports(tmp_path / "never made").note(_fault()) == path.stem
    assert not (tmp_path / "never made").exists()


def test_a_lane_notes_its_fault_before_the_window_hears_of_it(qtbot: QtBot) -> None:
    noted: list[Exception] = []
    heard: list[Exception] = []
    background = Background(note=noted.append)

    def fall() -> None:
        raise LookupError(NAME)

    try:
        background.run("database", fall, failed=heard.append)
        qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    finally:
        background.close()
    assert noted == heard
    assert NAME not in explain(heard[0]).text


def _with_cause() -> None:
    try:
        raise _fault()
    except LookupError as cause:
        raise RuntimeError(NAME) from cause


def test_a_cause_is_part_of_the_fault() -> None:
    with pytest.raises(RuntimeError) as caught:
        _with_cause()
    alone = RuntimeError(NAME).with_traceback(caught.value.__traceback__)
    assert number_of(caught.value) != number_of(alone)
