"""`workstation card check`: two pictures against a record; what agrees, what differs, and files that are none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.printing.sample_card import KEY, code
from tests.workstation.card_reading.faces import face
from tests.workstation.card_reading.photographs import Shot, photograph, printed
from ui.commands import main

RECORD: Mapping[str, str] = {
    "identity_number": "010203041234567",
    "document_number": "A12345678",
    "given_name_lo": "ຄຳຫຼ້າ",
    "surname_lo": "ພົມວິຫານ",
    "given_name_latin": "Khamla",
    "surname_latin": "Phomvihane",
    "birth_date": "31/1/1990",
    "sex": "F",
    "village_lo": "ໂພນສະຫວ່າງ",
    "issue_date": "22/11/2026",
    "expiry_date": "21/11/2036",
    "portrait": "face.jpg",
    "qr": code(),
}


def record(folder: Path, seed: int = 1, **changes: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "face.jpg").write_bytes(face(seed))
    path = folder / "record.json"
    path.write_text(json.dumps({**RECORD, **changes}), encoding="utf-8")
    return path


def render(folder: Path, seed: int = 1, **changes: str) -> tuple[Path, Path]:
    made = record(folder, seed, **changes)
    out = ["--out", str(folder / "card.pdf"), "--png", str(folder), "--preview"]
    assert main(["card", "render", str(made), *out]) == 0
    return folder / "front.png", folder / "back.png"


def check(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    status = main(["card", "check", *map(str, arguments), "--json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return status, answer


def differing(answer: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(item["name"], item["source"]) for item in answer["items"] if item["verdict"] != "agrees"}


def photographed(path: Path, name: str, seed: int) -> Path:
    picture = np.asarray(cv2.imread(str(path)), np.uint8)
    shot = Shot(turn=5.0 - 7 * seed, tilt=5.0, seed=seed)
    cv2.imwrite(str(path.with_name(name)), photograph(printed(picture, seed), shot))
    return path.with_name(name)


def test_photographs_in_any_order_agree_with_the_record_and_the_signature(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    front, back = render(tmp_path / "one")
    keys = tmp_path / "keys"
    keys.mkdir()
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (keys / "lao-1.pem").write_bytes(pem)
    pictures = (photographed(back, "b.png", 1), photographed(front, "f.png", 2))
    where = ["--record", tmp_path / "one" / "record.json"]
    status, answer = check(capsys, *pictures, *where, "--keys", keys, "--crops", tmp_path / "crops")
    assert (status, answer["agrees"], differing(answer)) == (0, True, set())
    read = {(item["name"], item["source"]) for item in answer["items"]}
    assert {("signature", "code"), ("name_lo", "code"), ("identity_number", "zone")} <= read
    assert {("document_number", "barcode"), ("portrait", "print"), ("village_lo", "print")} <= read
    assert cv2.imread(str(tmp_path / "crops" / "back.png")) is not None
    assert main(["card", "check", *map(str, (*pictures, *where))]) == 0
    assert "agrees" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changes", "seed", "wrong"),
    [
        ({}, 2, {("portrait", "print"), ("ghost", "print")}),
        ({"qr": code()[:60] + code()[:-60]}, 1, {("code", "code")}),
        ({"village_lo": "ໂພນຕ້ອງ"}, 1, {("village_lo", "print")}),
        (
            {"birth_date": "30/1/1990"},
            1,
            {("birth", "print"), ("birth_date", "zone")},
        ),
    ],
)
def test_a_card_of_another_record_says_what_differs(
    changes: dict[str, str],
    seed: int,
    wrong: set[tuple[str, str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    front, back = render(tmp_path / "other", seed, **changes)
    status, answer = check(capsys, front, back, "--record", record(tmp_path / "mine"))
    assert (status, answer["agrees"], answer["reason"]) == (1, False, None)
    assert differing(answer) == wrong


def test_files_that_are_none_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    front, back = render(tmp_path / "one")
    good = record(tmp_path / "one")
    broken, grey = tmp_path / "broken.json", tmp_path / "grey.png"
    broken.write_text("{", encoding="utf-8")
    cv2.imwrite(str(grey), np.full((300, 400, 3), 96, np.uint8))
    for pictures, where, more, reason in (
        ((front, tmp_path / "absent.png"), good, [], "no-file"),
        ((front, broken), good, [], "not-a-picture"),
        ((front, grey), good, [], "no-card"),
        ((front, front), good, [], "same-side-twice"),
        ((front, back), tmp_path / "absent.json", [], "no-file"),
        ((front, back), broken, [], "not-json"),
        ((front, back), good, ["--layout", "unknown"], "no-such-layout"),
        ((front, back), good, ["--keys", tmp_path / "absent"], "no-folder"),
    ):
        status, answer = check(capsys, *pictures, "--record", where, *more)
        assert (status, answer["agrees"], answer["reason"]) == (1, False, reason)
