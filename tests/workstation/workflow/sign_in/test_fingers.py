"""Signing in by name and finger: enrolled beside an administrator, counted as passwords are, refused by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

import pytest
import sqlalchemy
from sqlalchemy import delete, func, insert, select, update

from devices.fingerprint import FingerImage
from tests.offices import ADMINISTRATOR, CLERK, OTHER_CLERK, PASSPHRASE, PASSWORD, SUPERVISOR
from tests.ui.stages.counter_office import finger_image
from workstation import clock
from workstation.database.operator_fingers import (
    operator_finger_images,
    operator_finger_keys,
    operator_fingers,
    operator_fingers_of,
)
from workstation.database.policies import add_policy
from workstation.database.sign_in import attempt_counts
from workstation.database.sign_in_tables import operator_access
from workstation.database.tables import audit, policies
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.sign_in_rules import SignInRules, read_sign_in_rules
from workstation.security.template_sealing import TemplateMoved
from workstation.startup import close_office, open_office
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.operator_access import limit_access, reset_password
from workstation.workflow.operator_fingers import (
    FingerTakes,
    enrol_fingers,
    forget_fingers,
    require_not_own_finger,
)
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_finger import (
    confirm_by_finger,
    finger_sign_in_allowed,
    sign_in_by_finger,
)
from workstation.workflow.sign_in_lockout import operator_subject

RULES = SignInRules()
# Seeds of the drawing: whose fingers they are.
HERS, HIS = (901, 902), (911, 912)


@lru_cache(maxsize=64)
def image(seed: int, impression: int = 0) -> FingerImage:
    return finger_image(seed, impression)


def takes(*seeds: int) -> list[FingerTakes]:
    return [FingerTakes(at + 2, image(seed, 0), image(seed, 1)) for at, seed in enumerate(seeds)]


def refused(call: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.reason


def allow(office: Office, rules: bytes = b'{"finger_sign_in": true}') -> None:
    held = office.store.read(lambda c: c.execute(select(policies.c.document)).scalars().all())[-1]
    changed = held.replace(b'"finger_attempts"', b'"sign_in": ' + rules + b', "finger_attempts"', 1)
    office.store.write(lambda tx: add_policy(tx, changed, at=clock.now()))


@pytest.fixture
def allowed(office: Office) -> Office:
    allow(office)
    return office


@pytest.fixture
def admin(allowed: Office) -> SignedIn:
    return sign_in(allowed, ADMINISTRATOR, PASSWORD)


def operator_id(office: Office, username: str) -> str:
    return sign_in(office, username, PASSWORD).operator.id


@pytest.fixture
def enrolled(allowed: Office, admin: SignedIn) -> str:
    """The supervisor has two fingers; her id."""
    one = operator_id(allowed, SUPERVISOR)
    enrol_fingers(allowed, admin, one, PASSWORD, takes(*HERS))
    return one


def facts_of(office: Office, tag: AuditTag) -> list[bytes]:
    query = select(audit.c.facts).where(audit.c.tag == tag.value).order_by(audit.c.sequence)
    return [bytes(one) for one in office.store.read(lambda c: c.execute(query).scalars().all())]


def rows(office: Office, table: sqlalchemy.Table) -> int:
    return int(office.store.read(lambda c: c.execute(select(func.count()).select_from(table)).scalar_one()))


def failures(office: Office, one: str) -> int:
    return office.store.read(attempt_counts)[operator_subject(one)].failures


def test_either_finger_signs_in_and_the_trail_says_so(allowed: Office, enrolled: str) -> None:
    for seed in HERS:
        assert sign_in_by_finger(allowed, SUPERVISOR, image(seed, 2)).operator.id == enrolled
    assert facts_of(allowed, AuditTag.SIGN_IN)[-1] == b'{"by":"finger"}'
    (said,) = facts_of(allowed, AuditTag.FINGERS_ENROLLED)
    assert b'"positions":"2,3"' in said
    assert b'"witness":' in said
    assert failures(allowed, enrolled) == 0
    # Nothing of the templates is readable in what is stored.
    held = allowed.store.read(lambda c: c.execute(select(operator_fingers.c.sealed)).scalars().all())
    assert held
    assert not any(b"FMR" in bytes(one) for one in held)


def test_off_unless_the_policy_says_so(office: Office) -> None:
    assert not finger_sign_in_allowed(office)
    assert refused(lambda: sign_in_by_finger(office, SUPERVISOR, image(HERS[0]))) is Reason.FINGER_SIGN_IN_OFF
    admin = sign_in(office, ADMINISTRATOR, PASSWORD)
    one = operator_id(office, SUPERVISOR)
    enrol = lambda: enrol_fingers(office, admin, one, PASSWORD, takes(*HERS))  # noqa: E731 -- one call
    assert refused(enrol) is Reason.FINGER_SIGN_IN_OFF
    allow(office)
    assert finger_sign_in_allowed(office)


def test_never_without_the_right_name(allowed: Office, enrolled: str, admin: SignedIn) -> None:
    """Her finger under another's name, an unknown name and a name without fingers: one answer for all."""
    enrol_fingers(allowed, admin, operator_id(allowed, CLERK), PASSWORD, takes(*HIS))
    for name in (CLERK, OTHER_CLERK, "nobody at all"):
        wrong = refused(lambda name=name: sign_in_by_finger(allowed, name, image(HERS[0], 2)))  # type: ignore[misc]  # bound now
        assert wrong is Reason.FINGER_NOT_RECOGNISED


def test_fingers_and_passwords_share_one_count(allowed: Office, enrolled: str) -> None:
    for at in range(RULES.attempts):
        if at % 2:
            assert refused(lambda: sign_in(allowed, SUPERVISOR, "not the password")) is Reason.WRONG_PASSWORD
        else:
            wrong = refused(lambda: sign_in_by_finger(allowed, SUPERVISOR, image(HIS[0], 0)))
            assert wrong is Reason.FINGER_NOT_RECOGNISED
    assert refused(lambda: sign_in_by_finger(allowed, SUPERVISOR, image(HERS[0], 2))) is Reason.SIGN_IN_LOCKED
    assert refused(lambda: sign_in(allowed, SUPERVISOR, PASSWORD)) is Reason.SIGN_IN_LOCKED


def test_an_attempt_cut_off_counts(allowed: Office, enrolled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_templates: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(allowed.analysis, "match", killed)
    with pytest.raises(KeyboardInterrupt):
        sign_in_by_finger(allowed, SUPERVISOR, image(HERS[0], 2))
    assert failures(allowed, enrolled) == 1


def test_a_moist_finger_is_no_attempt(allowed: Office, enrolled: str) -> None:
    blank = FingerImage(bytes([250]) * (272 * 320), 272, 320, 500)
    smeared = FingerImage(bytes([40]) * (272 * 320), 272, 320, 500)
    tiny = FingerImage(bytes(100), 10, 10, 500)
    for nothing in (blank, smeared, tiny):
        unread = refused(lambda nothing=nothing: sign_in_by_finger(allowed, SUPERVISOR, nothing))  # type: ignore[misc]  # bound now
        assert unread is Reason.FINGER_UNREADABLE
    assert failures(allowed, enrolled) == 0


def test_the_quality_and_the_threshold_are_policy(allowed: Office, enrolled: str) -> None:
    allow(allowed, b'{"finger_sign_in": true, "finger_quality": 99}')
    assert (
        refused(lambda: sign_in_by_finger(allowed, SUPERVISOR, image(HERS[0], 2))) is Reason.FINGER_UNREADABLE
    )
    allow(allowed, b'{"finger_sign_in": true, "finger_threshold": 400}')
    wrong = refused(lambda: sign_in_by_finger(allowed, SUPERVISOR, image(HERS[0], 3)))
    assert wrong is Reason.FINGER_NOT_RECOGNISED


@pytest.mark.parametrize(
    "rules",
    [
        {"finger_sign_in": 1},
        {"finger_sign_in": "yes"},
        {"finger_threshold": 29},
        {"finger_threshold": True},
        {"finger_quality": 101},
        {"attempts": True},
    ],
)
def test_a_policy_that_makes_no_sense(rules: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="sign_in"):
        read_sign_in_rules(rules)


def test_the_same_picture_twice_is_a_recording(allowed: Office, enrolled: str) -> None:
    sign_in_by_finger(allowed, SUPERVISOR, image(HERS[0], 2))
    for seen in (image(HERS[0], 2), image(HERS[0], 0)):
        again = refused(lambda seen=seen: sign_in_by_finger(allowed, SUPERVISOR, seen))  # type: ignore[misc]  # bound now
        assert again is Reason.FINGER_REPLAYED
    assert failures(allowed, enrolled) == 2


def test_a_template_put_under_another_name_opens_nothing(allowed: Office, enrolled: str) -> None:
    other = operator_id(allowed, OTHER_CLERK)
    moved = update(operator_fingers).where(operator_fingers.c.position == 2).values(operator_id=other)
    allowed.store.write(lambda tx: tx.execute(moved))
    wrong = refused(lambda: sign_in_by_finger(allowed, OTHER_CLERK, image(HERS[0], 2)))
    assert wrong is Reason.FINGER_TEMPLATE_DAMAGED
    sign_in(allowed, OTHER_CLERK, PASSWORD)


@pytest.mark.parametrize("at", [0, 13, -1])
def test_a_changed_template_opens_nothing(allowed: Office, enrolled: str, at: int) -> None:
    held = allowed.store.read(
        lambda c: c.execute(
            select(operator_fingers.c.sealed).where(operator_fingers.c.position == 2)
        ).scalar_one()
    )
    bent = bytearray(held)
    bent[at] ^= 1
    change = update(operator_fingers).where(operator_fingers.c.position == 2).values(sealed=bytes(bent))
    allowed.store.write(lambda tx: tx.execute(change))
    with pytest.raises(TemplateMoved):
        allowed.store.read(lambda c: operator_fingers_of(c, enrolled))
    wrong = refused(lambda: sign_in_by_finger(allowed, SUPERVISOR, image(HERS[1], 2)))
    assert wrong is Reason.FINGER_TEMPLATE_DAMAGED
    allowed.store.write(lambda tx: tx.execute(delete(operator_finger_keys)))
    wrong = refused(lambda: sign_in_by_finger(allowed, SUPERVISOR, image(HERS[1], 2)))
    assert wrong is Reason.FINGER_TEMPLATE_DAMAGED


def test_what_no_enrolment_is(allowed: Office, admin: SignedIn) -> None:
    one, other = operator_id(allowed, SUPERVISOR), operator_id(allowed, CLERK)

    def enrol(who: str, given: list[FingerTakes], password: str = PASSWORD) -> Reason:
        return refused(lambda: enrol_fingers(allowed, admin, who, password, given))

    assert enrol(one, takes(HERS[0])) is Reason.FINGERS_NEEDED
    assert enrol(one, [takes(HERS[0])[0], takes(HERS[1])[0]]) is Reason.FINGERS_NEEDED, "one position twice"
    assert enrol(one, takes(HERS[0], HERS[0])) is Reason.SAME_FINGER_TWICE
    two_fingers = FingerTakes(3, image(HERS[1], 0), image(HIS[0], 0))
    assert enrol(one, [*takes(HERS[0]), two_fingers]) is Reason.FINGER_TAKES_DIFFER
    one_picture = FingerTakes(3, image(HERS[1], 0), image(HERS[1], 0))
    assert enrol(one, [*takes(HERS[0]), one_picture]) is Reason.FINGER_TAKES_DIFFER
    assert enrol(one, takes(*HERS), "not her password") is Reason.WRONG_PASSWORD
    assert enrol(admin.operator.id, takes(*HERS)) is Reason.SECOND_PERSON_NEEDED
    assert enrol("nobody", takes(*HERS)) is Reason.NO_SUCH_OPERATOR
    clerk = sign_in(allowed, CLERK, PASSWORD)
    assert (
        refused(lambda: enrol_fingers(allowed, clerk, one, PASSWORD, takes(*HERS))) is Reason.ROLE_NOT_ALLOWED
    )
    assert rows(allowed, operator_fingers) == 0
    enrol_fingers(allowed, admin, one, PASSWORD, takes(*HERS))
    assert enrol(other, takes(HIS[0], HERS[1])) is Reason.FINGER_OF_ANOTHER, "one person under two names"
    # Again, of herself: the new ones replace the old.
    enrol_fingers(allowed, admin, one, PASSWORD, takes(HERS[1], HERS[0]))
    assert rows(allowed, operator_fingers) == 2


def test_a_one_time_password_closes_the_finger_too(allowed: Office, enrolled: str, admin: SignedIn) -> None:
    reset_password(allowed, admin, enrolled)
    wrong = refused(lambda: sign_in_by_finger(allowed, SUPERVISOR, image(HERS[0], 2)))
    assert wrong is Reason.PASSWORD_MUST_CHANGE


def test_fingers_go_with_the_access(allowed: Office, enrolled: str, admin: SignedIn) -> None:
    today = clock.office_day(clock.now())
    limit_access(allowed, admin, enrolled, today)
    assert rows(allowed, operator_fingers) == 2, "the last day counts"
    sign_in_by_finger(allowed, SUPERVISOR, image(HERS[0], 2))
    limit_access(allowed, admin, enrolled, today - timedelta(days=1))
    assert rows(allowed, operator_fingers) == rows(allowed, operator_finger_images) == 0
    assert facts_of(allowed, AuditTag.FINGERS_DELETED) == [b'{"fingers":2}']
    wrong = refused(lambda: sign_in_by_finger(allowed, SUPERVISOR, image(HERS[0], 3)))
    assert wrong is Reason.FINGER_NOT_RECOGNISED


def test_a_start_deletes_what_ended_meanwhile(allowed: Office, enrolled: str) -> None:
    ended = {"operator_id": enrolled, "must_change": False, "valid_until": "2020-01-01"}

    def end(tx: sqlalchemy.Connection) -> None:
        tx.execute(delete(operator_access).where(operator_access.c.operator_id == enrolled))
        tx.execute(insert(operator_access).values(ended))

    allowed.store.write(end)
    data = allowed.data
    close_office(allowed)
    again = open_office(data, PASSPHRASE)
    try:
        assert rows(again, operator_fingers) == 0
        assert facts_of(again, AuditTag.FINGERS_DELETED) == [b'{"fingers":2}']
    finally:
        close_office(again)


def test_the_administrator_deletes_them(allowed: Office, enrolled: str, admin: SignedIn) -> None:
    clerk = sign_in(allowed, CLERK, PASSWORD)
    assert refused(lambda: forget_fingers(allowed, clerk, enrolled)) is Reason.ROLE_NOT_ALLOWED
    assert forget_fingers(allowed, admin, enrolled) == 2
    assert forget_fingers(allowed, admin, enrolled) == 0
    assert len(facts_of(allowed, AuditTag.FINGERS_DELETED)) == 1


def test_a_finger_confirms_one_action_on_one_object(allowed: Office, enrolled: str) -> None:
    her = sign_in(allowed, SUPERVISOR, PASSWORD)

    confirm_by_finger(allowed, her, image(HERS[1], 2), Verb.REPRINT, "card")
    assert facts_of(allowed, AuditTag.SIGN_IN_CONFIRMED) == [
        b'{"action":"card.reprint","by":"finger","object":"card"}'
    ]
    assert allowed.proofs.holds(enrolled, Verb.REPRINT, "card", 0)
    assert not allowed.proofs.holds(enrolled, Verb.REPRINT, "another", 0)
    wrong = refused(lambda: confirm_by_finger(allowed, her, image(HIS[0]), Verb.REPRINT, "another"))
    assert wrong is Reason.FINGER_NOT_RECOGNISED
    assert not allowed.proofs.holds(enrolled, Verb.REPRINT, "another", 0)


def test_her_own_finger_is_not_the_applicants(allowed: Office, enrolled: str) -> None:
    her = sign_in(allowed, SUPERVISOR, PASSWORD)
    own, his = (allowed.analysis.analyse(i.pixels, 272, 320, 500) for i in (image(HERS[0], 2), image(HIS[0])))
    assert refused(lambda: require_not_own_finger(allowed, her, own.template)) is Reason.FINGER_OF_OPERATOR
    require_not_own_finger(allowed, her, his.template)
