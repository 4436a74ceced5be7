"""The signed code on a card: Claim 169 in a CWT, COSE_Sign1 with Ed25519 (ES256 is read too), zlib, Base45.

Sources: Claim 169 v1.2 (MOSIP), RFC 8392 (CWT), RFC 9052 (COSE), RFC 9285 (Base45).
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import base45
import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workstation.travel_documents.claims import CardClaims, CardSignatureError, claims_from_map
from workstation.travel_documents.cose import (
    ALG,
    EDDSA,
    KID,
    SIGN1,
    IssuerKey,
    decoded,
    unlock,
    verify_sign1,
)

_ISS, _EXP, _NBF, _IAT, _CTI, _CLAIM_169 = 1, 4, 5, 6, 7, 169
# A QR code holds at most 4,296 alphanumeric characters; nothing longer can have come from a card.
_MOST_CHARACTERS = 4296
_MOST_BYTES = 16384


@dataclass(frozen=True)
class SignedCard:
    """What a code says whose signature holds. Times are whole seconds UTC; `expires_at` None means without an end."""

    claims: CardClaims
    key_id: bytes
    issuer: str
    issued_at: datetime | None
    not_before: datetime | None
    expires_at: datetime | None
    algorithm: str = "EdDSA"


def sign_card(
    claims: CardClaims,
    key: Ed25519PrivateKey,
    key_id: bytes,
    issuer: str,
    issued_at: datetime,
    not_before: datetime,
    expires_at: datetime | None,
) -> str:
    """Return the Base45 text of the code. The same arguments give the same text.

    Times must know their zone (ValueError otherwise). The document number travels as the CWT's own
    identifier (`cti`, RFC 8392 §3.1.7): one token, one document.
    """
    token: dict[int, object] = {_ISS: issuer, _NBF: _seconds(not_before), _IAT: _seconds(issued_at)}
    if expires_at is not None:
        token[_EXP] = _seconds(expires_at)
    if claims.document_number:
        token[_CTI] = claims.document_number.encode("ascii")
    token[_CLAIM_169] = claims.as_map()
    protected = cbor2.dumps({ALG: EDDSA, KID: key_id}, canonical=True)
    payload = cbor2.dumps(token, canonical=True)
    signature = key.sign(cbor2.dumps(["Signature1", protected, b"", payload], canonical=True))
    message = cbor2.dumps(cbor2.CBORTag(SIGN1, [protected, {}, payload, signature]), canonical=True)
    text: bytes = base45.b45encode(zlib.compress(message, 9))
    return text.decode("ascii")


def verify_card(
    text: str, keys: Mapping[bytes, IssuerKey], now: datetime, *, decryption_key: bytes | None = None
) -> SignedCard:
    """Return what `text` says once its signature and its dates hold. Raises what `read_code` and `check_dates` do."""
    card = read_code(text, keys, decryption_key=decryption_key)
    check_dates(card, now)
    return card


def read_code(
    text: str, keys: Mapping[bytes, IssuerKey], *, decryption_key: bytes | None = None
) -> SignedCard:
    """Return what `text` says once its signature holds, whatever day it is.

    `keys` maps COSE key ids to the issuers' keys; `decryption_key`, 32 bytes, opens a code that is encrypted. Raises
    CardSignatureError: bad-base45, bad-zlib, too-long, not-cose, encrypted, bad-decryption, not-signed,
    unknown-critical, wrong-algorithm, unknown-key, bad-signature, not-cwt, missing-169, bad-claims.
    """
    verified = verify_sign1(unlock(_inflated(text), decryption_key), keys)
    token = decoded(verified.payload, "not-cwt")
    if not isinstance(token, dict):
        raise CardSignatureError("not-cwt")
    if _CLAIM_169 not in token:
        raise CardSignatureError("missing-169")
    issuer, number = token.get(_ISS, ""), token.get(_CTI, b"")
    if not isinstance(issuer, str) or not isinstance(number, bytes) or not number.isascii():
        raise CardSignatureError("not-cwt")
    return SignedCard(
        claims_from_map(token[_CLAIM_169], number.decode("ascii")),
        verified.key_id,
        issuer,
        _moment(token, _IAT),
        _moment(token, _NBF),
        _moment(token, _EXP),
        verified.algorithm,
    )


def check_dates(card: SignedCard, now: datetime) -> None:
    """Raises CardSignatureError expired, not-yet-valid."""
    if card.expires_at is not None and now >= card.expires_at:
        raise CardSignatureError("expired", expires_at=card.expires_at.isoformat())
    if card.not_before is not None and now < card.not_before:
        raise CardSignatureError("not-yet-valid", not_before=card.not_before.isoformat())


def _inflated(text: str) -> bytes:
    if len(text) > _MOST_CHARACTERS:
        raise CardSignatureError("too-long", characters=len(text))
    try:
        packed = base45.b45decode(text)
    except (ValueError, UnicodeEncodeError):
        raise CardSignatureError("bad-base45") from None
    inflater = zlib.decompressobj()
    try:
        message = inflater.decompress(packed, _MOST_BYTES)
    except zlib.error:
        raise CardSignatureError("bad-zlib") from None
    if inflater.unconsumed_tail:
        raise CardSignatureError("too-long", bytes=_MOST_BYTES)
    if not inflater.eof:
        raise CardSignatureError("bad-zlib")
    return message


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a card's times carry their zone")
    return int(moment.timestamp())


def _moment(token: dict[object, object], claim: int) -> datetime | None:
    value = token.get(claim)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CardSignatureError("not-cwt", claim=claim)
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        raise CardSignatureError("not-cwt", claim=claim) from None
