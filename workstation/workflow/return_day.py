"""The day on which a person is told to come back for the card, as the application's policy counts it."""

from __future__ import annotations

from datetime import date

from printing.slips import SlipLine
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import ApplicationRow
from workstation.database.policies import policy_of
from workstation.domain.stages import PATH, Stage
from workstation.lao.dates import format_date, format_date_in_words

_AWAITED = frozenset(PATH) - {Stage.HAND_OVER}


def return_day(connection: Connection, row: ApplicationRow) -> date | None:
    """Counted from the office day on which the application began; None where the policy promises no day, and once
    the card lies ready or the application has ended."""
    if row.stage not in _AWAITED:
        return None
    return policy_of(connection, row.policy_version).return_day(clock.office_day(row.created_at))


def promised(day: date | None) -> SlipLine | None:
    """The day for a slip, in both languages with the month's name; None where none is promised."""
    if day is None:
        return None
    stored = day.isoformat()
    value = (
        f"{format_date_in_words(stored, 'lo')}\n{format_date_in_words(stored, 'en')} ({format_date(stored)})"
    )
    return SlipLine("ມາຮັບບັດໄດ້ແຕ່ວັນທີ", "Come back for the card from", value)
