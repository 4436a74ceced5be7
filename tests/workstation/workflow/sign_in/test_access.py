"""Passwords: one-time ones open nothing but their change; the administrator resets and unlocks; own changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy
from argon2 import PasswordHasher

from tests.offices import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR
from workstation import clock
from workstation.database import Connection
from workstation.database.sign_in import attempt_counts
from workstation.database.station import credentials_of, keep_password_hash
from workstation.database.tables import audit
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused
from workstation.domain.sign_in_rules import SignInRules
from workstation.security import passwords
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.operator_access import (
    OperatorAccess,
    accesses,
    change_password,
    limit_access,
    reset_password,
    unlock_operator,
)
from workstation.workflow.operators import add_operator, check_password
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_lockout import operator_subject

NEW = "another good one 7"


@pytest.fixture
def administrator(office: Office) -> SignedIn:
    return sign_in(office, ADMINISTRATOR, PASSWORD)


def clerk_id(office: Office) -> str:
    held = office.store.read(lambda connection: credentials_of(connection, CLERK))
    assert held is not None
    return held.operator.id


def reason(call: object) -> Reason:
    assert isinstance(call, pytest.ExceptionInfo)
    assert isinstance(call.value, Refused)
    return call.value.reason


def sign_in_fails(office: Office, password: str, username: str = CLERK) -> Reason:
    with pytest.raises(Refused) as caught:
        sign_in(office, username, password)
    return reason(caught)


def state(office: Office, administrator: SignedIn) -> OperatorAccess:
    return next(one for one in accesses(office, administrator) if one.operator.username == CLERK)


def tags(office: Office, object_id: str) -> list[str]:
    rows = office.store.read(
        lambda c: c.execute(
            sqlalchemy.select(audit.c.tag).where(audit.c.object_id == object_id).order_by(audit.c.sequence)
        ).all()
    )
    return [row.tag for row in rows]


def test_a_one_time_password_opens_nothing_but_its_change(office: Office, administrator: SignedIn) -> None:
    code = reset_password(office, administrator, clerk_id(office))
    assert sign_in_fails(office, PASSWORD) is Reason.WRONG_PASSWORD
    for _ in range(SignInRules().attempts + 1):
        assert sign_in_fails(office, code) is Reason.PASSWORD_MUST_CHANGE
    assert state(office, administrator).must_change
    with pytest.raises(Refused) as caught:
        change_password(office, CLERK, code, code)
    assert reason(caught) is Reason.PASSWORD_UNCHANGED
    change_password(office, CLERK, code, NEW)
    assert sign_in_fails(office, code) is Reason.WRONG_PASSWORD
    sign_in(office, CLERK, NEW)
    assert not state(office, administrator).must_change
    found = tags(office, clerk_id(office))
    assert AuditTag.PASSWORD_RESET.value in found
    assert found[-3:] == [
        AuditTag.PASSWORD_CHANGED.value,
        AuditTag.SIGN_IN_REFUSED.value,
        AuditTag.SIGN_IN.value,
    ]


def test_a_used_one_time_password_is_of_no_use_again(office: Office, administrator: SignedIn) -> None:
    code = reset_password(office, administrator, clerk_id(office))
    change_password(office, CLERK, code, NEW)
    with pytest.raises(Refused) as caught:
        change_password(office, CLERK, code, "yet another one 8")
    assert reason(caught) is Reason.WRONG_PASSWORD


def test_the_administrator_ends_an_access_and_opens_it_again(office: Office, administrator: SignedIn) -> None:
    known, today = clerk_id(office), clock.office_day(clock.now())
    limit_access(office, administrator, known, today - timedelta(days=1))
    assert sign_in_fails(office, PASSWORD) is Reason.OPERATOR_EXPIRED
    assert state(office, administrator).valid_until == today - timedelta(days=1)
    limit_access(office, administrator, known, None)
    sign_in(office, CLERK, PASSWORD)
    assert tags(office, known).count(AuditTag.ACCESS_LIMITED.value) == 2
    with pytest.raises(Refused) as caught:
        limit_access(office, administrator, administrator.operator.id, today)
    assert reason(caught) is Reason.SECOND_PERSON_NEEDED


def test_who_was_added_with_a_known_password_must_change_it(office: Office, administrator: SignedIn) -> None:
    add_operator(
        office,
        administrator,
        username="khamla",
        display_name="ນາງ ຄຳຫຼ້າ",
        role=Role.CLERK,
        password=NEW,
        must_change=True,
    )
    assert sign_in_fails(office, NEW, "khamla") is Reason.PASSWORD_MUST_CHANGE


def test_guessing_by_way_of_a_change_is_counted_as_well(office: Office) -> None:
    for _ in range(SignInRules().attempts):
        with pytest.raises(Refused) as caught:
            change_password(office, CLERK, "not the password", NEW)
        assert reason(caught) is Reason.WRONG_PASSWORD
    assert sign_in_fails(office, PASSWORD) is Reason.SIGN_IN_LOCKED


def test_the_administrator_unlocks_and_nobody_else(office: Office, administrator: SignedIn) -> None:
    known = clerk_id(office)
    supervisor = sign_in(office, SUPERVISOR, PASSWORD)
    for _ in range(SignInRules().attempts):
        sign_in_fails(office, "not the password")
    assert sign_in_fails(office, PASSWORD) is Reason.SIGN_IN_LOCKED
    assert state(office, administrator).locked_minutes == SignInRules().lockout_minutes
    for verb in (unlock_operator, reset_password):
        with pytest.raises(Refused) as caught:
            verb(office, supervisor, known)
        assert reason(caught) is Reason.ROLE_NOT_ALLOWED
        with pytest.raises(Refused) as caught:
            verb(office, administrator, "nobody")
        assert reason(caught) is Reason.NO_SUCH_OPERATOR
    unlock_operator(office, administrator, known)
    assert state(office, administrator).locked_minutes == 0
    sign_in(office, CLERK, PASSWORD)
    assert AuditTag.SIGN_IN_UNLOCKED.value in tags(office, known)
    assert office.store.read(attempt_counts)[operator_subject(known)].failures == 0


def test_a_password_reset_while_the_old_one_is_looked_at_wins(
    office: Office, administrator: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, codes = clerk_id(office), []
    before = passwords.verify_password

    def meanwhile(encoded: str | None, password: str) -> bool:
        codes.append(reset_password(office, administrator, known))
        return before(encoded, password)

    monkeypatch.setattr("workstation.workflow.sign_in.verify_password", meanwhile)
    assert sign_in_fails(office, PASSWORD) is Reason.WRONG_PASSWORD
    monkeypatch.undo()
    assert sign_in_fails(office, codes[0]) is Reason.PASSWORD_MUST_CHANGE


def test_a_hash_with_weaker_parameters_is_made_anew(office: Office) -> None:
    known = clerk_id(office)
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    office.store.write(lambda tx: keep_password_hash(tx, known, weak))
    sign_in(office, CLERK, PASSWORD)

    def kept(connection: Connection) -> str:
        held = credentials_of(connection, CLERK)
        assert held is not None
        return held.password_hash

    assert not passwords.needs_rehash(office.store.read(kept))
    sign_in(office, CLERK, PASSWORD)


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("short 12", Reason.PASSWORD_TOO_SHORT),
        ("x" * 200 + "y1 z" * 15, Reason.PASSWORD_TOO_LONG),
        ("password123", Reason.PASSWORD_TOO_COMMON),
        ("PassWord2026!", Reason.PASSWORD_TOO_COMMON),
        ("1234567890", Reason.PASSWORD_TOO_COMMON),
        ("໑໒໓໔໕໖໗໘໙໐", Reason.PASSWORD_TOO_COMMON),
        ("aaaaaaaaaaaa", Reason.PASSWORD_TOO_COMMON),
        ("abababababab", Reason.PASSWORD_TOO_COMMON),
        ("abcdefghijklm", Reason.PASSWORD_TOO_COMMON),
        ("ສະບາຍດີລາວ 2026", Reason.PASSWORD_TOO_COMMON),
        ("welcome to laos", Reason.PASSWORD_TOO_COMMON),
        ("bounmy2026!", Reason.PASSWORD_TOO_COMMON),
    ],
)
def test_passwords_that_are_refused(password: str, refused: Reason) -> None:
    with pytest.raises(Refused) as caught:
        check_password(password, "bounmy")
    assert reason(caught) is refused


@pytest.mark.parametrize(
    "password", [PASSWORD, NEW, "ນົກ ຢາງ ກິນ ປາ ແດກ", "bounmy eats sticky rice", "x9" * 5 + "kq"]
)
def test_passwords_that_are_taken(password: str) -> None:
    check_password(password, "bounmy")


def test_every_character_counts_and_typing_does_not() -> None:
    long = "0123456789abcdef" * 16
    encoded = passwords.hash_password(long)
    assert passwords.verify_password(encoded, long)
    assert not passwords.verify_password(encoded, long[:-1])
    assert not passwords.verify_password(encoded, long + "x")
    lao = passwords.hash_password("ນ້ຳຂອງ ໑໒໓")
    assert passwords.verify_password(lao, "ນ້\u0ecd\u0eb2ຂອງ 123")
    assert not passwords.verify_password(lao, "ນ້ຳຂອງ 124")


def test_a_hash_of_a_password_as_it_was_typed_still_opens() -> None:
    typed = "ຄຳວ່າຜ່ານ ໑໒"
    encoded = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1).hash(typed)
    assert typed != passwords.one_form(typed)
    assert passwords.verify_password(encoded, typed)
    assert not passwords.verify_password(None, typed)


def test_one_time_codes_differ() -> None:
    codes = {passwords.one_time_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        check_password(code)
