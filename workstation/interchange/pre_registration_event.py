"""Pre-registrations in the registry's feed: one that a citizen made for an office, and one that he withdrew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.domain.pre_registration import read_number
from workstation.interchange import fields, pre_registration
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.pre_registration import PreRegistration

ARRIVED = "pre-registration"
WITHDRAWN = "pre-registration-withdrawn"
_EVENT_ID = r"[0-9a-f-]{36}"
_MOST = 2**53 - 1


@dataclass(frozen=True)
class PreRegistrationArrived:
    """`seq` is its place in the feed (from 1)."""

    event_id: str
    seq: int
    record: PreRegistration


@dataclass(frozen=True)
class PreRegistrationWithdrawn:
    """That number may no longer be opened."""

    event_id: str
    seq: int
    number: str
    office_code: str


def to_event(told: PreRegistrationArrived | PreRegistrationWithdrawn) -> dict[str, Any]:
    """The feed event (extensions.yaml, PreRegistrationEvent)."""
    if isinstance(told, PreRegistrationArrived):
        content: dict[str, Any] = {"type": ARRIVED, "document": pre_registration.to_document(told.record)}
    else:
        content = {"type": WITHDRAWN, "number": told.number, "officeCode": told.office_code}
    return content | {"eventId": told.event_id, "seq": told.seq}


def from_event(event: Mapping[str, Any]) -> PreRegistrationArrived | PreRegistrationWithdrawn:
    """Reads a feed event strictly. Raises MessageDamaged naming the field."""
    arrived = event.get("type") == ARRIVED
    content = ("document",) if arrived else ("number", "officeCode")
    fields.only(event, ("type", "eventId", "seq", *content))
    event_id = fields.text(event, "eventId", pattern=_EVENT_ID)
    seq = fields.number(event, "seq", 1, _MOST)
    if arrived:
        record = pre_registration.from_document(fields.mapping(event, "document"))
        return PreRegistrationArrived(event_id, seq, record)
    number = read_number(fields.text(event, "number"))
    if number is None or number.office_code != fields.text(event, "officeCode"):
        raise MessageDamaged("field-invalid", "number")
    return PreRegistrationWithdrawn(event_id, seq, str(number), number.office_code)
