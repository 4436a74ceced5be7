"""Approvals from elsewhere: the request of one station, what the second person signs, and her public key as it travels.

A request says what is to be approved, whole: the fields, the digests of the images, and the points that must be
looked at. The signature (Ed25519, RFC 8032, over canonical JSON) binds one action on one object with one content to
one request; the request's nonce and its end make it good once and for a short time.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from workstation.interchange import fields
from workstation.interchange.canonical import canonical, read_json_object, sha256_hex
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.integrity import scope_hash

VERSION = 1
_LABEL = b"lao-id-workstation approval 1\0"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SHA256 = fields.SHA256_HEX.pattern
# The images are bound by their digests (`metadata`), the templates by being made from them.
CONTENT_SCOPE = " ".join(
    (
        "$.enrollmentType",
        "$.requestData",
        "$.biographicData",
        *(
            f"$.biometricData[*].{name}"
            for name in (
                "biometricType",
                "biometricSubType",
                "metadata",
                "width",
                "height",
                "missing",
                "comment",
            )
        ),
    )
)
_NOT_SHOWN = ("template", "templateFormat", "imageRef")


@dataclass(frozen=True)
class ApprovalRequest:
    """`content` is the digest of `enrolment` (OSIA Enrollment without templates and people); `points` are the ids of
    what must be looked at; times are RFC 3339 with offset, `nonce` 32 hexadecimal digits."""

    id: str
    action: str
    object_id: str
    content: str
    office_code: str
    station_id: str
    requested_by: str
    captured_by: tuple[str, ...]
    created_at: str
    expires_at: str
    nonce: str
    points: tuple[str, ...]
    enrolment: Mapping[str, Any]


@dataclass(frozen=True)
class Approval:
    """What the second person signed. `request` is the SHA-256 of the request's document."""

    request: str
    request_id: str
    action: str
    object_id: str
    content: str
    nonce: str
    approver: str
    signed_at: str
    signature: bytes


@dataclass(frozen=True)
class ApproverCard:
    """The public half of an approver's key, with who she is; the fingerprint is compared by voice before it is
    trusted."""

    operator_id: str
    display_name: str
    role: str
    office_code: str
    public_key: bytes

    @property
    def fingerprint(self) -> str:
        """The first 80 bits of the card's SHA-256 in five groups of four digits."""
        digits = sha256_hex(card_document(self))[:20]
        return " ".join(digits[place : place + 4] for place in range(0, 20, 4))


def shown_part(osia: Mapping[str, Any]) -> dict[str, Any]:
    """What of an OSIA Enrollment the second person is shown and signs."""
    biometrics = [
        {name: value for name, value in entry.items() if name not in _NOT_SHOWN}
        for entry in osia.get("biometricData") or []
    ]
    named = ("enrollmentType", "requestData", "biographicData")
    return {name: osia[name] for name in named if name in osia} | {"biometricData": biometrics}


def content_hash(osia: Mapping[str, Any]) -> str:
    """The digest that an approval binds; the same of the whole enrolment and of its shown part."""
    return scope_hash(osia, CONTENT_SCOPE)


def request_document(request: ApprovalRequest) -> bytes:
    """Canonical JSON bytes."""
    return canonical(
        {
            "version": VERSION,
            "type": "approval-request",
            "id": request.id,
            "action": request.action,
            "object": request.object_id,
            "content": request.content,
            "office": request.office_code,
            "station": request.station_id,
            "requestedBy": request.requested_by,
            "capturedBy": list(request.captured_by),
            "createdAt": request.created_at,
            "expiresAt": request.expires_at,
            "nonce": request.nonce,
            "points": list(request.points),
            "enrolment": dict(request.enrolment),
        }
    )


def read_request(document: bytes) -> ApprovalRequest:
    """Raises MessageDamaged naming the field; also when `content` is not the digest of what is shown."""
    found = _typed(document, "approval-request")
    request = ApprovalRequest(
        fields.text(found, "id", pattern=_UUID),
        fields.text(found, "action"),
        fields.text(found, "object", pattern=_UUID),
        fields.text(found, "content", pattern=_SHA256),
        fields.text(found, "office"),
        fields.text(found, "station"),
        fields.text(found, "requestedBy"),
        _texts(found, "capturedBy"),
        fields.moment(found, "createdAt"),
        fields.moment(found, "expiresAt"),
        fields.text(found, "nonce", pattern=r"[0-9a-f]{32}"),
        _texts(found, "points"),
        fields.mapping(found, "enrolment"),
    )
    if content_hash(request.enrolment) != request.content:
        raise MessageDamaged("field-invalid", "content")
    return request


def sign(document: bytes, *, approver: str, at: str, key: Ed25519PrivateKey) -> bytes:
    """The approval of that request. Raises as `read_request`."""
    request = read_request(document)
    approval = Approval(
        sha256_hex(document),
        request.id,
        request.action,
        request.object_id,
        request.content,
        request.nonce,
        approver,
        at,
        b"",
    )
    signature = key.sign(_LABEL + canonical(_statement(approval)))
    return canonical(_statement(approval) | {"signature": base64.b64encode(signature).decode()})


def read_approval(document: bytes) -> Approval:
    """Raises MessageDamaged naming the field. The signature is not judged here."""
    found = _typed(document, "approval")
    return Approval(
        fields.text(found, "request", pattern=_SHA256),
        fields.text(found, "requestId", pattern=_UUID),
        fields.text(found, "action"),
        fields.text(found, "object", pattern=_UUID),
        fields.text(found, "content", pattern=_SHA256),
        fields.text(found, "nonce", pattern=r"[0-9a-f]{32}"),
        fields.text(found, "approver"),
        fields.moment(found, "signedAt"),
        fields.octets(found, "signature"),
    )


def is_signed_by(approval: Approval, public_key: bytes) -> bool:
    """Whether the signature is this key's over all that the approval says."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(approval.signature, _LABEL + canonical(_statement(approval)))
    except (InvalidSignature, ValueError):
        return False
    return True


def card_document(card: ApproverCard) -> bytes:
    """Canonical JSON bytes."""
    return canonical(
        {
            "version": VERSION,
            "type": "approver",
            "operator": card.operator_id,
            "name": card.display_name,
            "role": card.role,
            "office": card.office_code,
            "publicKey": base64.b64encode(card.public_key).decode(),
        }
    )


def read_card(document: bytes) -> ApproverCard:
    """Raises MessageDamaged naming the field."""
    found = _typed(document, "approver")
    card = ApproverCard(
        fields.text(found, "operator", pattern=_UUID),
        fields.text(found, "name"),
        fields.text(found, "role"),
        fields.text(found, "office", pattern=r"[0-9A-Z]{2,8}"),
        fields.octets(found, "publicKey"),
    )
    if len(card.public_key) != 32 or len(card.display_name) > 200:
        raise MessageDamaged("field-invalid", "publicKey")
    return card


def _statement(approval: Approval) -> dict[str, Any]:
    return {
        "version": VERSION,
        "type": "approval",
        "request": approval.request,
        "requestId": approval.request_id,
        "action": approval.action,
        "object": approval.object_id,
        "content": approval.content,
        "nonce": approval.nonce,
        "approver": approval.approver,
        "signedAt": approval.signed_at,
    }


def _typed(document: bytes, kind: str) -> dict[str, Any]:
    found = read_json_object(document)
    if found.get("version") != VERSION:
        raise MessageDamaged("wrong-version")
    if found.get("type") != kind:
        raise MessageDamaged("field-invalid", "type")
    return found


def _texts(found: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = found.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise MessageDamaged("field-invalid", name)
    return tuple(value)
