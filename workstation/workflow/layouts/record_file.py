"""A person's record as a JSON file, as somebody would write it by hand: read into what is printed on the card.

Every fault is named at once; nothing is guessed from a damaged value. printing/README.md lists the keys.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from printing.content import CardContent
from workstation.domain.applicant import PartialDate, identifiers
from workstation.interchange.canonical import read_json_object
from workstation.interchange.decision import LIFETIME
from workstation.interchange.errors import MessageDamaged
from workstation.lao.dates import DateNotUnderstood, format_date, parse_date
from workstation.lao.encode import encode
from workstation.travel_documents.mrz import MrzError, Td1, read_td1
from workstation.workflow.layouts.record_keys import KEYS
from workstation.workflow.print.card import LIFETIME_LO, grouped, mrz_birth, mrz_expiry, sex_text

LARGEST = 20_000_000  # bytes of the file and of each picture
_LONGEST = 4_000  # characters of one value that is no picture

_KNOWN = {key for key, _, _ in KEYS}
_PLAIN = ("nationality", "village_lo", "district_lo", "province_lo", "office", "application_number", "qr")
_PICTURES = ("portrait", "signature")


@dataclass(frozen=True)
class RecordProblem:
    """One fault: the key, a stable code (missing, unknown-key, wrong-type, empty, too-long, bad-date, bad-sex,
    bad-number, bad-mrz, no-file, bad-picture, too-large, not-json) and a detail that is no personal data."""

    key: str
    code: str
    detail: str = ""


class RecordDamaged(ValueError):
    """A record that cannot be printed; `problems` holds every fault found."""

    def __init__(self, *problems: RecordProblem) -> None:
        super().__init__("; ".join(f"{problem.key}: {problem.code}" for problem in problems))
        self.problems = problems


def read_record_file(path: Path) -> CardContent:
    """The content in the file at `path`; pictures named in it lie relative to its folder.

    Raises RecordDamaged; OSError for the record itself.
    """
    if path.stat().st_size > LARGEST:
        raise RecordDamaged(RecordProblem("", "too-large"))
    return read_record(path.read_bytes(), path.parent)


def read_record(document: bytes, folder: Path) -> CardContent:
    """As read_record_file. Raises RecordDamaged."""
    try:
        found = read_json_object(document)
    except MessageDamaged as fault:
        raise RecordDamaged(RecordProblem("", "not-json")) from fault
    problems = [_unknown(key) for key in found if key not in _KNOWN]
    problems += [
        RecordProblem(key, "missing") for key, is_needed, _ in KEYS if is_needed and key not in found
    ]
    texts = _texts(found, problems)
    dates = _dates(texts, problems)
    if texts.get("sex", "F").upper() not in ("F", "M"):
        problems.append(RecordProblem("sex", "bad-sex", "F or M"))
    _numbers(texts, problems)
    pictures = {key: _picture(key, found[key], folder, problems) for key in _PICTURES if key in found}
    if not isinstance(found.get("replacement", False), bool):
        problems.append(RecordProblem("replacement", "wrong-type", "true or false"))
    if problems:
        raise RecordDamaged(*problems)
    names = {key: encode(text) for key, text in texts.items() if key.endswith(("_lo", "office"))}
    values = {**texts, **names}
    sex = values["sex"].upper()
    lifetime = dates["expiry_date"] == LIFETIME
    return CardContent(
        identity_number=grouped(_compact(values["identity_number"])),
        document_number=_compact(values["document_number"]),
        given_name_lo=values["given_name_lo"],
        surname_lo=values.get("surname_lo", ""),
        given_name_latin=values["given_name_latin"],
        surname_latin=values.get("surname_latin", ""),
        birth=format_date(dates["birth_date"]),
        sex=sex_text(sex),
        issue_date=format_date(dates["issue_date"]),
        expiry_date=LIFETIME_LO if lifetime else format_date(dates["expiry_date"]),
        portrait=pictures["portrait"],
        signature=pictures.get("signature", b""),
        mrz=_zone(found.get("mrz"), values, dates, sex),
        age=PartialDate.parse(dates["birth_date"]).age_on(date.fromisoformat(dates["issue_date"])),
        lifetime=lifetime,
        replacement=found.get("replacement", False),
        **_plain(values),
    )


def _plain(values: Mapping[str, str]) -> dict[str, str]:
    return {key: values.get(key, "") for key in _PLAIN} | {
        "nationality": values.get("nationality") or "ລາວ / LAO"
    }


def _unknown(key: str) -> RecordProblem:
    near = get_close_matches(key, sorted(_KNOWN), 1)
    return RecordProblem(key[:60], "unknown-key", f"{near[0]}?" if near else "")


def _texts(found: Mapping[str, Any], problems: list[RecordProblem]) -> dict[str, str]:
    texts = {}
    for key, is_needed, _ in KEYS:
        if key not in found or key in (*_PICTURES, "mrz", "replacement"):
            continue
        value = found[key]
        if not isinstance(value, str):
            problems.append(RecordProblem(key, "wrong-type", "a text"))
        elif len(value) > _LONGEST:
            problems.append(RecordProblem(key, "too-long", str(len(value))))
        elif is_needed and not value.strip():
            problems.append(RecordProblem(key, "empty"))
        else:
            texts[key] = value if key == "qr" else " ".join(value.split())
    return texts


def _dates(texts: Mapping[str, str], problems: list[RecordProblem]) -> dict[str, str]:
    dates: dict[str, str] = {}
    for key in ("birth_date", "issue_date", "expiry_date"):
        text = texts.get(key)
        if text is None:
            continue
        if key == "expiry_date" and text.lower() in (LIFETIME, LIFETIME_LO):
            dates[key] = LIFETIME
            continue
        try:
            stored = parse_date(text)
        except DateNotUnderstood as fault:
            problems.append(RecordProblem(key, "bad-date", fault.code))
            continue
        if key != "birth_date" and len(stored) != len("1990-01-31"):
            problems.append(RecordProblem(key, "bad-date", "day-missing"))
        dates[key] = stored
    return dates


def _numbers(texts: Mapping[str, str], problems: list[RecordProblem]) -> None:
    for key, pattern in (("identity_number", r"\d{15}"), ("document_number", r"[0-9A-Z]{1,9}")):
        if key in texts and not re.fullmatch(pattern, _compact(texts[key]), re.ASCII):
            problems.append(RecordProblem(key, "bad-number"))


def _compact(text: str) -> str:
    return "".join(text.split()).upper()


def _zone(given: Any, values: Mapping[str, str], dates: Mapping[str, str], sex: str) -> tuple[str, str, str]:
    try:
        if given is None:
            primary, secondary = identifiers(values)
            return Td1(
                document_code="I<",
                issuer="LAO",
                document_number=_compact(values["document_number"]),
                optional_1=_compact(values["identity_number"]),
                birth=mrz_birth(dates["birth_date"]),
                sex=sex,
                expiry=mrz_expiry(dates["expiry_date"]),
                nationality="LAO",
                optional_2="",
                primary=primary,
                secondary=secondary,
            ).lines()
        lines = given.split() if isinstance(given, str) else given
        if not isinstance(lines, list) or [type(line) for line in lines] != [str, str, str]:
            raise RecordDamaged(RecordProblem("mrz", "wrong-type", "three lines"))
        read_td1("\n".join(lines))
    except MrzError as fault:
        raise RecordDamaged(RecordProblem("mrz", "bad-mrz", fault.code)) from fault
    return lines[0], lines[1], lines[2]


def _picture(key: str, value: Any, folder: Path, problems: list[RecordProblem]) -> bytes:
    """The picture as a card takes it: a portrait as JPEG, byte for byte where it is one."""
    if not isinstance(value, str) or not value:
        problems.append(RecordProblem(key, "wrong-type", "a path, or base64"))
        return b""
    try:
        data = _picture_bytes(value, folder)
        if len(data) > LARGEST:
            problems.append(RecordProblem(key, "too-large"))
            return b""
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as picture:
            picture.load()
            if key == "signature" or picture.format == "JPEG":
                return data
            out = BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=95)
            return out.getvalue()
    except (FileNotFoundError, IsADirectoryError, PermissionError) as fault:
        problems.append(RecordProblem(key, "no-file", fault.strerror or ""))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        problems.append(RecordProblem(key, "bad-picture", type(fault).__name__))
    return b""


def _picture_bytes(value: str, folder: Path) -> bytes:
    encoded = value.partition(",")[2] if value.startswith("data:image/") else value
    is_path = value is encoded and (len(value) < 400 or "." in value[-6:])
    if is_path:
        return (folder / value).read_bytes()
    try:
        return base64.b64decode("".join(encoded.split()), validate=True)
    except binascii.Error as fault:
        raise ValueError("base64") from fault
