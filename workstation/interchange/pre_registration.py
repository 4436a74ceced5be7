"""A pre-registration as a document: JSON of a closed schema, on the line, in the store and in a slip's code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]  # ships no types

from workstation.domain.applicant import PartialDate
from workstation.domain.pre_registration import read_number
from workstation.interchange.canonical import canonical, read_json_object
from workstation.interchange.errors import MessageDamaged

LARGEST = 16_000  # bytes; a full one in Lao has 1,500
KIND = "pre-registration"


@dataclass(frozen=True)
class PreRegistration:
    """What a citizen filled in at home. `fields` are an applicant's, by name, unconfirmed.

    `expires` is the last day on which it may be opened, `appointment` the day on which he means to come, if he said.
    """

    number: str
    office_code: str
    application_kind: str
    fields: Mapping[str, str]
    expires: date
    appointment: date | None = None

    def is_expired(self, today: date) -> bool:
        return today > self.expires


@cache
def _validator() -> Draft202012Validator:
    text = (files("resources") / "pre_registration" / "schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def to_document(record: PreRegistration) -> dict[str, Any]:
    """The document as JSON carries it (extensions.yaml, PreRegistration)."""
    document: dict[str, Any] = {
        "type": KIND,
        "version": 1,
        "number": record.number,
        "officeCode": record.office_code,
        "applicationKind": record.application_kind,
        "fields": dict(record.fields),
        "expires": record.expires.isoformat(),
    }
    if record.appointment is not None:
        document["appointment"] = record.appointment.isoformat()
    return document


def from_document(document: Mapping[str, Any]) -> PreRegistration:
    """Reads it strictly. Raises MessageDamaged naming the field: too-large, wrong-version, field-unknown,
    field-missing, field-invalid; the text never holds what was found there."""
    if len(canonical(document)) > LARGEST:
        raise MessageDamaged("too-large")
    if document.get("type") == KIND and document.get("version") != 1:
        raise MessageDamaged("wrong-version", "version")
    faults = sorted((_fault(error) for error in _validator().iter_errors(document)), key=lambda f: f.field)
    if faults:
        raise faults[0]
    number = read_number(document["number"])
    if number is None:
        raise MessageDamaged("field-invalid", "number")
    if number.office_code != document["officeCode"]:
        raise MessageDamaged("field-invalid", "officeCode")
    if "birth_date" in document["fields"]:
        _checked("fields.birth_date", PartialDate.parse, document["fields"]["birth_date"])
    appointment = document.get("appointment")
    return PreRegistration(
        number=str(number),
        office_code=number.office_code,
        application_kind=document["applicationKind"],
        fields=dict(document["fields"]),
        expires=_checked("expires", date.fromisoformat, document["expires"]),
        appointment=None if appointment is None else _checked("appointment", date.fromisoformat, appointment),
    )


def to_bytes(record: PreRegistration) -> bytes:
    """The canonical bytes (RFC 8785), as the store and a slip's code hold them."""
    return canonical(to_document(record))


def from_bytes(data: bytes) -> PreRegistration:
    """Reads what `to_bytes` wrote. Raises MessageDamaged."""
    if len(data) > LARGEST:
        raise MessageDamaged("too-large")
    return from_document(read_json_object(data))


def _checked(where: str, read: Any, text: str) -> Any:
    try:
        return read(text)
    except ValueError as fault:
        raise MessageDamaged("field-invalid", where) from fault


def _fault(error: ValidationError) -> MessageDamaged:
    where = ".".join(str(step) for step in error.absolute_path)
    if error.validator == "additionalProperties":
        unknown = sorted(set(error.instance) - set(error.schema["properties"]))[0]
        return MessageDamaged("field-unknown", f"{where}.{unknown[:60]}".lstrip("."))
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return MessageDamaged("field-missing", f"{where}.{missing}".lstrip("."))
    return MessageDamaged("field-invalid", where)
