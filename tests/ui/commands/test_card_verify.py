"""`workstation card verify`: genuine codes, and each that is not by its reason; the published vectors among them."""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import base45
import cbor2
import cv2
import numpy as np
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ui.commands import main
from workstation import clock
from workstation.travel_documents.card_signature import sign_card
from workstation.travel_documents.claims import CardClaims

VECTORS = Path(__file__).parents[3].parent / "shared" / "claim169"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PHOTO = b"the photo's own bytes"
NOW = clock.computer_clock()


def claims(**more: Any) -> CardClaims:
    return CardClaims(
        id="010203041234567",
        full_name="Khamla Phomvihane",
        secondary_full_name="ຄຳຫຼ້າ ພົມວິຫານ",
        date_of_birth="199001",
        gender=2,
        document_number="A12345678",
        face_hash=hashlib.sha256(PHOTO).digest(),
        **more,
    )


def text(days: int = 30, begins: int = -1, **more: Any) -> str:
    begin, end = NOW + timedelta(days=begins), NOW + timedelta(days=days)
    return sign_card(claims(**more), KEY, b"lao-1", "LAO-CMGD", begin, begin, end)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    folder.mkdir()
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / "lao-1.pem").write_bytes(pem)
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any], str]:
    code = main(["card", "verify", *map(str, arguments), "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def picture(path: Path, code: str) -> Path:
    symbol = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode)
    grey = np.asarray(zxingcpp.write_barcode_to_image(symbol, scale=4), np.uint8)
    cv2.imwrite(str(path), grey)
    return path


def test_a_genuine_code_from_text_and_picture(
    keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(PHOTO)
    for source in (["--qr", text()], [picture(tmp_path / "code.png", text())]):
        code, answer, errors = run(capsys, *source, "--keys", keys, "--portrait", photo)
        assert (code, answer["valid"], answer["reason"], answer["portrait"]) == (0, True, None, True)
        assert answer["key_id"] == b"lao-1".hex()
        assert answer["holder"]["secondary_full_name"] == "ຄຳຫຼ້າ ພົມວິຫານ"
        assert (answer["holder"]["secondary_language"], answer["revocation"]) == ("lao", "not-known-offline")
        assert answer["portrait_sha256"] == hashlib.sha256(PHOTO).hexdigest()
        assert errors == ""
    assert main(["card", "verify", "--qr", text(), "--keys", str(keys)]) == 0
    assert "lao-1" in capsys.readouterr().out


def test_another_photo_and_the_face_inside(
    keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, face = tmp_path / "other.jpg", tmp_path / "face.webp"
    other.write_bytes(b"another photo")
    code, answer, errors = run(
        capsys,
        "--qr",
        text(face=b"RIFF", face_type="webp"),
        "--keys",
        keys,
        "--portrait",
        other,
        "--face",
        face,
    )
    assert (code, answer["valid"], answer["reason"]) == (1, False, "other-portrait")
    assert (answer["signature"], answer["face"]) == (True, {"type": "webp", "bytes": 4})
    assert face.read_bytes() == b"RIFF"
    assert errors


def packed(item: object) -> str:
    return str(base45.b45encode(zlib.compress(cbor2.dumps(item))).decode())


def resigned(payload: dict[int, object], headers: dict[int, object] | None = None) -> str:
    protected, body = cbor2.dumps(headers or {1: -8, 4: b"lao-1"}), cbor2.dumps(payload)
    signature = KEY.sign(cbor2.dumps(["Signature1", protected, b"", body]))
    return packed(cbor2.CBORTag(18, [protected, {}, body, signature]))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("not base 45 ~", "bad-base45"),
        (base45.b45encode(b"no zlib").decode(), "bad-zlib"),
        (packed({1: 2, 3: 4}), "not-signed"),
        (packed("text"), "not-cose"),
        (base45.b45encode(zlib.compress(bytes(900_000), 9)).decode(), "too-long"),
        (resigned({169: {1: "1"}}, {1: -8, 4: b"other"}), "unknown-key"),
        (resigned({169: {1: "1"}}, {1: -37, 4: b"lao-1"}), "wrong-algorithm"),
        (resigned({169: {1: "1"}}, {1: -8, 2: [77], 4: b"lao-1"}), "unknown-critical"),
        (resigned({1: "issuer"}), "missing-169"),
        (resigned({169: {1: 7}}), "bad-claims"),
        (text()[:-9] + "000000000", "bad-zlib"),
        (text(days=-1, begins=-9), "expired"),
        (text(begins=3), "not-yet-valid"),
    ],
)
def test_each_code_that_is_not_believed_has_its_reason(
    code: str, reason: str, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, answer, errors = run(capsys, "--qr", code, "--keys", keys)
    assert (status, answer["valid"], answer["reason"]) == (1, False, reason)
    assert answer["signature"] is (reason in ("expired", "not-yet-valid"))
    assert len(errors) > 20


def test_files_and_folders_that_are_none(
    keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, nothing = tmp_path / "plain.png", tmp_path / "nothing.txt"
    cv2.imwrite(str(plain), np.full((90, 90, 3), 255, np.uint8))
    nothing.write_text("no picture", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    for source, folder, reason in (
        ([plain], keys, "no-code"),
        ([nothing], keys, "not-a-picture"),
        ([tmp_path / "absent.png"], keys, "file"),
        (["--qr", text()], empty, "no-keys"),
        (["--qr", text()], tmp_path / "absent", "no-folder"),
    ):
        status, answer, errors = run(capsys, *source, "--keys", folder)
        assert (status, answer["reason"]) == (1, reason)
        assert errors
    with pytest.raises(SystemExit):
        main(["card", "verify", "--keys", str(keys)])
    monkeypatch.setattr("sys.stdin", io.StringIO(text() + "\n"))
    assert run(capsys, "--qr", "-", "--keys", keys)[0] == 0


def vector(name: str) -> dict[str, Any]:
    path = VECTORS / f"{name}.json"
    if not path.exists():
        pytest.skip("shared samples are not beside this checkout")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", ["ed25519-signed", "ecdsa-p256-signed", "encrypted-signed"])
def test_the_signed_vectors_hold(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, folder = vector(name), tmp_path / "trusted"
    folder.mkdir()
    public = bytes.fromhex(data["signing_key"]["public_key_hex"])
    if data["signing_key"]["algorithm"] == "EdDSA":
        key = {1: 1, 2: b"issuer", -1: 6, -2: public}
    else:
        key = {1: 2, 2: b"issuer", -1: 1, -2: public[1:33], -3: public[33:]}
    (folder / "issuer.cbor").write_bytes(cbor2.dumps(key))
    more: list[object] = []
    if "encryption_key" in data:
        status, answer, _errors = run(capsys, "--qr", data["qr_data"], "--keys", folder)
        assert (status, answer["reason"]) == (1, "encrypted")
        (tmp_path / "opener").write_text(data["encryption_key"]["symmetric_key_hex"], encoding="utf-8")
        more = ["--decryption-key", tmp_path / "opener"]
    status, answer, _errors = run(capsys, "--qr", data["qr_data"], "--keys", folder, *more)
    assert (status, answer["valid"]) == (0, True)
    assert answer["holder"]["full_name"] == data["expected_claim169"]["fullName"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("bad-base45", "bad-base45"),
        ("bad-zlib", "bad-zlib"),
        ("not-cose", "not-cose"),
        ("minimal", "not-signed"),
        ("encrypted-aes256", "encrypted"),
    ],
)
def test_the_bad_vectors_are_named(
    name: str, reason: str, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, answer, _errors = run(capsys, "--qr", vector(name)["qr_data"], "--keys", keys)
    assert (status, answer["reason"]) == (1, reason)
