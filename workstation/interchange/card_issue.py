"""The hand-over of one card, as the registry must know it: outbox bytes and the OSIA CMS calls it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.interchange import fields
from workstation.interchange.canonical import canonical, read_json_object
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.osia_names import BIOGRAPHIC_NAMES, CREDENTIAL_PROFILE, REQUEST_TYPES

VERSION = 1
_NAMES = (
    "version",
    "applicationId",
    "kind",
    "officeCode",
    "identityNumber",
    "documentNumber",
    "chipSerial",
    "stockNumber",
    "oldCard",
    "oldDocumentNumber",
    "handedOverAt",
    "handedOverBy",
    "handedOverRole",
    "collectedBy",
    "fingerprintScore",
    "fallbackReason",
    "biographic",
)


@dataclass(frozen=True)
class CardIssued:
    """One card in the citizen's hand.

    `chip_serial` is upper-case hexadecimal; `stock_number` the serial of the blank that it was printed on, empty where
    none is known; `handed_over_at` RFC 3339 with offset; `handed_over_by` an operator id,
    `handed_over_role` her role;
    `collected_by` "holder" or who came instead. Either `fingerprint_score` (bozorth3, 0 or more) or
    `fallback_reason` says how the person was recognised. `biographic` names the person, because OSIA requires it:
    the names and the date of birth are enough to tell a wrong card at once. `old_card` is "taken" or "absent", empty
    where none was asked for; `old_document_number` as printed on it, empty where nobody could read it.
    """

    application_id: str
    kind: str
    office_code: str
    identity_number: str
    document_number: str
    chip_serial: str
    handed_over_at: str
    handed_over_by: str
    handed_over_role: str
    collected_by: str
    fingerprint_score: int | None
    fallback_reason: str
    biographic: Mapping[str, str]
    stock_number: str = ""
    old_card: str = ""
    old_document_number: str = ""


def to_message(issued: CardIssued) -> bytes:
    """Canonical JSON bytes for the outbox."""
    return canonical(
        {
            "version": VERSION,
            "applicationId": issued.application_id,
            "kind": issued.kind,
            "officeCode": issued.office_code,
            "identityNumber": issued.identity_number,
            "documentNumber": issued.document_number,
            "chipSerial": issued.chip_serial,
            "stockNumber": issued.stock_number,
            "oldCard": issued.old_card,
            "oldDocumentNumber": issued.old_document_number,
            "handedOverAt": issued.handed_over_at,
            "handedOverBy": issued.handed_over_by,
            "handedOverRole": issued.handed_over_role,
            "collectedBy": issued.collected_by,
            "fingerprintScore": issued.fingerprint_score,
            "fallbackReason": issued.fallback_reason,
            "biographic": {name: value for name, value in issued.biographic.items() if value},
        }
    )


def from_message(message: bytes) -> CardIssued:
    """The hand-over in outbox bytes. Raises MessageDamaged naming the field."""
    found = read_json_object(message)
    fields.only(found, _NAMES)
    if found.get("version") != VERSION:
        raise MessageDamaged("wrong-version")
    biographic = fields.mapping(found, "biographic")
    fields.only(biographic, BIOGRAPHIC_NAMES, "biographic.")
    score = (
        None
        if found.get("fingerprintScore") is None
        else fields.number(found, "fingerprintScore", 0, 1_000_000)
    )
    fallback = fields.text(found, "fallbackReason", empty=True)
    if (score is None) == (not fallback):
        raise MessageDamaged("field-invalid", "fallbackReason")
    return CardIssued(
        application_id=fields.text(found, "applicationId"),
        kind=fields.text(found, "kind"),
        office_code=fields.text(found, "officeCode"),
        identity_number=fields.text(found, "identityNumber", pattern=r"[0-9]{15}"),
        document_number=fields.text(found, "documentNumber", pattern=r"[0-9A-Z]{9}"),
        chip_serial=fields.text(found, "chipSerial", pattern=r"(?:[0-9A-F]{2}){1,32}"),
        handed_over_at=fields.moment(found, "handedOverAt"),
        handed_over_by=fields.text(found, "handedOverBy"),
        handed_over_role=fields.text(found, "handedOverRole"),
        collected_by=fields.text(found, "collectedBy"),
        fingerprint_score=score,
        fallback_reason=fallback,
        biographic={name: fields.text(biographic, name) for name in biographic},
        stock_number=_later(found, "stockNumber"),
        old_card=_later(found, "oldCard"),
        old_document_number=_later(found, "oldDocumentNumber"),
    )


def _later(found: Mapping[str, Any], name: str) -> str:
    # Hand-overs that were written before there was a ledger, and old cards in it, do not name these.
    return fields.text(found, name, empty=True) if name in found else ""


def credential_request(issued: CardIssued) -> dict[str, Any]:
    """Body of createCredentialRequest (cms.yaml 1.3.0): the card that was printed under the decided number."""
    request_type = REQUEST_TYPES.get(issued.kind, "OTHER")
    request: dict[str, Any] = {
        "priority": 5,
        "credentialProfileId": CREDENTIAL_PROFILE,
        "requestType": request_type,
        "credentialNumber": issued.document_number,
        "deliveryOffice": issued.office_code,
        "others": {"enrolmentId": issued.application_id},
    }
    if request_type == "OTHER":
        request["requestTypeOther"] = issued.kind
    return {
        "personId": issued.identity_number,
        "biographicData": {
            BIOGRAPHIC_NAMES[name]: value for name, value in issued.biographic.items() if value
        },
        "requestData": request,
    }


def credential_update(issued: CardIssued) -> dict[str, Any]:
    """Body of updateCredential: what only the office knows of the card, under `others`."""
    others: dict[str, Any] = {
        "chipSerial": issued.chip_serial,
        "handedOverAt": issued.handed_over_at,
        "handedOverBy": issued.handed_over_by,
        "handedOverRole": issued.handed_over_role,
        "collectedBy": issued.collected_by,
    }
    if issued.stock_number:
        others["stockNumber"] = issued.stock_number
    if issued.old_card:
        others["oldCard"] = issued.old_card
    if issued.old_document_number:
        others["oldDocumentNumber"] = issued.old_document_number
    if issued.fingerprint_score is not None:
        others["fingerprintScore"] = issued.fingerprint_score
    else:
        others["fallbackReason"] = issued.fallback_reason
    return {"others": others}


def credential_status(issued: CardIssued) -> dict[str, Any]:
    """Body of setCredentialStatus: the card is in use from its hand-over."""
    return {"status": "ACTIVE", "reason": "handed-over", "requester": issued.handed_over_by}
