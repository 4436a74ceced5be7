"""A second person's signed no to a request for approval: why, bound to that request and no other."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from workstation.interchange import fields
from workstation.interchange.approval import VERSION, read_request
from workstation.interchange.canonical import canonical, read_json_object, sha256_hex
from workstation.interchange.errors import MessageDamaged

_LABEL = b"lao-id-workstation approval refusal 1\0"
_TYPE = "approval-refusal"
LONGEST_REASON = 500


@dataclass(frozen=True)
class ApprovalRefusal:
    """`request` is the SHA-256 of the request's document; `reason` is what she wrote."""

    request: str
    request_id: str
    approver: str
    reason: str
    signed_at: str
    signature: bytes


def sign_refusal(document: bytes, *, approver: str, reason: str, at: str, key: Ed25519PrivateKey) -> bytes:
    """The refusal of that request. Raises MessageDamaged for what is no request."""
    request = read_request(document)
    refusal = ApprovalRefusal(sha256_hex(document), request.id, approver, reason, at, b"")
    signature = key.sign(_LABEL + canonical(_statement(refusal)))
    return canonical(_statement(refusal) | {"signature": base64.b64encode(signature).decode()})


def read_refusal(document: bytes) -> ApprovalRefusal:
    """Raises MessageDamaged naming the field. The signature is not judged here."""
    found = read_json_object(document)
    if found.get("version") != VERSION or found.get("type") != _TYPE:
        raise MessageDamaged("field-invalid", "type")
    refusal = ApprovalRefusal(
        fields.text(found, "request", pattern=fields.SHA256_HEX.pattern),
        fields.text(found, "requestId"),
        fields.text(found, "approver"),
        fields.text(found, "reason"),
        fields.moment(found, "signedAt"),
        fields.octets(found, "signature"),
    )
    if len(refusal.reason) > LONGEST_REASON:
        raise MessageDamaged("field-invalid", "reason")
    return refusal


def refusal_is_signed_by(refusal: ApprovalRefusal, public_key: bytes) -> bool:
    """Whether the signature is this key's over all that the refusal says."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(refusal.signature, _LABEL + canonical(_statement(refusal)))
    except (InvalidSignature, ValueError):
        return False
    return True


def _statement(refusal: ApprovalRefusal) -> dict[str, Any]:
    return {
        "version": VERSION,
        "type": _TYPE,
        "request": refusal.request,
        "requestId": refusal.request_id,
        "approver": refusal.approver,
        "reason": refusal.reason,
        "signedAt": refusal.signed_at,
    }
