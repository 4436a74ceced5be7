"""One approved application as the registry must know it: the record, and its outbox bytes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.interchange import fields
from workstation.interchange.canonical import canonical, read_json_object
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.osia_names import BIOGRAPHIC_NAMES

VERSION = 1

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SHA256 = fields.SHA256_HEX.pattern
_MIME = r"image/[A-Za-z0-9.+-]{1,60}"


@dataclass(frozen=True)
class Portrait:
    """The portrait image: its SHA-256 in hexadecimal, media type, size in pixels."""

    sha256: str
    mime: str
    width: int
    height: int


@dataclass(frozen=True)
class Finger:
    """One finger. `position` is the ISO/IEC 19794-2 code 1..10.

    Either captured: `sha256` of the WSQ image, size in pixels, `dpi`, `nfiq2` 0..100 and `template`
    (ISO/IEC 19794-2:2005 record); or `missing`: a reason such as "amputated", and nothing else.
    """

    position: int
    sha256: str = ""
    width: int = 0
    height: int = 0
    dpi: int = 0
    nfiq2: int = 0
    template: bytes = b""
    missing: str = ""


@dataclass(frozen=True)
class Signature:
    """The holder's signature as the card shows it: SHA-256 of a PNG in hexadecimal, size in pixels."""

    sha256: str
    width: int
    height: int


@dataclass(frozen=True)
class EnrolmentRecord:
    """Everything the registry must know of one application.

    `enrolment_id` is the application's UUIDv7; `captured_by` and `approved_by` are operator ids, `roles` the
    role of each of them (id -> role); `enrolled_at` is
    RFC 3339 with offset; `kind` is first_issue, renewal, replacement or another word; `biographic` holds the fields
    of BIOGRAPHIC_NAMES (empty ones are left out); `fingers_required` is what the application's policy asks for;
    `signature` is None where none was taken, and in messages of before it was.
    """

    enrolment_id: str
    application_number: str
    office_code: str
    station_code: str
    policy_version: str
    captured_by: tuple[str, ...]
    approved_by: str
    roles: Mapping[str, str]
    enrolled_at: str
    kind: str
    biographic: Mapping[str, str]
    documents: tuple[str, ...]
    fingers_required: int
    portrait: Portrait | None
    fingers: tuple[Finger, ...]
    signature: Signature | None = None


@dataclass(frozen=True)
class Part:
    """An image that travels by itself: SHA-256 in hexadecimal, media type."""

    sha256: str
    mime: str


def parts(record: EnrolmentRecord) -> list[Part]:
    """The images of `record` in the order they are sent; the same image is named once."""
    found = [Part(record.portrait.sha256, record.portrait.mime)] if record.portrait else []
    found += [Part(finger.sha256, "image/x-wsq") for finger in record.fingers if not finger.missing]
    found += [Part(record.signature.sha256, "image/png")] if record.signature else []
    return list(dict.fromkeys(found))


def to_message(record: EnrolmentRecord) -> bytes:
    """Canonical JSON bytes for the outbox. The same record gives the same bytes."""
    return canonical(
        {
            "version": VERSION,
            "enrolmentId": record.enrolment_id,
            "applicationNumber": record.application_number,
            "officeCode": record.office_code,
            "stationCode": record.station_code,
            "policyVersion": record.policy_version,
            "capturedBy": list(record.captured_by),
            "approvedBy": record.approved_by,
            "roles": dict(record.roles),
            "enrolledAt": record.enrolled_at,
            "kind": record.kind,
            # A form may ask for more than the registry's interface has names for.
            "biographic": {
                name: value for name, value in record.biographic.items() if value and name in BIOGRAPHIC_NAMES
            },
            "documents": list(record.documents),
            "fingersRequired": record.fingers_required,
            "portrait": _portrait_message(record.portrait),
            "fingers": [_finger_message(finger) for finger in record.fingers],
            **_signature_message(record.signature),
        }
    )


def from_message(message: bytes) -> EnrolmentRecord:
    """The record in outbox bytes. Raises MessageDamaged naming the field."""
    found = read_json_object(message)
    if found.get("version") != VERSION:
        raise MessageDamaged("wrong-version")
    biographic = fields.mapping(found, "biographic")
    fields.only(biographic, BIOGRAPHIC_NAMES, "biographic.")
    taken = tuple(_read_finger(item) for item in fields.objects(found, "fingers"))
    if len({finger.position for finger in taken}) != len(taken):
        raise MessageDamaged("field-invalid", "fingers")
    portrait, signature = found.get("portrait"), found.get("signature")
    return EnrolmentRecord(
        enrolment_id=fields.text(found, "enrolmentId", pattern=_UUID),
        application_number=fields.text(found, "applicationNumber"),
        office_code=fields.text(found, "officeCode"),
        station_code=fields.text(found, "stationCode"),
        policy_version=fields.text(found, "policyVersion"),
        captured_by=_texts(found, "capturedBy"),
        approved_by=fields.text(found, "approvedBy"),
        roles=_roles(found),
        enrolled_at=fields.moment(found, "enrolledAt"),
        kind=fields.text(found, "kind"),
        biographic={name: fields.text(biographic, name) for name in biographic},
        documents=_texts(found, "documents"),
        fingers_required=fields.number(found, "fingersRequired", 0, 10),
        portrait=None if portrait is None else _read_portrait(fields.mapping(found, "portrait")),
        fingers=taken,
        signature=None if signature is None else _read_signature(fields.mapping(found, "signature")),
    )


def _portrait_message(portrait: Portrait | None) -> dict[str, Any] | None:
    if portrait is None:
        return None
    return {
        "sha256": portrait.sha256,
        "mime": portrait.mime,
        "width": portrait.width,
        "height": portrait.height,
    }


def _signature_message(signature: Signature | None) -> dict[str, Any]:
    # Left out where there is none: the message is then the one that an earlier version wrote.
    if signature is None:
        return {}
    return {
        "signature": {
            "sha256": signature.sha256,
            "width": signature.width,
            "height": signature.height,
        }
    }


def _finger_message(finger: Finger) -> dict[str, Any]:
    if finger.missing:
        return {"position": finger.position, "missing": finger.missing}
    return {
        "position": finger.position,
        "sha256": finger.sha256,
        "width": finger.width,
        "height": finger.height,
        "dpi": finger.dpi,
        "nfiq2": finger.nfiq2,
        "template": base64.b64encode(finger.template).decode(),
    }


def _read_portrait(found: Mapping[str, Any]) -> Portrait:
    return Portrait(
        sha256=fields.text(found, "sha256", pattern=_SHA256),
        mime=fields.text(found, "mime", pattern=_MIME),
        width=fields.number(found, "width", 1, 20_000),
        height=fields.number(found, "height", 1, 20_000),
    )


def _read_signature(found: Mapping[str, Any]) -> Signature:
    return Signature(
        sha256=fields.text(found, "sha256", pattern=_SHA256),
        width=fields.number(found, "width", 1, 20_000),
        height=fields.number(found, "height", 1, 20_000),
    )


def _read_finger(found: Mapping[str, Any]) -> Finger:
    position = fields.number(found, "position", 1, 10)
    if "missing" in found:
        fields.only(found, ("position", "missing"), "fingers.")
        return Finger(position, missing=fields.text(found, "missing"))
    return Finger(
        position=position,
        sha256=fields.text(found, "sha256", pattern=_SHA256),
        width=fields.number(found, "width", 1, 20_000),
        height=fields.number(found, "height", 1, 20_000),
        dpi=fields.number(found, "dpi", 1, 5_000),
        nfiq2=fields.number(found, "nfiq2", 0, 100),
        template=fields.octets(found, "template"),
    )


def _roles(found: Mapping[str, Any]) -> dict[str, str]:
    roles = fields.mapping(found, "roles")
    return {operator: fields.text(roles, operator) for operator in roles}


def _texts(found: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = found.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise MessageDamaged("field-invalid", name)
    return tuple(value)
