"""The reviewer's verbs. She is never one of those who captured; the table of stages says so."""

from __future__ import annotations

from collections.abc import Sequence, Set

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import keep_approver, keep_ending, require_stage
from workstation.database.defects import raise_defect
from workstation.database.moves import move
from workstation.database.outbox import recall_held
from workstation.domain.defects import NamedDefect, check_defects, earliest
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import RETURNS, Action, Stage
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.review.checks import check_visited
from workstation.workflow.review.record import enrolment_message
from workstation.workflow.review.view import read_points
from workstation.workflow.sign_in_confirming import write_confirmed


def approve(
    office: Office,
    who: SignedIn,
    application_id: str,
    seen_version: int,
    visited: Set[str] = frozenset(),
) -> Stage:
    """Sends the application to the registry, after the policy's time for a recall. `visited` are the ids of the points
    that were looked at. Raises Refused SAME_PERSON, ROLE_NOT_ALLOWED, CHANGED_BY_ANOTHER, POINTS_NOT_VISITED,
    CONFIRMATION_NEEDED."""

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.APPROVE)
        require_stage(tx, application_id, Stage.REVIEW)
        now = clock.now()
        message = enrolment_message(tx, office, application_id, approved_by=actor.id, at=now)
        to = move(
            tx,
            application_id,
            Action.APPROVE,
            actor=actor,
            at=now,
            announcement=message,
            seen_version=seen_version,
        )
        # After the move's own rules: who may not decide is told that, not how much she has left to look at.
        check_visited(read_points(tx, application_id).points, visited)
        keep_approver(tx, application_id, actor.id)
        return to

    return write_confirmed(office, who, Verb.APPROVE, application_id, verb)


def recall(office: Office, who: SignedIn, application_id: str) -> Stage:
    """Takes her own approval back before its sending begins. Raises Refused SENDING_BEGUN, NOT_THE_APPROVER,
    MOVE_NOT_ALLOWED (the registry has decided), ROLE_NOT_ALLOWED."""

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.RECALL)
        now = clock.now()
        to = move(tx, application_id, Action.RECALL, actor=actor, at=now)
        if not recall_held(tx, application_id, now):
            raise Refused(Reason.SENDING_BEGUN)
        keep_approver(tx, application_id, None)
        return to

    return office.store.write(verb)


def return_for(
    office: Office,
    who: SignedIn,
    application_id: str,
    seen_version: int,
    named: Sequence[NamedDefect],
) -> Stage:
    """Sends it back with everything that is wrong: to the earliest stage at fault, from where it walks through the
    others. Raises Refused DEFECT_MISSING, else as approve."""
    check_defects(named)
    back_to = earliest(named)

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.RETURN)
        require_stage(tx, application_id, Stage.REVIEW)
        now = clock.now()
        for one in named:
            raise_defect(
                tx,
                application_id,
                one.stage,
                one.code,
                one.note.strip(),
                by=actor.id,
                at=now,
                place=one.place,
            )
        return move(tx, application_id, RETURNS[back_to], actor=actor, at=now, seen_version=seen_version)

    return office.store.write(verb)


def reject(office: Office, who: SignedIn, application_id: str, seen_version: int, reason: str) -> Stage:
    """Ends the application. Raises Refused REASON_MISSING and what approve raises."""
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.REJECT)
        require_stage(tx, application_id, Stage.REVIEW)
        keep_ending(tx, application_id, reason.strip())
        return move(tx, application_id, Action.REJECT, actor=actor, at=clock.now(), seen_version=seen_version)

    return write_confirmed(office, who, Verb.REJECT, application_id, verb)
