"""Pre-registrations of invented people for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.offices import FIELDS
from workstation import clock
from workstation.domain.pre_registration import CITIZEN_FIELDS, make_number
from workstation.interchange.pre_registration import PreRegistration

SAID = {name: text for name, text in FIELDS.items() if name in CITIZEN_FIELDS}


def today() -> date:
    return clock.office_day(clock.now())


def pre_registered(random: str = "7K3M9QX2", office: str = "VTE", **changes: Any) -> PreRegistration:
    """One that may be opened for a month; `said` replaces what the citizen said."""
    values: dict[str, Any] = {
        "number": str(make_number(office, random)),
        "office_code": office,
        "application_kind": "first_issue",
        "fields": changes.pop("said", SAID),
        "expires": today() + timedelta(days=30),
        "appointment": None,
    }
    return PreRegistration(**values | changes)
