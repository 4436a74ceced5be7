"""The one place that changes an application's stage: rule, stage, audit entry and outbox entry in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from workstation import clock
from workstation.database.audit import write_audit
from workstation.database.claims import refuse_late
from workstation.database.defects import is_defective
from workstation.database.outbox import OutboxKind, add_to_outbox
from workstation.database.policies import policy_of
from workstation.database.tables import applications, captured_by
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import RETURNS, Action, Stage, next_move

# The registry learns of these moves; the verb that makes one hands its message over.
ANNOUNCED: dict[tuple[Stage, Action], OutboxKind] = {
    (Stage.REVIEW, Action.APPROVE): OutboxKind.ENROLMENT,
    (Stage.HAND_OVER, Action.COMPLETE): OutboxKind.CARD_ISSUED,
}
_CAPTURE_STAGES = (Stage.INTAKE, Stage.PHOTO, Stage.FINGERPRINTS)


@dataclass(frozen=True)
class Actor:
    """Who makes the move, at which station. The registry's actor id is its name."""

    id: str
    role: Role
    station_id: str


def move(
    tx: Connection,
    application_id: str,
    action: Action,
    *,
    actor: Actor,
    at: datetime,
    announcement: bytes | None = None,
    seen_version: int | None = None,
) -> Stage:
    """Moves the application and returns its new stage.

    `announcement` is the outbox message of a move named in ANNOUNCED. `seen_version` is the version that the clerk
    had before her eyes. Raises Refused: NO_SUCH_APPLICATION, CHANGED_BY_ANOTHER, and what `next_move` raises.
    """
    row = tx.execute(
        select(
            applications.c.stage,
            applications.c.version,
            applications.c.policy_version,
            applications.c.approved_by,
        ).where(applications.c.id == application_id)
    ).first()
    if row is None:
        raise Refused(Reason.NO_SUCH_APPLICATION)
    stage = Stage(row.stage)
    if seen_version is not None and seen_version != row.version:
        raise Refused(Reason.CHANGED_BY_ANOTHER, stage=stage.value)
    if actor.role is not Role.REGISTRY:
        refuse_late(tx, application_id, actor.id, at=at, station_id=actor.station_id)
    policy = policy_of(tx, row.policy_version)
    to = next_move(
        stage,
        action,
        role=actor.role,
        actor=actor.id,
        captured_by=capturers(tx, application_id),
        switched_off=policy.switched_off,
        approved_by=row.approved_by,
    )
    kind = ANNOUNCED.get((stage, action))
    if (kind is None) != (announcement is None):
        raise ValueError(f"{stage.value}/{action.value}: announcement and table disagree")
    tx.execute(
        update(applications)
        .where(applications.c.id == application_id)
        .values(
            stage=to.value,
            stage_since=at,
            version=applications.c.version + 1,
            # Sent back for several stages, it stays a returned one until the last of them is mended.
            returned=(stage is Stage.REVIEW and action in RETURNS.values())
            or (to in RETURNS and is_defective(tx, application_id)),
        )
    )
    if stage in _CAPTURE_STAGES:
        keep_capturer(tx, application_id, actor.id)
    write_audit(
        tx,
        AuditTag.APPLICATION_MOVED,
        at=at,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=application_id,
        stage=stage.value,
        action=action.value,
        to=to.value,
    )
    if kind is not None and announcement is not None:
        held = policy.recall_seconds if action is Action.APPROVE else 0
        add_to_outbox(tx, application_id, kind, announcement, at=at, not_before=at + timedelta(seconds=held))
    return to


def capturers(connection: Connection, application_id: str) -> frozenset[str]:
    """The ids of all operators who worked on the capture: none of them may approve it."""
    rows = connection.execute(
        select(captured_by.c.operator_id).where(captured_by.c.application_id == application_id)
    )
    return frozenset(row.operator_id for row in rows)


def keep_capturer(tx: Connection, application_id: str, operator_id: str) -> None:
    """Remembers that the operator worked on the capture. Raises Overtaken when it is somebody else's meanwhile."""
    refuse_late(tx, application_id, operator_id, at=clock.now())
    if operator_id not in capturers(tx, application_id):
        tx.execute(captured_by.insert().values(application_id=application_id, operator_id=operator_id))
