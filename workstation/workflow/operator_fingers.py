"""The fingers with which an operator signs in: enrolled beside an administrator, deleted with the access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from devices.fingerprint import FingerImage
from workstation import clock
from workstation.biometrics.fingerprint.record import FingerprintRecord
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.operator_fingers import (
    delete_operator_fingers,
    enrolled_positions,
    keep_image_shown,
    operator_fingers_of,
    put_operator_fingers,
    with_ended_access,
)
from workstation.database.policies import policy_in_force
from workstation.database.station import operator_by_id
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Operator
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.sign_in_rules import SignInRules
from workstation.security.template_sealing import TemplateMoved
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.preflight.view import require_usable_clock
from workstation.workflow.sign_in import verify
from workstation.workflow.sign_in_finger import FINGERS, image_digest, read_finger, rules_with_fingers


@dataclass(frozen=True)
class FingerTakes:
    """One finger taken twice. `position` is the ISO/IEC 19794-2 code 1..10."""

    position: int
    first: FingerImage
    second: FingerImage


def enrol_fingers(
    office: Office, who: SignedIn, operator_id: str, password: str, takes: Sequence[FingerTakes]
) -> None:
    """Replaces the operator's fingers by these, all or none; `password` is the operator's own, `who` stands beside.

    Raises Refused: ROLE_NOT_ALLOWED, NO_SUCH_OPERATOR, SECOND_PERSON_NEEDED (nobody enrols her own),
    FINGER_SIGN_IN_OFF, FINGERS_NEEDED, FINGER_UNREADABLE, FINGER_TAKES_DIFFER, SAME_FINGER_TWICE, FINGER_OF_ANOTHER,
    and as `sign_in.verify`; AnalysisError.
    """
    ask(office, who, Verb.ENROL_FINGER)
    operator = office.store.read(lambda connection: _known(connection, operator_id))
    if operator_id == who.operator.id:
        raise Refused(Reason.SECOND_PERSON_NEEDED)
    rules = rules_with_fingers(office)
    if len({one.position for one in takes}) != len(takes) or len(takes) < FINGERS:
        raise Refused(Reason.FINGERS_NEEDED, count=FINGERS)
    best = {one.position: judge_takes(office, one, rules) for one in takes}
    _require_different(office, best, rules)
    _require_nobody_elses(office, operator_id, best, rules)

    def keep(tx: Connection, _operator: Operator) -> None:
        acting(tx, office, who, Verb.ENROL_FINGER)
        delete_operator_fingers(tx, operator_id)
        templates = {position: record.template for position, record in best.items()}
        put_operator_fingers(tx, operator_id, templates, at=clock.now())
        for one in takes:
            for image in (one.first, one.second):
                keep_image_shown(tx, operator_id, image_digest(image))

    positions = ",".join(str(position) for position in sorted(best))
    facts = {"witness": who.operator.id, "positions": positions}
    verify(office, operator.username, password, AuditTag.FINGERS_ENROLLED, keep=keep, facts=facts)


def check_take(office: Office, image: FingerImage) -> None:
    """Whether this take can be used at all. Raises Refused FINGER_SIGN_IN_OFF, FINGER_UNREADABLE; AnalysisError."""
    read_finger(office, image, rules_with_fingers(office))


def judge_takes(office: Office, takes: FingerTakes, rules: SignInRules) -> FingerprintRecord:
    """The better of two takes of one finger. Raises Refused FINGER_UNREADABLE, FINGER_TAKES_DIFFER."""
    first, second = (read_finger(office, image, rules) for image in (takes.first, takes.second))
    same = office.analysis.match(first.template, second.template) >= rules.finger_threshold
    if not same or image_digest(takes.first) == image_digest(takes.second):
        raise Refused(Reason.FINGER_TAKES_DIFFER, position=takes.position)
    return max(first, second, key=lambda record: record.nfiq2)


def _require_different(office: Office, best: dict[int, FingerprintRecord], rules: SignInRules) -> None:
    taken = list(best.items())
    for place, (position, record) in enumerate(taken):
        for other, earlier in taken[:place]:
            if office.analysis.match(record.template, earlier.template) >= rules.finger_threshold:
                raise Refused(Reason.SAME_FINGER_TWICE, position=position, other=other)


def _require_nobody_elses(
    office: Office, operator_id: str, best: dict[int, FingerprintRecord], rules: SignInRules
) -> None:
    """Four eyes need two people: nobody has her finger under two names."""
    for other in office.store.read(enrolled_positions):
        if other != operator_id and any(
            _is_finger_of(office, other, record.template, rules) for record in best.values()
        ):
            raise Refused(Reason.FINGER_OF_ANOTHER)


def _is_finger_of(office: Office, operator_id: str, template: bytes, rules: SignInRules) -> bool:
    try:
        enrolled = office.store.read(lambda connection: operator_fingers_of(connection, operator_id))
    except TemplateMoved:
        # Told where it is to open something; here it proves nothing.
        return False
    return any(office.analysis.match(template, held) >= rules.finger_threshold for held in enrolled.values())


def require_not_own_finger(office: Office, who: SignedIn, template: bytes) -> None:
    """Raises Refused FINGER_OF_OPERATOR when an applicant's print is the operator's own."""
    rules = office.store.read(policy_in_force).sign_in
    if _is_finger_of(office, who.operator.id, template, rules):
        raise Refused(Reason.FINGER_OF_OPERATOR)


def forget_fingers(office: Office, who: SignedIn, operator_id: str) -> int:
    """Deletes the operator's fingers; how many there were. Raises Refused ROLE_NOT_ALLOWED, NO_SUCH_OPERATOR."""

    def verb(tx: Connection) -> int:
        actor = acting(tx, office, who, Verb.ENROL_FINGER)
        _known(tx, operator_id)
        return delete_with_entry(tx, operator_id, by=actor.id, station_id=actor.station_id)

    return office.store.write(verb)


def delete_with_entry(tx: Connection, operator_id: str, *, by: str, station_id: str) -> int:
    """Deletes them inside the caller's transaction and notes it; nothing is noted where there were none."""
    gone = delete_operator_fingers(tx, operator_id)
    if gone:
        write_audit(
            tx,
            AuditTag.FINGERS_DELETED,
            at=clock.now(),
            actor=by,
            station_id=station_id,
            object_id=operator_id,
            fingers=gone,
        )
    return gone


def forget_ended_fingers(store: Store, station_id: str) -> int:
    """At every start: the fingers of those whose access has ended; of how many. None while the clock cannot be
    trusted."""

    def verb(tx: Connection) -> int:
        ended = with_ended_access(tx, clock.office_day(clock.now()))
        if not ended:
            return 0
        try:
            require_usable_clock(tx, station_id)
        except Refused:
            return 0
        for operator_id in ended:
            delete_with_entry(tx, operator_id, by=station_id, station_id=station_id)
        return len(ended)

    return store.write(verb)


def _known(connection: Connection, operator_id: str) -> Operator:
    operator = operator_by_id(connection, operator_id)
    if operator is None:
        raise Refused(Reason.NO_SUCH_OPERATOR)
    return operator
