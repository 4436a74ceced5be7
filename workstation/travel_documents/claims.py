"""What a card's code claims about its holder, and the Claim 169 map it travels in (Claim 169 v1.2 §3.1)."""

import re
from dataclasses import dataclass

_ID, _VERSION, _LANGUAGE, _FULL_NAME, _BIRTH, _GENDER, _NATIONALITY = 1, 2, 3, 4, 8, 9, 13
_SECOND_NAME, _SECOND_LANGUAGE, _ISSUED_IN, _FACE = 19, 20, 23, 62
_DATA, _FORMAT, _SUB_FORMAT = 0, 1, 2
_IMAGE, _BIO_HASH = 0, 3
# Claim 169 v1.2, sub formats of images.
_IMAGE_TYPES = {0: "png", 1: "jpeg", 2: "jp2", 3: "avif", 4: "webp"}
_BIRTH_SHAPE = re.compile(r"\d{4}(?:\d{2}(?:\d{2})?)?")


class CardSignatureError(ValueError):
    """A code that is not to be believed. `code` is stable, `facts` are for the message."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class CardClaims:
    """The holder's facts inside the code.

    `id` is the identity number without spaces; `full_name` Latin; `date_of_birth` YYYYMMDD (YYYY or
    YYYYMM when the rest is unknown, an extension of ours); `gender` 1 male, 2 female, 3 other;
    `nationality` and `country_of_issuance` ISO 3166-1 alpha-3; `face_hash` the SHA-256 of the
    portrait's JPEG bytes, as a face entry of format 3 (bio hash); `face` a small picture of the face itself and
    `face_type` what it is (png, jpeg, jp2, avif, webp). An empty text, zero or empty bytes is absent from the code.
    """

    id: str
    full_name: str
    secondary_full_name: str = ""
    secondary_language: str = "lao"
    date_of_birth: str = ""
    gender: int = 0
    nationality: str = "LAO"
    document_number: str = ""
    face_hash: bytes = b""
    language: str = ""
    version: str = ""
    country_of_issuance: str = ""
    face: bytes = b""
    face_type: str = ""

    def __post_init__(self) -> None:
        if self.date_of_birth and not _BIRTH_SHAPE.fullmatch(self.date_of_birth):
            raise CardSignatureError("bad-claims", claim=_BIRTH)
        if self.gender not in (0, 1, 2, 3):
            raise CardSignatureError("bad-claims", claim=_GENDER)
        if not self.document_number.isascii():
            raise CardSignatureError("bad-claims", claim="document_number")
        if self.face_hash and len(self.face_hash) != 32:
            raise CardSignatureError("bad-claims", claim=_FACE)
        if bool(self.face) != bool(self.face_type) or self.face_type not in ("", *_IMAGE_TYPES.values()):
            raise CardSignatureError("bad-claims", claim=_FACE)

    def as_map(self) -> dict[int, object]:
        """Return the Claim 169 map, without what is absent."""
        claims: dict[int, object] = {
            _ID: self.id,
            _VERSION: self.version,
            _LANGUAGE: self.language,
            _FULL_NAME: self.full_name,
            _BIRTH: self.date_of_birth,
            _GENDER: self.gender,
            _NATIONALITY: self.nationality,
            _SECOND_NAME: self.secondary_full_name,
            _SECOND_LANGUAGE: self.secondary_language if self.secondary_full_name else "",
            _ISSUED_IN: self.country_of_issuance,
        }
        faces: list[dict[int, object]] = []
        if self.face_hash:
            faces.append({_DATA: self.face_hash, _FORMAT: _BIO_HASH})
        if self.face:
            kind = next(number for number, name in _IMAGE_TYPES.items() if name == self.face_type)
            faces.append({_DATA: self.face, _FORMAT: _IMAGE, _SUB_FORMAT: kind})
        if faces:
            claims[_FACE] = faces
        return {key: value for key, value in claims.items() if value}


def claims_from_map(claims: object, document_number: str) -> CardClaims:
    """Return the facts in a Claim 169 map, unknown keys passed over; raises CardSignatureError bad-claims."""
    if not isinstance(claims, dict):
        raise CardSignatureError("bad-claims", claim=169)
    gender = claims.get(_GENDER, 0)
    if isinstance(gender, bool) or not isinstance(gender, int):
        raise CardSignatureError("bad-claims", claim=_GENDER)
    face_hash, face, face_type = _faces(claims)
    return CardClaims(
        id=_text(claims, _ID),
        full_name=_text(claims, _FULL_NAME),
        secondary_full_name=_text(claims, _SECOND_NAME),
        secondary_language=_text(claims, _SECOND_LANGUAGE),
        date_of_birth=_text(claims, _BIRTH),
        gender=gender,
        nationality=_text(claims, _NATIONALITY),
        document_number=document_number,
        face_hash=face_hash,
        face=face,
        face_type=face_type,
        language=_text(claims, _LANGUAGE),
        version=_text(claims, _VERSION),
        country_of_issuance=_text(claims, _ISSUED_IN),
    )


def _text(claims: dict[object, object], claim: int) -> str:
    value = claims.get(claim, "")
    if not isinstance(value, str):
        raise CardSignatureError("bad-claims", claim=claim)
    return value


def _faces(claims: dict[object, object]) -> tuple[bytes, bytes, str]:
    """The first hash, the first picture and its type; what is neither is passed over."""
    faces = claims.get(_FACE, [])
    if not isinstance(faces, list):
        raise CardSignatureError("bad-claims", claim=_FACE)
    face_hash, picture, kind = b"", b"", ""
    for face in faces:
        match face:
            case {0: bytes(data), 1: 3}:
                face_hash = face_hash or data
            case {0: bytes(data), 1: 0, 2: int(number)} if data and number in _IMAGE_TYPES and not picture:
                picture, kind = data, _IMAGE_TYPES[number]
            case dict():
                continue
            case _:
                raise CardSignatureError("bad-claims", claim=_FACE)
    return face_hash, picture, kind
