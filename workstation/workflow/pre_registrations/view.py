"""What is known of a pre-registration when its number is typed or its slip is read; needs no line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from workstation import clock
from workstation.database import Connection
from workstation.database.pre_registrations import HeldPreRegistration, expected_on, pre_registration
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.refused import Reason, Refused
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.pre_registration import PreRegistration
from workstation.interchange.pre_registration_code import SlipCode, code_within, is_code, read_code
from workstation.workflow.office import Office
from workstation.workflow.search.duplicates import Duplicate, find_duplicates

# What a window needs to know of a text before it asks.
__all__ = [
    "Expected",
    "FoundPreRegistration",
    "State",
    "code_within",
    "codes_in",
    "expected_today",
    "is_slip",
    "look_up",
]

_MOST_EXPECTED = 100
is_slip = is_code


class State(StrEnum):
    """READY may be opened; NOT_HERE: nothing arrived under it yet, and the slip holds the number only."""

    READY = "ready"
    NOT_HERE = "not-here"
    OPENED = "opened"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class FoundPreRegistration:
    """`code` is what was read, to be opened with. `fields` are an applicant's, unconfirmed; empty unless READY.

    `from_slip`: they come from the slip itself and not by synchronisation. `application_id` and `application_number`
    name the application that it was OPENED into; `likely` who in this office may be the same person.
    """

    code: str
    number: str
    state: State
    fields: Mapping[str, str] = field(default_factory=dict)
    from_slip: bool = False
    appointment: date | None = None
    expires: date | None = None
    application_id: str = ""
    application_number: str = ""
    likely: tuple[Duplicate, ...] = ()


@dataclass(frozen=True)
class Expected:
    """Somebody who means to come today."""

    number: str
    name_lo: str
    name_latin: str
    birth_date: str


def read_slip(office: Office, text: str) -> SlipCode:
    """What a slip or a typed number says. Raises Refused: PRE_REGISTRATION_DAMAGED, PRE_REGISTRATION_ELSEWHERE (number,
    office: the code of the office it is for)."""
    try:
        code = read_code(text)
    except MessageDamaged as fault:
        raise Refused(Reason.PRE_REGISTRATION_DAMAGED, place=fault.field) from fault
    if code.number.office_code != office.station.office_code:
        raise Refused(
            Reason.PRE_REGISTRATION_ELSEWHERE, number=str(code.number), office=code.number.office_code
        )
    return code


def judge(
    held: HeldPreRegistration | None, code: SlipCode, today: date
) -> tuple[State, PreRegistration | None]:
    """Where it stands, and the record to open it with: what arrived goes before what the slip says."""
    if held is not None and held.application_id is not None:
        return State.OPENED, None
    if held is not None and held.withdrawn:
        return State.WITHDRAWN, None
    record = code.record if held is None or held.record is None else held.record
    expires = held.expires if held is not None and held.expires is not None else None
    if record is not None:
        expires = record.expires
    if expires is not None and today > expires:
        return State.EXPIRED, None
    return (State.NOT_HERE, None) if record is None else (State.READY, record)


def look_up(office: Office, text: str) -> FoundPreRegistration:
    """Raises Refused as `read_slip` does."""
    code = read_slip(office, text)
    number = str(code.number)

    def query(connection: Connection) -> FoundPreRegistration:
        held = pre_registration(connection, number)
        state, record = judge(held, code, clock.office_day(clock.now()))
        if record is None:
            known = held if held is not None else HeldPreRegistration(number, None, None, False, None, "")
            return FoundPreRegistration(
                text,
                number,
                state,
                expires=code.record.expires if code.record is not None else known.expires,
                application_id=known.application_id or "",
                application_number=known.application_number,
            )
        return FoundPreRegistration(
            text,
            number,
            state,
            record.fields,
            from_slip=held is None or held.record is None,
            appointment=record.appointment,
            expires=record.expires,
            likely=find_duplicates(connection, record.fields),
        )

    return office.store.read(query)


def expected_today(office: Office) -> tuple[Expected, ...]:
    """Whoever means to come today and has not been here, by name."""
    today = clock.office_day(clock.now())
    found = office.store.read(lambda connection: expected_on(connection, today, _MOST_EXPECTED))
    people = [
        Expected(
            record.number,
            full_name_lo(record.fields),
            full_name_latin(record.fields),
            record.fields.get("birth_date", ""),
        )
        for record in found
    ]
    return tuple(sorted(people, key=lambda one: (one.name_latin, one.name_lo, one.number)))


def codes_in(picture: NDArray[np.uint8]) -> tuple[str, ...]:
    """The texts of all QR codes in a picture (rows x columns x BGR)."""
    return tuple(
        found.text
        for found in zxingcpp.read_barcodes(picture)
        if found.format == zxingcpp.BarcodeFormat.QRCode and found.text
    )
