"""Whether a card is genuine, told offline from its signed code alone: signature, dates, whose portrait."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workstation.travel_documents.card_signature import SignedCard, check_dates, read_code
from workstation.travel_documents.claims import CardSignatureError
from workstation.travel_documents.cose import IssuerKey

VALID = "valid"


@dataclass(frozen=True)
class Verdict:
    """`code` is "valid", or that of the CardSignatureError that says why not, with its `facts`. `card`: what the code
    says, wherever its signature holds (also when it has expired); `portrait`: whether the picture that was given is
    the one whose hash is signed, None when none was given or none is signed."""

    code: str
    card: SignedCard | None = None
    portrait: bool | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether signature and dates hold, and the portrait, where one was given, is the signed one."""
        return self.code == VALID and self.portrait is not False


def verify_text(
    text: str,
    keys: Mapping[bytes, IssuerKey],
    now: datetime,
    *,
    decryption_key: bytes | None = None,
    portrait: bytes | None = None,
) -> Verdict:
    """What is to be said of the code `text` (Base45, as the QR holds it) at the moment `now`."""
    try:
        card = read_code(text, keys, decryption_key=decryption_key)
    except CardSignatureError as error:
        return Verdict(error.code, facts=error.facts)
    same = None
    if portrait is not None and card.claims.face_hash:
        same = hashlib.sha256(portrait).digest() == card.claims.face_hash
    try:
        check_dates(card, now)
    except CardSignatureError as error:
        return Verdict(error.code, card, same, error.facts)
    return Verdict(VALID, card, same)


def verify_codes(
    texts: tuple[str, ...], keys: Mapping[bytes, IssuerKey], now: datetime, **more: bytes | None
) -> Verdict:
    """Of several codes in one picture the one that is a card's; else what is wrong with the first."""
    verdicts = [verify_text(text, keys, now, **more) for text in texts]
    return next((verdict for verdict in verdicts if verdict.card is not None), verdicts[0])
