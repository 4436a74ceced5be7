"""Verbs that want the password again: in their own transaction, for one action on one object, never from before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy
from sqlalchemy import Connection

from tests.offices import CLERK, PASSWORD, SUPERVISOR
from workstation import clock
from workstation.database.moves import move
from workstation.database.policies import add_policy, policy_in_force
from workstation.database.tables import applications, audit, policies
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.sign_in_rules import SignInRules
from workstation.domain.stages import Action, Stage
from workstation.workflow.intake import steps as intake
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.proofs import Proofs
from workstation.workflow.review import steps as review
from workstation.workflow.sign_in import sign_in, sign_out
from workstation.workflow.sign_in_confirming import confirm, write_confirmed

RULES = SignInRules()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds by which the computer has been running longer than it has."""
    more = [0.0]
    before = clock.running
    monkeypatch.setattr(clock, "running", lambda: before() + more[0])
    return more


@pytest.fixture
def supervisor(office: Office) -> SignedIn:
    return sign_in(office, SUPERVISOR, PASSWORD)


def reprint(office: Office, who: SignedIn, one: str, _reason: str) -> Stage:
    """A verb that wants a proof of its own each time."""

    def verb(tx: Connection) -> Stage:
        return move(tx, one, Action.VOID, actor=acting(tx, office, who, Verb.REPRINT), at=clock.now())

    return write_confirmed(office, who, Verb.REPRINT, one, verb)


def refused(call: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.reason


def at(office: Office, stage: Stage) -> str:
    """An application of the clerk's at that stage, as far as the store knows."""
    one = intake.start(office, sign_in(office, CLERK, PASSWORD))
    moved = sqlalchemy.update(applications).where(applications.c.id == one).values(stage=stage.value)
    office.store.write(lambda tx: tx.execute(moved))
    return one


def stage(office: Office, one: str) -> str:
    query = sqlalchemy.select(applications.c.stage).where(applications.c.id == one)
    return str(office.store.read(lambda c: c.execute(query).scalar_one()))


def version(office: Office, one: str) -> int:
    query = sqlalchemy.select(applications.c.version).where(applications.c.id == one)
    return int(office.store.read(lambda c: c.execute(query).scalar_one()))


def test_a_decision_wants_the_password_again_after_its_minutes(
    office: Office, supervisor: SignedIn, later: list[float]
) -> None:
    one = at(office, Stage.REVIEW)

    def reject() -> object:
        return review.reject(office, supervisor, one, version(office, one), "no longer wanted")

    later[0] += 60 * RULES.reject_minutes + 1
    rows = office.store.read(_trail)
    assert refused(reject) is Reason.CONFIRMATION_NEEDED
    assert stage(office, one) == Stage.REVIEW.value
    assert office.store.read(_trail) == rows, "nothing of it may remain"
    confirm(office, supervisor, PASSWORD, Verb.REJECT, one)
    reject()
    assert stage(office, one) == Stage.REJECTED.value


def _trail(connection: Connection) -> int:
    return int(connection.execute(sqlalchemy.select(sqlalchemy.func.count()).select_from(audit)).scalar_one())


def test_voiding_wants_it_each_time_for_exactly_this(office: Office, supervisor: SignedIn) -> None:
    one, other = at(office, Stage.CHECK), at(office, Stage.CHECK)

    def void(application_id: str) -> object:
        return reprint(office, supervisor, application_id, "scratched")

    assert refused(lambda: void(one)) is Reason.CONFIRMATION_NEEDED
    confirm(office, supervisor, PASSWORD, Verb.REPRINT, other)
    assert refused(lambda: void(one)) is Reason.CONFIRMATION_NEEDED, "the proof was for another card"
    confirm(office, supervisor, PASSWORD, Verb.REJECT, one)
    assert refused(lambda: void(one)) is Reason.CONFIRMATION_NEEDED, "the proof was for another action"
    void(other)
    confirm(office, supervisor, PASSWORD, Verb.REPRINT, one)
    void(one)
    again = sqlalchemy.update(applications).where(applications.c.id == one).values(stage=Stage.CHECK.value)
    office.store.write(lambda tx: tx.execute(again))
    assert refused(lambda: void(one)) is Reason.CONFIRMATION_NEEDED, "a proof is used once"


def test_a_proof_waits_a_minute(office: Office, supervisor: SignedIn, later: list[float]) -> None:
    one = at(office, Stage.CHECK)
    confirm(office, supervisor, PASSWORD, Verb.REPRINT, one)
    later[0] += 61
    assert refused(lambda: reprint(office, supervisor, one, "x")) is Reason.CONFIRMATION_NEEDED


def test_a_clock_set_back_keeps_no_proof_young(
    office: Office, supervisor: SignedIn, later: list[float]
) -> None:
    one = at(office, Stage.REVIEW)
    later[0] += 60 * RULES.approve_minutes + 1
    clock.declare(clock.computer_clock(), clock.running() + 10_000)
    seen = version(office, one)
    assert refused(lambda: review.reject(office, supervisor, one, seen, "x")) is Reason.CONFIRMATION_NEEDED


def test_who_may_not_is_told_that_and_not_asked(office: Office, later: list[float]) -> None:
    clerk = sign_in(office, CLERK, PASSWORD)
    one = at(office, Stage.REVIEW)
    later[0] += 100_000
    assert refused(lambda: review.reject(office, clerk, one, 1, "x")) is Reason.ROLE_NOT_ALLOWED
    assert refused(lambda: reprint(office, clerk, one, "x")) is Reason.ROLE_NOT_ALLOWED


def test_another_ones_proof_helps_nobody(office: Office, supervisor: SignedIn) -> None:
    one = at(office, Stage.CHECK)
    office.proofs.give("somebody else", Verb.REPRINT, one)
    assert refused(lambda: reprint(office, supervisor, one, "x")) is Reason.CONFIRMATION_NEEDED


def test_a_hand_made_sign_in_proves_nothing(office: Office, supervisor: SignedIn) -> None:
    one = at(office, Stage.REVIEW)
    sign_out(office, supervisor)
    made = SignedIn(supervisor.operator, clock.now())
    seen = version(office, one)
    assert refused(lambda: review.reject(office, made, one, seen, "x")) is Reason.CONFIRMATION_NEEDED


def test_a_wrong_password_counts_and_proves_nothing(office: Office, supervisor: SignedIn) -> None:
    one = at(office, Stage.CHECK)
    for _ in range(RULES.attempts):
        wrong = refused(lambda: confirm(office, supervisor, "not the password", Verb.REPRINT, one))
        assert wrong is Reason.WRONG_PASSWORD
    assert refused(lambda: confirm(office, supervisor, PASSWORD, Verb.REPRINT, one)) is Reason.SIGN_IN_LOCKED
    assert refused(lambda: reprint(office, supervisor, one, "x")) is Reason.CONFIRMATION_NEEDED


def test_a_transaction_that_fails_uses_no_proof(office: Office, supervisor: SignedIn) -> None:
    confirm(office, supervisor, PASSWORD, Verb.REPRINT, "card")

    def broken(tx: Connection) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        write_confirmed(office, supervisor, Verb.REPRINT, "card", broken)
    write_confirmed(office, supervisor, Verb.REPRINT, "card", lambda tx: None)
    empty = refused(lambda: write_confirmed(office, supervisor, Verb.REPRINT, "card", lambda tx: None))
    assert empty is Reason.CONFIRMATION_NEEDED


def test_the_trail_says_what_was_confirmed(office: Office, supervisor: SignedIn) -> None:
    confirm(office, supervisor, PASSWORD, Verb.REPRINT, "card")
    query = sqlalchemy.select(audit.c.facts).where(audit.c.tag == AuditTag.SIGN_IN_CONFIRMED.value)
    facts = office.store.read(lambda c: c.execute(query).scalars().all())
    assert facts == [b'{"action":"card.reprint","object":"card"}']


def test_the_office_decides_how_often(office: Office, supervisor: SignedIn) -> None:
    held = office.store.read(lambda c: c.execute(sqlalchemy.select(policies.c.document)).scalars().all())[0]
    stricter = held.replace(b'"finger_attempts"', b'"sign_in": {"reject_minutes": 0}, "finger_attempts"', 1)
    office.store.write(lambda tx: add_policy(tx, stricter, at=clock.now()))
    assert office.store.read(policy_in_force).sign_in.reject_minutes == 0
    one = at(office, Stage.REVIEW)
    seen = version(office, one)
    assert refused(lambda: review.reject(office, supervisor, one, seen, "x")) is Reason.CONFIRMATION_NEEDED


def test_only_the_named_verbs_have_minutes() -> None:
    assert RULES.confirm_minutes(Verb.APPROVE) == 5
    assert RULES.confirm_minutes(Verb.PRINT) == 30
    with pytest.raises(KeyError):
        RULES.confirm_minutes(Verb.LOOK)
    assert not Proofs().holds("anybody", Verb.APPROVE, "x", 5)
