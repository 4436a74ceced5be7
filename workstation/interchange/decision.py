"""The registry's answer on one enrolment, as an event of its feed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from workstation.interchange import fields
from workstation.interchange.errors import MessageDamaged

KIND = "decision"
LIFETIME = "lifetime"

_IDENTITY_NUMBER = r"[0-9]{15}"
_DOCUMENT_NUMBER = r"[0-9A-Z]{9}"
_NAMES = (
    "type",
    "eventId",
    "seq",
    "enrolmentId",
    "outcome",
    "identityNumber",
    "documentNumber",
    "issueDate",
    "expiryDate",
    "cardSignature",
    "reason",
)


@dataclass(frozen=True)
class Decision:
    """One decision. `seq` is its place in the feed (from 1).

    Accepted: `identity_number` (15 digits), `document_number` (9 of 0-9 A-Z), `issue_date` and `expiry_date` (ISO
    dates; "lifetime" where the card does not expire) and `card_signature` (Claim 169 text for the QR). Refused:
    `reason`, a kebab-case code, and nothing of the rest.
    """

    event_id: str
    seq: int
    enrolment_id: str
    outcome: Literal["accepted", "refused"]
    identity_number: str = ""
    document_number: str = ""
    issue_date: str = ""
    expiry_date: str = ""
    card_signature: str = ""
    reason: str = ""

    @property
    def expires(self) -> date | None:
        """The last day of validity; None for a card for life."""
        return None if self.expiry_date in ("", LIFETIME) else date.fromisoformat(self.expiry_date)


def to_event(decision: Decision) -> dict[str, Any]:
    """The feed event for `decision` (extensions.yaml, DecisionEvent)."""
    event: dict[str, Any] = {
        "type": KIND,
        "eventId": decision.event_id,
        "seq": decision.seq,
        "enrolmentId": decision.enrolment_id,
        "outcome": decision.outcome,
    }
    if decision.outcome == "refused":
        return {**event, "reason": decision.reason}
    return {
        **event,
        "identityNumber": decision.identity_number,
        "documentNumber": decision.document_number,
        "issueDate": decision.issue_date,
        "expiryDate": decision.expiry_date,
        "cardSignature": decision.card_signature,
    }


def from_event(event: Mapping[str, Any]) -> Decision:
    """Reads a feed event strictly. Raises MessageDamaged naming the field."""
    fields.only(event, _NAMES)
    if event.get("type") != KIND:
        raise MessageDamaged("field-invalid", "type")
    event_id = fields.text(event, "eventId", pattern=r"[0-9a-f-]{36}")
    seq = fields.number(event, "seq", 1, 2**53 - 1)
    enrolment_id = fields.text(event, "enrolmentId")
    outcome = fields.text(event, "outcome")
    if outcome == "refused":
        fields.only(event, ("type", "eventId", "seq", "enrolmentId", "outcome", "reason"))
        return Decision(
            event_id,
            seq,
            enrolment_id,
            "refused",
            reason=fields.text(event, "reason", pattern=r"[a-z0-9-]{1,60}"),
        )
    if outcome != "accepted" or "reason" in event:
        raise MessageDamaged("field-invalid", "outcome")
    issued = fields.day(event, "issueDate")
    expiry = fields.text(event, "expiryDate")
    if expiry != LIFETIME and fields.day(event, "expiryDate") <= issued:
        raise MessageDamaged("field-invalid", "expiryDate")
    # The Base45 alphabet (RFC 9285): anything else never was a card signature.
    signature = fields.text(event, "cardSignature")
    if not re.fullmatch(r"[0-9A-Z $%*+\-./:]+", signature):
        raise MessageDamaged("field-invalid", "cardSignature")
    return Decision(
        event_id=event_id,
        seq=seq,
        enrolment_id=enrolment_id,
        outcome="accepted",
        identity_number=fields.text(event, "identityNumber", pattern=_IDENTITY_NUMBER),
        document_number=fields.text(event, "documentNumber", pattern=_DOCUMENT_NUMBER),
        issue_date=issued.isoformat(),
        expiry_date=expiry,
        card_signature=signature,
    )
