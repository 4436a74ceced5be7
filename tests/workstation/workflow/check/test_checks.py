"""The comparison of a card with its record, and what a row of readings makes of the card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from tests.printing.sample_card import KEY, KEY_ID, NOW, code
from tests.workstation.card_reading.cards import content, models
from workstation.card_reading.errors import PictureFault
from workstation.card_reading.quality import Quality
from workstation.card_reading.reading import SideReading
from workstation.card_reading.symbols import Symbol
from workstation.card_reading.zone import ZoneReading
from workstation.database.card_checks import CardCheck
from workstation.travel_documents.mrz import read_td1
from workstation.workflow.check.checks import Record, agree, certainly_differs, compare, picture_fault
from workstation.workflow.check.view import Source, Standing, items_from_data, items_to_data, standing_of

KEYS = {KEY_ID: KEY.public_key()}
CLEAR, POOR = Quality(220.0, 0.8, 0.0), Quality(220.0, 0.1, 0.0)
SURE = (0.2,) * 30
NOTHING = np.zeros((638, 1012, 3), np.uint8)


def record() -> Record:
    return Record(content(), "", "1990-01-31", "F")


def front(portrait: float = 0.98, text: float = 0.95, quality: Quality = CLEAR) -> SideReading:
    model = models()[0]
    return SideReading(
        model,
        NOTHING,
        300.0,
        quality,
        portraits={place.name: portrait for place in model.portraits},
        texts={place.name: text for place in model.texts},
    )


def back(
    qr: str | None = None,
    barcode: str | None = "A12345678",
    lines: tuple[str, str, str] | None = None,
    sure: tuple[float, ...] = SURE,
    quality: Quality = CLEAR,
) -> SideReading:
    model = models()[1]
    found = {"qr": code() if qr is None else qr, "barcode": barcode}
    symbols = {name: Symbol("qr", text, (0, 0)) for name, text in found.items() if text}
    zone = ZoneReading(lines or content().mrz, (SURE, SURE, sure), 0.9)
    texts = {place.name: 0.95 for place in model.texts}
    return SideReading(model, NOTHING, 300.0, quality, symbols, zone, {}, texts)


def wrong(one: SideReading, two: SideReading) -> dict[tuple[str, Source], bool | None]:
    items = compare(one, two, record(), KEYS, NOW)
    return {(item.name, item.source): item.agrees for item in items if item.agrees is not True}


def test_a_card_that_is_the_record_agrees_in_everything() -> None:
    items = compare(front(), back(), record(), KEYS, NOW)
    assert agree(items)
    assert {item.source for item in items} == set(Source)
    assert all(item.box is not None for item in items)
    assert items_from_data(items_to_data(items)) == items
    assert not agree(())


def test_the_signed_code_is_held_against_the_record_value_by_value() -> None:
    items = compare(front(), back(), replace(record(), birth_date="1990-01-30", sex="M"), KEYS, NOW)
    assert {item.name for item in items if item.agrees is False} == {"birth_date", "sex"}
    other = replace(record(), portrait="00" * 32)
    assert [i.name for i in compare(front(), back(), other, KEYS, NOW) if not i.agrees] == ["portrait"]
    late = datetime(2099, 1, 1, tzinfo=UTC)
    (signature,) = (i for i in compare(front(), back(), record(), KEYS, late) if not i.agrees)
    assert (signature.name, signature.found) == ("signature", "expired")
    (unknown,) = (i for i in compare(front(), back(), record(), {}, NOW) if not i.agrees)
    assert unknown.found == "unknown-key"


def test_without_keys_the_code_must_be_the_records_own() -> None:
    items = compare(front(), back(), record(), None, NOW)
    assert agree(items)
    items = compare(front(), back(qr=code()[:-1]), record(), None, NOW)
    assert [(item.name, item.agrees) for item in items if not item.agrees] == [("code", False)]


def test_what_cannot_be_read_is_neither_right_nor_wrong() -> None:
    assert wrong(front(), back(qr="", barcode=None)) == {
        ("signature", Source.CODE): None,
        ("document_number", Source.BARCODE): None,
    }
    damaged = (content().mrz[0], "9" + content().mrz[1][1:], content().mrz[2].replace("9", "8"))
    damaged = (damaged[0], "8" + damaged[1][1:], damaged[2])
    found = wrong(front(), back(lines=damaged))
    assert {name for name, _source in found} == {
        "document_number",
        "identity_number",
        "birth_date",
        "sex",
        "expiry_date",
        "nationality",
        "name_latin",
    }
    assert set(found.values()) == {None}


def test_the_zone_of_another_person_differs_and_a_letter_in_doubt_is_not_read() -> None:
    td1 = read_td1("".join(content().mrz))
    other = replace(td1, birth="900130", secondary="KHAMLO").lines()
    assert wrong(front(), back(lines=other)) == {
        ("birth_date", Source.ZONE): False,
        ("name_latin", Source.ZONE): False,
    }
    lines = (content().mrz[0], content().mrz[1], other[2])
    assert wrong(front(), back(lines=lines, sure=(0.01,) * 30)) == {("name_latin", Source.ZONE): None}


def test_a_portrait_or_a_text_that_looks_otherwise_differs() -> None:
    assert set(wrong(front(portrait=0.4), back())) == {("portrait", Source.PRINT), ("ghost", Source.PRINT)}
    assert ("name_lo", Source.PRINT) in wrong(front(text=0.5), back())


@pytest.mark.parametrize(
    ("one", "two", "fault"),
    [
        (front(), back(), None),
        (front(quality=POOR), back(quality=POOR), None),
        (front(text=0.5), back(), None),
        (front(text=0.5, quality=POOR), back(), PictureFault.BLURRED),
        (front(text=0.5), back(quality=Quality(20.0, 0.9, 0.0)), PictureFault.DARK),
        (front(), back(barcode=None, quality=Quality(220.0, 0.9, 0.9)), PictureFault.GLARE),
        # What a code says is certain, however poor the picture.
        (front(quality=POOR), back(barcode="A99999999", quality=POOR), None),
    ],
)
def test_a_poor_picture_excuses_what_it_may_have_hidden_and_nothing_more(
    one: SideReading, two: SideReading, fault: PictureFault | None
) -> None:
    items = compare(one, two, record(), KEYS, NOW)
    assert picture_fault(one, two, items) is fault
    assert certainly_differs(items) is (
        two.symbols.get("barcode", Symbol("", "A12345678", (0, 0))).text[1] == "9"
    )


@pytest.mark.parametrize(
    ("readings", "standing"),
    [
        ("", Standing.UNREAD),
        ("+", Standing.AGREES),
        ("-", Standing.READ_AGAIN),
        ("-+", Standing.AGREES),
        ("--", Standing.HELD),
        ("---", Standing.HELD),
        ("--+", Standing.AGREES),
        ("+-", Standing.READ_AGAIN),
        ("-+-", Standing.READ_AGAIN),
        ("+--", Standing.HELD),
    ],
)
def test_two_failures_in_a_row_hold_the_card(readings: str, standing: Standing) -> None:
    checks = tuple(
        CardCheck(number, mark == "+", {"items": []}, NOW, "somebody")
        for number, mark in enumerate(readings, 1)
    )
    assert standing_of(checks) is standing
