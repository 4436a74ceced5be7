"""The folder of issuers' keys: each form it may hold, and each fault by its name."""

import base64
import json
from pathlib import Path

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from workstation.travel_documents.trust_list import TrustListError, read_trust_list

ED = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
P256 = ec.derive_private_key(7, ec.SECP256R1())
X, Y = (n.to_bytes(32) for n in (P256.public_key().public_numbers().x, P256.public_key().public_numbers().y))


def pem(key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


ED_JWK = {"kty": "OKP", "crv": "Ed25519", "kid": "lao-1", "x": url(ED.public_key().public_bytes_raw())}
EC_JWK = {"kty": "EC", "crv": "P-256", "kid": "0a0b", "x": url(X), "y": url(Y)}
ED_COSE = {1: 1, 2: b"\x0a\x0b", -1: 6, -2: ED.public_key().public_bytes_raw()}
EC_COSE = {1: 2, 2: b"ec", -1: 1, -2: X, -3: Y}


@pytest.mark.parametrize(
    ("file", "data", "ids"),
    [
        ("lao-1.pem", pem(ED), [b"lao-1"]),
        ("6c616f2d31.pem", pem(P256), [b"lao-1"]),
        ("a.json", json.dumps(ED_JWK).encode(), [b"lao-1"]),
        (
            "a.jwks",
            b"\xef\xbb\xbf" + json.dumps({"keys": [ED_JWK, EC_JWK]}).encode(),
            [b"lao-1", b"\x0a\x0b"],
        ),
        ("0c.jwk", json.dumps({**EC_JWK, "kid": ""}).encode(), [b"\x0c"]),
        ("a.cbor", cbor2.dumps(ED_COSE), [b"\x0a\x0b"]),
        ("a.cbor", cbor2.dumps([ED_COSE, EC_COSE]), [b"\x0a\x0b", b"ec"]),
        ("a.cbor", cbor2.dumps({**EC_COSE, -3: bool(Y[-1] & 1)}), [b"ec"]),
        ("name.cbor", cbor2.dumps({key: value for key, value in ED_COSE.items() if key != 2}), [b"name"]),
    ],
)
def test_each_form_of_key(tmp_path: Path, file: str, data: bytes, ids: list[bytes]) -> None:
    (tmp_path / file).write_bytes(data)
    (tmp_path / ".hidden").write_bytes(b"not looked at")
    keys = read_trust_list(tmp_path)
    assert list(keys) == ids
    assert all(key in (ED.public_key(), P256.public_key()) for key in keys.values())


PRIVATE_PEM = ED.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("file", "data", "code"),
    [
        ("a.pem", PRIVATE_PEM, "private-key"),
        ("a.pem", pem(ED)[:-40], "bad-key"),
        ("a.pem", pem(rsa.generate_private_key(65537, 2048)), "key-type"),
        ("a.pem", pem(ec.derive_private_key(7, ec.SECP384R1())), "key-type"),
        ("a.json", json.dumps({**ED_JWK, "d": "AA"}).encode(), "private-key"),
        ("a.json", json.dumps({**ED_JWK, "crv": "X25519"}).encode(), "key-type"),
        ("a.json", json.dumps({**ED_JWK, "x": "AA"}).encode(), "bad-key"),
        ("a.json", json.dumps({**ED_JWK, "x": 7}).encode(), "bad-key"),
        ("a.json", json.dumps({**EC_JWK, "y": url(X)}).encode(), "bad-key"),
        ("a.json", b'{"keys": []}', "bad-key"),
        ("a.json", b'{"keys": [7]}', "bad-key"),
        ("a.json", json.dumps({"keys": [ED_JWK, ED_JWK]}).encode(), "two-keys"),
        ("a.json", b"{", "bad-key"),
        ("a.cbor", cbor2.dumps({**ED_COSE, -4: b"secret"}), "private-key"),
        ("a.cbor", cbor2.dumps({**ED_COSE, -1: 4}), "key-type"),
        ("a.cbor", cbor2.dumps({**ED_COSE, 2: "text"}), "bad-key"),
        ("a.cbor", cbor2.dumps(7), "bad-key"),
        ("a.txt", b"hello there", "bad-key"),
        ("a.bin", bytes(300_000), "bad-key"),
        ("a.bin", b"", "bad-key"),
    ],
)
def test_each_fault_is_named_with_its_file(tmp_path: Path, file: str, data: bytes, code: str) -> None:
    (tmp_path / file).write_bytes(data)
    with pytest.raises(TrustListError) as caught:
        read_trust_list(tmp_path)
    assert (caught.value.code, caught.value.file) == (code, file)


def test_folders_that_are_none(tmp_path: Path) -> None:
    for folder, code in ((tmp_path, "no-keys"), (tmp_path / "absent", "no-folder")):
        with pytest.raises(TrustListError) as caught:
            read_trust_list(folder)
        assert caught.value.code == code


def test_one_key_id_for_two_keys_is_refused_and_the_same_key_twice_is_not(tmp_path: Path) -> None:
    (tmp_path / "lao-1.pem").write_bytes(pem(ED))
    (tmp_path / "again.json").write_text(json.dumps(ED_JWK), encoding="utf-8")
    assert len(read_trust_list(tmp_path)) == 1
    (tmp_path / "6c616f2d31.pem").write_bytes(pem(P256))
    with pytest.raises(TrustListError, match="two-keys"):
        read_trust_list(tmp_path)
