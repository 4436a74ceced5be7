"""The signed code on a card: Claim 169 in a CWT, COSE_Sign1 with Ed25519, zlib, Base45.

Sources: Claim 169 v1.2 (MOSIP), RFC 8392 (CWT), RFC 9052 (COSE), RFC 9285 (Base45).
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from workstation.travel_documents.claims import CardClaims, CardSignatureError, claims_from_map

_COSE_SIGN1 = 18
_CWT = 61
_ALG, _KID, _EDDSA = 1, 4, -8
_ISS, _EXP, _NBF, _IAT, _CTI, _CLAIM_169 = 1, 4, 5, 6, 7, 169
# A QR code holds at most 4,296 alphanumeric characters; nothing longer can have come from a card.
_MOST_CHARACTERS = 4296
_MOST_BYTES = 16384


@dataclass(frozen=True)
class SignedCard:
    """What a verified code says. Times are whole seconds UTC; `expires_at` None means without an end."""

    claims: CardClaims
    key_id: bytes
    issuer: str
    issued_at: datetime | None
    not_before: datetime | None
    expires_at: datetime | None


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
    protected = cbor2.dumps({_ALG: _EDDSA, _KID: key_id}, canonical=True)
    payload = cbor2.dumps(token, canonical=True)
    signature = key.sign(_to_be_signed(protected, payload))
    message = cbor2.dumps(cbor2.CBORTag(_COSE_SIGN1, [protected, {}, payload, signature]), canonical=True)
    text: bytes = base45.b45encode(zlib.compress(message, 9))
    return text.decode("ascii")


def verify_card(text: str, keys: Mapping[bytes, Ed25519PublicKey], now: datetime) -> SignedCard:
    """Return what `text` says once its signature and its dates hold.

    `keys` maps COSE key ids to the issuers' keys; a code without a key id is looked up under b"". Raises
    CardSignatureError: bad-base45, bad-zlib, too-long, not-cose, wrong-algorithm, unknown-key, bad-signature,
    not-cwt, missing-169, bad-claims, expired, not-yet-valid.
    """
    protected, unprotected, payload, signature = _cose_sign1(_inflated(text))
    headers = _decoded(protected, "not-cose") if protected else {}
    if not isinstance(headers, dict):
        raise CardSignatureError("not-cose")
    if headers.get(_ALG) != _EDDSA:
        raise CardSignatureError("wrong-algorithm", algorithm=str(headers.get(_ALG)))
    key_id = headers.get(_KID, unprotected.get(_KID, b""))
    if not isinstance(key_id, bytes) or key_id not in keys:
        raise CardSignatureError("unknown-key", key_id=key_id.hex() if isinstance(key_id, bytes) else "")
    try:
        keys[key_id].verify(signature, _to_be_signed(protected, payload))
    except InvalidSignature:
        raise CardSignatureError("bad-signature", key_id=key_id.hex()) from None
    return _read_token(_decoded(payload, "not-cwt"), key_id, now)


def _read_token(token: object, key_id: bytes, now: datetime) -> SignedCard:
    if not isinstance(token, dict):
        raise CardSignatureError("not-cwt")
    if _CLAIM_169 not in token:
        raise CardSignatureError("missing-169")
    expires_at, not_before = _moment(token, _EXP), _moment(token, _NBF)
    if expires_at is not None and now >= expires_at:
        raise CardSignatureError("expired", expires_at=expires_at.isoformat())
    if not_before is not None and now < not_before:
        raise CardSignatureError("not-yet-valid", not_before=not_before.isoformat())
    issuer, number = token.get(_ISS, ""), token.get(_CTI, b"")
    if not isinstance(issuer, str) or not isinstance(number, bytes) or not number.isascii():
        raise CardSignatureError("not-cwt")
    claims = claims_from_map(token[_CLAIM_169], number.decode("ascii"))
    return SignedCard(claims, key_id, issuer, _moment(token, _IAT), not_before, expires_at)


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


def _cose_sign1(message: bytes) -> tuple[bytes, dict[object, object], bytes, bytes]:
    cose = _decoded(message, "not-cose")
    if isinstance(cose, cbor2.CBORTag) and cose.tag == _CWT:
        cose = cose.value
    if not isinstance(cose, cbor2.CBORTag) or cose.tag != _COSE_SIGN1 or not isinstance(cose.value, list):
        raise CardSignatureError("not-cose")
    match cose.value:
        case [bytes(protected), dict(unprotected), bytes(payload), bytes(signature)]:
            return protected, unprotected, payload, signature
    raise CardSignatureError("not-cose")


def _decoded(data: bytes, code: str) -> object:
    try:
        return cbor2.loads(data)
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError, RecursionError, MemoryError):
        raise CardSignatureError(code) from None


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """Return the Sig_structure of RFC 9052 §4.4."""
    return cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)


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
