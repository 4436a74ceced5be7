"""The clerk's verbs at the fingerprint sensor."""

from __future__ import annotations

from devices.fingerprint import FingerImage
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, require_stage
from workstation.database.audit import write_audit
from workstation.database.blobs import put_blob
from workstation.database.captures import StoredFinger, count_attempt, fingers_of, put_finger
from workstation.database.defects import mend_defects
from workstation.database.moves import keep_capturer, move
from workstation.database.policies import policy_of
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.workflow.fingerprints.checks import check_complete, required_fingers
from workstation.workflow.fingerprints.view import FingerView, finger_view
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.operator_fingers import require_not_own_finger
from workstation.workflow.signature.view import read_signature


def take(office: Office, who: SignedIn, application_id: str, position: int, image: FingerImage) -> FingerView:
    """Analyses the print on this machine and keeps it when it is the best so far of that finger.

    Raises Refused SAME_FINGER_TWICE (it is another finger already taken), FINGER_OF_OPERATOR (it is the finger with
    which who takes it signs in), AnalysisError.
    """
    ask(office, who, Verb.FINGER_TAKE)
    record = office.analysis.analyse(image.pixels, image.width, image.height, image.dpi)
    others = office.store.read(lambda connection: fingers_of(connection, application_id))
    threshold = office.store.read(
        lambda connection: policy_of(
            connection, require_stage(connection, application_id, Stage.FINGERPRINTS).policy_version
        )
    ).match_threshold
    for other in others.values():
        if other.position == position or other.template is None:
            continue
        if office.analysis.match(record.template, other.template) >= threshold:
            raise Refused(Reason.SAME_FINGER_TWICE, position=position, other=other.position)
    require_not_own_finger(office, who, record.template)

    def verb(tx: Connection) -> FingerView:
        actor = acting(tx, office, who, Verb.FINGER_TAKE)
        row = require_stage(tx, application_id, Stage.FINGERPRINTS)
        now = clock.now()
        held = fingers_of(tx, application_id).get(position)
        if held is not None and (held.nfiq2 or 0) > record.nfiq2 and held.wsq is not None:
            count_attempt(tx, application_id, position)
        else:
            finger = StoredFinger(
                position,
                put_blob(tx, record.wsq, "image/x-wsq"),
                record.template,
                record.nfiq2,
                image.width,
                image.height,
                image.dpi,
                None,
                1 if held is None else held.attempts + 1,
            )
            put_finger(tx, application_id, finger, by=actor.id, at=now)
        keep_capturer(tx, application_id, actor.id)
        write_audit(
            tx,
            AuditTag.FINGER_TAKEN,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            position=position,
            nfiq2=record.nfiq2,
        )
        return finger_view(tx, fingers_of(tx, application_id)[position], policy_of(tx, row.policy_version))

    return office.store.write(verb)


def mark_missing(
    office: Office, who: SignedIn, application_id: str, position: int, reason: str
) -> FingerView:
    """Records that the finger cannot be taken, and why. Raises Refused REASON_MISSING."""
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)

    def verb(tx: Connection) -> FingerView:
        actor = acting(tx, office, who, Verb.FINGER_TAKE)
        row = require_stage(tx, application_id, Stage.FINGERPRINTS)
        now = clock.now()
        held = fingers_of(tx, application_id).get(position)
        attempts = 0 if held is None else held.attempts
        finger = StoredFinger(position, None, None, None, None, None, None, reason.strip(), attempts)
        put_finger(tx, application_id, finger, by=actor.id, at=now)
        keep_capturer(tx, application_id, actor.id)
        write_audit(
            tx,
            AuditTag.FINGER_MISSING,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            position=position,
        )
        return finger_view(tx, finger, policy_of(tx, row.policy_version))

    return office.store.write(verb)


def complete(office: Office, who: SignedIn, application_id: str) -> Stage:
    """Sends the application to review. Raises Refused TOO_FEW_FINGERS, FINGER_QUALITY_LOW, SIGNATURE_NEEDED."""

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.FINGERPRINTS_COMPLETE)
        row = require_stage(tx, application_id, Stage.FINGERPRINTS)
        policy = policy_of(tx, row.policy_version)
        now = clock.now()
        birth_date = accepted_fields(tx, application_id)["birth_date"]
        required = required_fingers(birth_date, policy, clock.office_day(now))
        check_complete(required, fingers_of(tx, application_id), policy)
        signature = read_signature(tx, application_id)
        if signature.required and not signature.settled:
            raise Refused(Reason.SIGNATURE_NEEDED)
        mend_defects(tx, application_id, Stage.FINGERPRINTS, at=now)
        return move(tx, application_id, Action.COMPLETE, actor=actor, at=now)

    return office.store.write(verb)
