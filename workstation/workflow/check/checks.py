"""The comparison of a finished card with its record, pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from printing.content import CardContent
from workstation.card_reading.errors import PictureFault
from workstation.card_reading.likeness import PORTRAIT_ALIKE, TEXT_ALIKE
from workstation.card_reading.model import PIXELS_PER_MM, ZonePlace
from workstation.card_reading.reading import SideReading
from workstation.card_reading.zone import SURE
from workstation.travel_documents.card_signature import SignedCard, verify_card
from workstation.travel_documents.claims import CardSignatureError
from workstation.travel_documents.cose import IssuerKey
from workstation.travel_documents.mrz import MrzError, Td1, read_td1
from workstation.workflow.check.view import CheckItem, Source

_GENDERS = {1: "M", 2: "F"}
# Letters of the second line and the first have check digits; what those cover was read rightly when they hold.
_ZONE_FIELDS = {
    "document_number": "document_number",
    "identity_number": "optional_1",
    "birth_date": "birth",
    "sex": "sex",
    "expiry_date": "expiry",
    "nationality": "nationality",
}
_LINE_MM = 3.4


@dataclass(frozen=True)
class Record:
    """What the card must say. `portrait`: SHA-256 in hex of the portrait as the registry holds it; `birth_date` ISO
    8601, perhaps partial; `sex` F or M. Where a record file does not tell one of these it is empty, and is compared
    with nothing."""

    content: CardContent
    portrait: str
    birth_date: str
    sex: str


def compare(
    front: SideReading,
    back: SideReading,
    record: Record,
    keys: Mapping[bytes, IssuerKey] | None,
    now: datetime,
) -> tuple[CheckItem, ...]:
    """Every value of the card beside the record's: signed code, zone, other codes, portrait and printed texts.

    Without `keys` nobody can say whose signature it is: the code is then compared with the record's own, letter by
    letter.
    """
    items: list[CheckItem] = []
    for reading in (front, back):
        items.extend(_symbols(reading, record, keys, now))
        items.extend(_zone(reading, record))
        items.extend(_prints(reading, record))
    return tuple(items)


def agree(items: tuple[CheckItem, ...]) -> bool:
    """Whether this card may be released: something was compared, and all of it agrees."""
    return bool(items) and all(item.agrees for item in items)


def certainly_differs(items: tuple[CheckItem, ...]) -> bool:
    """Whether something differs that no bad picture can make differ: a code that was read, a zone whose check
    digits hold."""
    return any(item.agrees is False and item.source is not Source.PRINT for item in items)


def picture_fault(front: SideReading, back: SideReading, items: tuple[CheckItem, ...]) -> PictureFault | None:
    """What is wrong with the pictures, when that and not the card may be why the reading failed."""
    if agree(items) or certainly_differs(items):
        return None
    return front.fault or back.fault


def _symbols(
    reading: SideReading, record: Record, keys: Mapping[bytes, IssuerKey] | None, now: datetime
) -> list[CheckItem]:
    items: list[CheckItem] = []
    for place in reading.model.symbols:
        box = place.box(1.0)
        expected = record.content.texts()[place.value]
        read = reading.symbols.get(place.name)
        if place.value == "qr":
            compared = _code(None if read is None else read.text, record, keys, now)
            items.extend(CheckItem(*item, Source.CODE, reading.side, box) for item in compared)
        elif read is None:
            items.append(CheckItem(place.value, expected, "", None, Source.BARCODE, reading.side, box))
        else:
            same = read.text == expected
            items.append(CheckItem(place.value, expected, read.text, same, Source.BARCODE, reading.side, box))
    return items


def _code(
    text: str | None, record: Record, keys: Mapping[bytes, IssuerKey] | None, now: datetime
) -> list[tuple[str, str, str, bool | None]]:
    if keys is None:
        return [("code", record.content.qr, text or "", None if text is None else text == record.content.qr)]
    if text is None:
        return [("signature", "", "", None)]
    try:
        signed = verify_card(text, keys, now)
    except CardSignatureError as error:
        return [("signature", "", error.code, False)]
    return [
        ("signature", signed.key_id.hex(), signed.key_id.hex(), True),
        *(
            (name, expected, found, expected == found)
            for name, expected, found in _claimed(signed, record)
            if expected or found
        ),
    ]


def _claimed(signed: SignedCard, record: Record) -> list[tuple[str, str, str]]:
    texts, claims = record.content.texts(), signed.claims
    pairs = [
        ("identity_number", record.content.identity_number.replace(" ", ""), claims.id),
        ("document_number", record.content.document_number, claims.document_number),
        ("name_latin", texts["name_latin"], claims.full_name),
        ("name_lo", texts["name_lo"], claims.secondary_full_name),
    ]
    if record.birth_date:
        pairs.append(("birth_date", record.birth_date.replace("-", ""), claims.date_of_birth))
    if record.sex:
        pairs.append(("sex", record.sex, _GENDERS.get(claims.gender, "")))
    if record.portrait:
        pairs.append(("portrait", record.portrait[:16], claims.face_hash.hex()[:16]))
    return pairs


def _zone(reading: SideReading, record: Record) -> list[CheckItem]:
    place = reading.model.zone
    if place is None:
        return []
    boxes = tuple(_line_box(place, number) for number in range(3))
    read, expected = reading.zone, read_td1("".join(record.content.mrz))
    found = None if read is None else _parsed(read.lines)
    if read is None or found is None:
        return [
            CheckItem(name, getattr(expected, field), "", None, Source.ZONE, reading.side, boxes[_line(name)])
            for name, field in (*_ZONE_FIELDS.items(), ("name_latin", "primary"))
        ]
    items = []
    for name, field in _ZONE_FIELDS.items():
        wanted, seen = getattr(expected, field), getattr(found, field)
        items.append(
            CheckItem(name, wanted, seen, wanted == seen, Source.ZONE, reading.side, boxes[_line(name)])
        )
    # The names have no check digit: a letter that was a toss-up is one that nobody read.
    wrong = [at for at in range(30) if read.lines[2][at] != record.content.mrz[2][at]]
    sure = all(read.sure[2][at] > SURE for at in wrong)
    names = [" ".join(filter(None, (td1.primary, td1.secondary))) for td1 in (expected, found)]
    agrees = True if not wrong else False if sure else None
    items.append(CheckItem("name_latin", names[0], names[1], agrees, Source.ZONE, reading.side, boxes[2]))
    return items


def _parsed(lines: tuple[str, str, str]) -> Td1 | None:
    try:
        return read_td1("".join(lines))
    except MrzError:
        return None


def _line(name: str) -> int:
    return {"document_number": 0, "identity_number": 0, "name_latin": 2}.get(name, 1)


def _line_box(place: ZonePlace, number: int) -> tuple[int, int, int, int]:
    baseline = place.baselines[number]
    edges = (place.left - 0.5, baseline - _LINE_MM, place.left + 30 * 2.54 + 0.5, baseline + 1.0)
    left, top, right, bottom = (round(edge * PIXELS_PER_MM) for edge in edges)
    return left, top, right, bottom


def _prints(reading: SideReading, record: Record) -> list[CheckItem]:
    texts = record.content.texts()
    items = []
    for places, alike, least in (
        (reading.model.portraits, reading.portraits, PORTRAIT_ALIKE),
        (reading.model.texts, reading.texts, TEXT_ALIKE),
    ):
        for place in places:
            value = round(alike[place.name], 3)
            items.append(
                CheckItem(
                    place.value,
                    texts.get(place.value, ""),
                    "",
                    value >= least,
                    Source.PRINT,
                    reading.side,
                    place.box(0.6),
                    value,
                )
            )
    return items
