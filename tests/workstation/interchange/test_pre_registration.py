"""The pre-registration document, its number and its code: closed, bounded, and never half read."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from typing import Any

import base45
import pytest

from tests.pre_registrations import SAID, pre_registered
from workstation.domain.pre_registration import ALPHABET, CITIZEN_FIELDS, make_number, read_number
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.pre_registration import (
    LARGEST,
    _validator,
    from_bytes,
    from_document,
    to_bytes,
    to_document,
)
from workstation.interchange.pre_registration_code import BEGINNING, is_code, read_code, to_code


def test_the_schema_and_the_program_know_the_same_fields() -> None:
    assert set(_validator().schema["properties"]["fields"]["properties"]) == set(CITIZEN_FIELDS)


def test_a_document_comes_back_as_it_was() -> None:
    record = pre_registered(appointment=pre_registered().expires)
    assert from_bytes(to_bytes(record)) == record


def _changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    document = to_document(pre_registered())
    change(document)
    return document


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (lambda d: d.update(photo="AAAA"), "field-unknown", "photo"),
        (lambda d: d["fields"].update(portrait="AAAA"), "field-unknown", "fields.portrait"),
        (lambda d: d["fields"].update(consent="yes"), "field-unknown", "fields.consent"),
        (lambda d: d["fields"].update(fee_paid="yes"), "field-unknown", "fields.fee_paid"),
        (lambda d: d["fields"].update(documents="household_book"), "field-unknown", "fields.documents"),
        (lambda d: d.pop("expires"), "field-missing", "expires"),
        (lambda d: d.update(version=2), "wrong-version", "version"),
        (lambda d: d.update(type="enrolment"), "field-invalid", "type"),
        (lambda d: d.update(officeCode="LPB"), "field-invalid", "officeCode"),
        (lambda d: d.update(applicationKind="passport"), "field-invalid", "applicationKind"),
        (lambda d: d.update(expires="2026-02-30"), "field-invalid", "expires"),
        (lambda d: d.update(appointment="soon"), "field-invalid", "appointment"),
        (lambda d: d["fields"].update(birth_date="1990-13"), "field-invalid", "fields.birth_date"),
        (lambda d: d["fields"].update(village="a\nb"), "field-invalid", "fields.village"),
        (lambda d: d["fields"].update(village="\0"), "field-invalid", "fields.village"),
        (lambda d: d["fields"].update(village=7), "field-invalid", "fields.village"),
        (lambda d: d["fields"].update(village="ກ" * 201), "field-invalid", "fields.village"),
        (lambda d: d.update(fields={}), "field-invalid", "fields"),
        (lambda d: d.update(number="PR-VTE-7K3M9QX2-A"), "field-invalid", "number"),
        (lambda d: d.update(filler="x" * LARGEST), "too-large", ""),
    ],
)
def test_what_is_not_known_is_refused_by_name(
    change: Callable[[dict[str, Any]], object], code: str, field: str
) -> None:
    with pytest.raises(MessageDamaged) as caught:
        from_document(_changed(change))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert SAID["surname_lo"] not in str(caught.value)


def test_every_wrong_character_and_every_swap_in_a_number_is_found() -> None:
    right = str(make_number("VTE", "7K3M9QX2"))
    assert str(read_number(right)) == right
    for place, letter in enumerate(right):
        if letter == "-":
            continue
        for other in ALPHABET:
            wrong = right[:place] + other + right[place + 1 :]
            assert (read_number(wrong) is None) == (other != letter), wrong
        after = right[place + 1 : place + 2]
        if after not in ("", "-", letter):
            assert read_number(right[:place] + after + letter + right[place + 2 :]) is None


@pytest.mark.parametrize(
    "typed",
    [
        "pr-vte-7k3m9qx2-{c}",
        " PR VTE 7K3M9QX2 {c}\t",
        "PRVTE7K3M9QX2{c}",
        "PR–VTE–໗K3M9QX໒–{c}",
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str) -> None:
    right = make_number("VTE", "7K3M9QX2")
    assert read_number(typed.format(c=right.check)) == right


def test_letters_taken_for_digits_are_read_as_digits() -> None:
    right = make_number("VTE", "1010AAAA")
    assert read_number(f"PR-VTE-IOLOAAAA-{right.check}") == right


@pytest.mark.parametrize("text", ["VTE-S1-261122-001-A", "ສຸດາວັນ", "", "PR-VTE", "020 5555 0142", "PRESIDENT"])
def test_what_people_search_for_is_no_number(text: str) -> None:
    assert not is_code(text)


@pytest.mark.parametrize("whole", [True, False])
def test_a_code_comes_back_as_it_was(whole: bool) -> None:
    record = pre_registered()
    code = read_code(to_code(record, whole=whole))
    assert str(code.number) == record.number
    assert code.record == (record if whole else None)


def test_a_code_of_the_longest_record_fits_into_a_symbol() -> None:
    alphabet = [chr(c) for c in range(0x0E81, 0x0EB0)]
    chance = random.Random(3)
    said = dict(SAID, village="".join(chance.choices(alphabet, k=200)))
    assert len(to_code(pre_registered(said=said), whole=True)) < 2_000


def test_every_flipped_character_of_a_code_is_found() -> None:
    record = pre_registered()
    code = to_code(record, whole=True)
    for place in range(len(BEGINNING), len(code)):
        other = "7" if code[place] != "7" else "K"
        flipped = code[:place] + other + code[place + 1 :]
        with pytest.raises(MessageDamaged):
            read_code(flipped)


def test_every_cut_of_a_code_is_found() -> None:
    code = to_code(pre_registered(), whole=True)
    number_only = len(to_code(pre_registered(), whole=False))
    for length in range(len(BEGINNING), len(code)):
        if length in (number_only, number_only + 1):
            continue
        with pytest.raises(MessageDamaged):
            read_code(code[:length])


def _packed(data: bytes) -> str:
    return f"{BEGINNING}{pre_registered().number}:{base45.b45encode(data).decode()}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (_packed(zlib.compress(b" " * 4_000_000, 9)), "too-large"),
        (_packed(zlib.compress(to_bytes(pre_registered())) + b"more"), "field-invalid"),
        (_packed(zlib.compress(to_bytes(pre_registered("AAAAAAAA")))), "field-invalid"),
        (_packed(zlib.compress(b"[1]")), "not-json"),
        (_packed(b"\x00"), "field-invalid"),
        (f"{BEGINNING}{pre_registered().number}:ກຂ", "field-invalid"),
        ("LAOPRE1:" + "A" * 5_000, "too-large"),
        ("", "too-large"),
    ],
)
def test_hostile_codes(text: str, code: str) -> None:
    with pytest.raises(MessageDamaged, match=code):
        read_code(text)
