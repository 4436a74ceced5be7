"""The clerk's verbs at intake."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future

from uuid6 import uuid7

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import (
    accept_fields,
    add_application,
    draft_fields,
    keep_draft,
    keep_ending,
    next_ordinal,
    require_stage,
)
from workstation.database.audit import write_audit
from workstation.database.defects import mend_defects
from workstation.database.moves import keep_capturer, move
from workstation.database.policies import policy_in_force, policy_of
from workstation.domain.applicant import FIELDS, LAO_FIELDS, full_name_latin, full_name_lo
from workstation.domain.application_number import application_number
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.lao.encode import encode
from workstation.lao.sorting import sort_key
from workstation.workflow.intake.checks import faults, is_other_office
from workstation.workflow.intake.slip import referral_slip
from workstation.workflow.intake.view import typed_fields
from workstation.workflow.office import CAPTURE_ROLES, Office, SignedIn, acting


def start(office: Office, who: SignedIn) -> str:
    """Begins an application and returns its id (UUIDv7); its number is allocated here, without a line."""
    application_id = str(uuid7())

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, *CAPTURE_ROLES)
        now = clock.now()
        day = clock.office_day(now)
        station = office.station
        number = application_number(station.office_code, station.station_code, day, next_ordinal(tx, day))
        policy = policy_in_force(tx)
        add_application(
            tx,
            application_id,
            number,
            kind="first_issue",
            policy_version=policy.version,
            by=actor.id,
            at=now,
        )
        keep_draft(tx, application_id, {"nationality": "LAO"}, by=actor.id, at=now)
        keep_capturer(tx, application_id, actor.id)
        write_audit(
            tx,
            AuditTag.APPLICATION_STARTED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            number=number,
            policy=policy.version,
        )

    office.store.write(verb)
    return application_id


def save_draft(office: Office, who: SignedIn, application_id: str, fields: Mapping[str, str]) -> Future[None]:
    """Keeps what has been typed, just as it was typed. Does not wait; the future tells when it is on the disk."""
    kept = {name: fields[name] for name in FIELDS if fields.get(name)}

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, *CAPTURE_ROLES)
        require_stage(tx, application_id, Stage.INTAKE)
        keep_draft(tx, application_id, kept, by=actor.id, at=clock.now())
        keep_capturer(tx, application_id, actor.id)

    return office.store.submit(verb)


def _tidy(fields: Mapping[str, str]) -> dict[str, str]:
    """The draft as it is stored for good: one encoding for Lao, no spaces at the ends."""
    tidy = {}
    for name, text in fields.items():
        value = encode(text) if name in LAO_FIELDS else text
        value = " ".join(value.split())
        if value:
            tidy[name] = value
    return tidy


def complete(office: Office, who: SignedIn, application_id: str) -> Stage:
    """Accepts the draft and moves on. Raises Refused FIELDS_INCOMPLETE (field -> code), OTHER_OFFICE."""

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who)
        row = require_stage(tx, application_id, Stage.INTAKE)
        policy = policy_of(tx, row.policy_version)
        now = clock.now()
        fields = _tidy(typed_fields(tx, application_id))
        found = faults(fields, policy, clock.office_day(now))
        if found:
            raise Refused(Reason.FIELDS_INCOMPLETE, **found)
        if is_other_office(fields, policy, office.station):
            raise Refused(
                Reason.OTHER_OFFICE, province=fields["province_code"], district=fields["district_code"]
            )
        accept_fields(
            tx,
            application_id,
            fields,
            name_lo=full_name_lo(fields),
            name_latin=full_name_latin(fields),
            sort_key=sort_key(full_name_lo(fields)),
        )
        mend_defects(tx, application_id, Stage.INTAKE, at=now)
        return move(tx, application_id, Action.COMPLETE, actor=actor, at=now)

    return office.store.write(verb)


def refer(office: Office, who: SignedIn, application_id: str) -> bytes:
    """Ends the application here and returns the referral slip (PDF) to the office where the household is recorded.

    Raises Refused OTHER_OFFICE when the household is this office's own.
    """

    def verb(tx: Connection) -> tuple[dict[str, str], str]:
        actor = acting(tx, office, who)
        row = require_stage(tx, application_id, Stage.INTAKE)
        fields = _tidy(draft_fields(tx, application_id) or {})
        if not is_other_office(fields, policy_of(tx, row.policy_version), office.station):
            raise Refused(Reason.OTHER_OFFICE, province=office.station.province_code, here=1)
        accept_fields(
            tx,
            application_id,
            fields,
            name_lo=full_name_lo(fields),
            name_latin=full_name_latin(fields),
            sort_key=sort_key(full_name_lo(fields)),
        )
        move(tx, application_id, Action.REFER, actor=actor, at=clock.now())
        return fields, row.number

    fields, number = office.store.write(verb)
    return referral_slip(office, fields, number, clock.now())


def withdraw(office: Office, who: SignedIn, application_id: str, reason: str) -> Stage:
    """The person takes the application back. Raises Refused REASON_MISSING."""
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who)
        keep_ending(tx, application_id, reason.strip())
        return move(tx, application_id, Action.WITHDRAW, actor=actor, at=clock.now())

    return office.store.write(verb)
