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
from workstation.database.forms import form_in_force, form_of, keep_form
from workstation.database.households import keep_carried, keep_household, require_confirmed
from workstation.database.kept_drafts import KeptDraft
from workstation.database.moves import Actor, keep_capturer, move
from workstation.database.policies import policy_in_force, policy_of
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.application_number import application_number
from workstation.domain.audit import AuditTag
from workstation.domain.form import PROPOSED, SOURCE, Form
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.domain.station import Station
from workstation.lao.sorting import sort_key
from workstation.workflow.intake.card_room import unfit_here
from workstation.workflow.intake.checks import is_other_office
from workstation.workflow.intake.fee import take_fee
from workstation.workflow.intake.slip import referral_slip
from workstation.workflow.intake.tidy import answered, judged, tidied
from workstation.workflow.intake.typed_away import kept_first
from workstation.workflow.intake.view import typed_fields
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.preflight.view import require_usable_clock


def start(
    office: Office,
    who: SignedIn,
    kind: str = "first_issue",
    fields: Mapping[str, str] | None = None,
    carried: Mapping[str, str] | None = None,
) -> str:
    """Begins an application and returns its id (UUIDv7); its number is allocated here, without a line.

    `fields` is what is known of the person already, for the draft; `carried` what was taken over from the household
    and must be confirmed. Raises Refused NO_FORM, CLOCK_UNUSABLE.
    """

    def verb(tx: Connection) -> str:
        actor = acting(tx, office, who, Verb.START)
        require_usable_clock(tx, office.station.id)
        return begin(tx, office, actor, kind, fields or {}, carried or {})

    return office.store.write(verb)


def begin(
    tx: Connection,
    office: Office,
    actor: Actor,
    kind: str,
    fields: Mapping[str, str],
    carried: Mapping[str, str],
) -> str:
    """As `start`, within a verb that has asked who acts and whether the clock is usable."""
    application_id = str(uuid7())
    now = clock.now()
    day = clock.office_day(now)
    station = office.station
    number = application_number(station.office_code, station.station_code, day, next_ordinal(tx, day))
    policy = policy_in_force(tx)
    form = form_in_force(tx, kind)
    add_application(
        tx,
        application_id,
        number,
        kind=kind,
        policy_version=policy.version,
        by=actor.id,
        at=now,
    )
    keep_form(tx, application_id, form)
    known = {name: text for name, text in {**fields, **carried}.items() if text}
    draft = form.defaults() | _seat(form, station, known) | known
    keep_draft(tx, application_id, draft, by=actor.id, at=now)
    keep_carried(tx, application_id, carried, at=now)
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
        form=form.version,
    )
    return application_id


def _seat(form: Form, station: Station, known: Mapping[str, str]) -> dict[str, str]:
    """The office's own province and district, marked as proposed: whose household is elsewhere is referred there."""
    seat = {"province_code": station.province_code, "district_code": station.district_code}
    if any(known.get(name) for name in seat):
        return {}
    proposed = {name: code for name, code in seat.items() if code and form.field(name) is not None}
    return proposed | {name + SOURCE: PROPOSED for name in proposed}


def choose_kind(office: Office, who: SignedIn, application_id: str, kind: str) -> None:
    """Makes it another kind of application under that kind's newest form; what was typed stays in the draft.

    Raises Refused NO_FORM, MOVE_NOT_ALLOWED.
    """

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.WRITE)
        require_stage(tx, application_id, Stage.INTAKE)
        form, now = form_in_force(tx, kind), clock.now()
        keep_form(tx, application_id, form)
        draft = form.defaults() | typed_fields(tx, application_id)
        keep_draft(tx, application_id, draft, by=actor.id, at=now)
        keep_capturer(tx, application_id, actor.id)
        write_audit(
            tx,
            AuditTag.KIND_CHOSEN,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            form=form.version,
        )

    office.store.write(verb)


def save_draft(office: Office, who: SignedIn, application_id: str, fields: Mapping[str, str]) -> Future[None]:
    """Keeps what has been typed, just as it was typed. Does not wait; the future tells when it is on the disk."""
    kept = {name: text for name, text in fields.items() if text}
    at = clock.now()

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.WRITE)
        # First the words: what comes too late, after somebody else moved it on, is set aside and not lost.
        keep_draft(tx, application_id, kept, by=actor.id, at=at)
        require_stage(tx, application_id, Stage.INTAKE)
        keep_capturer(tx, application_id, actor.id)

    draft = KeptDraft(application_id, who.operator.id, kept, at)
    return kept_first(office.store, office.drafts, draft, verb)


def complete(office: Office, who: SignedIn, application_id: str) -> Stage:
    """Accepts the draft, takes the fee and moves on.

    Raises Refused FIELDS_INCOMPLETE and NAME_DOES_NOT_FIT (field -> code), OTHER_OFFICE, CARRIED_NOT_CONFIRMED.
    """

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.INTAKE_COMPLETE)
        row = require_stage(tx, application_id, Stage.INTAKE)
        policy = policy_of(tx, row.policy_version)
        form, now = form_of(tx, application_id), clock.now()
        today = clock.office_day(now)
        fields, found = judged(form, typed_fields(tx, application_id), policy, today)
        if found:
            raise Refused(Reason.FIELDS_INCOMPLETE, **found)
        no_room = unfit_here(tx, policy, fields)
        if no_room:
            raise Refused(Reason.NAME_DOES_NOT_FIT, **no_room)
        if is_other_office(fields, policy, office.station):
            raise Refused(
                Reason.OTHER_OFFICE, province=fields["province_code"], district=fields["district_code"]
            )
        fields = answered(form, fields, today)
        require_confirmed(tx, application_id, fields)
        accept_fields(
            tx,
            application_id,
            fields,
            name_lo=full_name_lo(fields),
            name_latin=full_name_latin(fields),
            sort_key=sort_key(full_name_lo(fields)),
        )
        keep_household(tx, application_id, fields, at=now)
        take_fee(tx, office.station, actor, application_id, form, fields, at=now)
        mend_defects(tx, application_id, Stage.INTAKE, at=now)
        return move(tx, application_id, Action.COMPLETE, actor=actor, at=now)

    return office.store.write(verb)


def refer(office: Office, who: SignedIn, application_id: str) -> bytes:
    """Ends the application here and returns the referral slip (PDF) to the office where the household is recorded.

    Raises Refused OTHER_OFFICE when the household is this office's own.
    """

    def verb(tx: Connection) -> tuple[dict[str, str], str]:
        actor = acting(tx, office, who, Verb.REFER)
        row = require_stage(tx, application_id, Stage.INTAKE)
        fields = tidied(form_of(tx, application_id), draft_fields(tx, application_id) or {})
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
        actor = acting(tx, office, who, Verb.WITHDRAW)
        keep_ending(tx, application_id, reason.strip())
        return move(tx, application_id, Action.WITHDRAW, actor=actor, at=clock.now())

    return office.store.write(verb)
