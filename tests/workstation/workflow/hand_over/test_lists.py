"""What lies ready and where, whom to tell, what is cut, sent back or destroyed, and what is recalled."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.workstation.workflow.hand_over.conftest import COLLEAGUE, SUPERVISOR, Desk
from workstation import clock
from workstation.database.applications import application, draft_fields
from workstation.database.boxes import place_of
from workstation.database.forms import form_of
from workstation.database.old_cards import recall_of
from workstation.database.outbox import OutboxKind, outbox_of
from workstation.database.stock_tables import blanks
from workstation.domain.form import Answers
from workstation.domain.hand_over import HandOverRules, RecallState, read_hand_over_rules
from workstation.domain.permissions import Verb
from workstation.domain.queue import Contact
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.domain.stock import Place
from workstation.interchange import card_withdrawal
from workstation.workflow.hand_over import old_cards, ready, recall, steps, uncollected
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer


def refused(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value


def place_of_blank(desk: Desk, job: str) -> Place:
    wanted = select(blanks.c.place).where(blanks.c.job_id == job)
    return Place(desk.office.store.read(lambda connection: connection.execute(wanted).scalar_one()))


def test_the_first_free_place_is_proposed_and_a_gap_is_filled(desk: Desk) -> None:
    office, clerk = desk.office, desk.clerk
    cards = [desk.ready() for _ in range(3)]
    view = ready.ready_view(office, clerk)
    assert {row.card.application_id for row in view.rows[: view.unfiled]} >= set(cards)
    first = view.proposed
    places = [ready.file_card(office, clerk, card) for card in cards]
    assert places[0] == first
    assert len(set(places)) == 3
    refusal = refused(lambda: ready.file_card(office, clerk, cards[0], places[1].text))
    assert (refusal.reason, refusal.facts["place"]) == (Reason.BOX_PLACE_TAKEN, places[1].text)
    # Moved elsewhere by hand: its old place is the next one proposed.
    assert ready.file_card(office, clerk, cards[1], "7-02-09").text == "7-02-09"
    assert ready.ready_view(office, clerk).proposed == places[1]
    for wrong in ("7-02", "0-01-01", "1-99-01", "1-01-999", "ກ-1-1", "1-1-1-1"):
        refusal = refused(lambda text=wrong: ready.file_card(office, clerk, cards[1], text))  # type: ignore[misc]  # bound now
        assert refusal.reason is Reason.BOX_PLACE_UNKNOWN


def test_places_go_on_in_the_next_row_and_box() -> None:
    rules = HandOverRules(box_rows=2, box_positions=2)
    place, found = None, []
    for _ in range(5):
        place = rules.next_place(place)
        found.append(place.text)
    assert found == ["1-01-01", "1-01-02", "1-02-01", "1-02-02", "2-01-01"]


@pytest.mark.parametrize(
    "rules", [{"box_rows": 0}, {"box_rows": "3"}, {"paper": "a4"}, {"adult_proxy": 1}, {"unheard": 1}]
)
def test_a_policy_that_cannot_be_is_refused(rules: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="hand_over"):
        read_hand_over_rules(rules)


def test_who_was_informed_is_not_told_again(desk: Desk) -> None:
    office, clerk = desk.office, desk.clerk
    one, other = desk.ready(), desk.ready()
    ready.tell_ready(office, clerk, one, Contact.INFORMED)
    ready.tell_ready(office, clerk, other, Contact.NOT_REACHED)
    lines = list(csv.DictReader(io.StringIO(ready.notice_csv(office, clerk))))
    numbers = {line["number"] for line in lines}
    named = {row.card.application_id: row.card.number for row in ready.ready_view(office, clerk).rows}
    assert named[other] in numbers
    assert named[one] not in numbers
    assert all(line["telephone"].isdigit() for line in lines)
    assert ready.letter_list(office, clerk).startswith(b"%PDF")
    assert ready.row_labels(office, clerk, 2).startswith(b"%PDF")


def given_with_old_card(desk: Desk, number: str) -> str:
    one = desk.ready(old_card=True)
    desk.recognised(one)
    steps.complete(desk.office, desk.clerk, one, Handing(old_card=OldCardAnswer(number)))
    return one


def test_old_cards_are_cut_by_two_and_the_count_must_balance(desk: Desk) -> None:
    office, clerk = desk.office, desk.clerk
    for number in ("A-1", "A-2"):
        given_with_old_card(desk, number)
    listed = [card for card in old_cards.old_cards(office, clerk) if card.number in ("A-1", "A-2")]
    ids = [card.id for card in listed]
    desk.confirm(clerk, Verb.CUT_OLD_CARDS, old_cards.CUT_LIST)
    refusal = refused(lambda: old_cards.cut(office, clerk, ids, 1, COLLEAGUE))
    assert (refusal.reason, refusal.facts) == (Reason.OLD_CARDS_COUNT, {"listed": 2, "counted": 1})
    refusal = refused(lambda: old_cards.cut(office, clerk, [*ids, "none"], 3, COLLEAGUE))
    assert refusal.reason is Reason.OLD_CARDS_COUNT
    herself = replace(COLLEAGUE, username="clerk")
    assert (
        refused(lambda: old_cards.cut(office, clerk, ids, 2, herself)).reason is Reason.SECOND_PERSON_NEEDED
    )
    assert {card.id for card in old_cards.old_cards(office, clerk)} >= set(ids)
    assert old_cards.cut(office, clerk, ids, 2, COLLEAGUE) == 2
    assert not {card.id for card in old_cards.old_cards(office, clerk)} & set(ids)
    done = old_cards.old_cards(office, clerk, old_cards.OldCardState.CUT)
    assert {card.id for card in done} >= set(ids)


def test_uncollected_cards_go_back_in_a_sealed_parcel(desk: Desk) -> None:
    office, supervisor = desk.office, desk.supervisor
    old, new = desk.ready(), desk.ready()
    ready.file_card(office, desk.clerk, old)
    desk.waiting_since(old, 91)
    desk.waiting_since(new, 89)
    due = [row.card.application_id for row in uncollected.uncollected_view(office, supervisor).rows]
    assert old in due
    assert new not in due
    for ids, seal, reason in (
        ([new], "S 1", Reason.CARD_NOT_DUE),
        ([], "S 1", Reason.NOTHING_CHOSEN),
        ([old], " ", Reason.SEAL_MISSING),
    ):
        refusal = refused(
            lambda i=ids, s=seal: uncollected.return_to_province(office, supervisor, i, len(i), s)  # type: ignore[misc]  # bound now
        )
        assert refusal.reason is reason
    job = desk.job(old)
    refusal = refused(lambda: uncollected.return_to_province(office, supervisor, [old], 2, "S 1"))
    assert (refusal.reason, refusal.facts) == (Reason.OLD_CARDS_COUNT, {"listed": 1, "counted": 2})
    assert place_of_blank(desk, job) is Place.PRINTED, "a parcel that is short does not leave"
    assert uncollected.return_to_province(office, supervisor, [old], 1, "S 1").startswith(b"%PDF")
    assert place_of_blank(desk, job) is Place.RETURNED
    assert office.store.read(lambda c: place_of(c, job)) is None
    assert old not in [row.card.application_id for row in ready.ready_view(office, supervisor).rows]
    desk.recognised(old)
    refusal = refused(lambda: steps.complete(office, desk.clerk, old))
    assert (refusal.reason, refusal.facts["seal"]) == (Reason.CARD_NOT_HERE, "S 1")
    again = desk.ready()
    desk.waiting_since(again, 100)
    refusal = refused(lambda: uncollected.return_to_province(office, supervisor, [again], 1, "S 1"))
    assert refusal.reason is Reason.SEAL_USED
    assert place_of_blank(desk, desk.job(again)) is Place.PRINTED


def test_uncollected_cards_are_destroyed_only_by_two(desk: Desk) -> None:
    office, supervisor = desk.office, desk.supervisor
    one = desk.ready()
    desk.waiting_since(one, 120)
    job = desk.job(one)
    desk.confirm(supervisor, Verb.DESTROY_UNCOLLECTED, uncollected.UNCOLLECTED_LIST)
    refusal = refused(
        lambda: uncollected.destroy_uncollected(office, supervisor, [one], 1, "order 5", SUPERVISOR)
    )
    assert refusal.reason is Reason.SECOND_PERSON_NEEDED
    refusal = refused(
        lambda: uncollected.destroy_uncollected(office, supervisor, [one], 2, "order 5", COLLEAGUE)
    )
    assert refusal.reason is Reason.OLD_CARDS_COUNT
    uncollected.destroy_uncollected(office, supervisor, [one], 1, "order 5", COLLEAGUE)
    assert place_of_blank(desk, job) is Place.DESTROYED


def withdrawals(desk: Desk, application_id: str) -> list[tuple[str, str]]:
    items = desk.office.store.read(lambda c: outbox_of(c, application_id))
    found = [
        card_withdrawal.from_message(item.message) for item in items if item.kind is OutboxKind.CARD_WITHDRAWN
    ]
    return [(one.document_number, one.withdrawal.value) for one in found]


def test_a_wrong_card_is_recalled_mended_without_a_fee_exchanged_and_destroyed(desk: Desk) -> None:
    office, clerk = desk.office, desk.clerk
    wrong = desk.ready()
    job = desk.job(wrong)
    desk.recognised(wrong)
    steps.complete(office, clerk, wrong)
    assert (
        refused(
            lambda: recall.recall_card(office, clerk, wrong, Stage.INTAKE, "other", " ", SUPERVISOR)
        ).reason
        is Reason.CONFIRMATION_NEEDED
    )
    desk.confirm(clerk, Verb.RECALL_CARD, wrong)
    refusal = refused(
        lambda: recall.recall_card(office, clerk, wrong, Stage.INTAKE, "other", " ", SUPERVISOR)
    )
    assert refusal.reason is Reason.DEFECT_MISSING
    begun = recall.recall_card(office, clerk, wrong, Stage.INTAKE, "name-wrong", "ວັນ, not ວັນນາ", SUPERVISOR)
    number = office.store.read(lambda c: application(c, wrong)).document_number
    assert number is not None
    assert withdrawals(desk, wrong) == [(number, "suspended")]
    kept = office.store.read(lambda c: recall_of(c, wrong))
    assert kept is not None
    assert (kept.stage, kept.code, kept.state) == (Stage.INTAKE, "name-wrong", RecallState.OPEN)
    # The correction knows the person, asks no fee, and asks for consent anew.
    draft = office.store.read(lambda c: draft_fields(c, begun.application_id)) or {}
    form = office.store.read(lambda c: form_of(c, begun.application_id))
    assert draft["given_name_lo"] == "ບົວວັນນາລີສະຫວັນ"
    assert draft["old_document_number"] == number
    assert Answers(form, draft, clock.office_day(clock.now())).fee() == 0
    assert "consent" not in draft or draft["consent"] != "yes"
    desk.confirm(clerk, Verb.RECALL_CARD, wrong)
    again = refused(
        lambda: recall.recall_card(office, clerk, wrong, Stage.INTAKE, "name-wrong", "", SUPERVISOR)
    )
    assert again.reason is Reason.CARD_RECALLED_ALREADY

    desk.carry_on(begun.application_id)
    desk.recognised(begun.application_id)
    refusal = refused(lambda: steps.complete(office, clerk, begun.application_id))
    assert refusal.reason is Reason.OLD_CARD_MISSING
    steps.complete(office, clerk, begun.application_id, Handing(old_card=OldCardAnswer(number)))
    assert place_of_blank(desk, job) is Place.VOID
    assert withdrawals(desk, wrong) == [(number, "suspended"), (number, "revoked")]
    (listed,) = (card for card in old_cards.old_cards(office, clerk) if card.job_id == job)
    desk.confirm(clerk, Verb.CUT_OLD_CARDS, old_cards.CUT_LIST)
    old_cards.cut(office, clerk, [listed.id], 1, COLLEAGUE)
    assert place_of_blank(desk, job) is Place.DESTROYED
    rows = recall.recalled_cards(office, clerk)
    assert [row.recall.state for row in rows if row.recall.application_id == wrong] == [RecallState.DESTROYED]
