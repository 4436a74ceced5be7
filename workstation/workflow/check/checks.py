"""The comparison of a finished card with its record, pure."""

from __future__ import annotations

from printing.content import CardContent
from workstation.travel_documents.card_signature import SignedCard
from workstation.workflow.check.view import CheckItem

_GENDERS = {1: "M", 2: "F"}


def compare(
    signed: SignedCard, content: CardContent, *, portrait: str, birth_date: str, sex: str
) -> tuple[CheckItem, ...]:
    """Each value of the signed code beside the record's. `portrait`: SHA-256 in hex of the
    portrait as the registry holds it; `birth_date` is ISO 8601, perhaps partial; `sex` F or M."""
    texts = content.texts()
    claims = signed.claims
    pairs = (
        ("identity_number", content.identity_number.replace(" ", ""), claims.id),
        ("document_number", content.document_number, claims.document_number),
        ("name_latin", texts["name_latin"], claims.full_name),
        ("name_lo", texts["name_lo"], claims.secondary_full_name),
        ("birth_date", birth_date.replace("-", ""), claims.date_of_birth),
        ("sex", sex, _GENDERS.get(claims.gender, "")),
        ("portrait", portrait[:16], claims.face_hash.hex()[:16]),
    )
    signature = CheckItem("signature", signed.key_id.hex(), signed.key_id.hex(), True)
    return (
        signature,
        *(CheckItem(name, expected, found, expected == found) for name, expected, found in pairs),
    )


def unsigned(code: str) -> tuple[CheckItem, ...]:
    """The outcome for a code whose signature does not hold; `code` says why."""
    return (CheckItem("signature", "", code, False),)
