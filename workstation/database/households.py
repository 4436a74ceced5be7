"""Households, entered once, and the values that an application took over until a clerk confirmed them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)
from uuid6 import uuid7

from workstation.database.tables import UtcTime, metadata
from workstation.domain.applicant import FIELDS
from workstation.domain.refused import Reason, Refused
from workstation.lao.encode import encode

# What a family has in common: the household's key, then its address.
KEY_FIELDS = ("household_number", "province_code", "district_code")
ADDRESS_FIELDS = ("village", "house_number", "unit")
HOUSEHOLD_FIELDS = KEY_FIELDS + ADDRESS_FIELDS

households = Table(
    "households",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number_key", String(400), nullable=False),
    Column("province_code", String(8), nullable=False),
    Column("district_code", String(8), nullable=False),
    Column("household_number", String(400), nullable=False),
    Column("village", String(400), nullable=False),
    Column("house_number", String(400), nullable=False),
    Column("unit", String(400), nullable=False),
    Column("entered_from", String(36), ForeignKey("applications.id"), nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    UniqueConstraint("number_key", "province_code", "district_code"),
)

carried_values = Table(
    "carried_values",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    Column("carried_at", UtcTime, nullable=False),
    Column("confirmed_at", UtcTime),
    Column("confirmed_by", String(36), ForeignKey("operators.id")),
)


@dataclass(frozen=True)
class Household:
    """One household as last accepted. Divisions are codes of the shipped list; an unknown part is empty."""

    household_number: str
    province_code: str
    district_code: str
    village: str
    house_number: str
    unit: str

    def fields(self) -> dict[str, str]:
        """Its known parts under the names of the applicant's fields."""
        return {name: getattr(self, name) for name in HOUSEHOLD_FIELDS if getattr(self, name)}


@dataclass(frozen=True)
class CarriedValue:
    """A value taken over from a household or a pre-registration.

    `confirmed_by` is the operator's id, None while nobody did.
    """

    field: str
    value: str
    confirmed_by: str | None
    confirmed_at: datetime | None


def number_key(number: str) -> str:
    """What makes two spellings of a household number the same book: its letters and digits, Lao digits as ASCII."""
    kept = []
    for character in unicodedata.normalize("NFC", number).casefold():
        if unicodedata.category(character) == "Nd":
            kept.append(str(unicodedata.digit(character)))
        elif character.isalnum() or "\u0e80" <= character <= "\u0eff":
            kept.append(character)
        elif not kept or kept[-1] != "-":
            kept.append("-")
    return "".join(kept).strip("-")


def find_household(connection: Connection, number: str, province: str, district: str) -> Household | None:
    """The household of that number in that division, or None; also when number or division is not typed yet."""
    key = number_key(number)
    if not (key and province and district):
        return None
    row = connection.execute(
        select(*(households.c[name] for name in HOUSEHOLD_FIELDS)).where(
            households.c.number_key == key,
            households.c.province_code == province,
            households.c.district_code == district,
        )
    ).first()
    return None if row is None else Household(**row._asdict())


def keep_household(tx: Connection, application_id: str, fields: Mapping[str, str], *, at: datetime) -> None:
    """Remembers the household of an accepted application; what was accepted last is its address from then on."""
    key = number_key(fields.get("household_number", ""))
    province, district = fields.get("province_code", ""), fields.get("district_code", "")
    if not (key and province and district):
        return
    values = {name: fields.get(name, "") for name in HOUSEHOLD_FIELDS}
    values |= {"number_key": key, "entered_from": application_id}
    kept = tx.execute(
        update(households)
        .where(
            households.c.number_key == key,
            households.c.province_code == province,
            households.c.district_code == district,
        )
        .values(**values, changed_at=at)
        .returning(households.c.id)
    ).first()
    if kept is None:
        tx.execute(insert(households).values(id=str(uuid7()), **values, changed_at=at))


def keep_carried(tx: Connection, application_id: str, values: Mapping[str, str], *, at: datetime) -> None:
    """Notes that these values of the draft were taken over and nobody has confirmed them yet."""
    _drop(tx, application_id, values)
    for name, value in values.items():
        tx.execute(
            insert(carried_values).values(
                application_id=application_id, field=name, value=value, carried_at=at
            )
        )


def _drop(tx: Connection, application_id: str, fields: Iterable[str]) -> None:
    tx.execute(
        delete(carried_values).where(
            carried_values.c.application_id == application_id, carried_values.c.field.in_(list(fields))
        )
    )


def carried_of(connection: Connection, application_id: str) -> tuple[CarriedValue, ...]:
    """Everything that was taken over into this application, confirmed or not, in the applicant's order."""
    rows = connection.execute(
        select(carried_values).where(carried_values.c.application_id == application_id)
    ).all()
    found = {row.field: row for row in rows}
    in_order = [name for name in FIELDS if name in found] + sorted(found.keys() - set(FIELDS))
    return tuple(
        CarriedValue(name, found[name].value, found[name].confirmed_by, found[name].confirmed_at)
        for name in in_order
    )


def _tidy(text: str) -> str:
    # A draft is tidied when it is accepted; that alone must not make a carried value look typed.
    return " ".join(encode(text).split())


def unconfirmed(connection: Connection, application_id: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that still hold a value which was taken over and which no clerk has confirmed.

    A value that was typed anew is the clerk's own and needs no confirmation.
    """
    return tuple(
        carried.field
        for carried in carried_of(connection, application_id)
        if carried.confirmed_at is None and _tidy(fields.get(carried.field, "")) == _tidy(carried.value)
    )


def require_confirmed(connection: Connection, application_id: str, fields: Mapping[str, str]) -> None:
    """Raises Refused CARRIED_NOT_CONFIRMED with the names of the fields, joined by commas."""
    left = unconfirmed(connection, application_id, fields)
    if left:
        raise Refused(Reason.CARRIED_NOT_CONFIRMED, fields=",".join(left), count=len(left))


def confirm_carried(
    tx: Connection, application_id: str, fields: Iterable[str], *, by: str, at: datetime
) -> int:
    """Marks these fields as confirmed and returns how many there were."""
    marked = tx.execute(
        update(carried_values)
        .where(
            carried_values.c.application_id == application_id,
            carried_values.c.field.in_(list(fields)),
            carried_values.c.confirmed_at.is_(None),
        )
        .values(confirmed_at=at, confirmed_by=by)
        .returning(carried_values.c.field)
    ).all()
    return len(marked)
