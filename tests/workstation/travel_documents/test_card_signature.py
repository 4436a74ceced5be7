"""The signed code against the published vectors, an independent decoder, and every kind of damage."""

import json
import random
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import base45
import cbor2
import claim169
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from workstation.travel_documents.card_signature import check_dates, read_code, sign_card, verify_card
from workstation.travel_documents.claims import CardClaims, CardSignatureError
from workstation.travel_documents.cose import IssuerKey

VECTORS = Path(__file__).parents[3].parent / "shared" / "claim169"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_ID = b"\x0a\x0b\x0c\x0d"
KEYS = {KEY_ID: KEY.public_key()}
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CLAIMS = CardClaims(
    id="010203041234567",
    full_name="Khamla Phomvihane",
    secondary_full_name="ຄຳຫຼ້າ ພົມວິຫານ",
    date_of_birth="19900131",
    gender=2,
    document_number="A12345678",
    face_hash=bytes(range(32)),
)


def signed(claims: CardClaims = CLAIMS, expires_at: datetime | None = NOW + timedelta(days=3650)) -> str:
    return sign_card(claims, KEY, KEY_ID, "https://example.la", NOW, NOW, expires_at)


def vector(name: str) -> dict[str, object]:
    path = VECTORS / f"{name}.json"
    if not path.exists():
        pytest.skip("shared samples are not beside this checkout")
    loaded: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def resigned(name: str) -> str:
    """The vector's own payload, signed with our key: the published ones carry no signature."""
    message = cbor2.loads(zlib.decompress(base45.b45decode(str(vector(name)["qr_data"]))))
    protected, payload = message.value[0], message.value[2]
    signature = KEY.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    whole = cbor2.dumps(cbor2.CBORTag(18, [protected, {4: KEY_ID}, payload, signature]))
    return str(base45.b45encode(zlib.compress(whole)).decode())


def refusal(text: str, now: datetime = NOW, keys: Mapping[bytes, IssuerKey] | None = None) -> str:
    with pytest.raises(CardSignatureError) as caught:
        verify_card(text, KEYS if keys is None else keys, now)
    return caught.value.code


def test_a_card_reads_back_and_two_signings_are_the_same_text() -> None:
    card = verify_card(signed(), KEYS, NOW)
    assert card.claims == CLAIMS
    assert (card.key_id, card.issuer, card.issued_at) == (KEY_ID, "https://example.la", NOW)
    assert signed() == signed()
    assert len(signed()) < 500


def test_an_independent_decoder_agrees() -> None:
    public = KEY.public_key().public_bytes_raw()
    read = claim169.decode_with_ed25519(signed(), public, validate_timestamps=False)
    assert read.is_verified()
    assert (read.claim169.id, read.claim169.full_name) == (CLAIMS.id, CLAIMS.full_name)
    assert read.claim169.secondary_full_name == CLAIMS.secondary_full_name
    assert read.claim169.secondary_language == "lao"
    assert read.claim169.face[0].format == 3
    assert bytes(read.claim169.face[0].data) == CLAIMS.face_hash
    assert claim169.inspect(signed()).key_id == KEY_ID


def test_we_read_what_the_independent_encoder_wrote() -> None:
    claim = claim169.Claim169Input(id="1", full_name="Independent Person")
    meta = claim169.CwtMetaInput(issuer="i", expires_at=int(NOW.timestamp()) + 9)
    text = claim169.encode_with_ed25519(claim, meta, bytes(range(32)))
    assert verify_card(text, {b"": KEY.public_key()}, NOW).claims.full_name == "Independent Person"


def test_the_signed_vector_verifies() -> None:
    data = vector("ed25519-signed")
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(data["signing_key"]["public_key_hex"]))  # type: ignore[index]  # JSON
    card = verify_card(str(data["qr_data"]), {b"": public}, NOW)
    assert card.claims.id == "ID-SIGNED-001"
    assert card.issued_at == datetime.fromtimestamp(1700000000, UTC)
    assert refusal(str(data["qr_data"]), keys={b"": KEY.public_key()}) == "bad-signature"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bad-base45", "bad-base45"),
        ("bad-zlib", "bad-zlib"),
        ("not-cose", "not-cose"),
        ("encrypted-aes256", "encrypted"),
        ("encrypted-signed", "encrypted"),
        ("ecdsa-p256-signed", "unknown-key"),
        ("minimal", "not-signed"),
        ("with-face", "not-signed"),
        ("missing-169", "not-signed"),
        ("expired", "not-signed"),
    ],
)
def test_a_vector_that_must_fail_fails_as_named(name: str, code: str) -> None:
    assert refusal(str(vector(name)["qr_data"]), keys={b"": KEY.public_key()}) == code


def decryption_key(name: str) -> bytes:
    return bytes.fromhex(vector(name)["encryption_key"]["symmetric_key_hex"])  # type: ignore[index]  # JSON


def test_the_p256_vector_verifies_under_its_key_only() -> None:
    data = vector("ecdsa-p256-signed")
    numbers = bytes.fromhex(data["signing_key"]["public_key_hex"])  # type: ignore[index]  # JSON
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), numbers)
    card = verify_card(str(data["qr_data"]), {b"lao-ec": key}, NOW)
    assert (card.claims.id, card.algorithm, card.key_id) == ("ID-ECDSA-001", "ES256", b"lao-ec")
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    assert refusal(str(data["qr_data"]), keys={b"": other}) == "bad-signature"
    assert verify_card(str(data["qr_data"]), {b"a": other, b"b": key}, NOW).key_id == b"b"


def test_an_encrypted_vector_opens_with_its_key_and_must_be_signed_inside() -> None:
    data = vector("encrypted-signed")
    text = str(data["qr_data"])
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(data["signing_key"]["public_key_hex"]))  # type: ignore[index]  # JSON
    opener = decryption_key("encrypted-signed")
    card = read_code(text, {b"": public}, decryption_key=opener)
    assert card.claims.id == "ID-ENC-SIGN-001"
    for wrong in (bytes(32), bytes(5)):
        with pytest.raises(CardSignatureError, match="bad-decryption"):
            read_code(text, {b"": public}, decryption_key=wrong)
    unsigned = str(vector("encrypted-aes256")["qr_data"])
    with pytest.raises(CardSignatureError, match="not-signed"):
        read_code(unsigned, {b"": public}, decryption_key=decryption_key("encrypted-aes256"))


def signed_with(headers: dict[int, object]) -> str:
    protected, payload = cbor2.dumps(headers), cbor2.dumps({169: {1: "1", 4: "A"}})
    signature = KEY.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    whole = cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]))
    return str(base45.b45encode(zlib.compress(whole)).decode())


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({1: -8, 2: [99], 4: KEY_ID, 99: 1}, "unknown-critical"),
        ({1: -8, 2: ["la.example"], 4: KEY_ID}, "unknown-critical"),
        ({1: -8, 2: [], 4: KEY_ID}, "not-cose"),
        ({1: -35, 4: KEY_ID}, "wrong-algorithm"),
        ({1: -7, 4: KEY_ID}, "wrong-algorithm"),
        ({4: KEY_ID}, "wrong-algorithm"),
        ({1: -8, 4: b"other"}, "unknown-key"),
        ({1: -8, 4: "text"}, "not-cose"),
    ],
)
def test_headers_that_must_be_refused(headers: dict[int, object], code: str) -> None:
    assert refusal(signed_with(headers)) == code


def test_critical_headers_that_are_understood_are_no_hindrance() -> None:
    assert verify_card(signed_with({1: -8, 2: [1, 4], 4: KEY_ID}), KEYS, NOW).claims.full_name == "A"


def test_a_face_travels_in_the_code() -> None:
    claims = CardClaims(
        id="1", full_name="A", secondary_full_name="ກ", face=b"RIFF", face_type="webp", face_hash=bytes(32)
    )
    assert verify_card(signed(claims), KEYS, NOW).claims == claims
    read = claim169.decode_with_ed25519(signed(claims), KEY.public_key().public_bytes_raw())
    assert [(face.format, bytes(face.data)) for face in read.claim169.face] == [(3, bytes(32)), (0, b"RIFF")]


def test_the_face_of_the_vectors_is_read() -> None:
    card = verify_card(resigned("claim169-example"), KEYS, datetime.fromtimestamp(1760000000, UTC))
    assert card.claims.face[:4] == b"RIFF"
    assert card.claims.face_type == "webp"


def test_dates_are_told_apart_from_the_signature() -> None:
    past = read_code(signed(), KEYS)
    with pytest.raises(CardSignatureError, match="expired"):
        check_dates(past, NOW + timedelta(days=3650))
    check_dates(past, NOW + timedelta(days=3650, seconds=-1))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing-169", "missing-169"),
        ("expired", "expired"),
        ("not-yet-valid", "not-yet-valid"),
    ],
)
def test_a_vector_that_must_fail_although_signed(name: str, code: str) -> None:
    assert refusal(resigned(name)) == code


@pytest.mark.parametrize(
    "name",
    [
        "minimal",
        "demographics-full",
        "unknown-fields",
        "with-face",
        "with-fingerprints",
        "with-all-biometrics",
        "claim169-example",
        "refugee-identity",
    ],
)
def test_a_valid_vector_reads_once_signed(name: str) -> None:
    if name == "refugee-identity":
        # Its birth date is written 1975-04-04, which the specification does not allow.
        assert refusal(resigned(name), datetime.fromtimestamp(1760000000, UTC)) == "bad-claims"
        return
    expected = vector(name)["expected_claim169"]
    claims = verify_card(resigned(name), KEYS, datetime.fromtimestamp(1760000000, UTC)).claims
    assert isinstance(expected, dict)
    assert (claims.id, claims.full_name) == (expected["id"], expected["fullName"])
    assert claims.secondary_full_name == expected.get("secondaryFullName", "")


def test_dates_and_keys() -> None:
    assert refusal(signed(), now=NOW + timedelta(days=3650)) == "expired"
    assert refusal(signed(), now=NOW - timedelta(seconds=1)) == "not-yet-valid"
    assert refusal(signed(), keys={b"other": KEY.public_key()}) == "unknown-key"
    assert verify_card(signed(expires_at=None), KEYS, NOW + timedelta(days=40000)).expires_at is None


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = base45.b45encode(zlib.compress(bytes(2_000_000), 9)).decode()
    assert len(bomb) < 4296
    assert refusal(bomb) == "too-long"
    assert refusal("A" * 5000) == "too-long"


def test_deep_nesting_is_refused() -> None:
    assert refusal(base45.b45encode(zlib.compress(b"\x81" * 8000)).decode()) == "not-cose"


def test_damage_never_verifies_and_always_has_a_name() -> None:
    text, chance = signed(), random.Random(11)
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    for _ in range(600):
        characters = list(text)
        characters[chance.randrange(len(text))] = chance.choice(alphabet)
        damaged = "".join(characters)[: chance.choice([len(text), len(text), chance.randrange(len(text))])]
        if damaged != text:
            refusal(damaged)
    message = bytearray(zlib.decompress(base45.b45decode(text)))
    for i in range(len(message)):
        changed = bytes(message[:i]) + bytes([message[i] ^ 1]) + bytes(message[i + 1 :])
        refusal(base45.b45encode(zlib.compress(changed)).decode())


def test_claims_that_make_no_sense_are_refused_before_signing() -> None:
    for wrong in (
        {"gender": 7},
        {"date_of_birth": "31/01/1990"},
        {"face_hash": b"short"},
        {"document_number": "ກ"},
        {"face": b"RIFF"},
        {"face": b"RIFF", "face_type": "gif"},
    ):
        with pytest.raises(CardSignatureError, match="bad-claims"):
            CardClaims(id="1", full_name="A", **wrong)
