"""The clerk's verbs at the hand-over: the finger is matched 1:1, the card is given, the registry learns of it."""

from __future__ import annotations

from datetime import datetime

from devices.fingerprint import FingerImage
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application, require_stage
from workstation.database.audit import write_audit
from workstation.database.blobs import put_blob
from workstation.database.captures import fingers_of
from workstation.database.card_jobs import FingerMatch, add_hand_over, add_match, last_match
from workstation.database.moves import Actor, move
from workstation.database.policies import policy_of
from workstation.database.stock import issue_blank
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.interchange.card_issue import CardIssued, to_message
from workstation.workflow.hand_over.receipt import receipt
from workstation.workflow.hand_over.view import MatchView, read_match
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.print.view import require_job


def match(office: Office, who: SignedIn, application_id: str, position: int, image: FingerImage) -> MatchView:
    """Compares a live print with the stored template of that finger and keeps the outcome, matched or not.

    Raises Refused TOO_FEW_FINGERS (no template of that finger), AnalysisError.
    """

    ask(office, who, Verb.MATCH)

    def query(connection: Connection) -> tuple[bytes, int]:
        row = require_stage(connection, application_id, Stage.HAND_OVER)
        finger = fingers_of(connection, application_id).get(position)
        if finger is None or finger.template is None:
            raise Refused(Reason.TOO_FEW_FINGERS, position=position)
        return finger.template, policy_of(connection, row.policy_version).match_threshold

    reference, threshold = office.store.read(query)
    live = office.analysis.analyse(image.pixels, image.width, image.height, image.dpi)
    score = office.analysis.match(live.template, reference)

    def verb(tx: Connection) -> MatchView:
        actor = acting(tx, office, who, Verb.MATCH)
        require_stage(tx, application_id, Stage.HAND_OVER)
        now = clock.now()
        add_match(
            tx, application_id, position=position, score=score, threshold=threshold, by=actor.id, at=now
        )
        write_audit(
            tx,
            AuditTag.FINGER_MATCHED if score >= threshold else AuditTag.FINGER_NOT_MATCHED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            position=position,
            score=score,
        )
        found = read_match(tx, application_id)
        assert found is not None
        return found

    return office.store.write(verb)


def _message(
    connection: Connection,
    office: Office,
    application_id: str,
    held: FingerMatch,
    by: Actor,
    at: datetime,
    stock_number: str,
) -> bytes:
    row = application(connection, application_id)
    fields = accepted_fields(connection, application_id)
    named = ("given_name_lo", "surname_lo", "given_name_latin", "surname_latin", "birth_date")
    return to_message(
        CardIssued(
            application_id=application_id,
            kind=row.kind,
            office_code=office.station.office_code,
            identity_number=row.identity_number or "",
            document_number=row.document_number or "",
            chip_serial=require_job(connection, application_id).chip_serial or "",
            handed_over_at=at.isoformat(),
            handed_over_by=by.id,
            handed_over_role=by.role.value,
            collected_by="holder",
            fingerprint_score=held.score,
            fallback_reason="",
            biographic={name: fields[name] for name in named if name in fields},
            stock_number=stock_number,
        )
    )


def complete(office: Office, who: SignedIn, application_id: str) -> bytes:
    """Hands the card over, closes the application and returns the receipt (PDF).

    Raises Refused FINGERPRINT_NO_MATCH unless the newest comparison matched.
    """

    def verb(tx: Connection) -> bytes:
        actor = acting(tx, office, who, Verb.HAND_OVER_COMPLETE)
        require_stage(tx, application_id, Stage.HAND_OVER)
        held = last_match(tx, application_id)
        if held is None or held.score < held.threshold:
            raise Refused(Reason.FINGERPRINT_NO_MATCH)
        now = clock.now()
        paper = receipt(tx, office, who, application_id, now)
        add_hand_over(
            tx,
            application_id,
            held,
            receipt=put_blob(tx, paper, "application/pdf"),
            by=actor.id,
            at=now,
        )
        serial = issue_blank(tx, require_job(tx, application_id).id, at=now, by=actor) or ""
        message = _message(tx, office, application_id, held, actor, now, serial)
        move(tx, application_id, Action.COMPLETE, actor=actor, at=now, announcement=message)
        return paper

    return office.store.write(verb)
