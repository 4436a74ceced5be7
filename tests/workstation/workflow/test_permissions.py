"""The whole matrix of roles and verbs below the window: every cell by calling the real verb on a real office."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

import workstation.workflow
from tests.ui.stages.counter_office import PASSWORD, Counter, make_room
from tests.workstation.workflow.verb_calls import CASES, Case, made
from workstation import clock
from workstation.database.tables import metadata
from workstation.domain.defects import NamedDefect
from workstation.domain.operator import SIGN_IN_ROLES, Operator, Role
from workstation.domain.permissions import PERMISSIONS, Verb, may, require
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.startup import close_office
from workstation.workflow.office import SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.review import steps as review
from workstation.workflow.review.view import view
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_confirming import confirm

# Letting go is never refused: an operator whose role was taken away still leaves, and still frees what she held.
NEVER_REFUSED = {"workstation.workflow.claims.release"}
# They ask nobody: they are the asking itself, parts of a verb, or read what the pre-flight shows to everybody.
NO_VERBS = {
    "workstation.workflow.office.acting",
    "workstation.workflow.office.ask",
    "workstation.workflow.preflight.view.look",
    "workstation.workflow.operator_fingers.require_not_own_finger",
    "workstation.workflow.approvals.steps.make_request",
    "workstation.workflow.approvals.steps.put_signature",
}
# Whoever signs in, or shows again who she is, has no role yet.
SIGNING_IN = "workstation.workflow.sign_in"
# The schedule makes backups without anybody; who makes one by hand is asked by `backup_now`.
BACKUPS = "workstation.workflow.backup."
# Signing in has nobody to ask yet; seeding refuses wherever the work is real.
WRITE_WITHOUT_ANYBODY = {"workstation.workflow.seeding.seed.seed"}


class Matrix:
    """The office, one operator of every role who never touched an application, and applications at every stage."""

    def __init__(self, data: Path) -> None:
        room = make_room(data)
        self.office = room.office
        counter = Counter(room.office, room.clerk, room.supervisor, None, None)  # type: ignore[arg-type]  # no page is shown
        administrator = sign_in(room.office, "admin", PASSWORD)
        self.who = {
            role: SignedIn(
                add_operator(
                    room.office,
                    administrator,
                    username=f"a {role.value}",
                    display_name=role.value,
                    role=role,
                    password=PASSWORD,
                ),
                clock.now(),
            )
            for role in SIGN_IN_ROLES
        }
        self.clerk, self.supervisor = room.clerk, room.supervisor
        self.at = made(counter)

    def count(self) -> dict[str, int]:
        """How many rows each table has: what a refused verb must not change."""
        return self.office.store.read(_counted)


def _counted(connection: Connection) -> dict[str, int]:
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in metadata.sorted_tables
        if not table.name.startswith("sign_in")
    }


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    built = Matrix(tmp_path_factory.mktemp("matrix") / "data")
    yield built
    close_office(built.office)


def _outcome(case: Case, matrix: Matrix, role: Role) -> Reason | None:
    """The rule that refused; None when it went through or met what is no rule (no such printer, damaged form)."""
    try:
        case.call(matrix.office, matrix.who[role], matrix.at)
    except Refused as refusal:
        return refusal.reason
    except Exception:
        return None
    return None


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: _name(case.function).removeprefix("workstation.workflow.")
)
def test_every_cell(matrix: Matrix, case: Case) -> None:
    # Who may not comes first: what an allowed role changes must not hide a refusal.
    for role in sorted(SIGN_IN_ROLES, key=lambda role: may(role, case.verb)):
        before = matrix.count()
        outcome = _outcome(case, matrix, role)
        if may(role, case.verb):
            assert outcome is not Reason.ROLE_NOT_ALLOWED, f"{role} may {case.verb}"
        else:
            assert outcome is Reason.ROLE_NOT_ALLOWED, f"{role} may not {case.verb}, but: {outcome}"
            assert matrix.count() == before, f"{role} left something behind"


def _verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    package = workstation.workflow
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        room = importlib.import_module(module.name)
        for name, function in vars(room).items():
            if inspect.isfunction(function) and function.__module__ == module.name and name[0] != "_":
                yield _name(function), function


def test_no_public_verb_escapes() -> None:
    cased = {_name(case.function) for case in CASES}
    unasked = {
        name
        for name, function in _verbs()
        if {"office", "who"} <= set(inspect.signature(function).parameters)
        and not name.startswith(SIGNING_IN)
    } - cased
    assert unasked == NEVER_REFUSED | NO_VERBS


def test_what_asks_nobody_writes_nothing() -> None:
    writers = set()
    for name, function in _verbs():
        parameters = inspect.signature(function).parameters
        if "office" in parameters and "who" not in parameters and not name.startswith((SIGNING_IN, BACKUPS)):
            source = inspect.getsource(function)
            if "store.write" in source or "store.submit" in source:
                writers.add(name)
    assert writers == WRITE_WITHOUT_ANYBODY


def test_every_line_of_the_table_is_asked_by_somebody() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(workstation.workflow.__path__[0]).rglob("*.py")
    )
    assert [verb.name for verb in Verb if f"Verb.{verb.name}" not in source] == []
    assert set(PERMISSIONS) == set(Verb)


@pytest.mark.parametrize("verb", Verb)
def test_the_registry_signs_nothing_in_and_no_line_is_empty(verb: Verb) -> None:
    assert PERMISSIONS[verb].roles
    with pytest.raises(Refused) as refusal:
        require(Role.REGISTRY, verb)
    assert refusal.value.facts == {"role": "registry", "action": verb.value}


def test_a_role_that_was_taken_away_counts_at_once(matrix: Matrix) -> None:
    """The caller's object says supervisor; the database's word decides."""
    clerk = matrix.who[Role.CLERK]
    pretender = replace(clerk, operator=replace(clerk.operator, role=Role.SUPERVISOR))
    with pytest.raises(Refused) as refusal:
        review.reject(matrix.office, pretender, matrix.at.review, -1, "reason")
    assert refusal.value.reason is Reason.ROLE_NOT_ALLOWED


def test_somebody_unknown_is_not_signed_in(matrix: Matrix) -> None:
    ghost = SignedIn(Operator("nobody", "nobody", "nobody", Role.SUPERVISOR, True), clock.now())
    for case in CASES:
        with pytest.raises(Refused) as refusal:
            case.call(matrix.office, ghost, matrix.at)
        assert refusal.value.reason is Reason.NOT_SIGNED_IN, case.verb


def test_who_captured_never_decides(matrix: Matrix) -> None:
    """A supervisor who captured: approving, returning and rejecting her own work is refused, whatever the version."""
    counter = Counter(matrix.office, matrix.supervisor, matrix.supervisor, None, None)  # type: ignore[arg-type]  # no page is shown
    own = counter.at_review()
    seen = view(matrix.office, matrix.supervisor, own)
    assert seen.why_not is Reason.SAME_PERSON
    version, visited = seen.header.version, {point.id for point in seen.points}
    with pytest.raises(Refused) as refusal:
        review.approve(matrix.office, matrix.supervisor, own, version, visited)
    assert refusal.value.reason is Reason.SAME_PERSON
    with pytest.raises(Refused) as refusal:
        review.reject(matrix.office, matrix.supervisor, own, version, "reason")
    assert refusal.value.reason is Reason.SAME_PERSON
    named = [NamedDefect(Stage.PHOTO, "glare")]
    with pytest.raises(Refused) as refusal:
        review.return_for(matrix.office, matrix.supervisor, own, version, named)
    assert refusal.value.reason is Reason.SAME_PERSON
    other = matrix.who[Role.SUPERVISOR]
    confirm(matrix.office, other, PASSWORD, Verb.APPROVE, own)
    review.approve(matrix.office, other, own, version, visited)
    assert counter.stage(own) is Stage.DECISION
