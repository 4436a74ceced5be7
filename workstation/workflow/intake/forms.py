"""Forms in the office: those shipped with the program, and newer ones that an administrator brings in."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.forms import add_form, form_of, kinds_in_force
from workstation.database.sent_forms import (
    FormFault,
    HeldForm,
    forget_form_fault,
    form_faults_of,
    held_forms,
)
from workstation.domain.audit import AuditTag
from workstation.domain.form import KINDS, Form
from workstation.domain.permissions import Verb
from workstation.workflow.office import Office, SignedIn, acting


def seed_forms(tx: Connection) -> None:
    """Puts the shipped form of every kind in force for which the office has none yet."""
    held = kinds_in_force(tx)
    for kind in KINDS:
        if kind not in held:
            document = files("resources").joinpath("forms", f"{kind}.json").read_bytes()
            add_form(tx, document, at=clock.now())


def bring_in_form(office: Office, who: SignedIn, document: bytes) -> Form:
    """Puts a form in force for new applications; open ones keep theirs.

    Raises FormDamaged (the last good form stays in force), Refused ROLE_NOT_ALLOWED.
    """

    def verb(tx: Connection) -> Form:
        actor = acting(tx, office, who, Verb.BRING_IN_FORM)
        now = clock.now()
        form = add_form(tx, document, at=now)
        forget_form_fault(tx, form.kind)
        write_audit(
            tx,
            AuditTag.FORM_IN_FORCE,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=form.version,
        )
        return form

    return office.store.write(verb)


@dataclass(frozen=True)
class OfficeForms:
    """Every version held, by kind, the newest first; `refused` were sent and could not be used."""

    forms: tuple[HeldForm, ...]
    refused: tuple[FormFault, ...]


def forms_of_office(office: Office) -> OfficeForms:
    """For the administrator."""
    return office.store.read(
        lambda connection: OfficeForms(held_forms(connection), form_faults_of(connection))
    )


def form_of_application(office: Office, application_id: str) -> Form:
    """The form that the application is made under. Raises Refused NO_FORM."""
    return office.store.read(lambda connection: form_of(connection, application_id))
