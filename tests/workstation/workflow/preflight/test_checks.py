"""Only operator, key, database, disk and clock stop a new application; everything else warns, one subject at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from workstation.workflow.preflight.checks import (
    CLOCK_TOLERANCE,
    DEVICES,
    LEAST_FREE,
    LITTLE_FREE,
    OFFICE_OFFSET,
    STOPPING,
    Severity,
    Situation,
    Subject,
    findings,
    stopping,
    warnings,
)

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
WELL = Situation(
    operator_active=True,
    role_may=True,
    key_readable=True,
    database_fault=None,
    disk_fault=None,
    free=LITTLE_FREE,
    now=NOW,
    latest_entry=NOW - timedelta(minutes=1),
    build_day=date(2026, 11, 1),
    office_offset=OFFICE_OFFSET,
    clock_declared=False,
    devices={device.value: "ready" for device in DEVICES},
    line="online",
    last_contact=NOW,
    policy_since=NOW - timedelta(days=30),
)


def test_all_is_well() -> None:
    found = findings(WELL)
    assert [finding.subject for finding in found] == list(Subject)
    assert {finding.severity for finding in found} == {Severity.GOOD}


@pytest.mark.parametrize(
    ("change", "subject", "code"),
    [
        ({"operator_active": False}, Subject.OPERATOR, "inactive"),
        ({"role_may": False}, Subject.OPERATOR, "role"),
        ({"key_readable": False}, Subject.KEY, "unreadable"),
        *[
            ({"database_fault": c}, Subject.DATABASE, c)
            for c in ("closed", "busy", "read-only", "away", "unreadable")
        ],
        *[({"disk_fault": c}, Subject.DISK, c) for c in ("takes-no-more", "read-only", "gone", "fault")],
        ({"free": LEAST_FREE - 1}, Subject.DISK, "full"),
        ({"free": None}, Subject.DISK, "full"),
        ({"latest_entry": NOW + CLOCK_TOLERANCE + timedelta(seconds=1)}, Subject.CLOCK, "before-trail"),
        ({"now": datetime(2026, 10, 30, tzinfo=UTC), "latest_entry": None}, Subject.CLOCK, "before-build"),
        ({"office_offset": None}, Subject.CLOCK, "zone-unknown"),
        ({"office_offset": timedelta(0)}, Subject.CLOCK, "zone-unknown"),
    ],
)
def test_what_stops(change: dict[str, object], subject: Subject, code: str) -> None:
    found = findings(replace(WELL, **change))  # type: ignore[arg-type]  # the table above names fields of Situation
    assert [(f.subject, f.code) for f in stopping(found)] == [(subject, code)]
    assert subject in STOPPING
    assert warnings(found) == ()


@pytest.mark.parametrize(
    ("change", "subject", "code"),
    [
        *[
            ({"devices": {**WELL.devices, device.value: state}}, device, state)
            for device in DEVICES
            for state in ("missing", "gone", "not-set-up")
        ],
        ({"line": "none-set-up"}, Subject.LINE, "none-set-up"),
        ({"line": "offline"}, Subject.LINE, "offline"),
        ({"line": "offline", "last_contact": None}, Subject.LINE, "offline"),
        ({"line": "offline", "last_contact": NOW - timedelta(days=4)}, Subject.LINE, "silent"),
        ({"policy_since": NOW - timedelta(days=400)}, Subject.POLICY, "old"),
        ({"free": LITTLE_FREE - 1}, Subject.DISK, "nearly-full"),
        (
            {"blanks_open": ("TR0000018",), "blanks_since": date(2026, 11, 19)},
            Subject.BLANKS,
            "count-open",
        ),
        ({"clock_declared": True}, Subject.CLOCK, "declared"),
        ({"guarded_by": "servers-disk"}, Subject.DATABASE, "servers-disk"),
        ({"guarded_by": "own-disk"}, Subject.DATABASE, "own-disk"),
    ],
)
def test_what_warns_and_never_stops(change: dict[str, object], subject: Subject, code: str) -> None:
    found = findings(replace(WELL, **change))  # type: ignore[arg-type]  # the table above names fields of Situation
    assert stopping(found) == ()
    assert [(f.subject, f.code) for f in warnings(found)] == [(subject, code)]


def test_nothing_but_the_five_can_stop() -> None:
    worst = replace(
        WELL,
        devices={device.value: "gone" for device in DEVICES},
        line="offline",
        last_contact=None,
        policy_since=NOW - timedelta(days=4000),
    )
    assert stopping(findings(worst)) == ()
    assert len(warnings(findings(worst))) == 6


def test_a_clock_put_back_by_seconds_is_no_reset_clock() -> None:
    assert stopping(findings(replace(WELL, latest_entry=NOW + CLOCK_TOLERANCE))) == ()


def test_a_device_never_asked_is_not_called_missing() -> None:
    assert warnings(findings(replace(WELL, devices={}))) == ()


def test_times_are_told_in_the_offices_zone() -> None:
    late = datetime(2026, 12, 1, 20, 30, tzinfo=UTC)
    (clock,) = stopping(findings(replace(WELL, latest_entry=late)))
    assert clock.facts == {"shows": "20/11/2026 09:00", "known": "02/12/2026 03:30"}
