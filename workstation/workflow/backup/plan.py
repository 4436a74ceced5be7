"""When backups are due, pure: the hour of the day in the settings, and how long ago the last one and its test were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from workstation.clock import OFFICE_ZONE
from workstation.settings import Settings

# A test proves that key, disk and program still belong together.
TEST_DAYS = 90


@dataclass(frozen=True)
class Plan:
    """Every day at `at` (office time) into `folder`."""

    folder: Path
    at: time


def plan_of(settings: Settings) -> Plan | None:
    """None where no backups by themselves are set up, or not in a way that can be understood."""
    try:
        at = time.fromisoformat(settings.backup_daily_at)
    except ValueError:
        return None
    folder = Path(settings.backup_folder)
    return Plan(folder, at) if settings.backup_folder and folder.is_absolute() else None


def last_due(plan: Plan, now: datetime) -> datetime:
    """The latest moment up to `now` (aware) at which a backup was to be made."""
    local = now.astimezone(OFFICE_ZONE)
    due = local.replace(hour=plan.at.hour, minute=plan.at.minute, second=0, microsecond=0)
    return due if due <= local else due - timedelta(days=1)


def is_due(plan: Plan, now: datetime, made: datetime | None) -> bool:
    """Whether one is to be made; `made` is when the last one was. One from the future is of a clock that was wrong."""
    return made is None or made > now or made < last_due(plan, now)


def standing(plan: Plan | None, *, has_key: bool, real: bool, made: datetime | None, now: datetime) -> str:
    """What is to be said: "ok", "no-key", "not-set-up", "never", "overdue" (by a whole day).

    An office that is not for real work and has set nothing up lacks nothing.
    """
    if plan is None and not real:
        return "ok"
    if not has_key:
        return "no-key"
    if made is None:
        return "never"
    if plan is None:
        return "not-set-up"
    return "overdue" if made < last_due(plan, now) - timedelta(days=1) else "ok"


def test_is_due(tested: datetime | None, now: datetime) -> bool:
    """Whether a backup should be restored for a test."""
    return tested is None or now - tested > timedelta(days=TEST_DAYS)
