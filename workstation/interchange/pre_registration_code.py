"""The code on a pre-registration slip: the number alone, or the number with the whole record.

    LAOPRE1:NUMBER             opens what synchronisation brought
    LAOPRE1:NUMBER:RECORD      opens also where nothing arrived; RECORD is Base45 (RFC 9285) over zlib (RFC 1950)
                               over the canonical bytes of the document

Every character belongs to the alphanumeric mode of a QR code (ISO/IEC 18004 table 5). zlib's checksum and the number's
check character find a damaged code. Nobody signs it: what it holds is a stranger's word, as anything typed at home is,
and is confirmed value by value at the counter.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import base45

from workstation.domain.pre_registration import PreRegistrationNumber, looks_like_number, read_number
from workstation.interchange import pre_registration
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.pre_registration import LARGEST, PreRegistration

BEGINNING = "LAOPRE1:"
_MARK = "PRE1:"
_LONGEST = 4_296  # characters in the largest QR code (ISO/IEC 18004, 40-L, alphanumeric)


@dataclass(frozen=True)
class SlipCode:
    """What a slip, or a number typed from it, says; `record` is None where it holds the number only."""

    number: PreRegistrationNumber
    record: PreRegistration | None


def to_code(record: PreRegistration, *, whole: bool) -> str:
    """The text for the slip's QR code; `whole` with the record."""
    text = BEGINNING + record.number
    if not whole:
        return text
    packed = zlib.compress(pre_registration.to_bytes(record), 9)
    return f"{text}:{base45.b45encode(packed).decode('ascii')}"


def code_within(text: str) -> str:
    """The code or number in what was typed or scanned; empty where none was meant.

    A code whose first letters were lost is one all the same, a damaged one; so nobody begins a person of that name.
    """
    plain = text.strip().upper()
    place = plain.rfind(BEGINNING)
    if place >= 0:
        return plain[place:]
    return plain if _MARK in plain or looks_like_number(plain) else ""


def is_code(text: str) -> bool:
    """Whether `text` is meant as a slip's code or its number, damaged or not."""
    return bool(code_within(text))


def read_code(text: str) -> SlipCode:
    """Raises MessageDamaged: too-large, field-invalid ("number", "record"), or what the record's own reader says."""
    plain = text.strip(" \t\r\n").upper() if len(text) <= 2 * _LONGEST else ""
    if not plain or len(plain) > _LONGEST:
        raise MessageDamaged("too-large")
    record_text = ""
    if plain.startswith(BEGINNING):
        plain, _colon, record_text = plain.removeprefix(BEGINNING).partition(":")
    number = read_number(plain)
    if number is None:
        raise MessageDamaged("field-invalid", "number")
    if not record_text:
        return SlipCode(number, None)
    record = pre_registration.from_bytes(_unpacked(record_text))
    if record.number != str(number):
        raise MessageDamaged("field-invalid", "number")
    return SlipCode(number, record)


def _unpacked(text: str) -> bytes:
    """A record's bytes; never more than LARGEST of them, whatever the code promises."""
    opening = zlib.decompressobj()
    try:
        data = opening.decompress(base45.b45decode(text), LARGEST + 1)
    except (ValueError, zlib.error) as fault:
        raise MessageDamaged("field-invalid", "record") from fault
    if len(data) > LARGEST:
        raise MessageDamaged("too-large")
    if not opening.eof or opening.unused_data:
        raise MessageDamaged("field-invalid", "record")
    return data
