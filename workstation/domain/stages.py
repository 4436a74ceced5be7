"""The path of one application as one table: (stage, action) -> stage, who may, and whether a second person must.

Nothing else in the program decides a stage. `next_move` answers for one move; tests walk every cell, the
forbidden ones included. Encoding is a stage that a policy can switch off: a move that leads to a stage which is
switched off goes on to the stage named in SKIPPED_BY_POLICY.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused


class Stage(StrEnum):
    """Where an application is. The last five are ends: nothing moves out of them."""

    INTAKE = "intake"
    PHOTO = "photo"
    FINGERPRINTS = "fingerprints"
    REVIEW = "review"
    DECISION = "decision"
    PRINT = "print"
    ENCODE = "encode"
    CHECK = "check"
    HAND_OVER = "hand_over"
    CLOSED = "closed"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    REFUSED_BY_REGISTRY = "refused_by_registry"


PATH = (
    Stage.INTAKE,
    Stage.PHOTO,
    Stage.FINGERPRINTS,
    Stage.REVIEW,
    Stage.DECISION,
    Stage.PRINT,
    Stage.ENCODE,
    Stage.CHECK,
    Stage.HAND_OVER,
)
ENDS = (Stage.CLOSED, Stage.REFERRED, Stage.WITHDRAWN, Stage.REJECTED, Stage.REFUSED_BY_REGISTRY)


class Action(StrEnum):
    """What is done to an application; each is one clerk's verb, or one answer of the registry."""

    COMPLETE = "complete"
    REFER = "refer"
    APPROVE = "approve"
    RECALL = "recall"
    RETURN_TO_INTAKE = "return_to_intake"
    RETURN_TO_PHOTO = "return_to_photo"
    RETURN_TO_FINGERPRINTS = "return_to_fingerprints"
    REJECT = "reject"
    ACCEPT = "accept"
    REFUSE = "refuse"
    REPRINT = "reprint"
    VOID = "void"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Move:
    """One row: where it leads, who may make it, whether the person must differ from the one who captured, and
    whether she must be the one who approved."""

    to: Stage
    roles: frozenset[Role]
    second_person: bool = False
    same_approver: bool = False


_CAPTURE = frozenset({Role.CLERK, Role.SUPERVISOR})
_SUPERVISOR = frozenset({Role.SUPERVISOR})
_REGISTRY = frozenset({Role.REGISTRY})

TABLE: dict[tuple[Stage, Action], Move] = {
    (Stage.INTAKE, Action.COMPLETE): Move(Stage.PHOTO, _CAPTURE),
    (Stage.INTAKE, Action.REFER): Move(Stage.REFERRED, _CAPTURE),
    (Stage.INTAKE, Action.WITHDRAW): Move(Stage.WITHDRAWN, _CAPTURE),
    (Stage.PHOTO, Action.COMPLETE): Move(Stage.FINGERPRINTS, _CAPTURE),
    (Stage.PHOTO, Action.RETURN_TO_INTAKE): Move(Stage.INTAKE, _CAPTURE),
    (Stage.PHOTO, Action.WITHDRAW): Move(Stage.WITHDRAWN, _CAPTURE),
    (Stage.FINGERPRINTS, Action.COMPLETE): Move(Stage.REVIEW, _CAPTURE),
    (Stage.FINGERPRINTS, Action.RETURN_TO_INTAKE): Move(Stage.INTAKE, _CAPTURE),
    (Stage.FINGERPRINTS, Action.RETURN_TO_PHOTO): Move(Stage.PHOTO, _CAPTURE),
    (Stage.FINGERPRINTS, Action.WITHDRAW): Move(Stage.WITHDRAWN, _CAPTURE),
    (Stage.REVIEW, Action.APPROVE): Move(Stage.DECISION, _SUPERVISOR, second_person=True),
    (Stage.REVIEW, Action.RETURN_TO_INTAKE): Move(Stage.INTAKE, _SUPERVISOR, second_person=True),
    (Stage.REVIEW, Action.RETURN_TO_PHOTO): Move(Stage.PHOTO, _SUPERVISOR, second_person=True),
    (Stage.REVIEW, Action.RETURN_TO_FINGERPRINTS): Move(Stage.FINGERPRINTS, _SUPERVISOR, second_person=True),
    (Stage.REVIEW, Action.REJECT): Move(Stage.REJECTED, _SUPERVISOR, second_person=True),
    (Stage.REVIEW, Action.WITHDRAW): Move(Stage.WITHDRAWN, _CAPTURE),
    (Stage.DECISION, Action.RECALL): Move(Stage.REVIEW, _SUPERVISOR, second_person=True, same_approver=True),
    (Stage.DECISION, Action.ACCEPT): Move(Stage.PRINT, _REGISTRY),
    (Stage.DECISION, Action.REFUSE): Move(Stage.REFUSED_BY_REGISTRY, _REGISTRY),
    (Stage.PRINT, Action.COMPLETE): Move(Stage.ENCODE, _CAPTURE),
    (Stage.ENCODE, Action.COMPLETE): Move(Stage.CHECK, _CAPTURE),
    (Stage.ENCODE, Action.VOID): Move(Stage.PRINT, _SUPERVISOR),
    (Stage.CHECK, Action.COMPLETE): Move(Stage.HAND_OVER, _CAPTURE),
    (Stage.CHECK, Action.REPRINT): Move(Stage.PRINT, _SUPERVISOR),
    (Stage.CHECK, Action.VOID): Move(Stage.PRINT, _SUPERVISOR),
    (Stage.HAND_OVER, Action.COMPLETE): Move(Stage.CLOSED, _CAPTURE),
    (Stage.HAND_OVER, Action.REPRINT): Move(Stage.PRINT, _SUPERVISOR),
    (Stage.HAND_OVER, Action.VOID): Move(Stage.PRINT, _SUPERVISOR),
}

SKIPPED_BY_POLICY: dict[Stage, Stage] = {Stage.ENCODE: Stage.CHECK}
RETURNS: dict[Stage, Action] = {
    Stage.INTAKE: Action.RETURN_TO_INTAKE,
    Stage.PHOTO: Action.RETURN_TO_PHOTO,
    Stage.FINGERPRINTS: Action.RETURN_TO_FINGERPRINTS,
}


def next_move(
    stage: Stage,
    action: Action,
    *,
    role: Role,
    actor: str,
    captured_by: Set[str],
    switched_off: Set[Stage],
    approved_by: str | None = None,
) -> Stage:
    """Where `action` leads from `stage`.

    `actor` is the operator's id, `captured_by` the ids of all who worked on the capture and `approved_by` the id of
    who approved it last; `switched_off` are the stages that the application's policy leaves out. Raises Refused:
    MOVE_NOT_ALLOWED, ROLE_NOT_ALLOWED, SAME_PERSON, NOT_THE_APPROVER.
    """
    move = TABLE.get((stage, action))
    if move is None:
        raise Refused(Reason.MOVE_NOT_ALLOWED, stage=stage.value, action=action.value)
    if role not in move.roles:
        raise Refused(Reason.ROLE_NOT_ALLOWED, role=role.value, action=action.value)
    if move.second_person and actor in captured_by:
        raise Refused(Reason.SAME_PERSON, action=action.value)
    if move.same_approver and actor != approved_by:
        raise Refused(Reason.NOT_THE_APPROVER, action=action.value)
    to = move.to
    while to in switched_off:
        to = SKIPPED_BY_POLICY[to]
    return to
