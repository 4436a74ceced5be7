"""The trust list of a verifier: a folder of issuers' public keys, one file for each key or set of keys.

What may lie there, told apart by its content:

- PEM (RFC 7468): one `PUBLIC KEY`. Its key id is the file's name without its ending, read as hexadecimal where it is
  that, else as text: `6c616f2d31.pem` and `lao-1.pem` name the same key id.
- JWK or JWK Set (RFC 7517, 8037, 7518 §6.2): `kid` names the key id by the same rule; without one, the file's name.
- COSE_Key or COSE_KeySet in CBOR (RFC 9052 §7): label 2 is the key id; without one, the file's name.

Ed25519 and P-256 keys are taken. Anything else in the folder is refused with its file's name: a verifier that passes
over a damaged key would tell people that a good card is false. Files that begin with a dot are not looked at.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cbor2
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from workstation.travel_documents.cose import IssuerKey

_MOST_BYTES = 256 * 1024
_KTY, _KID, _CRV, _X, _Y, _D = 1, 2, -1, -2, -3, -4


class TrustListError(ValueError):
    """A folder that is no trust list. `code`: no-folder, no-keys, unreadable, bad-key, private-key, key-type, two-keys.

    `file` names what is at fault.
    """

    def __init__(self, code: str, file: str) -> None:
        super().__init__(f"{code}: {file}")
        self.code = code
        self.file = file


def read_trust_list(folder: Path) -> dict[bytes, IssuerKey]:
    """The keys in `folder` by their COSE key ids. Raises TrustListError."""
    if not folder.is_dir():
        raise TrustListError("no-folder", str(folder))
    keys: dict[bytes, IssuerKey] = {}
    for file in sorted(folder.iterdir()):
        if file.name.startswith(".") or not file.is_file():
            continue
        try:
            with file.open("rb") as opened:
                data = opened.read(_MOST_BYTES + 1)
        except OSError as error:
            raise TrustListError("unreadable", file.name) from error
        if len(data) > _MOST_BYTES:
            raise TrustListError("bad-key", file.name)
        for key_id, key in read_keys(data, file.name).items():
            if key_id in keys and keys[key_id] != key:
                raise TrustListError("two-keys", file.name)
            keys[key_id] = key
    if not keys:
        raise TrustListError("no-keys", str(folder))
    return keys


def read_keys(data: bytes, file: str) -> dict[bytes, IssuerKey]:
    """The keys in one file's bytes; `file` is its name. Raises TrustListError bad-key, private-key, key-type."""
    stem = file.rsplit(".", 1)[0]
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    try:
        if text.startswith(b"-----BEGIN"):
            return {_key_id(stem): _from_pem(text, file)}
        if text.startswith(b"{"):
            listed = json.loads(text)
            return _all(listed.get("keys", [listed]), _from_jwk, stem, file)
        item = cbor2.loads(data)
        return _all(item if isinstance(item, list) else [item], _from_cose_key, stem, file)
    except TrustListError:
        raise
    except (
        ValueError,
        TypeError,
        KeyError,
        OverflowError,
        RecursionError,
        cbor2.CBORDecodeError,
        MemoryError,
        UnsupportedAlgorithm,
    ) as error:
        raise TrustListError("bad-key", file) from error


def _all(listed: Any, read: Any, stem: str, file: str) -> dict[bytes, IssuerKey]:
    found: dict[bytes, IssuerKey] = {}
    for entry in listed:
        if not isinstance(entry, dict):
            raise TrustListError("bad-key", file)
        key_id, key = read(entry, stem, file)
        if key_id in found:
            raise TrustListError("two-keys", file)
        found[key_id] = key
    if not found:
        raise TrustListError("bad-key", file)
    return found


def _key_id(name: str) -> bytes:
    try:
        return bytes.fromhex(name) if name else b""
    except ValueError:
        return name.encode()


def _from_pem(text: bytes, file: str) -> IssuerKey:
    if b"PRIVATE KEY" in text:
        raise TrustListError("private-key", file)
    return _taken(load_pem_public_key(text), file)


def _from_jwk(jwk: Mapping[str, Any], stem: str, file: str) -> tuple[bytes, IssuerKey]:
    if "d" in jwk:
        raise TrustListError("private-key", file)
    key_id = _key_id(str(jwk.get("kid") or stem))
    match (jwk.get("kty"), jwk.get("crv")):
        case ("OKP", "Ed25519"):
            return key_id, Ed25519PublicKey.from_public_bytes(_base64url(jwk["x"]))
        case ("EC", "P-256"):
            return key_id, _point(_base64url(jwk["x"]), _base64url(jwk["y"]))
    raise TrustListError("key-type", file)


def _from_cose_key(item: Mapping[object, Any], stem: str, file: str) -> tuple[bytes, IssuerKey]:
    if _D in item:
        raise TrustListError("private-key", file)
    key_id = item.get(_KID) or _key_id(stem)
    if not isinstance(key_id, bytes):
        raise TrustListError("bad-key", file)
    match (item.get(_KTY), item.get(_CRV)):
        case (1, 6):
            return key_id, Ed25519PublicKey.from_public_bytes(item[_X])
        case (2, 1) if isinstance(item[_Y], bool):
            compressed = bytes([3 if item[_Y] else 2]) + item[_X]
            return key_id, EllipticCurvePublicKey.from_encoded_point(SECP256R1(), compressed)
        case (2, 1):
            return key_id, _point(item[_X], item[_Y])
    raise TrustListError("key-type", file)


def _point(x: bytes, y: bytes) -> EllipticCurvePublicKey:
    if len(x) != 32 or len(y) != 32:
        raise ValueError("a coordinate of P-256 is 32 bytes")
    return EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), SECP256R1()).public_key()


def _taken(key: object, file: str) -> IssuerKey:
    if isinstance(key, Ed25519PublicKey):
        return key
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return key
    raise TrustListError("key-type", file)


def _base64url(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64url") from error
