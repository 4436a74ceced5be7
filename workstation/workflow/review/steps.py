"""The reviewer's verbs. She is never one of those who captured; the table of stages says so."""

from __future__ import annotations

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import keep_approver, keep_ending, require_stage
from workstation.database.defects import raise_defect
from workstation.database.moves import move
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import RETURNS, Action, Stage
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.review.checks import check_defect
from workstation.workflow.review.record import enrolment_message


def approve(office: Office, who: SignedIn, application_id: str, seen_version: int) -> Stage:
    """Sends the application to the registry. Raises Refused SAME_PERSON, ROLE_NOT_ALLOWED, CHANGED_BY_ANOTHER."""

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who)
        require_stage(tx, application_id, Stage.REVIEW)
        now = clock.now()
        message = enrolment_message(tx, office, application_id, approved_by=actor.id, at=now)
        keep_approver(tx, application_id, actor.id)
        return move(
            tx,
            application_id,
            Action.APPROVE,
            actor=actor,
            at=now,
            announcement=message,
            seen_version=seen_version,
        )

    return office.store.write(verb)


def return_for(
    office: Office,
    who: SignedIn,
    application_id: str,
    seen_version: int,
    stage: Stage,
    defect_code: str,
    note: str,
) -> Stage:
    """Sends it back to the stage at fault with a named defect. Raises Refused DEFECT_MISSING, else as approve."""
    check_defect(stage, defect_code, note)

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who)
        require_stage(tx, application_id, Stage.REVIEW)
        now = clock.now()
        raise_defect(tx, application_id, stage, defect_code, note.strip(), by=actor.id, at=now)
        return move(tx, application_id, RETURNS[stage], actor=actor, at=now, seen_version=seen_version)

    return office.store.write(verb)


def reject(office: Office, who: SignedIn, application_id: str, seen_version: int, reason: str) -> Stage:
    """Ends the application. Raises Refused REASON_MISSING and what approve raises."""
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who)
        require_stage(tx, application_id, Stage.REVIEW)
        keep_ending(tx, application_id, reason.strip())
        return move(tx, application_id, Action.REJECT, actor=actor, at=clock.now(), seen_version=seen_version)

    return office.store.write(verb)
