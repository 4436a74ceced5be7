"""Which application a finished card belongs to, by what can be read from the card itself."""

from __future__ import annotations

from sqlalchemy import Connection, Select, select

from workstation.database.stock_tables import blanks
from workstation.database.tables import applications, card_jobs
from workstation.domain.card import CardState
from workstation.domain.stages import Stage
from workstation.domain.stock import Place, SerialFormat

_OF_A_CARD = (Place.PRINTED.value, Place.ISSUED.value)


def with_document_number(connection: Connection, number: str) -> tuple[str, ...]:
    """The applications whose card bears that number, those that wait to be handed over first."""
    return _found(connection, _applications().where(applications.c.document_number == number))


def with_code(connection: Connection, text: str) -> tuple[str, ...]:
    """The applications whose card waits and has that text in its QR code."""
    waits = applications.c.stage == Stage.HAND_OVER.value
    return _found(connection, _applications().where(waits, applications.c.card_signature == text))


def with_chip(connection: Connection, serial: str) -> tuple[str, ...]:
    """The application whose card has the chip of that serial (hex)."""
    jobs = _applications().join(card_jobs, card_jobs.c.application_id == applications.c.id)
    in_being = card_jobs.c.state != CardState.VOID.value
    return _found(connection, jobs.where(card_jobs.c.chip_serial == serial, in_being))


def with_blank(connection: Connection, serials: SerialFormat, number: int) -> tuple[str, ...]:
    """The application whose card was printed on that blank."""
    jobs = (
        _applications()
        .join(card_jobs, card_jobs.c.application_id == applications.c.id)
        .join(blanks, blanks.c.job_id == card_jobs.c.id)
    )
    printed = blanks.c.place.in_(_OF_A_CARD)
    return _found(
        connection, jobs.where(blanks.c.series == serials.series, blanks.c.number == number, printed)
    )


def _applications() -> Select[str]:
    return select(applications.c.id)


def _found(connection: Connection, wanted: Select[str]) -> tuple[str, ...]:
    waiting_first = wanted.order_by(
        applications.c.stage != Stage.HAND_OVER.value, applications.c.stage_since.desc()
    )
    return tuple(connection.execute(waiting_first.limit(20)).scalars())
