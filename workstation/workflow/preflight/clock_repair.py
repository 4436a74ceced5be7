"""A clock that lost the time is put right by two people, one of them a supervisor, for as long as the computer runs."""

from __future__ import annotations

from datetime import datetime, timedelta

from uuid6 import uuid7

from workstation import clock
from workstation.clock import boot
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.clock_acceptances import (
    ClockAcceptance,
    add_acceptance,
    last_acceptance,
    last_sequence,
)
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Role
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.preflight.checks import CLOCK_TOLERANCE
from workstation.workflow.preflight.view import build_day
from workstation.workflow.sign_in import sign_in, sign_out

# Nobody works with one version for so long: a year with two digits changed places.
_LATEST = timedelta(days=20 * 366)


def accept_clock(
    office: Office, who: SignedIn, *, moment: datetime, username: str, password: str
) -> ClockAcceptance:
    """`who` and the operator of that name declare that it is `moment` (aware) now; audited with both names.

    If the computer's clock shows something else, time is counted from `moment` until the next boot; if it shows the
    same, only the trail's later times stop counting. Raises Refused: CLOCK_NOT_PLAUSIBLE, WRONG_PASSWORD,
    OPERATOR_INACTIVE, SECOND_PERSON_NEEDED, SUPERVISOR_NEEDED.
    """
    first_day = build_day() - timedelta(days=1)
    if not first_day <= clock.office_day(moment) <= first_day + _LATEST:
        raise Refused(Reason.CLOCK_NOT_PLAUSIBLE)
    ask(office, who, Verb.ACCEPT_CLOCK)
    second = sign_in(office, username, password)
    try:
        return _accept(office, who, second, moment)
    finally:
        sign_out(office, second)


def _accept(office: Office, who: SignedIn, second: SignedIn, moment: datetime) -> ClockAcceptance:
    computer, running = clock.computer_clock(), clock.running()
    steers = abs(computer - moment) > CLOCK_TOLERANCE

    def verb(tx: Connection) -> ClockAcceptance:
        one, other = acting(tx, office, who, Verb.ACCEPT_CLOCK), acting(tx, office, second, Verb.ACCEPT_CLOCK)
        if one.id == other.id:
            raise Refused(Reason.SECOND_PERSON_NEEDED)
        if Role.SUPERVISOR not in (one.role, other.role):
            raise Refused(Reason.SUPERVISOR_NEEDED)
        acceptance = ClockAcceptance(
            str(uuid7()),
            office.station.id,
            boot(),
            running,
            moment,
            computer,
            steers,
            last_sequence(tx),
            one.id,
            other.id,
        )
        add_acceptance(tx, acceptance)
        write_audit(
            tx,
            AuditTag.CLOCK_ACCEPTED,
            at=moment,
            actor=one.id,
            station_id=office.station.id,
            object_id=acceptance.id,
            confirmed_by=other.id,
            computer_clock=computer.isoformat(),
            steers=steers,
        )
        return acceptance

    acceptance = office.store.write(verb)
    _follow(acceptance)
    return acceptance


def _follow(acceptance: ClockAcceptance | None) -> None:
    if acceptance is None or not acceptance.steers or acceptance.boot != boot():
        clock.trust_computer()
        return
    clock.declare(acceptance.moment, acceptance.running)
    if abs(clock.computer_clock() - clock.now()) <= CLOCK_TOLERANCE:
        # Somebody, or a time service, has set the computer's clock meanwhile.
        clock.trust_computer()


def follow_declared_clock(connection: Connection, station_id: str) -> None:
    """At the opening of an office: counts time as two people declared it, if the computer still runs since then."""
    _follow(last_acceptance(connection, station_id))
