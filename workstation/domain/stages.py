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
from workstation.domain.permissions import PERMISSIONS, Verb
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
    # Another card is always this: the one before is made void by two people, and the printing begins anew.
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


def _by(verb: Verb, to: Stage, *, same_approver: bool = False) -> Move:
    """The move that this verb makes: who may make it stands in the table of permissions and only there."""
    permission = PERMISSIONS[verb]
    return Move(to, permission.roles, permission.second_person, same_approver)


_REGISTRY = frozenset({Role.REGISTRY})

TABLE: dict[tuple[Stage, Action], Move] = {
    (Stage.INTAKE, Action.COMPLETE): _by(Verb.INTAKE_COMPLETE, Stage.PHOTO),
    (Stage.INTAKE, Action.REFER): _by(Verb.REFER, Stage.REFERRED),
    (Stage.INTAKE, Action.WITHDRAW): _by(Verb.WITHDRAW, Stage.WITHDRAWN),
    (Stage.PHOTO, Action.COMPLETE): _by(Verb.PHOTO_COMPLETE, Stage.FINGERPRINTS),
    (Stage.PHOTO, Action.RETURN_TO_INTAKE): _by(Verb.PHOTO_COMPLETE, Stage.INTAKE),
    (Stage.PHOTO, Action.WITHDRAW): _by(Verb.WITHDRAW, Stage.WITHDRAWN),
    (Stage.FINGERPRINTS, Action.COMPLETE): _by(Verb.FINGERPRINTS_COMPLETE, Stage.REVIEW),
    (Stage.FINGERPRINTS, Action.RETURN_TO_INTAKE): _by(Verb.FINGERPRINTS_COMPLETE, Stage.INTAKE),
    (Stage.FINGERPRINTS, Action.RETURN_TO_PHOTO): _by(Verb.FINGERPRINTS_COMPLETE, Stage.PHOTO),
    (Stage.FINGERPRINTS, Action.WITHDRAW): _by(Verb.WITHDRAW, Stage.WITHDRAWN),
    (Stage.REVIEW, Action.APPROVE): _by(Verb.APPROVE, Stage.DECISION),
    (Stage.REVIEW, Action.RETURN_TO_INTAKE): _by(Verb.RETURN, Stage.INTAKE),
    (Stage.REVIEW, Action.RETURN_TO_PHOTO): _by(Verb.RETURN, Stage.PHOTO),
    (Stage.REVIEW, Action.RETURN_TO_FINGERPRINTS): _by(Verb.RETURN, Stage.FINGERPRINTS),
    (Stage.REVIEW, Action.REJECT): _by(Verb.REJECT, Stage.REJECTED),
    (Stage.REVIEW, Action.WITHDRAW): _by(Verb.WITHDRAW, Stage.WITHDRAWN),
    (Stage.DECISION, Action.RECALL): _by(Verb.RECALL, Stage.REVIEW, same_approver=True),
    (Stage.DECISION, Action.ACCEPT): Move(Stage.PRINT, _REGISTRY),
    (Stage.DECISION, Action.REFUSE): Move(Stage.REFUSED_BY_REGISTRY, _REGISTRY),
    (Stage.PRINT, Action.COMPLETE): _by(Verb.PRINT_COMPLETE, Stage.ENCODE),
    (Stage.ENCODE, Action.COMPLETE): _by(Verb.PRINT_COMPLETE, Stage.CHECK),
    (Stage.ENCODE, Action.VOID): _by(Verb.REPRINT, Stage.PRINT),
    (Stage.CHECK, Action.COMPLETE): _by(Verb.CHECK_COMPLETE, Stage.HAND_OVER),
    (Stage.CHECK, Action.VOID): _by(Verb.REPRINT, Stage.PRINT),
    (Stage.HAND_OVER, Action.COMPLETE): _by(Verb.HAND_OVER_COMPLETE, Stage.CLOSED),
    (Stage.HAND_OVER, Action.VOID): _by(Verb.REPRINT, Stage.PRINT),
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
