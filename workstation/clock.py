"""Time: UTC in the store, the office day in Asia/Vientiane.

The computer's clock tells the time, unless two people declared it wrong: then time is counted from the moment that
they declared, by the seconds the computer has been running since, until the next boot.
"""

from __future__ import annotations

import time
import uuid
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Vientiane")

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

_declared: tuple[datetime, float] | None = None


def running() -> float:
    """Seconds since the computer was started; nobody can set them. Sleep counts where the system can tell."""
    source = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if source is None else time.clock_gettime(source)


@cache
def boot() -> str:
    """What tells this run of the computer from the next: the kernel's boot id, elsewhere this run of the program."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())


def computer_clock() -> datetime:
    """What the computer's own clock shows, aware, in UTC, right or wrong."""
    return datetime.now(UTC)


def declare(moment: datetime, at_running: float) -> None:
    """From now on time is counted from `moment` (aware), which it was at `running() == at_running`."""
    global _declared
    _declared = (moment.astimezone(UTC), at_running)


def trust_computer() -> None:
    """From now on the computer's own clock tells the time again."""
    global _declared
    _declared = None


def is_declared() -> bool:
    """Whether time is counted from a declared moment."""
    return _declared is not None


def now() -> datetime:
    """The moment, aware, in UTC."""
    if _declared is None:
        return computer_clock()
    moment, at_running = _declared
    return moment + timedelta(seconds=running() - at_running)


def office_day(moment: datetime) -> date:
    """The day of the office in which `moment` (aware) falls."""
    return moment.astimezone(OFFICE_ZONE).date()
