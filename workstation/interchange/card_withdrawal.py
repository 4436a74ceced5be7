"""A card that is no longer good, as the registry must know it: outbox bytes and the OSIA CMS calls it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workstation.interchange import fields
from workstation.interchange.canonical import canonical, read_json_object
from workstation.interchange.errors import MessageDamaged

VERSION = 1
_NAMES = ("version", "documentNumber", "withdrawal", "reason", "at", "by", "role")


class Withdrawal(StrEnum):
    """SUSPENDED: wrong, and still in the holder's hand. REVOKED: the office has taken it."""

    SUSPENDED = "suspended"
    REVOKED = "revoked"


@dataclass(frozen=True)
class CardWithdrawn:
    """`document_number` as printed on the card; `at` RFC 3339 with offset; `by` an operator id, `role` her role."""

    document_number: str
    withdrawal: Withdrawal
    reason: str
    at: str
    by: str
    role: str


def to_message(withdrawn: CardWithdrawn) -> bytes:
    """Canonical JSON bytes for the outbox."""
    return canonical(
        {
            "version": VERSION,
            "documentNumber": withdrawn.document_number,
            "withdrawal": withdrawn.withdrawal.value,
            "reason": withdrawn.reason,
            "at": withdrawn.at,
            "by": withdrawn.by,
            "role": withdrawn.role,
        }
    )


def from_message(message: bytes) -> CardWithdrawn:
    """The withdrawal in outbox bytes. Raises MessageDamaged naming the field."""
    found = read_json_object(message)
    fields.only(found, _NAMES)
    if found.get("version") != VERSION:
        raise MessageDamaged("wrong-version")
    return CardWithdrawn(
        document_number=fields.text(found, "documentNumber"),
        withdrawal=Withdrawal(fields.text(found, "withdrawal", pattern="suspended|revoked")),
        reason=fields.text(found, "reason"),
        at=fields.moment(found, "at"),
        by=fields.text(found, "by"),
        role=fields.text(found, "role"),
    )


def credential_search(withdrawn: CardWithdrawn) -> list[dict[str, Any]]:
    """Body of findCredentials (cms.yaml 1.3.0)."""
    return [{"attributeName": "credentialNumber", "operator": "=", "value": withdrawn.document_number}]


def withdrawal_body(withdrawn: CardWithdrawn) -> dict[str, str]:
    """Body of suspendCredential and revokeCredential."""
    return {"reason": withdrawn.reason}
