"""The automatic training decision on a finalized enrolment: rules, numbers, dates, signature."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection
from uuid6 import uuid7

from workstation import clock
from workstation.domain.applicant import PartialDate
from workstation.interchange.card_claims import card_signature
from workstation.interchange.decision import LIFETIME, Decision
from workstation.interchange.errors import MessageDamaged
from workstation.registry.role_rules import people_fault
from workstation.registry.store import decisions as decided
from workstation.registry.store.card_signers import CardSigner, signers
from workstation.registry.store.database import RegistryStore
from workstation.registry.store.enrolments import Held
from workstation.registry.validity import expiry

_NEEDED = ("firstName", "dateOfBirth", "gender")


class RefusalReason(StrEnum):
    """Why an enrolment is refused (extensions.yaml, DecisionEvent); `ui/words/registry.py` has words for each."""

    CAPTURED_BY_APPROVER = "captured-by-approver"
    CAPTURER_UNKNOWN = "capturer-unknown"
    ROLE_NOT_ALLOWED = "role-not-allowed"
    BIOGRAPHIC_DATA_INCOMPLETE = "biographic-data-incomplete"
    NO_PORTRAIT = "no-portrait"
    TOO_FEW_FINGERS = "too-few-fingers"


def refusal(enrollment: Mapping[str, Any]) -> RefusalReason | None:
    """Why an enrolment (OSIA) is refused; None when nothing stands against it."""
    context = enrollment.get("contextualData") or {}
    person = enrollment.get("biographicData") or {}
    biometrics = enrollment.get("biometricData") or []
    fault = people_fault(context)
    if fault is not None:
        return RefusalReason(fault.value)
    if any(not person.get(name) for name in _NEEDED):
        return RefusalReason.BIOGRAPHIC_DATA_INCOMPLETE
    try:
        PartialDate.parse(str(person["dateOfBirth"]))
    except ValueError:
        return RefusalReason.BIOGRAPHIC_DATA_INCOMPLETE
    if not any(entry["biometricType"] == "FACE" and entry.get("imageRef") for entry in biometrics):
        return RefusalReason.NO_PORTRAIT
    answered = {
        entry.get("biometricSubType")
        for entry in biometrics
        if entry["biometricType"] == "FINGER" and (entry.get("imageRef") or entry.get("missing"))
    }
    required = context.get("fingersRequired")
    if not isinstance(required, int) or len(answered) < required:
        return RefusalReason.TOO_FEW_FINGERS
    return None


def decide_waiting(store: RegistryStore) -> None:
    """Decides every finalized enrolment that has no decision yet, each in its own transaction."""
    with store.read() as connection:
        waiting = decided.undecided(connection)
    for held in waiting:
        with store.write() as connection:
            if decided.decision_on(connection, held.id) is None:
                decided.add(connection, _decide(connection, held))


def _decide(connection: Connection, held: Held) -> Decision:
    event_id = str(uuid7())
    seq = decided.next_seq(connection)
    reason = refusal(held.body)
    if reason is None:
        try:
            return _accept(connection, held, event_id, seq, signers(connection)[-1])
        except MessageDamaged:
            reason = RefusalReason.BIOGRAPHIC_DATA_INCOMPLETE
    return Decision(event_id, seq, held.id, "refused", reason=reason.value)


def _accept(connection: Connection, held: Held, event_id: str, seq: int, signer: CardSigner) -> Decision:
    issued_on = clock.office_day(clock.now())
    born = PartialDate.parse(str(held.body["biographicData"]["dateOfBirth"]))
    first_card = (held.body.get("requestData") or {}).get("requestType", "FIRST_ISSUANCE") == "FIRST_ISSUANCE"
    expires_on = expiry(issued_on, max(0, born.age_on(issued_on)), first_card=first_card)
    # Invented series: the real forms are not published, and no real number begins with 99 or TR.
    identity_number = f"99{decided.next_number(connection, 'identity-number'):013d}"
    document_number = f"TR{decided.next_number(connection, 'document-number'):07d}"
    signature = card_signature(
        held.body,
        identity_number=identity_number,
        document_number=document_number,
        issued_on=issued_on,
        expires_on=expires_on,
        key=signer.key,
        key_id=signer.key_id,
    )
    return Decision(
        event_id=event_id,
        seq=seq,
        enrolment_id=held.id,
        outcome="accepted",
        identity_number=identity_number,
        document_number=document_number,
        issue_date=issued_on.isoformat(),
        expiry_date=LIFETIME if expires_on is None else expires_on.isoformat(),
        card_signature=signature,
    )
