"""Backups by themselves: due once a day at the hour, missed ones made up, failures tried again later and told."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.offices import staffed_office
from tests.workstation.workflow.backup.backups import key_of, reason
from workstation.database.backup_records import FAILED, MADE, last_backup_event
from workstation.domain.refused import Reason
from workstation.settings import Settings, save_settings
from workstation.workflow.backup.plan import is_due, plan_of, standing
from workstation.workflow.backup.plan import test_is_due as due_for_a_test
from workstation.workflow.backup.schedule import backup_now
from workstation.workflow.backup.view import backup_view
from workstation.workflow.preflight.checks import Severity, Subject, findings
from workstation.workflow.preflight.view import look
from workstation.workflow.upkeep import Upkeep

# 18:00 in Vientiane.
HOUR = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_settings_that_mean_nothing() -> None:
    for folder, at in (("", "18:00"), ("/media/x", ""), ("/media/x", "6 pm"), ("relative", "18:00")):
        assert plan_of(Settings(backup_folder=folder, backup_daily_at=at)) is None


def test_due_once_after_the_hour() -> None:
    held = plan_of(Settings(backup_folder="/media/backup", backup_daily_at="18:00"))
    assert held is not None
    assert is_due(held, HOUR, None)
    assert is_due(held, HOUR, HOUR - MINUTE)
    assert not is_due(held, HOUR - MINUTE, HOUR - DAY)
    assert not is_due(held, HOUR + DAY - MINUTE, HOUR)
    assert is_due(held, HOUR + DAY, HOUR)
    # Made up for after days without the computer, at once.
    assert is_due(held, HOUR + 3 * DAY - MINUTE, HOUR)
    # A clock that was wrong keeps no backup away.
    assert is_due(held, HOUR, HOUR + 300 * DAY)


def test_what_is_said() -> None:
    held = plan_of(Settings(backup_folder="/media/backup", backup_daily_at="18:00"))

    def said(**facts: object) -> str:
        known = {"plan": held, "has_key": True, "real": True, "made": HOUR, "now": HOUR, **facts}
        return standing(known.pop("plan"), **known)  # type: ignore[arg-type]  # the facts of one call

    assert said() == "ok"
    assert said(has_key=False) == "no-key"
    assert said(made=None) == "never"
    assert said(plan=None) == "not-set-up"
    assert said(plan=None, real=False, has_key=False, made=None) == "ok"
    assert said(now=HOUR + 2 * DAY - MINUTE) == "ok"
    assert said(now=HOUR + 2 * DAY + MINUTE) == "overdue"
    assert due_for_a_test(None, HOUR)
    assert not due_for_a_test(HOUR, HOUR + 90 * DAY)
    assert due_for_a_test(HOUR, HOUR + 90 * DAY + MINUTE)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "did not come in time"
        time.sleep(0.02)


def test_the_thread_makes_one_and_no_second(tmp_path: Path) -> None:
    with staffed_office(tmp_path / "data") as staffed:
        office, out = staffed.office, tmp_path / "out"
        key_of(staffed, tmp_path)
        (tmp_path / "file").touch()
        save_settings(
            office.data, Settings(backup_folder=str(tmp_path / "file" / "x"), backup_daily_at="00:00")
        )
        schedule = Upkeep(office, tick_seconds=0.02, retry_seconds=0.1)
        schedule.start()
        try:
            # Where it cannot be made it is told, and tried again.
            until(lambda: office.store.read(lambda c: last_backup_event(c, FAILED)))
            seen = backup_view(office, staffed.supervisor)
            assert seen.standing == "never"
            assert seen.failed is not None
            save_settings(office.data, Settings(backup_folder=str(out), backup_daily_at="00:00"))
            until(lambda: office.store.read(lambda c: last_backup_event(c, MADE)))
            time.sleep(0.3)
            assert len(list(out.iterdir())) == 1
        finally:
            schedule.stop()
        seen = backup_view(office, staffed.supervisor)
        assert (seen.standing, seen.failed, seen.test_due) == ("ok", None, True)
        assert reason(lambda: backup_view(office, staffed.clerk)) is Reason.ROLE_NOT_ALLOWED
        assert reason(lambda: backup_now(office, staffed.clerk)) is Reason.ROLE_NOT_ALLOWED


def test_stopping_ends_one_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with staffed_office(tmp_path / "data") as staffed:
        office, out = staffed.office, tmp_path / "out"
        key_of(staffed, tmp_path)
        save_settings(office.data, Settings(backup_folder=str(out), backup_daily_at="00:00"))
        schedule = Upkeep(office, tick_seconds=0.02)
        go_on = schedule._go_on

        def slow() -> None:
            # Until it is told to stop.
            schedule._stopping.wait(20)
            go_on()

        monkeypatch.setattr(schedule, "_go_on", slow)
        schedule.start()
        until(lambda: list(out.glob(".partial-*")) if out.exists() else False)
        schedule.stop()
        assert list(out.iterdir()) == []


def test_the_preflight_warns_and_never_stops(tmp_path: Path) -> None:
    with staffed_office(tmp_path / "data") as staffed:
        office = staffed.office

        def found() -> tuple[Severity, str]:
            seen = look(
                office,
                staffed.clerk,
                key_file=office.data / "database.key",
                devices={},
                line="online",
                last_contact=None,
            )
            [finding] = [one for one in findings(seen) if one.subject is Subject.BACKUP]
            return finding.severity, finding.code

        assert found() == (Severity.GOOD, "ok")
        save_settings(office.data, Settings(backup_folder=str(tmp_path / "out"), backup_daily_at="00:00"))
        assert found() == (Severity.WARNS, "no-key")
        key_of(staffed, tmp_path)
        assert found() == (Severity.WARNS, "never")
        backup_now(office, staffed.supervisor)
        assert found() == (Severity.GOOD, "ok")
