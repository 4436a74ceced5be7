"""The enrolment record as an OSIA Enrollment (enrollment.yaml 1.3.0)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from workstation.interchange.enrolment import EnrolmentRecord, Finger, Portrait, Signature
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.integrity import integrity_entry
from workstation.interchange.osia_names import BIOGRAPHIC_NAMES, FINGER_NAMES, PRESENCE_NAMES, REQUEST_TYPES

# An image is named by its digest until it has an address; biometric metadata keeps the digest for good.
PLACEHOLDER = "sha256:"


def to_osia(record: EnrolmentRecord) -> dict[str, Any]:
    """The OSIA Enrollment (enrollment.yaml 1.3.0), with imageRef "sha256:HEX" until the buffers have addresses.

    enrollmentId and status are read-only there and therefore absent; requestData names the enrolment instead.
    """
    request: dict[str, Any] = {
        "enrolmentId": record.enrolment_id,
        "applicationNumber": record.application_number,
        "requestType": REQUEST_TYPES.get(record.kind, "OTHER"),
    }
    if request["requestType"] == "OTHER":
        request["requestTypeOther"] = record.kind
    document: dict[str, Any] = {
        "enrollmentType": "citizen",
        "requestData": request,
        "contextualData": {
            "enrollmentDate": record.enrolled_at,
            "officeCode": record.office_code,
            "stationCode": record.station_code,
            "policyVersion": record.policy_version,
            "capturedBy": list(record.captured_by),
            "approvedBy": record.approved_by,
            "roles": dict(record.roles),
            "documentsPresented": list(record.documents),
            "fingersRequired": record.fingers_required,
        },
        "biographicData": {
            BIOGRAPHIC_NAMES[name]: value for name, value in record.biographic.items() if value
        },
        "biometricData": [
            *([_osia_portrait(record.portrait)] if record.portrait else []),
            *(_osia_finger(finger) for finger in record.fingers),
            *([_osia_signature(record.signature)] if record.signature else []),
        ],
    }
    document["integrity"] = [integrity_entry(document)]
    return document


def without_roles(enrollment: Mapping[str, Any]) -> dict[str, Any]:
    """As a station of an earlier version sent it, before the roles of the people in it were told."""
    context = {name: value for name, value in enrollment["contextualData"].items() if name != "roles"}
    older = {**enrollment, "contextualData": context}
    older["integrity"] = [integrity_entry(older)]
    return older


def with_image_refs(enrollment: Mapping[str, Any], addresses: Mapping[str, str]) -> dict[str, Any]:
    """A copy of `enrollment` whose placeholders are replaced by `addresses` (SHA-256 hex -> URL).

    Raises MessageDamaged("field-missing", "imageRef") when an image has no address yet.
    """
    biometrics = []
    for entry in enrollment["biometricData"]:
        reference = entry.get("imageRef", "")
        if reference.startswith(PLACEHOLDER):
            address = addresses.get(reference.removeprefix(PLACEHOLDER))
            if address is None:
                raise MessageDamaged("field-missing", "imageRef")
            entry = {**entry, "imageRef": address}
        biometrics.append(entry)
    return {**enrollment, "biometricData": biometrics}


def _osia_portrait(portrait: Portrait) -> dict[str, Any]:
    return {
        "biometricType": "FACE",
        "biometricSubType": "PORTRAIT",
        "imageRef": PLACEHOLDER + portrait.sha256,
        "metadata": PLACEHOLDER + portrait.sha256,
        "mimeType": portrait.mime,
        "width": portrait.width,
        "height": portrait.height,
    }


def _osia_signature(signature: Signature) -> dict[str, Any]:
    return {
        "biometricType": "SIGNATURE",
        "imageRef": PLACEHOLDER + signature.sha256,
        "metadata": PLACEHOLDER + signature.sha256,
        "mimeType": "image/png",
        "compression": "PNG",
        "width": signature.width,
        "height": signature.height,
    }


def _osia_finger(finger: Finger) -> dict[str, Any]:
    name = FINGER_NAMES[finger.position]
    if finger.missing:
        gap = {"biometricSubType": name}
        if finger.missing in PRESENCE_NAMES:
            gap["presence"] = PRESENCE_NAMES[finger.missing]
        return {
            "biometricType": "FINGER",
            "biometricSubType": name,
            "missing": [gap],
            "comment": finger.missing,
        }
    return {
        "biometricType": "FINGER",
        "biometricSubType": name,
        "imageRef": PLACEHOLDER + finger.sha256,
        "metadata": PLACEHOLDER + finger.sha256,
        "mimeType": "image/x-wsq",
        "compression": "WSQ",
        "impressionType": "LIVE_SCAN_PLAIN",
        "width": finger.width,
        "height": finger.height,
        "resolution": finger.dpi,
        "template": base64.b64encode(finger.template).decode(),
        "templateFormat": "ISO_19794_2",
        "quality": finger.nfiq2,
        "qualityFormat": "NFIQ2",
    }
