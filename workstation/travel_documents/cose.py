"""COSE messages as a card's code uses them: one signature (COSE_Sign1), perhaps inside one encryption (COSE_Encrypt0).

Sources: RFC 9052 §3.1 (headers), §4.2 and §4.4 (COSE_Sign1), §5.2 and §5.3 (COSE_Encrypt0); RFC 9053 §2.1 (ECDSA),
§2.2 (EdDSA), §4.1 (AES-GCM); RFC 8392 §6 (CWT tag).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import cbor2
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from workstation.travel_documents.claims import CardSignatureError

IssuerKey = Ed25519PublicKey | EllipticCurvePublicKey
SIGN1, ENCRYPT0, CWT = 18, 16, 61
ALG, CRIT, KID, IV = 1, 2, 4, 5
EDDSA, ES256, A256GCM = -8, -7, 3
ALGORITHMS = {EDDSA: "EdDSA", ES256: "ES256", A256GCM: "A256GCM"}
# Everything that this reader acts on; a critical label outside of it must be refused (RFC 9052 §3.1).
_UNDERSTOOD = frozenset({ALG, CRIT, KID, IV})
_P256_BYTES = 32


@dataclass(frozen=True)
class Verified:
    """`payload` whose signature holds under the key `key_id`, by `algorithm` (EdDSA, ES256)."""

    payload: bytes
    key_id: bytes
    algorithm: str


def unlock(message: bytes, decryption_key: bytes | None) -> object:
    """The CBOR item in `message`: a COSE_Sign1 as it stands, or what a COSE_Encrypt0 keeps.

    Raises CardSignatureError not-cose, encrypted (no `decryption_key` was given), bad-decryption, wrong-algorithm,
    unknown-critical.
    """
    item = _untagged_cwt(decoded(message, "not-cose"))
    if not isinstance(item, cbor2.CBORTag) or item.tag != ENCRYPT0:
        return item
    match item.value:
        case [bytes(protected), dict(unprotected), bytes(sealed)]:
            headers = _headers(protected)
        case _:
            raise CardSignatureError("not-cose")
    if headers.get(ALG) != A256GCM:
        raise CardSignatureError("wrong-algorithm", algorithm=_algorithm(headers))
    if decryption_key is None:
        raise CardSignatureError("encrypted")
    nonce = headers.get(IV, unprotected.get(IV))
    if not isinstance(nonce, bytes) or len(nonce) != 12:
        raise CardSignatureError("not-cose")
    try:
        opened = AESGCM(decryption_key).decrypt(nonce, sealed, cbor2.dumps(["Encrypt0", protected, b""]))
    except (InvalidTag, ValueError):
        raise CardSignatureError("bad-decryption") from None
    return _untagged_cwt(decoded(opened, "not-cose"))


def verify_sign1(item: object, keys: Mapping[bytes, IssuerKey]) -> Verified:
    """The payload of the COSE_Sign1 `item`. A message that names no key is tried with every key of its algorithm.

    Raises CardSignatureError not-cose, not-signed, unknown-critical, wrong-algorithm, unknown-key, bad-signature.
    """
    if isinstance(item, dict):
        # A bare CWT: what an encryption alone protects says nothing of who wrote it.
        raise CardSignatureError("not-signed")
    if not isinstance(item, cbor2.CBORTag) or item.tag != SIGN1:
        raise CardSignatureError("not-cose")
    match item.value:
        case [bytes(protected), dict(unprotected), bytes(payload), bytes(signature)]:
            headers = _headers(protected)
        case _:
            raise CardSignatureError("not-cose")
    algorithm = headers.get(ALG)
    if algorithm not in (EDDSA, ES256):
        raise CardSignatureError("wrong-algorithm", algorithm=_algorithm(headers))
    if not signature:
        raise CardSignatureError("not-signed")
    signed = cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)
    key_id = headers.get(KID, unprotected.get(KID, b""))
    if not isinstance(key_id, bytes):
        raise CardSignatureError("not-cose")
    for name, key in _candidates(key_id, keys, algorithm):
        if _holds(key, signature, signed):
            return Verified(payload, name, ALGORITHMS[algorithm])
    raise CardSignatureError("bad-signature", key_id=key_id.hex())


def decoded(data: bytes, code: str) -> object:
    """The one CBOR item in `data`; raises CardSignatureError with `code` for anything else."""
    try:
        return cbor2.loads(data)
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError, RecursionError, MemoryError):
        raise CardSignatureError(code) from None


def _candidates(
    key_id: bytes, keys: Mapping[bytes, IssuerKey], algorithm: int
) -> Iterable[tuple[bytes, IssuerKey]]:
    wanted = Ed25519PublicKey if algorithm == EDDSA else EllipticCurvePublicKey
    if not key_id:
        fitting = [(name, key) for name, key in keys.items() if isinstance(key, wanted)]
        if not fitting:
            raise CardSignatureError("unknown-key", key_id="")
        return fitting
    if key_id not in keys:
        raise CardSignatureError("unknown-key", key_id=key_id.hex())
    if not isinstance(keys[key_id], wanted):
        # Else whoever may choose the algorithm chooses how the key is read.
        raise CardSignatureError("wrong-algorithm", algorithm=ALGORITHMS[algorithm])
    return [(key_id, keys[key_id])]


def _holds(key: IssuerKey, signature: bytes, signed: bytes) -> bool:
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, signed)
        else:
            if len(signature) != 2 * _P256_BYTES or not isinstance(key.curve, SECP256R1):
                return False
            r, s = (int.from_bytes(part) for part in (signature[:_P256_BYTES], signature[_P256_BYTES:]))
            key.verify(encode_dss_signature(r, s), signed, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _headers(protected: bytes) -> dict[object, object]:
    headers = decoded(protected, "not-cose") if protected else {}
    if not isinstance(headers, dict):
        raise CardSignatureError("not-cose")
    critical = headers.get(CRIT, [])
    if not isinstance(critical, list) or (CRIT in headers and not critical):
        raise CardSignatureError("not-cose")
    for label in critical:
        if not isinstance(label, int) or label not in _UNDERSTOOD:
            raise CardSignatureError("unknown-critical", label=str(label)[:40])
    return headers


def _untagged_cwt(item: object) -> object:
    return item.value if isinstance(item, cbor2.CBORTag) and item.tag == CWT else item


def _algorithm(headers: Mapping[object, object]) -> str:
    found = headers.get(ALG)
    return ALGORITHMS.get(found, str(found)) if isinstance(found, int) else str(found)[:40]
