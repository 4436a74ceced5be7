"""A record written by hand becomes a card's content, or every fault in it is named."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from printing.render import render_card
from printing.specification import built_in_layout
from tests.printing.sample_card import portrait
from workstation.workflow.layouts.record_file import RecordDamaged, read_record, read_record_file
from workstation.workflow.layouts.record_keys import KEYS

RECORD: dict[str, Any] = {
    "identity_number": "010 2030 4123 4567",
    "document_number": "a12345678",
    "given_name_lo": " ຄຳຫຼ້າ ",
    "surname_lo": "ພົມວິຫານ",
    "given_name_latin": "Khamla",
    "surname_latin": "Phomvihane",
    "birth_date": "31/1/1990",
    "sex": "f",
    "issue_date": "2026-11-22",
    "expiry_date": "21/11/2036",
    "portrait": "face.jpg",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "face.jpg").write_bytes(portrait())
    return tmp_path


def record(**changes: Any) -> bytes:
    made = RECORD | changes
    return json.dumps({key: value for key, value in made.items() if value is not None}).encode()


def faults(folder: Path, **changes: Any) -> set[tuple[str, str]]:
    with pytest.raises(RecordDamaged) as caught:
        read_record(record(**changes), folder)
    return {(problem.key, problem.code) for problem in caught.value.problems}


def test_what_a_person_would_write(folder: Path) -> None:
    path = folder / "record.json"
    path.write_bytes(record())
    content = read_record_file(path)
    assert (content.identity_number, content.document_number) == ("010 2030 4123 4567", "A12345678")
    assert (content.given_name_lo, content.birth, content.sex) == ("ຄຳຫຼ້າ", "31/01/1990", "ຍິງ / F")
    assert (content.nationality, content.expiry_date, content.age) == ("ລາວ / LAO", "21/11/2036", 36)
    assert content.mrz[0].startswith("I<LAOA12345678")
    assert content.mrz[2].startswith("PHOMVIHANE<<KHAMLA<<")
    assert (content.portrait, content.qr, content.lifetime) == (portrait(), "", False)
    render_card(built_in_layout("national-id-1"), content)


def test_other_ways_to_write_it(folder: Path) -> None:
    encoded = base64.b64encode(portrait()).decode()
    lines = list(read_record(record(), folder).mrz)
    for changes in (
        {"portrait": encoded},
        {"portrait": "data:image/jpeg;base64," + encoded},
        {"mrz": lines},
        {"mrz": "\n".join(lines)},
        {"birth_date": "໓໑/໑/໑໙໙໐"},
    ):
        assert read_record(record(**changes), folder) == read_record(record(), folder)
    old = read_record(record(birth_date="1955", expiry_date="lifetime", replacement=True), folder)
    assert (old.birth, old.expiry_date, old.lifetime, old.replacement) == ("1955", "ຕະຫຼອດຊີບ", True, True)
    assert old.mrz[1].startswith("55<<<<")
    assert "<<<<<<" in old.mrz[1][8:14]
    out = BytesIO()
    Image.new("RGB", (300, 384), "#888888").save(out, "PNG")
    (folder / "face.png").write_bytes(out.getvalue())
    assert read_record(record(portrait="face.png"), folder).portrait.startswith(b"\xff\xd8")
    assert read_record(record(signature="face.png"), folder).signature == out.getvalue()


@pytest.mark.parametrize("key", [key for key, is_needed, _ in KEYS if is_needed])
def test_what_is_needed_and_absent_is_named(folder: Path, key: str) -> None:
    assert faults(folder, **{key: None}) == {(key, "missing")}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"identity_number": "12"}, "bad-number"),
        ({"identity_number": 10203041234567}, "wrong-type"),
        ({"document_number": "A1234-678"}, "bad-number"),
        ({"given_name_lo": " "}, "empty"),
        ({"birth_date": "31/2/1990"}, "bad-date"),
        ({"issue_date": "2026"}, "bad-date"),
        ({"expiry_date": "never"}, "bad-date"),
        ({"sex": "X"}, "bad-sex"),
        ({"village_lo": "a" * 5000}, "too-long"),
        ({"replacement": "yes"}, "wrong-type"),
        ({"portrait": "none.jpg"}, "no-file"),
        ({"portrait": "."}, "no-file"),
        ({"portrait": 5}, "wrong-type"),
        ({"portrait": "A" * 999}, "bad-picture"),
        ({"portrait": "data:image/jpeg;base64,AAAA"}, "bad-picture"),
        ({"signature": base64.b64encode(portrait()[:9000]).decode()}, "bad-picture"),
        ({"mrz": ["a", "b", "c"]}, "bad-mrz"),
        ({"mrz": 3}, "wrong-type"),
        ({"given_name_latin": "漢"}, "bad-mrz"),
    ],
)
def test_a_wrong_value_is_named_at_its_key(folder: Path, changes: dict[str, Any], code: str) -> None:
    key = "mrz" if code == "bad-mrz" else next(iter(changes))
    assert faults(folder, **changes) == {(key, code)}


def test_every_fault_is_named_at_once_and_an_unknown_key_gets_its_neighbour(folder: Path) -> None:
    assert faults(folder, sex="X", birthdate="1", issue_date=None) == {
        ("sex", "bad-sex"),
        ("birthdate", "unknown-key"),
        ("issue_date", "missing"),
    }
    with pytest.raises(RecordDamaged) as caught:
        read_record(record(birthdate="1"), folder)
    assert caught.value.problems[0].detail == "birth_date?"
    for document in (b"", b"[]", b"{", b"\xff", b'{"sex": "F", "sex": "M"}', b"[" * 10_000):
        with pytest.raises(RecordDamaged) as caught:
            read_record(document, folder)
        assert caught.value.problems[0].code == "not-json"


def test_a_record_of_many_megabytes_is_not_read(folder: Path) -> None:
    path = folder / "huge.json"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(RecordDamaged) as caught:
        read_record_file(path)
    assert caught.value.problems[0].code == "too-large"
