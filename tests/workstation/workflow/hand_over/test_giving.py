"""Giving a card: who may take it, who must stand by, the old card in the same moment, what the registry is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.ui.stages.counter_office import finger_image
from tests.workstation.workflow.hand_over.conftest import COLLEAGUE, SUPERVISOR, Desk
from workstation import clock
from workstation.database.audit import audit_of
from workstation.database.boxes import place_of
from workstation.database.hand_overs import collected_of
from workstation.database.old_cards import old_card_of
from workstation.database.outbox import OutboxKind, outbox_of
from workstation.database.stock import blank_of_job
from workstation.domain.audit import AuditTag
from workstation.domain.hand_over import CollectedBy, Collector, OldCardState, Signature
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.domain.stock import Place
from workstation.interchange import card_issue, card_withdrawal
from workstation.workflow.hand_over import steps
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.hand_over.ready import file_card

CHILD = f"{clock.office_day(clock.now()).year - 8}-01-15"
FATHER = Collector(CollectedBy.GUARDIAN, "ບຸນມີ ສີສຸພັນ", "0123456", "father")
AUNT = Collector(CollectedBy.PROXY, "ຈັນ ສີສຸພັນ", "7654321", "letter 12 of 01/11/2026")
PEN = Signature((((0.1, 0.2), (0.9, 0.8)), ((0.5, 0.5),)), b"\x89PNG a drawing")


def refused(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value


def told(desk: Desk, application_id: str) -> card_issue.CardIssued:
    (item,) = (
        item
        for item in desk.office.store.read(lambda c: outbox_of(c, application_id))
        if item.kind is OutboxKind.CARD_ISSUED
    )
    return card_issue.from_message(item.message)


def test_the_card_the_place_and_the_blank_change_together(desk: Desk) -> None:
    one = desk.ready()
    job = desk.job(one)
    file_card(desk.office, desk.clerk, one)
    desk.recognised(one)
    receipt = steps.complete(desk.office, desk.clerk, one, Handing(signature=PEN))
    assert receipt.startswith(b"%PDF")
    assert desk.counter.stage(one) is Stage.CLOSED
    blank = desk.office.store.read(lambda c: blank_of_job(c, job))
    assert blank is not None
    assert blank.place is Place.ISSUED
    assert desk.office.store.read(lambda c: place_of(c, job)) is None
    held = desk.office.store.read(lambda c: collected_of(c, one))
    assert held is not None
    assert held.signature is not None
    assert told(desk, one).fingerprint_score is not None
    assert told(desk, one).stock_number == blank.serial


def test_without_a_finger_a_supervisor_stands_by_and_says_why(desk: Desk) -> None:
    one = desk.ready()
    office, clerk = desk.office, desk.clerk
    assert refused(lambda: steps.complete(office, clerk, one)).reason is Reason.FINGERPRINT_NO_MATCH
    asked = refused(lambda: steps.allow_without_finger(office, clerk, one, "worn fingers", SUPERVISOR))
    assert asked.reason is Reason.CONFIRMATION_NEEDED
    desk.confirm(clerk, Verb.ALLOW_HAND_OVER, one)
    for second, reason, why in (
        (COLLEAGUE, "worn fingers", Reason.ROLE_NOT_ALLOWED),
        (replace(SUPERVISOR, password="wrong"), "worn fingers", Reason.WRONG_PASSWORD),
        (SUPERVISOR, "  ", Reason.REASON_MISSING),
    ):
        told_no = refused(lambda s=second, r=reason: steps.allow_without_finger(office, clerk, one, r, s))  # type: ignore[misc]  # bound now
        assert told_no.reason is why
    assert refused(lambda: steps.complete(office, clerk, one)).reason is Reason.FINGERPRINT_NO_MATCH
    steps.allow_without_finger(office, clerk, one, "worn fingers", SUPERVISOR)
    steps.complete(office, clerk, one)
    message = told(desk, one)
    assert (message.fingerprint_score, message.fallback_reason) == (None, "worn fingers")
    tags = {entry.tag for entry in office.store.read(lambda c: audit_of(c, one))}
    assert AuditTag.HAND_OVER_ALLOWED in tags


def test_a_supervisor_cannot_be_her_own_second_person(desk: Desk) -> None:
    one = desk.ready()
    desk.confirm(desk.supervisor, Verb.ALLOW_HAND_OVER, one)
    refusal = refused(
        lambda: steps.allow_without_finger(desk.office, desk.supervisor, one, "worn", SUPERVISOR)
    )
    assert refusal.reason is Reason.SECOND_PERSON_NEEDED


def test_nobody_else_comes_for_an_adult(desk: Desk) -> None:
    one = desk.ready()
    desk.recognised(one)
    for other in (AUNT, FATHER):
        refusal = refused(
            lambda who=other: steps.complete(desk.office, desk.clerk, one, Handing(who))  # type: ignore[misc]  # bound now
        )
        assert refusal.reason is Reason.COLLECTOR_NOT_ALLOWED
    steps.complete(desk.office, desk.clerk, one)


def test_a_guardian_leaves_a_print_for_a_child(desk: Desk) -> None:
    one = desk.ready(birth_date=CHILD)
    office, clerk = desk.office, desk.clerk
    refusal = refused(lambda: steps.complete(office, clerk, one, Handing(FATHER)))
    assert refusal.reason is Reason.GUARDIAN_PRINT_MISSING
    assert steps.take_guardian_print(office, clerk, one, 2, finger_image(9)) > 0
    unnamed = Handing(replace(FATHER, identity=" "))
    assert refused(lambda: steps.complete(office, clerk, one, unnamed)).reason is Reason.COLLECTOR_UNNAMED
    steps.complete(office, clerk, one, Handing(FATHER))
    message = told(desk, one)
    assert (message.collected_by, message.fallback_reason) == ("guardian", "guardian-print")
    held = office.store.read(lambda c: collected_of(c, one))
    assert held is not None
    assert held.collector == FATHER


def test_a_proxy_for_a_child_takes_the_supervisor_even_where_a_finger_matched(desk: Desk) -> None:
    one = desk.ready(birth_date=CHILD)
    office, clerk = desk.office, desk.clerk
    desk.recognised(one)
    refusal = refused(lambda: steps.complete(office, clerk, one, Handing(AUNT)))
    assert refusal.reason is Reason.SUPERVISOR_NEEDED
    desk.confirm(clerk, Verb.ALLOW_HAND_OVER, one)
    steps.allow_without_finger(office, clerk, one, "parents abroad", SUPERVISOR)
    steps.complete(office, clerk, one, Handing(AUNT))
    assert told(desk, one).collected_by == "proxy"


def test_an_adult_leaves_no_guardians_print(desk: Desk) -> None:
    one = desk.ready()
    refusal = refused(lambda: steps.take_guardian_print(desk.office, desk.clerk, one, 2, finger_image(9)))
    assert refusal.reason is Reason.COLLECTOR_NOT_ALLOWED


def test_the_old_card_is_taken_in_the_moment_the_new_one_is_given(desk: Desk) -> None:
    one = desk.ready(old_card=True)
    office, clerk = desk.office, desk.clerk
    answer = Handing(old_card=OldCardAnswer("OLD-77"))
    # Nothing of the old card is written while the new one cannot be given.
    assert refused(lambda: steps.complete(office, clerk, one, answer)).reason is Reason.FINGERPRINT_NO_MATCH
    assert office.store.read(lambda c: old_card_of(c, one)) is None
    desk.recognised(one)
    assert refused(lambda: steps.complete(office, clerk, one)).reason is Reason.OLD_CARD_MISSING
    assert desk.counter.stage(one) is Stage.HAND_OVER
    steps.complete(office, clerk, one, answer)
    taken = office.store.read(lambda c: old_card_of(c, one))
    assert taken is not None
    assert (taken.state, taken.number) == (OldCardState.TAKEN, "OLD-77")
    assert (told(desk, one).old_card, told(desk, one).old_document_number) == ("taken", "OLD-77")
    withdrawn = office.store.read(lambda c: outbox_of(c, one))[-2:]
    (message,) = (item.message for item in withdrawn if item.kind is OutboxKind.CARD_WITHDRAWN)
    found = card_withdrawal.from_message(message)
    assert (found.document_number, found.withdrawal, found.reason) == ("OLD-77", "revoked", "replaced")


def test_an_old_card_that_is_not_there_needs_a_reason_and_is_revoked_all_the_same(desk: Desk) -> None:
    one = desk.ready(old_card=True)
    desk.recognised(one)
    steps.complete(
        desk.office, desk.clerk, one, Handing(old_card=OldCardAnswer("OLD-78", absent="lost on the way"))
    )
    held = desk.office.store.read(lambda c: old_card_of(c, one))
    assert held is not None
    assert (held.state, held.reason) == (OldCardState.ABSENT, "lost on the way")
    kinds = [item.kind for item in desk.office.store.read(lambda c: outbox_of(c, one))]
    assert kinds.count(OutboxKind.CARD_WITHDRAWN) == 1


def test_who_cannot_sign_leaves_a_mark_and_the_receipt_says_so(desk: Desk) -> None:
    one = desk.ready()
    desk.recognised(one)
    steps.complete(desk.office, desk.clerk, one, Handing(unsigned_reason="hand in plaster"))
    held = desk.office.store.read(lambda c: collected_of(c, one))
    assert held is not None
    assert (held.signature, held.unsigned_reason) == (None, "hand in plaster")
