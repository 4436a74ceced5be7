"""One invented citizen's card, ready to print."""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from printing.content import CardContent
from workstation.travel_documents.card_signature import sign_card
from workstation.travel_documents.claims import CardClaims
from workstation.travel_documents.mrz import Td1

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_ID = b"lao-1"
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@cache
def portrait(width: int = 600, height: int = 768) -> bytes:
    """A JPEG that is no one: a soft seeded pattern with a light oval in it."""
    noise = np.random.default_rng(5).integers(60, 200, (24, 19, 3), dtype=np.uint8)
    picture = Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC)
    out = BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


@cache
def code() -> str:
    claims = CardClaims(
        id="010203041234567",
        full_name="Khamla Phomvihane",
        secondary_full_name="ຄຳຫຼ້າ ພົມວິຫານ",
        date_of_birth="19900131",
        gender=2,
        document_number="A12345678",
        face_hash=hashlib.sha256(portrait()).digest(),
    )
    return sign_card(claims, KEY, KEY_ID, "LA-MPS", NOW, NOW, NOW + timedelta(days=3650))


def card(**changes: object) -> CardContent:
    """The sample card with some of its texts changed."""
    lines = Td1(
        "ID",
        "LAO",
        "A12345678",
        "010203041234567",
        "900131",
        "F",
        "361121",
        "LAO",
        "",
        "PHOMVIHANE",
        "KHAMLA",
    ).lines()
    content: dict[str, object] = {
        "identity_number": "010 2030 4123 4567",
        "document_number": "A12345678",
        "given_name_lo": "ຄຳຫຼ້າ",
        "surname_lo": "ພົມວິຫານ",
        "given_name_latin": "Khamla",
        "surname_latin": "PHOMVIHANE",
        "birth": "31/01/1990",
        "sex": "ຍິງ / F",
        "nationality": "ລາວ / LAO",
        "village_lo": "ໂພນສະຫວ່າງ",
        "district_lo": "ຈັນທະບູລີ",
        "province_lo": "ນະຄອນຫຼວງວຽງຈັນ",
        "issue_date": "22/11/2026",
        "expiry_date": "21/11/2036",
        "office": "ປກສ ເມືອງຈັນທະບູລີ",
        "application_number": "0101-01-261122-001-7",
        "portrait": portrait(),
        "mrz": lines,
        "qr": code(),
    }
    return CardContent(**{**content, **changes})  # type: ignore[arg-type]  # names are checked by CardContent
