"""The rules of the pre-flight, pure: facts in, findings out.

Only four things stop a new application: the operator, the key and its database, the disk, an unusable clock. What a
person may still need for the card later (printer, readers, camera, line, a newer policy), and what a count of blank
cards left open, warns and never stops.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

MEBIBYTE = 1024 * 1024
# One application is 2 to 3 MiB with its pictures, and the database needs room to write its journal beside itself.
LEAST_FREE = 100 * MEBIBYTE
# A full day of 330 applications.
LITTLE_FREE = 1024 * MEBIBYTE
# Time services set a clock back by seconds; a clock that lost its battery is off by months.
CLOCK_TOLERANCE = timedelta(minutes=5)
# Laos has no summer time: UTC+7 all year.
OFFICE_OFFSET = timedelta(hours=7)
POLICY_DAYS = 365
SILENT_DAYS = 3
# The room of blank cards names them all.
SERIALS_NAMED = 4


class Severity(StrEnum):
    """STOPS a new application; WARNS and lets it start; GOOD."""

    STOPS = "stops"
    WARNS = "warns"
    GOOD = "good"


class Subject(StrEnum):
    """What is looked at, in the order in which it is shown."""

    OPERATOR = "operator"
    KEY = "key"
    DATABASE = "database"
    DISK = "disk"
    CLOCK = "clock"
    CAMERA = "camera"
    FINGERPRINT = "fingerprint"
    CARD_READER = "card_reader"
    PRINTER = "printer"
    LINE = "line"
    POLICY = "policy"
    BACKUP = "backup"
    BLANKS = "blanks"


STOPPING = (Subject.OPERATOR, Subject.KEY, Subject.DATABASE, Subject.DISK, Subject.CLOCK)
DEVICES = (Subject.CAMERA, Subject.FINGERPRINT, Subject.CARD_READER, Subject.PRINTER)


@dataclass(frozen=True)
class Situation:
    """What was found at one moment.

    `database_fault` ("closed", "busy", "read-only", "away", "unreadable") and `disk_fault` ("takes-no-more",
    "read-only", "gone", "fault") are what failed when it was tried, None when it worked. `free` is in bytes, None
    where the folder could not be asked. `latest_entry` is the latest time in this station's trail that
    still counts. `devices` are states: "ready", "working", "unused", "missing", "gone", "not-set-up". `line` is
    "none-set-up", "online", "offline" or "unknown"; times are aware. `backup` is as workflow.backup.plan says it.
    `blanks_open` are the serials that the last counts left open, `blanks_since` the office day of the first such count.
    `guarded_by` says whose disk must hide the names and numbers that we do not seal: "servers-disk" (reached by TLS
    with its name proven), "own-disk" (the server is this computer), None for a file that is encrypted whole.
    """

    operator_active: bool
    role_may: bool
    key_readable: bool
    database_fault: str | None
    disk_fault: str | None
    free: int | None
    now: datetime
    latest_entry: datetime | None
    build_day: date
    office_offset: timedelta | None
    clock_declared: bool
    devices: Mapping[str, str] = field(default_factory=dict)
    line: str = "unknown"
    last_contact: datetime | None = None
    policy_since: datetime | None = None
    backup: str = "ok"
    backup_days: int = 0
    guarded_by: str | None = None
    blanks_open: tuple[str, ...] = ()
    blanks_since: date | None = None


@dataclass(frozen=True)
class Finding:
    """One line of the list; `code` is stable ("ok" when good), `facts` are for its sentence."""

    subject: Subject
    severity: Severity
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


def _stops(subject: Subject, code: str, **facts: str | int) -> Finding:
    return Finding(subject, Severity.STOPS, code, facts)


def _warns(subject: Subject, code: str, **facts: str | int) -> Finding:
    return Finding(subject, Severity.WARNS, code, facts)


def _good(subject: Subject) -> Finding:
    return Finding(subject, Severity.GOOD, "ok")


def _operator(seen: Situation) -> Finding:
    if not seen.operator_active:
        return _stops(Subject.OPERATOR, "inactive")
    return _good(Subject.OPERATOR) if seen.role_may else _stops(Subject.OPERATOR, "role")


def _key(seen: Situation) -> Finding:
    return _good(Subject.KEY) if seen.key_readable else _stops(Subject.KEY, "unreadable")


def _database(seen: Situation) -> Finding:
    if seen.database_fault is not None:
        return _stops(Subject.DATABASE, seen.database_fault)
    if seen.guarded_by is not None:
        return _warns(Subject.DATABASE, seen.guarded_by)
    return _good(Subject.DATABASE)


def _disk(seen: Situation) -> Finding:
    if seen.disk_fault is not None:
        return _stops(Subject.DISK, seen.disk_fault)
    free = 0 if seen.free is None else seen.free
    if free < LEAST_FREE:
        return _stops(Subject.DISK, "full", free=free // MEBIBYTE, needed=LEAST_FREE // MEBIBYTE)
    if free < LITTLE_FREE:
        return _warns(Subject.DISK, "nearly-full", free=free // MEBIBYTE)
    return _good(Subject.DISK)


def clock_fault(now: datetime, latest_entry: datetime | None, build_day: date) -> str | None:
    """Why `now` cannot be the time: "before-build", "before-trail", or None."""
    # The day of the build somewhere on Earth may be the day before in UTC.
    if now.date() < build_day - timedelta(days=1):
        return "before-build"
    if latest_entry is not None and now < latest_entry - CLOCK_TOLERANCE:
        return "before-trail"
    return None


def _clock(seen: Situation) -> Finding:
    if seen.office_offset != OFFICE_OFFSET:
        return _stops(Subject.CLOCK, "zone-unknown")
    fault = clock_fault(seen.now, seen.latest_entry, seen.build_day)
    if fault == "before-build":
        return _stops(Subject.CLOCK, fault, shows=_minute(seen.now), known=f"{seen.build_day:%d/%m/%Y}")
    if fault is not None and seen.latest_entry is not None:
        return _stops(Subject.CLOCK, fault, shows=_minute(seen.now), known=_minute(seen.latest_entry))
    if seen.clock_declared:
        return _warns(Subject.CLOCK, "declared", shows=_minute(seen.now))
    return _good(Subject.CLOCK)


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(timezone(OFFICE_OFFSET)):%d/%m/%Y %H:%M}"


def _device(seen: Situation, subject: Subject) -> Finding:
    state = seen.devices.get(subject.value, "unused")
    return _warns(subject, state) if state in ("missing", "gone", "not-set-up") else _good(subject)


def _line(seen: Situation) -> Finding:
    if seen.line == "none-set-up":
        return _warns(Subject.LINE, "none-set-up")
    if seen.line != "offline":
        return _good(Subject.LINE)
    if seen.last_contact is None:
        return _warns(Subject.LINE, "offline")
    days = max(0, (seen.now - seen.last_contact).days)
    return (
        _warns(Subject.LINE, "silent", days=days) if days >= SILENT_DAYS else _warns(Subject.LINE, "offline")
    )


def _policy(seen: Situation) -> Finding:
    if seen.policy_since is None:
        return _good(Subject.POLICY)
    days = (seen.now - seen.policy_since).days
    return _warns(Subject.POLICY, "old", days=days) if days > POLICY_DAYS else _good(Subject.POLICY)


def _backup(seen: Situation) -> Finding:
    if seen.backup == "ok":
        return _good(Subject.BACKUP)
    return _warns(Subject.BACKUP, seen.backup, days=seen.backup_days)


def _blanks(seen: Situation) -> Finding:
    if not seen.blanks_open or seen.blanks_since is None:
        return _good(Subject.BLANKS)
    return _warns(
        Subject.BLANKS,
        "count-open",
        count=len(seen.blanks_open),
        day=f"{seen.blanks_since:%d/%m/%Y}",
        serials=", ".join(seen.blanks_open[:SERIALS_NAMED]),
    )


def findings(seen: Situation) -> tuple[Finding, ...]:
    """One finding for each subject, in the subjects' order."""
    return (
        _operator(seen),
        _key(seen),
        _database(seen),
        _disk(seen),
        _clock(seen),
        *(_device(seen, subject) for subject in DEVICES),
        _line(seen),
        _policy(seen),
        _backup(seen),
        _blanks(seen),
    )


def stopping(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that stop a new application."""
    return tuple(finding for finding in found if finding.severity is Severity.STOPS)


def warnings(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that warn."""
    return tuple(finding for finding in found if finding.severity is Severity.WARNS)
