"""The signed text of a card's QR code, from an enrolment and the decision on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workstation.clock import OFFICE_ZONE
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.osia_enrolment import PLACEHOLDER
from workstation.travel_documents.card_signature import sign_card
from workstation.travel_documents.claims import CardClaims, CardSignatureError

ISSUER = "LAO-CMGD"
_GENDERS = {"M": 1, "F": 2}


def card_signature(
    enrollment: Mapping[str, Any],
    *,
    identity_number: str,
    document_number: str,
    issued_on: date,
    expires_on: date | None,
    key: Ed25519PrivateKey,
    key_id: bytes,
) -> str:
    """Claim 169 text for the holder that `enrollment` (OSIA) describes; valid from the start of the day of issue to the
    end of the last day, office time. The same arguments give the same text.

    Raises MessageDamaged("field-invalid", "biographicData") when the data cannot stand in a code.
    """
    person = enrollment.get("biographicData") or {}
    starts = datetime.combine(issued_on, time(), OFFICE_ZONE)
    ends = (
        None if expires_on is None else datetime.combine(expires_on + timedelta(days=1), time(), OFFICE_ZONE)
    )
    try:
        claims = CardClaims(
            id=identity_number,
            full_name=_joined(person, "firstName", "lastName"),
            secondary_full_name=_joined(person, "firstNameLao", "lastNameLao"),
            date_of_birth=str(person.get("dateOfBirth", "")).replace("-", ""),
            gender=_GENDERS.get(str(person.get("gender")), 0),
            document_number=document_number,
            face_hash=_portrait_digest(enrollment),
        )
    except CardSignatureError as fault:
        raise MessageDamaged("field-invalid", "biographicData") from fault
    return sign_card(claims, key, key_id, ISSUER, starts, starts, ends)


def _joined(person: Mapping[str, Any], *names: str) -> str:
    return " ".join(str(person[name]) for name in names if person.get(name))


def _portrait_digest(enrollment: Mapping[str, Any]) -> bytes:
    for entry in enrollment.get("biometricData") or []:
        if entry.get("biometricType") == "FACE":
            return bytes.fromhex(str(entry.get("metadata", "")).removeprefix(PLACEHOLDER))
    return b""
