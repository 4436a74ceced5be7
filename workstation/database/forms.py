"""Form specifications, every version that was in force kept, and the one that each application is made under."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    insert,
    select,
    update,
)

from workstation import clock
from workstation.database.tables import UtcTime, applications, metadata
from workstation.domain.form import Form, FormDamaged
from workstation.domain.refused import Reason, Refused
from workstation.interchange.form_specification import read_form

forms = Table(
    "forms",
    metadata,
    Column("version", String(80), primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("in_force_since", UtcTime, nullable=False),
    Index("ix_forms_kind_since", "kind", "in_force_since"),
)
application_forms = Table(
    "application_forms",
    metadata,
    Column("application_id", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("form_version", String(80), ForeignKey("forms.version"), nullable=False),
)

# A document holds its own hash, so a parsed one never grows old.
_parsed = lru_cache(maxsize=32)(read_form)


def add_form(tx: Connection, document: bytes, *, at: datetime) -> Form:
    """Puts a form in force from `at`; one that is already there is left as it is.

    Raises FormDamaged, and then nothing is changed: the last good form stays in force.
    """
    form = read_form(document)
    if tx.execute(select(forms.c.version).where(forms.c.version == form.version)).first() is None:
        tx.execute(
            insert(forms).values(version=form.version, kind=form.kind, document=document, in_force_since=at)
        )
    return form


def form_in_force(connection: Connection, kind: str) -> Form:
    """The newest form of that kind that is in force by now and can still be read; under a clock that was set back, the
    first that will be. Raises Refused NO_FORM when there is none."""
    rows = connection.execute(
        select(forms.c.document, forms.c.in_force_since)
        .where(forms.c.kind == kind)
        .order_by(forms.c.in_force_since.desc(), forms.c.version.desc())
    ).all()
    now = clock.now()
    by_now = [row for row in rows if row.in_force_since <= now]
    to_come = [row for row in reversed(rows) if row.in_force_since > now]
    for row in by_now + to_come:
        try:
            return _parsed(row.document)
        except FormDamaged:
            continue
    raise Refused(Reason.NO_FORM, kind=kind)


def kinds_in_force(connection: Connection) -> frozenset[str]:
    """The kinds of application for which the office has a form."""
    return frozenset(connection.execute(select(forms.c.kind).distinct()).scalars())


def keep_form(tx: Connection, application_id: str, form: Form) -> None:
    """The application is of this form's kind and made under this version from now on."""
    tx.execute(update(applications).where(applications.c.id == application_id).values(kind=form.kind))
    held = select(application_forms.c.form_version).where(
        application_forms.c.application_id == application_id
    )
    if tx.execute(held).first() is None:
        tx.execute(insert(application_forms).values(application_id=application_id, form_version=form.version))
    else:
        tx.execute(
            update(application_forms)
            .where(application_forms.c.application_id == application_id)
            .values(form_version=form.version)
        )


def form_of(connection: Connection, application_id: str) -> Form:
    """The form the application is made under; the one in force for its kind where none was kept, or its own is
    damaged. Raises Refused NO_FORM when neither can be read."""
    document = connection.execute(
        select(forms.c.document)
        .join(application_forms, application_forms.c.form_version == forms.c.version)
        .where(application_forms.c.application_id == application_id)
    ).scalar_one_or_none()
    if document is not None:
        try:
            return _parsed(document)
        except FormDamaged:
            pass
    kind = connection.execute(
        select(applications.c.kind).where(applications.c.id == application_id)
    ).scalar_one()
    return form_in_force(connection, kind)
