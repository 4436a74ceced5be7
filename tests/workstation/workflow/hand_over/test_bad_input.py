"""What can be wrong in the moment of giving: the wrong card, the wrong person, papers that are not there, twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from tests.workstation.workflow.hand_over.conftest import SUPERVISOR, Desk
from tests.workstation.workflow.hand_over.test_giving import AUNT, CHILD, FATHER, PEN, refused
from workstation import clock
from workstation.database.applications import application
from workstation.database.outbox import OutboxKind, outbox_of
from workstation.database.policies import add_policy
from workstation.database.stock import blank_of_job
from workstation.database.tables import applications, hand_overs
from workstation.domain.hand_over import CollectedBy, Signature, drawn_length
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason
from workstation.domain.stages import Stage
from workstation.workflow.hand_over import finding, recall, steps
from workstation.workflow.hand_over.handing import Handing
from workstation.workflow.hand_over.view import view

CODE = "6BF" + "A1B2C3D4" * 20


@pytest.fixture
def rules(desk: Desk) -> Iterator[Callable[..., None]]:
    """What the policy says of the hand-over from now on; as before at the end."""
    data = json.loads(files("resources").joinpath("policies", "training.json").read_bytes())

    def say(**changes: Any) -> None:
        changed = {**data, "name": str(uuid4()), "hand_over": {**data["hand_over"], **changes}}
        desk.office.store.write(lambda tx: add_policy(tx, json.dumps(changed).encode(), at=clock.now()))

    yield say
    say()


def marked(desk: Desk, number: str, code: str = "") -> str:
    """A card that lies ready, with that number and code on it."""
    one = desk.ready()
    values = {"document_number": number} | ({"card_signature": code} if code else {})
    changed = update(applications).where(applications.c.id == one).values(**values)
    desk.office.store.write(lambda tx: tx.execute(changed))
    return one


@pytest.mark.parametrize("who", [FATHER, AUNT], ids=["guardian", "proxy"])
def test_who_comes_for_a_child_is_named_whole(desk: Desk, who: Any) -> None:
    one = desk.ready(birth_date=CHILD)
    desk.confirm(desk.clerk, Verb.ALLOW_HAND_OVER, one)
    steps.allow_without_finger(desk.office, desk.clerk, one, "known to us", SUPERVISOR)
    for part in ("name", "identity", "authorisation"):
        for nothing in ("", "  "):
            asked = Handing(replace(who, **{part: nothing}))
            refusal = refused(lambda given=asked: steps.complete(desk.office, desk.clerk, one, given))  # type: ignore[misc]  # bound now
            assert refusal.reason is Reason.COLLECTOR_UNNAMED, part
    assert desk.counter.stage(one) is Stage.HAND_OVER
    steps.complete(desk.office, desk.clerk, one, Handing(who))


def test_a_proxy_comes_for_an_adult_only_where_the_policy_says_so(
    desk: Desk, rules: Callable[..., None]
) -> None:
    office, clerk = desk.office, desk.clerk
    before = desk.ready()
    rules(adult_proxy=True)
    one = desk.ready()
    # The first was begun under a policy that knows no proxy for an adult, and stays under it.
    refusal = refused(lambda: steps.complete(office, clerk, before, Handing(AUNT)))
    assert refusal.reason is Reason.COLLECTOR_NOT_ALLOWED
    # A guardian is for children, and a proxy is never known by the holder's finger.
    assert refused(lambda: steps.complete(office, clerk, one, Handing(FATHER))).reason is (
        Reason.COLLECTOR_NOT_ALLOWED
    )
    desk.recognised(one)
    assert (
        refused(lambda: steps.complete(office, clerk, one, Handing(AUNT))).reason is Reason.SUPERVISOR_NEEDED
    )
    desk.confirm(clerk, Verb.ALLOW_HAND_OVER, one)
    steps.allow_without_finger(office, clerk, one, "letter 12 was read", SUPERVISOR)
    steps.complete(office, clerk, one, Handing(AUNT))
    assert desk.counter.stage(one) is Stage.CLOSED


def test_the_card_in_the_hand_is_this_persons(desk: Desk) -> None:
    office, clerk = desk.office, desk.clerk
    one, other = marked(desk, "LA0000011", CODE), marked(desk, "LA0000022", CODE[:-1] + "9")
    number = office.store.read(lambda c: application(c, other)).number
    job = desk.job(other)
    blank = office.store.read(lambda c: blank_of_job(c, job))
    assert blank is not None
    chip = view(office, other).chip_serial
    assert chip
    desk.recognised(one)
    for read in ("LA0000022", " la00 00022", blank.serial, chip, CODE[:-1] + "9"):
        refusal = refused(lambda text=read: steps.complete(office, clerk, one, Handing(card=text)))  # type: ignore[misc]  # bound now
        assert (refusal.reason, refusal.facts) == (Reason.CARD_OF_ANOTHER, {"number": number}), read
    for read in ("LA9999999", "no number at all", CODE + "X", number):
        refusal = refused(lambda text=read: steps.complete(office, clerk, one, Handing(card=text)))  # type: ignore[misc]  # bound now
        assert refusal.reason is Reason.CARD_UNKNOWN, read
    assert desk.counter.stage(one) is Stage.HAND_OVER
    steps.complete(office, clerk, one, Handing(card=CODE))
    desk.recognised(other)
    steps.complete(office, clerk, other, Handing(card=blank.serial))


def test_a_card_is_found_by_what_can_be_scanned(desk: Desk) -> None:
    office, clerk = desk.office, desk.clerk
    one = marked(desk, "LA0000033", CODE + "33")
    job = desk.job(one)
    blank = office.store.read(lambda c: blank_of_job(c, job))
    assert blank is not None
    number = office.store.read(lambda c: application(c, one)).number
    for read in ("LA0000033", CODE + "33", blank.serial, view(office, one).chip_serial or "", number):
        assert finding.find_card(office, clerk, read) == one, read
    for read in ("LA0000034", "", "   ", number[:-3], "ບັດ"):
        assert refused(lambda text=read: finding.find_card(office, clerk, text)).reason is Reason.CARD_UNKNOWN  # type: ignore[misc]  # bound now
    # Brought back by somebody who found it: given cards are known by their number too.
    desk.recognised(one)
    steps.complete(office, clerk, one)
    assert finding.find_card(office, clerk, "LA0000033") == one


def test_a_card_is_given_once(desk: Desk) -> None:
    one = desk.ready()
    desk.recognised(one)
    steps.complete(desk.office, desk.clerk, one)
    refusal = refused(lambda: steps.complete(desk.office, desk.colleague, one))
    assert refusal.reason is Reason.MOVE_NOT_ALLOWED
    kinds = [item.kind for item in desk.office.store.read(lambda c: outbox_of(c, one))]
    assert kinds.count(OutboxKind.CARD_ISSUED) == 1
    wanted = select(func.count()).where(hand_overs.c.application_id == one)
    assert desk.office.store.read(lambda c: c.scalar(wanted)) == 1


def test_a_card_that_a_colleague_recalled_meanwhile_is_recalled_once(desk: Desk) -> None:
    one = desk.ready()
    desk.recognised(one)
    steps.complete(desk.office, desk.clerk, one)
    for who in (desk.clerk, desk.colleague):
        desk.confirm(who, Verb.RECALL_CARD, one)
    recall.recall_card(desk.office, desk.colleague, one, Stage.PHOTO, "glare", "", SUPERVISOR)
    refusal = refused(
        lambda: recall.recall_card(desk.office, desk.clerk, one, Stage.INTAKE, "name-wrong", "", SUPERVISOR)
    )
    assert refusal.reason is Reason.CARD_RECALLED_ALREADY
    (row,) = (r for r in recall.recalled_cards(desk.office, desk.clerk) if r.recall.application_id == one)
    assert row.recall.code == "glare"


def test_a_signature_in_which_nothing_is_written_is_none(desk: Desk, rules: Callable[..., None]) -> None:
    rules(signature_required=True)
    one = desk.ready()
    desk.recognised(one)
    dot = ((0.5, 0.5), (0.51, 0.5))
    for strokes in ((), ((),), (dot,), (dot, dot)):
        nothing = Handing(signature=Signature(strokes, b"\x89PNG white"))
        refusal = refused(lambda given=nothing: steps.complete(desk.office, desk.clerk, one, given))  # type: ignore[misc]  # bound now
        assert refusal.reason is Reason.SIGNATURE_MISSING
    refusal = refused(lambda: steps.complete(desk.office, desk.clerk, one))
    assert refusal.reason is Reason.SIGNATURE_MISSING
    steps.complete(desk.office, desk.clerk, one, Handing(signature=PEN))
    assert drawn_length(PEN.strokes) > 0.9
    assert view(desk.office, one).receipt is not None


def test_the_holder_is_no_proxy_of_her_own(desk: Desk) -> None:
    assert {kind.value for kind in CollectedBy} == {"holder", "guardian", "proxy"}
    one = desk.ready()
    refusal = refused(
        lambda: steps.complete(desk.office, desk.clerk, one, Handing(replace(AUNT, kind=CollectedBy.HOLDER)))
    )
    assert refusal.reason is Reason.FINGERPRINT_NO_MATCH
