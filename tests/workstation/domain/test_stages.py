"""The whole table of stages is walked: every allowed move, and every forbidden one."""

from __future__ import annotations

import itertools

import pytest

from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import ENDS, PATH, RETURNS, SKIPPED_BY_POLICY, TABLE, Action, Stage, next_move

NOBODY: frozenset[str] = frozenset()
NOTHING: frozenset[Stage] = frozenset()


def test_every_cell_of_stage_action_and_role() -> None:
    allowed = refused = 0
    for stage, action, role in itertools.product(Stage, Action, Role):
        move = TABLE.get((stage, action))
        if move is not None and role in move.roles:
            to = next_move(
                stage,
                action,
                role=role,
                actor="a",
                captured_by=NOBODY,
                switched_off=NOTHING,
                approved_by="a",
            )
            assert to is move.to
            allowed += 1
            continue
        with pytest.raises(Refused) as refusal:
            next_move(stage, action, role=role, actor="a", captured_by=NOBODY, switched_off=NOTHING)
        expected = Reason.MOVE_NOT_ALLOWED if move is None else Reason.ROLE_NOT_ALLOWED
        assert refusal.value.reason is expected
        refused += 1
    assert allowed + refused == len(Stage) * len(Action) * len(Role)
    assert allowed == sum(len(move.roles) for move in TABLE.values())


@pytest.mark.parametrize(("stage", "action"), [key for key, move in TABLE.items() if move.second_person])
def test_who_captured_never_makes_a_second_persons_move(stage: Stage, action: Action) -> None:
    for role in TABLE[stage, action].roles:
        with pytest.raises(Refused) as refusal:
            next_move(
                stage, action, role=role, actor="a", captured_by=frozenset({"b", "a"}), switched_off=NOTHING
            )
        assert refusal.value.reason is Reason.SAME_PERSON


def test_everything_decided_at_review_needs_a_second_person() -> None:
    decided = [action for (stage, action) in TABLE if stage is Stage.REVIEW and action is not Action.WITHDRAW]
    assert all(TABLE[Stage.REVIEW, action].second_person for action in decided)
    assert len(decided) == 5


@pytest.mark.parametrize("approver", ["b", None])
def test_only_who_approved_recalls(approver: str | None) -> None:
    with pytest.raises(Refused) as refusal:
        next_move(
            Stage.DECISION,
            Action.RECALL,
            role=Role.SUPERVISOR,
            actor="a",
            captured_by=frozenset({"c"}),
            switched_off=NOTHING,
            approved_by=approver,
        )
    assert refusal.value.reason is Reason.NOT_THE_APPROVER


def test_a_recall_leads_back_to_review_and_nowhere_else() -> None:
    recalls = {stage: move for (stage, action), move in TABLE.items() if action is Action.RECALL}
    assert list(recalls) == [Stage.DECISION]
    assert recalls[Stage.DECISION].to is Stage.REVIEW
    assert recalls[Stage.DECISION].roles == {Role.SUPERVISOR}


def test_nothing_leaves_an_end() -> None:
    assert not [stage for stage, _ in TABLE if stage in ENDS]


def test_every_stage_is_reached_and_leads_to_an_end() -> None:
    reached, waiting = {Stage.INTAKE}, [Stage.INTAKE]
    while waiting:
        here = waiting.pop()
        for (stage, _), move in TABLE.items():
            if stage is here and move.to not in reached:
                reached.add(move.to)
                waiting.append(move.to)
    assert reached == set(Stage)
    closing = {Stage.CLOSED}
    for _ in Stage:
        closing |= {stage for (stage, _), move in TABLE.items() if move.to in closing}
    assert set(PATH) <= closing


def test_the_path_is_the_one_that_completing_follows() -> None:
    onward = {
        Stage.REVIEW: Action.APPROVE,
        Stage.DECISION: Action.ACCEPT,
    }
    for here, there in itertools.pairwise((*PATH, Stage.CLOSED)):
        assert TABLE[here, onward.get(here, Action.COMPLETE)].to is there


def test_a_stage_switched_off_is_passed_over() -> None:
    off = frozenset({Stage.ENCODE})
    move = {"role": Role.CLERK, "actor": "a", "captured_by": NOBODY}
    assert next_move(Stage.PRINT, Action.COMPLETE, switched_off=off, **move) is Stage.CHECK  # type: ignore[arg-type]  # keywords of mixed types
    assert next_move(Stage.PRINT, Action.COMPLETE, switched_off=NOTHING, **move) is Stage.ENCODE  # type: ignore[arg-type]  # keywords of mixed types
    assert set(SKIPPED_BY_POLICY) == {Stage.ENCODE}


def test_a_return_leads_to_the_stage_it_names() -> None:
    for stage, action in RETURNS.items():
        assert TABLE[Stage.REVIEW, action].to is stage
