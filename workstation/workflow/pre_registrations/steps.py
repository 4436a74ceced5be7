"""The clerk's verbs on a pre-registration: opened into an application, once, or begun by hand under its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.forms import form_in_force
from workstation.database.moves import Actor
from workstation.database.policies import policy_in_force
from workstation.database.pre_registrations import HeldPreRegistration, keep_opened, pre_registration
from workstation.domain.audit import AuditTag
from workstation.domain.form import PRE_REGISTRATION, SOURCE, Answers, Form
from workstation.domain.permissions import Verb
from workstation.domain.policy import Policy
from workstation.domain.refused import Reason, Refused
from workstation.interchange.pre_registration_code import SlipCode
from workstation.workflow.intake.checks import faults
from workstation.workflow.intake.steps import begin
from workstation.workflow.intake.tidy import tidied
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.pre_registrations.view import State, judge, read_slip
from workstation.workflow.preflight.view import require_usable_clock


@dataclass(frozen=True)
class Opened:
    """The application; `already`: it was begun before and nothing was changed. `left_out` names values not taken over
    because the form in force does not ask for them or does not know the choice."""

    application_id: str
    already: bool
    left_out: tuple[str, ...] = ()


def open_pre_registration(office: Office, who: SignedIn, text: str) -> Opened:
    """Begins an application with what the citizen said, each value to be confirmed; a second time leads to the first.

    Raises Refused as `read_slip` does, and PRE_REGISTRATION_NOT_HERE, PRE_REGISTRATION_WITHDRAWN,
    PRE_REGISTRATION_EXPIRED (number, day), NO_FORM, CLOCK_UNUSABLE.
    """
    ask(office, who, Verb.START)
    code = read_slip(office, text)

    def verb(tx: Connection) -> Opened:
        actor = acting(tx, office, who, Verb.START)
        held = pre_registration(tx, str(code.number))
        if held is not None and held.application_id is not None:
            return Opened(held.application_id, already=True)
        require_usable_clock(tx, office.station.id)
        today = clock.office_day(clock.now())
        state, record = judge(held, code, today)
        if record is None:
            raise _refusal(state, held, code)
        form = form_in_force(tx, record.application_kind)
        values = _taken_over(form, record.fields, policy_in_force(tx), today)
        sources = {name + SOURCE: PRE_REGISTRATION for name in values}
        application_id = begin(tx, office, actor, record.application_kind, sources, values)
        left_out = tuple(name for name in record.fields if name not in values)
        origin = "slip" if held is None or held.record is None else "feed"
        _keep(tx, code, application_id, actor, origin=origin, left_out=",".join(left_out))
        return Opened(application_id, already=False, left_out=left_out)

    return office.store.write(verb)


def begin_by_hand(
    office: Office, who: SignedIn, text: str, fields: Mapping[str, str] | None = None
) -> Opened:
    """Begins an application under a number of which nothing arrived yet, or whose time is over: what arrives later
    leads to it. `fields` is what is known of the person, for the draft. Raises as `open_pre_registration`."""
    ask(office, who, Verb.START)
    code = read_slip(office, text)

    def verb(tx: Connection) -> Opened:
        actor = acting(tx, office, who, Verb.START)
        held = pre_registration(tx, str(code.number))
        if held is not None and held.application_id is not None:
            return Opened(held.application_id, already=True)
        require_usable_clock(tx, office.station.id)
        application_id = begin(tx, office, actor, "first_issue", fields or {}, {})
        _keep(tx, code, application_id, actor, origin="hand", left_out="")
        return Opened(application_id, already=False)

    return office.store.write(verb)


def _taken_over(form: Form, said: Mapping[str, str], policy: Policy, today: date) -> dict[str, str]:
    """What the form in force asks of this person, tidied; a choice it does not know is left out, a name it does not
    accept is not: the clerk mends it."""
    tidy = tidied(form, said)
    unknown = {name for name, fault in faults(form, tidy, policy, today).items() if fault == "unknown-choice"}
    answers = Answers(form, tidy, today)
    return {
        name: text
        for name, text in tidy.items()
        if form.field(name) is not None and answers.shown(name) and name not in unknown
    }


def _keep(
    tx: Connection, code: SlipCode, application_id: str, actor: Actor, *, origin: str, left_out: str
) -> None:
    at = clock.now()
    keep_opened(tx, str(code.number), application_id, by=actor.id, at=at)
    write_audit(
        tx,
        AuditTag.PRE_REGISTRATION_OPENED,
        at=at,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=application_id,
        pre_registration=str(code.number),
        origin=origin,
        left_out=left_out,
    )


def _refusal(state: State, held: HeldPreRegistration | None, code: SlipCode) -> Refused:
    number = str(code.number)
    if state is State.WITHDRAWN:
        return Refused(Reason.PRE_REGISTRATION_WITHDRAWN, number=number)
    if state is State.EXPIRED:
        expires = held.expires if held is not None and held.expires is not None else None
        if expires is None and code.record is not None:
            expires = code.record.expires
        return Refused(
            Reason.PRE_REGISTRATION_EXPIRED,
            number=number,
            day=f"{expires:%d/%m/%Y}" if expires is not None else "",
        )
    return Refused(Reason.PRE_REGISTRATION_NOT_HERE, number=number)
