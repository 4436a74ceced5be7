"""Signing in, and showing again who one is, by name and an enrolled finger: always one to one, never by finger alone.

An image that shows too little is refused before the attempt is counted, because it tells nothing about whose finger it
is. Everything else counts as a wrong password does. No sensor sends the same picture twice: one that was seen before
is somebody's recording.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from devices.fingerprint import FingerImage
from workstation import clock
from workstation.biometrics.fingerprint.record import AnalysisError, FingerprintRecord
from workstation.database import Connection
from workstation.database.operator_fingers import keep_image_shown, operator_fingers_of
from workstation.database.policies import policy_in_force
from workstation.database.station import Credentials
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Operator
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.sign_in_rules import SignInRules
from workstation.security.template_sealing import TemplateMoved
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.sign_in import attempt

BY_FINGER = {"by": "finger"}
# So many are enrolled at least; an unknown name takes as long as a known one.
FINGERS = 2


def finger_sign_in_allowed(office: Office) -> bool:
    """Whether the policy in force lets a finger stand for the password."""
    return office.store.read(policy_in_force).sign_in.finger_sign_in


def image_digest(image: FingerImage) -> str:
    """SHA-256 in hex of the picture and its size."""
    size = f"{image.width}x{image.height}@{image.dpi}".encode()
    return hashlib.sha256(size + b"\0" + image.pixels).hexdigest()


def rules_with_fingers(office: Office) -> SignInRules:
    """The rules in force. Raises Refused FINGER_SIGN_IN_OFF."""
    rules = office.store.read(policy_in_force).sign_in
    if not rules.finger_sign_in:
        raise Refused(Reason.FINGER_SIGN_IN_OFF)
    return rules


def read_finger(office: Office, image: FingerImage, rules: SignInRules) -> FingerprintRecord:
    """What the image shows. Raises Refused FINGER_UNREADABLE; AnalysisError where the analysis itself fails."""
    try:
        live = office.analysis.analyse(image.pixels, image.width, image.height, image.dpi)
    except AnalysisError as error:
        if error.code not in ("not-a-finger", "bad-image"):
            raise
        raise Refused(Reason.FINGER_UNREADABLE) from error
    if live.nfiq2 < rules.finger_quality or not live.minutiae:
        raise Refused(Reason.FINGER_UNREADABLE)
    return live


def _verify(
    office: Office, username: str, image: FingerImage, accepted: AuditTag, facts: Mapping[str, str]
) -> Operator:
    rules = rules_with_fingers(office)
    live = read_finger(office, image, rules).template

    def look(held: Credentials | None) -> Refused | None:
        try:
            enrolled = (
                tuple(office.store.read(lambda c: operator_fingers_of(c, held.operator.id)).values())
                if held is not None
                else ()
            )
        except TemplateMoved:
            return Refused(Reason.FINGER_TEMPLATE_DAMAGED)
        scores = [office.analysis.match(live, template) for template in enrolled or (live,) * FINGERS]
        if not enrolled or max(scores) < rules.finger_threshold:
            return Refused(Reason.FINGER_NOT_RECOGNISED)
        return None

    def settled(tx: Connection, operator: Operator) -> Refused | None:
        if not operator_fingers_of(tx, operator.id):
            # Deleted while this one was looked at.
            return Refused(Reason.FINGER_NOT_RECOGNISED)
        if not keep_image_shown(tx, operator.id, image_digest(image)):
            return Refused(Reason.FINGER_REPLAYED)
        return None

    return attempt(office, username, look, accepted, settled=settled, facts=facts)


def sign_in_by_finger(office: Office, username: str, image: FingerImage) -> SignedIn:
    """Begins the operator's work at this station.

    Raises Refused: FINGER_SIGN_IN_OFF, FINGER_UNREADABLE (not counted), FINGER_NOT_RECOGNISED (also for an unknown name
    and for one without fingers), FINGER_REPLAYED, FINGER_TEMPLATE_DAMAGED, and as `sign_in.attempt`; AnalysisError.
    """
    operator = _verify(office, username, image, AuditTag.SIGN_IN, BY_FINGER)
    office.proofs.present(operator.id)
    return SignedIn(operator, clock.now())


def confirm_by_finger(office: Office, who: SignedIn, image: FingerImage, verb: Verb, object_id: str) -> None:
    """The operator shows again who she is, for this action on this object. Raises as `sign_in_by_finger`."""
    facts = {**BY_FINGER, "action": verb.value, "object": object_id}
    operator = _verify(office, who.operator.username, image, AuditTag.SIGN_IN_CONFIRMED, facts)
    office.proofs.give(operator.id, verb, object_id)
