"""The clerk's verbs at the hand-over: the person is recognised, the card is given, the registry learns of it."""

from __future__ import annotations

from datetime import datetime

from devices.fingerprint import FingerImage
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application, require_stage
from workstation.database.audit import write_audit
from workstation.database.blobs import put_blob
from workstation.database.boxes import ready_card, take_out
from workstation.database.captures import fingers_of
from workstation.database.card_jobs import add_match
from workstation.database.hand_overs import (
    Allowance,
    add_hand_over,
    keep_allowance,
    keep_guardian_print,
)
from workstation.database.moves import Actor, move
from workstation.database.old_cards import old_card_of
from workstation.database.policies import policy_of
from workstation.database.stock import issue_blank
from workstation.domain.audit import AuditTag
from workstation.domain.hand_over import check_collector
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.interchange.card_issue import CardIssued, to_message
from workstation.workflow.hand_over.finding import require_this_card
from workstation.workflow.hand_over.handing import (
    Handing,
    Recognised,
    age_of,
    check_signature,
    old_card_expected,
    recognise,
    take_old_card,
)
from workstation.workflow.hand_over.receipt import receipt
from workstation.workflow.hand_over.view import MatchView, read_match
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.print.view import require_job
from workstation.workflow.stock.witness import SecondPerson, write_by_two


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


def take_guardian_print(
    office: Office, who: SignedIn, application_id: str, position: int, image: FingerImage
) -> int:
    """Keeps a print of who comes for a child; returns its NFIQ 2 quality (0 to 100).

    Raises Refused COLLECTOR_NOT_ALLOWED (the holder is grown up), FINGER_QUALITY_LOW, AnalysisError.
    """

    ask(office, who, Verb.MATCH)
    record = office.analysis.analyse(image.pixels, image.width, image.height, image.dpi)

    def verb(tx: Connection) -> int:
        actor = acting(tx, office, who, Verb.MATCH)
        row = require_stage(tx, application_id, Stage.HAND_OVER)
        policy, now = policy_of(tx, row.policy_version), clock.now()
        below = policy.hand_over.guardian_below_age
        if age_of(accepted_fields(tx, application_id), now) >= below:
            raise Refused(Reason.COLLECTOR_NOT_ALLOWED, collector="guardian", age=below)
        if record.nfiq2 < policy.finger_quality_minimum:
            raise Refused(
                Reason.FINGER_QUALITY_LOW,
                position=position,
                nfiq2=record.nfiq2,
                minimum=policy.finger_quality_minimum,
            )
        keep_guardian_print(tx, application_id, position, record.wsq, record.nfiq2, by=actor.id, at=now)
        write_audit(
            tx,
            AuditTag.GUARDIAN_PRINT_TAKEN,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            position=position,
            nfiq2=record.nfiq2,
        )
        return record.nfiq2

    return office.store.write(verb)


def allow_without_finger(
    office: Office, who: SignedIn, application_id: str, reason: str, second: SecondPerson
) -> None:
    """A supervisor stands by and allows, for today, that the card is given without a finger that matches.

    Raises Refused REASON_MISSING, MOVE_NOT_ALLOWED, and as `write_by_two`: the second one must be a supervisor.
    """

    def verb(tx: Connection, actor: Actor, supervisor: str) -> None:
        require_stage(tx, application_id, Stage.HAND_OVER)
        told = reason.strip()
        if not told:
            raise Refused(Reason.REASON_MISSING)
        now = clock.now()
        keep_allowance(tx, application_id, Allowance(told, now, actor.id, supervisor))
        write_audit(
            tx,
            AuditTag.HAND_OVER_ALLOWED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            reason=told,
            confirmed_by=supervisor,
        )

    write_by_two(
        office,
        who,
        Verb.ALLOW_HAND_OVER,
        second,
        application_id,
        verb,
        witness_verb=Verb.ALLOW_WITNESS,
    )


def complete(office: Office, who: SignedIn, application_id: str, handing: Handing | None = None) -> bytes:
    """Hands the card over, takes the old one, closes the application and returns the receipt (PDF).

    Raises Refused COLLECTOR_NOT_ALLOWED, COLLECTOR_UNNAMED, FINGERPRINT_NO_MATCH (the newest comparison did not match
    and no supervisor allowed it), GUARDIAN_PRINT_MISSING, SUPERVISOR_NEEDED, SIGNATURE_MISSING, OLD_CARD_MISSING,
    CARD_NOT_HERE (it left in a parcel), CARD_OF_ANOTHER and CARD_UNKNOWN (what was scanned from it).
    """
    given = handing or Handing()

    def verb(tx: Connection) -> bytes:
        actor = acting(tx, office, who, Verb.HAND_OVER_COMPLETE)
        row = require_stage(tx, application_id, Stage.HAND_OVER)
        job, now = require_job(tx, application_id), clock.now()
        waits = ready_card(tx, application_id)
        if waits is not None and waits.seal is not None:
            raise Refused(Reason.CARD_NOT_HERE, seal=waits.seal)
        if given.card.strip():
            require_this_card(tx, application_id, given.card)
        fields, rules = accepted_fields(tx, application_id), policy_of(tx, row.policy_version).hand_over
        check_collector(given.collector, age_of(fields, now), rules)
        known = recognise(tx, application_id, given.collector, now)
        check_signature(given, rules)
        expected = old_card_expected(tx, application_id, fields)
        take_old_card(tx, application_id, given.old_card, expected, by=actor, at=now)
        paper = receipt(tx, office, who.operator.display_name, application_id, given, now)
        add_hand_over(
            tx,
            application_id,
            finger=known.finger,
            collector=given.collector,
            signature=given.signature,
            unsigned_reason=given.unsigned_reason,
            receipt=put_blob(tx, paper, "application/pdf"),
            by=actor.id,
            at=now,
        )
        write_audit(
            tx,
            AuditTag.CARD_COLLECTED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            collected_by=given.collector.kind.value,
            signed="screen" if given.signature is not None else given.unsigned_reason.strip() or "paper",
            **({"fallback": known.fallback} if known.fallback else {}),
            **({"card": "scanned"} if given.card.strip() else {}),
        )
        serial = issue_blank(tx, job.id, at=now, by=actor) or ""
        take_out(tx, job.id)
        message = _message(tx, office, application_id, given, known, actor, now, serial)
        move(tx, application_id, Action.COMPLETE, actor=actor, at=now, announcement=message)
        return paper

    return office.store.write(verb)


def _message(
    connection: Connection,
    office: Office,
    application_id: str,
    given: Handing,
    known: Recognised,
    by: Actor,
    at: datetime,
    stock_number: str,
) -> bytes:
    row = application(connection, application_id)
    fields = accepted_fields(connection, application_id)
    named = ("given_name_lo", "surname_lo", "given_name_latin", "surname_latin", "birth_date")
    old = old_card_of(connection, application_id)
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
            collected_by=given.collector.kind.value,
            fingerprint_score=None if known.finger is None else known.finger[1],
            fallback_reason=known.fallback,
            biographic={name: fields[name] for name in named if name in fields},
            stock_number=stock_number,
            old_card="" if old is None else old.state.value,
            old_document_number="" if old is None else old.number,
        )
    )
