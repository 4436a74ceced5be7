"""Sealed images: opened by the key, the enrolment and the hash they were sealed for, and by nothing else."""

from __future__ import annotations

import random

import pytest

from workstation.interchange.errors import MessageDamaged
from workstation.interchange.sealed_packet import (
    from_document,
    new_registry_key,
    open_part,
    seal_part,
    sealing_key_of,
    to_document,
)

IMAGE = random.Random(3).randbytes(5000)
PRIVATE = new_registry_key()
KEY = sealing_key_of(PRIVATE)
PLACE = "0190a3b2-enrolment"


def test_opens_and_hides_the_image() -> None:
    one, other = (seal_part(KEY, PLACE, IMAGE, "image/jpeg") for _ in range(2))
    assert one != other
    assert IMAGE[:16] not in one
    assert open_part(PRIVATE, PLACE, one) == open_part(PRIVATE, PLACE, other) == (IMAGE, "image/jpeg")


def test_every_changed_byte_of_the_head_and_many_others_are_found() -> None:
    sealed = seal_part(KEY, PLACE, IMAGE, "image/jpeg")
    places = [*range(100), *range(100, len(sealed), 97), len(sealed) - 1]
    for place in places:
        changed = bytearray(sealed)
        changed[place] ^= 0x40
        with pytest.raises(MessageDamaged):
            open_part(PRIVATE, PLACE, bytes(changed))
    for length in (0, 8, 47, 48, 79, 96, len(sealed) - 1):
        with pytest.raises(MessageDamaged):
            open_part(PRIVATE, PLACE, sealed[:length])


def test_neither_another_enrolment_nor_another_key_opens_it() -> None:
    sealed = seal_part(KEY, PLACE, IMAGE, "image/jpeg")
    for private, place in ((PRIVATE, PLACE + "x"), (new_registry_key(), PLACE)):
        with pytest.raises(MessageDamaged):
            open_part(private, place, sealed)


def test_a_registrys_key_is_read_as_it_is_told() -> None:
    told = to_document(KEY)
    assert from_document(told) == KEY
    for change in (
        {"kid": "00" * 8},
        {"suite": "X448"},
        {"publicKey": told["publicKey"][:-8]},
        {"publicKey": "%"},
        {"publicKey": None},
    ):
        with pytest.raises(MessageDamaged):
            from_document({**told, **change})
    with pytest.raises(MessageDamaged):
        from_document({})
