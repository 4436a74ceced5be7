"""The station's own record and its operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from workstation.database.plain_sql import rows
from workstation.database.tables import operators, station
from workstation.domain.operator import Operator, Role
from workstation.domain.refused import Reason, Refused
from workstation.domain.station import Station, Work


@dataclass(frozen=True)
class Credentials:
    """An operator with the encoded Argon2id hash of the password."""

    operator: Operator
    password_hash: str


def add_station(tx: Connection, record: Station, *, registry_url: str, at: datetime) -> None:
    """Writes the one record of this station."""
    tx.execute(
        insert(station).values(
            id=record.id,
            office_code=record.office_code,
            station_code=record.station_code,
            office_name=record.office_name,
            province_code=record.province_code,
            district_code=record.district_code,
            work=record.work.value,
            registry_url=registry_url,
            created_at=at,
        )
    )


def _asking(connection: Connection, station_id: str | None = None) -> Select[Any]:
    # A file holds one station; a server several, and the connection says which of them asks.
    own = station_id or connection.get_execution_options().get("station")
    return select(station).where(station.c.id == own) if own else select(station)


def the_station(connection: Connection) -> Station:
    """This station. Raises Refused NO_OFFICE before the first start has ended."""
    row = connection.execute(_asking(connection)).first()
    if row is None:
        raise Refused(Reason.NO_OFFICE)
    return _station(row)


def all_stations(connection: Connection) -> tuple[Station, ...]:
    """Every station of this database, by code; one, unless it is on a server."""
    return tuple(
        _station(row) for row in connection.execute(select(station).order_by(station.c.station_code))
    )


def _station(row: Row[Any]) -> Station:
    return Station(
        row.id,
        row.office_code,
        row.station_code,
        row.office_name,
        row.province_code,
        row.district_code,
        Work(row.work),
    )


def registry_url(connection: Connection, station_id: str | None = None) -> str:
    """Where the central registry answers for this station (or that one); empty when it has no line."""
    return str(connection.execute(_asking(connection, station_id)).one().registry_url)


def add_operator(tx: Connection, operator: Operator, password_hash: str, *, at: datetime) -> None:
    """Adds an operator. Raises Refused USERNAME_TAKEN."""
    try:
        with tx.begin_nested():
            tx.execute(
                insert(operators).values(
                    id=operator.id,
                    username=operator.username,
                    display_name=operator.display_name,
                    role=operator.role.value,
                    password_hash=password_hash,
                    active=operator.active,
                    created_at=at,
                )
            )
    except IntegrityError as error:
        raise Refused(Reason.USERNAME_TAKEN, username=operator.username) from error


def _operator(row: object) -> Operator:
    return Operator(row.id, row.username, row.display_name, _role(row.role), row.active)  # type: ignore[attr-defined]  # a Row's columns are not typed


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise Refused(Reason.UNKNOWN_ROLE, role=name) from None


def credentials_of(connection: Connection, username: str) -> Credentials | None:
    """The operator of that name with the password's hash, or None. Raises Refused UNKNOWN_ROLE."""
    row = connection.execute(select(operators).where(operators.c.username == username)).first()
    return None if row is None else Credentials(_operator(row), row.password_hash)


def keep_password_hash(tx: Connection, operator_id: str, password_hash: str) -> None:
    """Replaces the hash (stronger parameters, or a new password)."""
    tx.execute(update(operators).where(operators.c.id == operator_id).values(password_hash=password_hash))


# Every verb asks who acts.
_OPERATOR = "SELECT id, username, display_name, role, active FROM operators WHERE id = :id"


def operator_by_id(connection: Connection, operator_id: str) -> Operator | None:
    """The operator with that id, or None. Raises Refused UNKNOWN_ROLE."""
    for known, username, name, role, active in rows(connection, _OPERATOR, {"id": operator_id}):
        return Operator(known, username, name, _role(role), bool(active))
    return None


def all_operators(connection: Connection) -> tuple[Operator, ...]:
    """Everyone who may sign in here or once could, by username."""
    return tuple(
        _operator(row) for row in connection.execute(select(operators).order_by(operators.c.username))
    )
