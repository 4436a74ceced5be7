"""Families: a household is entered once, its members follow one another, a clerk confirms what was carried."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import application, keep_draft, require_stage
from workstation.database.audit import write_audit
from workstation.database.households import (
    ADDRESS_FIELDS,
    HOUSEHOLD_FIELDS,
    KEY_FIELDS,
    CarriedValue,
    Household,
    carried_of,
    confirm_carried,
    find_household,
    keep_carried,
    unconfirmed,
)
from workstation.database.moves import keep_capturer
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.intake.steps import start
from workstation.workflow.intake.view import typed_fields
from workstation.workflow.office import Office, SignedIn, acting


def household_of(office: Office, number: str, province: str, district: str) -> Household | None:
    """The household of that number in that division (codes), as last accepted here; None for an unknown one.

    Spaces, dashes and Lao digits make no difference in the number.
    """
    return office.store.read(lambda connection: find_household(connection, number, province, district))


def _known(connection: Connection, fields: Mapping[str, str]) -> Household | None:
    number, province, district = (fields.get(name, "").strip() for name in KEY_FIELDS)
    return find_household(connection, number, province, district)


def _offered(connection: Connection, fields: Mapping[str, str]) -> dict[str, str]:
    household = _known(connection, fields)
    if household is None:
        return {}
    held = household.fields()
    return {name: held[name] for name in ADDRESS_FIELDS if name in held and not fields.get(name, "").strip()}


def offered(office: Office, application_id: str) -> dict[str, str]:
    """The address that the draft still lacks and that its household is known to have; empty when there is nothing."""

    def query(connection: Connection) -> dict[str, str]:
        return _offered(connection, typed_fields(connection, application_id))

    return office.store.read(query)


def carry_address(office: Office, who: SignedIn, application_id: str) -> tuple[str, ...]:
    """Takes over what `offered` offers into the draft, to be confirmed; what was typed stays. Returns the fields."""

    def verb(tx: Connection) -> tuple[str, ...]:
        actor = acting(tx, office, who, Verb.WRITE)
        require_stage(tx, application_id, Stage.INTAKE)
        now = clock.now()
        draft = typed_fields(tx, application_id)
        values = _offered(tx, draft)
        if not values:
            return ()
        keep_draft(tx, application_id, draft | values, by=actor.id, at=now)
        keep_capturer(tx, application_id, actor.id)
        keep_carried(tx, application_id, values, at=now)
        write_audit(
            tx,
            AuditTag.HOUSEHOLD_CARRIED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            fields=",".join(values),
        )
        return tuple(values)

    return office.store.write(verb)


def start_next_member(office: Office, who: SignedIn, application_id: str) -> str:
    """Begins an application for another member of that application's household and returns its id.

    Household and address are carried, to be confirmed; nothing of the person is. Raises Refused NO_HOUSEHOLD while
    household number, province or district is missing, NO_SUCH_APPLICATION.
    """

    def household(connection: Connection) -> dict[str, str]:
        acting(connection, office, who, Verb.START)
        application(connection, application_id)
        fields = typed_fields(connection, application_id)
        held = {name: fields[name] for name in HOUSEHOLD_FIELDS if fields.get(name, "").strip()}
        if not held.keys() >= set(KEY_FIELDS):
            raise Refused(Reason.NO_HOUSEHOLD)
        known = _known(connection, fields)
        return (known.fields() if known else {}) | held

    values = office.store.read(household)

    return start(office, who, carried=values)


def carried(office: Office, application_id: str) -> tuple[str, ...]:
    """The fields whose carried values nobody has confirmed yet; one that was typed anew is the clerk's own."""

    def query(connection: Connection) -> tuple[str, ...]:
        return unconfirmed(connection, application_id, typed_fields(connection, application_id))

    return office.store.read(query)


def carried_values(office: Office, application_id: str) -> tuple[CarriedValue, ...]:
    """Everything that was carried into the application, with who confirmed it."""
    return office.store.read(lambda connection: carried_of(connection, application_id))


def confirm(office: Office, who: SignedIn, application_id: str, fields: Collection[str]) -> tuple[str, ...]:
    """The clerk asked the applicant: these carried values are right. Returns what is still to be confirmed."""

    def verb(tx: Connection) -> tuple[str, ...]:
        actor = acting(tx, office, who, Verb.WRITE)
        require_stage(tx, application_id, Stage.INTAKE)
        now = clock.now()
        draft = typed_fields(tx, application_id)
        right = [name for name in unconfirmed(tx, application_id, draft) if name in fields]
        if right:
            confirm_carried(tx, application_id, right, by=actor.id, at=now)
            keep_capturer(tx, application_id, actor.id)
            write_audit(
                tx,
                AuditTag.HOUSEHOLD_CONFIRMED,
                at=now,
                actor=actor.id,
                station_id=actor.station_id,
                object_id=application_id,
                fields=",".join(right),
            )
        return unconfirmed(tx, application_id, draft)

    return office.store.write(verb)
