"""Time: UTC in the store, the office day in Asia/Vientiane."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Vientiane")


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def office_day(moment: datetime) -> date:
    """The day of the office in which `moment` (aware) falls."""
    return moment.astimezone(OFFICE_ZONE).date()
