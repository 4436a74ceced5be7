"""Forms that the registry sends: judged by what is held, in force from their day, or remembered as unusable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, delete, insert, select

from workstation import clock
from workstation.database.forms import add_form, application_forms, forms
from workstation.database.tables import UtcTime, metadata
from workstation.domain.form import Form, FormDamaged, Problem
from workstation.interchange.form_specification import read_form

form_faults = Table(
    "form_faults",
    metadata,
    Column("kind", String(24), primary_key=True),
    Column("code", String(40), nullable=False),
    Column("place", String(200), nullable=False),
    Column("received_at", UtcTime, nullable=False),
)


@dataclass(frozen=True)
class FormFault:
    """The newest form of that kind that was sent and refused: a Problem's code and place, and when it came."""

    kind: str
    code: str
    place: str
    received_at: datetime


@dataclass(frozen=True)
class HeldForm:
    """One version. `state`: in-force, to-come, past, or damaged when the stored document can no longer be read."""

    kind: str
    version: str
    in_force_since: datetime
    state: str


def number_of(version: str) -> int:
    """The number in a form's version: 2 in "renewal-2+0123456789ab"."""
    return int(version.rpartition("+")[0].rpartition("-")[2])


def add_sent_form(tx: Connection, kind: str, document: bytes, *, at: datetime) -> Form:
    """Puts a sent form in force from `at`, in place of older ones that were still to come; again is no change.

    Raises FormDamaged, and then nothing is changed: what read_form says, other-kind, older-version (a newer
    one is held) or same-version (another content under a number that is held).
    """
    form = read_form(document)
    if form.kind != kind:
        raise FormDamaged(Problem("$.form", "other-kind", form.kind))
    held = tx.execute(select(forms.c.version, forms.c.in_force_since).where(forms.c.kind == kind)).all()
    number = number_of(form.version)
    for row in held:
        if row.version == form.version:
            return form
    newest = max((number_of(row.version) for row in held), default=0)
    if number <= newest:
        code = "same-version" if number == newest else "older-version"
        raise FormDamaged(Problem("$.version", code, f"{newest} is held"))
    overtaken = [row.version for row in held if row.in_force_since > at]
    used = select(application_forms.c.form_version)
    tx.execute(delete(forms).where(forms.c.version.in_(overtaken), forms.c.version.not_in(used)))
    return add_form(tx, document, at=at)


def keep_form_fault(tx: Connection, kind: str, problem: Problem, *, at: datetime) -> None:
    """Remembers that a sent form could not be used, until one of that kind can."""
    forget_form_fault(tx, kind)
    tx.execute(
        insert(form_faults).values(
            kind=kind, code=problem.code[:40], place=problem.path[:200], received_at=at
        )
    )


def forget_form_fault(tx: Connection, kind: str) -> None:
    """A good form of that kind came."""
    tx.execute(delete(form_faults).where(form_faults.c.kind == kind))


def form_faults_of(connection: Connection) -> tuple[FormFault, ...]:
    """What was refused last and not made good, by kind."""
    rows = connection.execute(select(form_faults).order_by(form_faults.c.kind))
    return tuple(FormFault(row.kind, row.code, row.place, row.received_at) for row in rows)


def held_forms(connection: Connection) -> tuple[HeldForm, ...]:
    """Every version held, by kind, the newest first."""
    rows = connection.execute(
        select(forms).order_by(forms.c.kind, forms.c.in_force_since.desc(), forms.c.version.desc())
    ).all()
    now = clock.now()
    found: list[HeldForm] = []
    served: set[str] = set()
    for row in rows:
        if _is_damaged(bytes(row.document)):
            state = "damaged"
        elif row.in_force_since > now:
            state = "to-come"
        elif row.kind in served:
            state = "past"
        else:
            state = "in-force"
            served.add(row.kind)
        found.append(HeldForm(row.kind, row.version, row.in_force_since, state))
    return tuple(found)


def _is_damaged(document: bytes) -> bool:
    try:
        read_form(document)
    except FormDamaged:
        return True
    return False
