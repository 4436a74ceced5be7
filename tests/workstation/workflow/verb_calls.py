"""Every public verb of the workflow as one call on a real office: which line of the table of permissions it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from devices.camera import Frame
from printing.specification import built_in_layout
from tests.layouts import newer, signed
from tests.ui.stages.counter_office import PASSWORD, Counter, finger_image
from ui.demo.signature import drawn, signature
from workstation import clock
from workstation.card_reading.model import SideModel
from workstation.card_reading.quality import Quality
from workstation.card_reading.reading import SideReading
from workstation.database.audit_pages import AuditFilter, AuditList
from workstation.domain.defects import NamedDefect
from workstation.domain.operator import Role
from workstation.domain.permissions import Verb
from workstation.domain.queue import Contact, QueueFilter
from workstation.domain.stages import Stage
from workstation.domain.stock import SerialFormat
from workstation.domain.take_over import TakeOverReason
from workstation.interchange.signed_layout import to_file
from workstation.workflow import (
    claims,
    households,
    operator_access,
    operator_fingers,
    operators,
    policies,
    queue,
)
from workstation.workflow.approvals import keys as approval_keys
from workstation.workflow.approvals import letters
from workstation.workflow.approvals import steps as approvals
from workstation.workflow.approvals.view import approvals_view
from workstation.workflow.audit import export as trail_export
from workstation.workflow.audit import look as audit_look
from workstation.workflow.audit import look as trail
from workstation.workflow.audit.export import export_trail
from workstation.workflow.backup.keys import make_backup_key
from workstation.workflow.backup.schedule import backup_now
from workstation.workflow.backup.view import backup_view
from workstation.workflow.check import steps as check
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.hand_over import finding, old_cards, ready, uncollected
from workstation.workflow.hand_over import recall as card_recall
from workstation.workflow.hand_over import steps as hand_over
from workstation.workflow.intake import forms
from workstation.workflow.intake import steps as intake
from workstation.workflow.keys import sharing
from workstation.workflow.keys import steps as keys
from workstation.workflow.layouts import drafts as layout_drafts
from workstation.workflow.layouts import held as layouts
from workstation.workflow.layouts import publish as layout_publish
from workstation.workflow.layouts import specimens
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.photo import steps as photo
from workstation.workflow.photo.earlier import keep_earlier
from workstation.workflow.photo.exception import take_exception
from workstation.workflow.pre_registrations import steps as pre_registrations
from workstation.workflow.preflight import clock_repair
from workstation.workflow.print import carry as carrying
from workstation.workflow.print import release, void
from workstation.workflow.print import run as print_run
from workstation.workflow.print import steps as printing
from workstation.workflow.printers import steps as printers
from workstation.workflow.printers import view as printers_view
from workstation.workflow.review import recall
from workstation.workflow.review import steps as review
from workstation.workflow.review import view as review_view
from workstation.workflow.search import carry, find
from workstation.workflow.signature import steps as signing
from workstation.workflow.stock import steps as stock
from workstation.workflow.stock.count import close_count, compare
from workstation.workflow.stock.view import history_of_blank, photo_of_entry, stock_figures, stock_view
from workstation.workflow.stock.witness import SecondPerson, write_by_two

ROOT = Path(__file__).resolve().parents[3]
PICTURE = np.zeros((48, 64, 3), np.uint8)
SIDE = SideReading(SideModel("front", PICTURE), PICTURE, 300.0, Quality(200.0, 1.0, 0.0))
POLICY = (ROOT / "resources" / "policies" / "training.json").read_bytes()
TODAY = clock.office_day(clock.now())
SERIAL = SerialFormat("TR", 6).serial(900_000)
BOX = stock.Delivery("7", SERIAL, SERIAL)
SECOND = SecondPerson("nobody", "nothing")
FORM = (ROOT / "resources" / "forms" / "first_issue.json").read_bytes()


@dataclass(frozen=True)
class At:
    """One application at each stage that a verb needs; nobody of the matrix has worked on them."""

    intake: str
    photo: str
    fingerprints: str
    review: str
    decision: str
    print: str
    hand_over: str


class NoPrinter:
    """A printer that is not there: it answers nothing, as one that was unplugged."""

    def state(self) -> Any:
        raise LookupError("asked")


def made(counter: Counter) -> At:
    """Brings applications to their stages."""
    photo_stage, fingers_stage = counter.at_review(), counter.at_review()
    for application_id, stage in ((photo_stage, Stage.PHOTO), (fingers_stage, Stage.FINGERPRINTS)):
        seen = review_view.view(counter.office, counter.supervisor, application_id).header.version
        code = {Stage.PHOTO: "glare", Stage.FINGERPRINTS: "low-quality"}[stage]
        named = [NamedDefect(stage, code)]
        review.return_for(counter.office, counter.supervisor, application_id, seen, named)
    decided = counter.at_decision()
    counter.decide(decided)
    return At(
        counter.at_intake(),
        photo_stage,
        fingers_stage,
        counter.at_review(),
        counter.at_decision(),
        decided,
        counter.at_hand_over(),
    )


Call = Callable[[Office, SignedIn, At], object]


@dataclass(frozen=True)
class Case:
    """`function` is called; `verb` is the line of the table it must ask."""

    function: Callable[..., Any]
    verb: Verb
    call: Call


def _clock(office: Office, who: SignedIn, _at: At) -> object:
    return clock_repair.accept_clock(
        office, who, moment=clock.now(), username="supervisor", password=PASSWORD + " wrong"
    )


def _print(office: Office, who: SignedIn, at: At) -> object:
    return printing.print_card(
        office,
        who,
        at.print,
        NoPrinter(),  # type: ignore[arg-type]  # it must not come to the printer, or fail there
        on_progress=lambda _seen: None,
        cancelled=lambda: True,
    )


def _carry(office: Office, who: SignedIn, _at: At) -> object:
    return carrying.carry(
        office,
        who,
        "no job",
        NoPrinter(),  # type: ignore[arg-type]  # it must not come to the printer, or fail there
        on_progress=lambda _seen: None,
        cancelled=lambda: True,
    )


def _run(office: Office, who: SignedIn, _at: At) -> object:
    return print_run.run_queue(
        office,
        who,
        "none",
        NoPrinter(),  # type: ignore[arg-type]  # it must not come to the printer, or fail there
        on_progress=lambda _application, _seen: None,
        stopped=lambda: True,
    )


CASES = (
    Case(queue.look, Verb.LOOK, lambda o, w, a: queue.look(o, w, QueueFilter())),
    Case(claims.open_claimed, Verb.LOOK, lambda o, w, a: claims.open_claimed(o, w, a.decision)),
    Case(claims.standing, Verb.LOOK, lambda o, w, a: claims.standing(o, w, a.intake)),
    Case(review_view.view, Verb.LOOK, lambda o, w, a: review_view.view(o, w, a.review)),
    Case(recall.held, Verb.LOOK, lambda o, w, a: recall.held(o, w, a.decision)),
    Case(recall.next_to_review, Verb.LOOK, lambda o, w, a: recall.next_to_review(o, w)),
    Case(find.search, Verb.SEARCH, lambda o, w, a: find.search(o, w, "Bouavanh")),
    Case(claims.beat, Verb.CLAIM, lambda o, w, a: claims.beat(o, w, a.print)),
    Case(
        claims.take_over,
        Verb.TAKE_OVER,
        lambda o, w, a: claims.take_over(o, w, a.print, TakeOverReason.HOLDER_AWAY),
    ),
    Case(claims.use_aside, Verb.WRITE, lambda o, w, a: claims.use_aside(o, w, a.intake)),
    Case(claims.drop_aside, Verb.WRITE, lambda o, w, a: claims.drop_aside(o, w, a.intake)),
    Case(queue.save_queue, Verb.SAVE_QUEUE, lambda o, w, a: queue.save_queue(o, w, "mine", QueueFilter())),
    Case(queue.saved_queues, Verb.SAVE_QUEUE, lambda o, w, a: queue.saved_queues(o, w)),
    Case(queue.forget_queue, Verb.SAVE_QUEUE, lambda o, w, a: queue.forget_queue(o, w, "mine")),
    Case(queue.tell, Verb.TELL, lambda o, w, a: queue.tell(o, w, a.photo, Contact.INFORMED)),
    Case(intake.start, Verb.START, lambda o, w, a: intake.start(o, w)),
    Case(carry.start_with, Verb.START, lambda o, w, a: carry.start_with(o, w, {"telephone": "020"})),
    Case(
        households.start_next_member, Verb.START, lambda o, w, a: households.start_next_member(o, w, a.review)
    ),
    Case(
        pre_registrations.open_pre_registration,
        Verb.START,
        lambda o, w, a: pre_registrations.open_pre_registration(o, w, "no number"),
    ),
    Case(
        pre_registrations.begin_by_hand,
        Verb.START,
        lambda o, w, a: pre_registrations.begin_by_hand(o, w, "no number"),
    ),
    Case(households.carry_address, Verb.WRITE, lambda o, w, a: households.carry_address(o, w, a.intake)),
    Case(households.confirm, Verb.WRITE, lambda o, w, a: households.confirm(o, w, a.intake, ["village"])),
    Case(intake.choose_kind, Verb.WRITE, lambda o, w, a: intake.choose_kind(o, w, a.intake, "renewal")),
    Case(
        intake.save_draft,
        Verb.WRITE,
        lambda o, w, a: intake.save_draft(o, w, a.intake, {"village": "x"}).result(20),
    ),
    Case(intake.complete, Verb.INTAKE_COMPLETE, lambda o, w, a: intake.complete(o, w, a.intake)),
    Case(intake.refer, Verb.REFER, lambda o, w, a: intake.refer(o, w, a.intake)),
    Case(intake.withdraw, Verb.WITHDRAW, lambda o, w, a: intake.withdraw(o, w, a.print, "reason")),
    Case(photo.take, Verb.PHOTO_TAKE, lambda o, w, a: photo.take(o, w, a.intake, PICTURE, None)),  # type: ignore[arg-type]  # no face is looked for: it is not asked
    Case(
        photo.take_best,
        Verb.PHOTO_TAKE,
        lambda o, w, a: photo.take_best(o, w, a.intake, (Frame(PICTURE, 0, 0.0),), None),  # type: ignore[arg-type]  # no face is looked for: it is not asked
    ),
    Case(photo.choose, Verb.PHOTO_TAKE, lambda o, w, a: photo.choose(o, w, a.photo, "no portrait")),
    Case(
        take_exception,
        Verb.PHOTO_TAKE,
        lambda o, w, a: take_exception(o, w, a.photo, Frame(PICTURE, 0, 0.0), "", None),  # type: ignore[arg-type]  # refused before a face is looked for
    ),
    Case(
        keep_earlier,
        Verb.PHOTO_TAKE,
        lambda o, w, a: keep_earlier(o, w, a.photo, b"no picture", None),  # type: ignore[arg-type]  # refused before a face is looked for
    ),
    Case(photo.complete, Verb.PHOTO_COMPLETE, lambda o, w, a: photo.complete(o, w, a.photo)),
    Case(
        fingerprints.take,
        Verb.FINGER_TAKE,
        lambda o, w, a: fingerprints.take(o, w, a.fingerprints, 2, finger_image(2)),
    ),
    Case(
        fingerprints.mark_missing,
        Verb.FINGER_TAKE,
        lambda o, w, a: fingerprints.mark_missing(o, w, a.fingerprints, 2, "amputated"),
    ),
    Case(
        fingerprints.complete,
        Verb.FINGERPRINTS_COMPLETE,
        lambda o, w, a: fingerprints.complete(o, w, a.fingerprints),
    ),
    Case(review.approve, Verb.APPROVE, lambda o, w, a: review.approve(o, w, a.review, -1)),
    Case(
        review.return_for,
        Verb.RETURN,
        lambda o, w, a: review.return_for(o, w, a.review, -1, [NamedDefect(Stage.PHOTO, "glare")]),
    ),
    Case(review.reject, Verb.REJECT, lambda o, w, a: review.reject(o, w, a.review, -1, "reason")),
    Case(review.recall, Verb.RECALL, lambda o, w, a: review.recall(o, w, a.decision)),
    Case(
        approvals.request_approval,
        Verb.REQUEST_APPROVAL,
        lambda o, w, a: approvals.request_approval(o, w, a.review),
    ),
    Case(
        approvals.sign_approval,
        Verb.SIGN_APPROVAL,
        lambda o, w, a: approvals.sign_approval(o, w, b"{}", "passphrase", set()),
    ),
    Case(
        approvals.apply_approval, Verb.APPLY_APPROVAL, lambda o, w, a: approvals.apply_approval(o, w, b"{}")
    ),
    Case(approvals_view, Verb.REQUEST_APPROVAL, lambda o, w, a: approvals_view(o, w)),
    Case(
        letters.ask_elsewhere,
        Verb.REQUEST_APPROVAL,
        lambda o, w, a: letters.ask_elsewhere(o, w, a.review, "nobody"),
    ),
    Case(
        letters.answer,
        Verb.SIGN_APPROVAL,
        lambda o, w, a: letters.answer(o, w, "none", "passphrase", frozenset()),
    ),
    Case(
        letters.refuse, Verb.SIGN_APPROVAL, lambda o, w, a: letters.refuse(o, w, "none", "passphrase", "no")
    ),
    Case(letters.apply_answer, Verb.APPLY_APPROVAL, lambda o, w, a: letters.apply_answer(o, w, "none")),
    Case(
        approvals.check_signable,
        Verb.SIGN_APPROVAL,
        lambda o, w, a: approvals.check_signable(o, w, b"{}"),
    ),
    Case(
        approval_keys.make_approval_key,
        Verb.MAKE_APPROVAL_KEY,
        lambda o, w, a: approval_keys.make_approval_key(o, w, "a long passphrase"),
    ),
    Case(approval_keys.trust, Verb.TRUST_APPROVER, lambda o, w, a: approval_keys.trust(o, w, b"{}", "")),
    Case(printing.prepare, Verb.PRINT, lambda o, w, a: printing.prepare(o, w, a.hand_over)),
    Case(printing.print_card, Verb.PRINT, _print),
    Case(
        printing.settle_uncertain,
        Verb.PRINT_COMPLETE,
        lambda o, w, a: printing.settle_uncertain(o, w, a.hand_over, card_is_good=True),
    ),
    Case(printing.give_up, Verb.PRINT_COMPLETE, lambda o, w, a: printing.give_up(o, w, a.print)),
    Case(printing.go_on, Verb.PRINT_COMPLETE, lambda o, w, a: printing.go_on(o, w, a.print)),
    Case(carrying.carry, Verb.PRINT, _carry),
    Case(print_run.run_queue, Verb.PRINT, _run),
    Case(release.release, Verb.PRINT, lambda o, w, a: release.release(o, w, a.print, printer_id="none")),
    Case(
        release.release_batch,
        Verb.PRINT,
        lambda o, w, a: release.release_batch(o, w, [a.print], printer_id="none"),
    ),
    Case(release.withdraw, Verb.ORDER_PRINTING, lambda o, w, a: release.withdraw(o, w, a.print)),
    Case(release.hurry, Verb.ORDER_PRINTING, lambda o, w, a: release.hurry(o, w, a.print, True)),
    Case(release.hold, Verb.ORDER_PRINTING, lambda o, w, a: release.hold(o, w, a.print, True)),
    Case(
        release.send_waiting,
        Verb.ORDER_PRINTING,
        lambda o, w, a: release.send_waiting(o, w, "none", "neither"),
    ),
    Case(
        void.void_card,
        Verb.REPRINT,
        lambda o, w, a: void.void_card(
            o, w, a.decision, "spoiled", username="supervisor", password=PASSWORD + " wrong"
        ),
    ),
    Case(
        printers.add_printer,
        Verb.SET_UP_PRINTERS,
        lambda o, w, a: printers.add_printer(o, w, address="ipp://127.0.0.1:9/none"),
    ),
    Case(
        printers.printer_of_settings,
        Verb.ORDER_PRINTING,
        lambda o, w, a: printers.printer_of_settings(o, w, "ipp://127.0.0.1:9/other"),
    ),
    Case(printers.choose_printer, Verb.ORDER_PRINTING, lambda o, w, a: printers.choose_printer(o, w, "none")),
    Case(
        printers.pause_printer,
        Verb.ORDER_PRINTING,
        lambda o, w, a: printers.pause_printer(o, w, "none", True),
    ),
    Case(
        printers.remove_printer, Verb.SET_UP_PRINTERS, lambda o, w, a: printers.remove_printer(o, w, "none")
    ),
    Case(printers_view.print_room, Verb.LOOK_AT_PRINTING, lambda o, w, a: printers_view.print_room(o, w)),
    Case(printers_view.awaited_printers, Verb.PRINT, lambda o, w, a: printers_view.awaited_printers(o, w)),
    Case(
        signing.take_signature,
        Verb.SIGNATURE_TAKE,
        lambda o, w, a: signing.take_signature(o, w, a.fingerprints, drawn(signature())),
    ),
    Case(
        signing.note_cannot_sign,
        Verb.SIGNATURE_TAKE,
        lambda o, w, a: signing.note_cannot_sign(o, w, a.fingerprints, "declines"),
    ),
    Case(check.read_side, Verb.CHECK, lambda o, w, a: check.read_side(o, w, a.hand_over, PICTURE)),
    Case(check.keep_reading, Verb.CHECK, lambda o, w, a: check.keep_reading(o, w, a.hand_over, SIDE, SIDE)),
    Case(check.read_card, Verb.CHECK, lambda o, w, a: check.read_card(o, w, a.hand_over, [PICTURE])),
    Case(check.bind_chip, Verb.CHECK, lambda o, w, a: check.bind_chip(o, w, a.hand_over, b"\x04abcdef")),
    Case(check.complete, Verb.CHECK_COMPLETE, lambda o, w, a: check.complete(o, w, a.hand_over)),
    Case(
        hand_over.match,
        Verb.MATCH,
        lambda o, w, a: hand_over.match(o, w, a.review, 2, finger_image(2)),
    ),
    Case(hand_over.complete, Verb.HAND_OVER_COMPLETE, lambda o, w, a: hand_over.complete(o, w, a.hand_over)),
    Case(
        hand_over.take_guardian_print,
        Verb.MATCH,
        lambda o, w, a: hand_over.take_guardian_print(o, w, a.review, 2, finger_image(2)),
    ),
    Case(
        hand_over.allow_without_finger,
        Verb.ALLOW_HAND_OVER,
        lambda o, w, a: hand_over.allow_without_finger(o, w, a.hand_over, "worn", SECOND),
    ),
    Case(finding.find_card, Verb.SEARCH, lambda o, w, a: finding.find_card(o, w, "LA1234567")),
    Case(ready.ready_view, Verb.HAND_OVER_LOOK, lambda o, w, a: ready.ready_view(o, w)),
    Case(ready.notice_csv, Verb.HAND_OVER_LOOK, lambda o, w, a: ready.notice_csv(o, w)),
    Case(ready.letter_list, Verb.HAND_OVER_LOOK, lambda o, w, a: ready.letter_list(o, w)),
    Case(ready.row_labels, Verb.HAND_OVER_LOOK, lambda o, w, a: ready.row_labels(o, w, 1)),
    Case(ready.file_card, Verb.FILE_CARD, lambda o, w, a: ready.file_card(o, w, a.review)),
    Case(ready.tell_ready, Verb.TELL, lambda o, w, a: ready.tell_ready(o, w, a.review, Contact.INFORMED)),
    Case(old_cards.old_cards, Verb.HAND_OVER_LOOK, lambda o, w, a: old_cards.old_cards(o, w)),
    Case(old_cards.cut, Verb.CUT_OLD_CARDS, lambda o, w, a: old_cards.cut(o, w, ["none"], 1, SECOND)),
    Case(
        uncollected.uncollected_view,
        Verb.HAND_OVER_LOOK,
        lambda o, w, a: uncollected.uncollected_view(o, w),
    ),
    Case(
        uncollected.return_to_province,
        Verb.RETURN_UNCOLLECTED,
        lambda o, w, a: uncollected.return_to_province(o, w, [a.review], 1, "S 1"),
    ),
    Case(
        uncollected.destroy_uncollected,
        Verb.DESTROY_UNCOLLECTED,
        lambda o, w, a: uncollected.destroy_uncollected(o, w, [a.review], 1, "old", SECOND),
    ),
    Case(
        card_recall.recall_card,
        Verb.RECALL_CARD,
        lambda o, w, a: card_recall.recall_card(o, w, a.review, Stage.INTAKE, "name-wrong", "", SECOND),
    ),
    Case(card_recall.recalled_cards, Verb.HAND_OVER_LOOK, lambda o, w, a: card_recall.recalled_cards(o, w)),
    Case(stock.take_in, Verb.STOCK_RECEIVE, lambda o, w, a: stock.take_in(o, w, BOX)),
    Case(stock.give_to_station, Verb.STOCK_GIVE, lambda o, w, a: stock.give_to_station(o, w, SERIAL)),
    Case(stock.take_back, Verb.STOCK_GIVE, lambda o, w, a: stock.take_back(o, w, SERIAL)),
    Case(stock.load, Verb.STOCK_LOAD, lambda o, w, a: stock.load(o, w, SERIAL)),
    Case(stock.unload, Verb.STOCK_LOAD, lambda o, w, a: stock.unload(o, w, SERIAL)),
    Case(stock.spoil, Verb.STOCK_SPOIL, lambda o, w, a: stock.spoil(o, w, SERIAL, reason="bent")),
    Case(stock.give_back, Verb.STOCK_RETURN, lambda o, w, a: stock.give_back(o, w, SERIAL, reason="7")),
    Case(stock.found_again, Verb.STOCK_FIND, lambda o, w, a: stock.found_again(o, w, SERIAL, reason="7")),
    Case(
        stock.destroy,
        Verb.STOCK_DESTROY,
        lambda o, w, a: stock.destroy(o, w, SERIAL, reason="cut", second=SECOND),
    ),
    Case(
        stock.declare_missing,
        Verb.STOCK_MISS,
        lambda o, w, a: stock.declare_missing(o, w, SERIAL, reason="gone", second=SECOND),
    ),
    Case(stock_view, Verb.STOCK_LOOK, lambda o, w, a: stock_view(o, w)),
    Case(stock_figures, Verb.STOCK_LOOK, lambda o, w, a: stock_figures(o, w, TODAY, TODAY)),
    Case(history_of_blank, Verb.STOCK_LOOK, lambda o, w, a: history_of_blank(o, w, SERIAL)),
    Case(photo_of_entry, Verb.STOCK_LOOK, lambda o, w, a: photo_of_entry(o, w, 1)),
    Case(compare, Verb.STOCK_COUNT, lambda o, w, a: compare(o, w, ())),
    Case(close_count, Verb.STOCK_COUNT, lambda o, w, a: close_count(o, w, (), SECOND)),
    Case(
        write_by_two,
        Verb.STOCK_DESTROY,
        lambda o, w, a: write_by_two(o, w, Verb.STOCK_DESTROY, SECOND, "x", lambda _tx, _actor, _id: None),
    ),
    Case(clock_repair.accept_clock, Verb.ACCEPT_CLOCK, _clock),
    Case(operators.list_operators, Verb.LIST_OPERATORS, lambda o, w, a: operators.list_operators(o, w)),
    Case(
        operators.add_operator,
        Verb.ADD_OPERATOR,
        lambda o, w, a: operators.add_operator(
            o, w, username="supervisor", display_name="x", role=Role.CLERK, password=PASSWORD
        ),
    ),
    Case(operator_access.accesses, Verb.LIST_OPERATORS, lambda o, w, a: operator_access.accesses(o, w)),
    Case(
        operator_access.unlock_operator,
        Verb.UNLOCK_OPERATOR,
        lambda o, w, a: operator_access.unlock_operator(o, w, "nobody"),
    ),
    Case(
        operator_access.reset_password,
        Verb.RESET_PASSWORD,
        lambda o, w, a: operator_access.reset_password(o, w, "nobody"),
    ),
    Case(
        operator_access.limit_access,
        Verb.LIMIT_ACCESS,
        lambda o, w, a: operator_access.limit_access(o, w, "nobody", None),
    ),
    Case(
        operator_fingers.enrol_fingers,
        Verb.ENROL_FINGER,
        lambda o, w, a: operator_fingers.enrol_fingers(o, w, "nobody", PASSWORD, ()),
    ),
    Case(
        operator_fingers.forget_fingers,
        Verb.ENROL_FINGER,
        lambda o, w, a: operator_fingers.forget_fingers(o, w, "nobody"),
    ),
    Case(
        layouts.bring_in_layout,
        Verb.BRING_IN_LAYOUT,
        lambda o, w, a: layouts.bring_in_layout(o, w, to_file(signed(newer()))),
    ),
    Case(
        layout_publish.propose_layout,
        Verb.PROPOSE_LAYOUT,
        lambda o, w, a: layout_publish.propose_layout(o, w, built_in_layout("national-id-1")),
    ),
    Case(
        layout_publish.approve_layout,
        Verb.APPROVE_LAYOUT,
        lambda o, w, a: layout_publish.approve_layout(o, w, "none"),
    ),
    Case(
        layout_publish.withdraw_layout,
        Verb.PROPOSE_LAYOUT,
        lambda o, w, a: layout_publish.withdraw_layout(o, w, "none"),
    ),
    Case(
        layout_drafts.begin_draft,
        Verb.PROPOSE_LAYOUT,
        lambda o, w, a: layout_drafts.begin_draft(o, w, "national-id-1@1"),
    ),
    Case(
        layout_drafts.keep_draft,
        Verb.PROPOSE_LAYOUT,
        lambda o, w, a: layout_drafts.keep_draft(o, w, built_in_layout("national-id-1"), 1),
    ),
    Case(
        layout_drafts.discard_draft,
        Verb.PROPOSE_LAYOUT,
        lambda o, w, a: layout_drafts.discard_draft(o, w, "none"),
    ),
    Case(
        layout_drafts.keep_beside,
        Verb.PROPOSE_LAYOUT,
        lambda o, w, a: layout_drafts.keep_beside(o, w, built_in_layout("national-id-1")),
    ),
    Case(
        layout_drafts.propose_draft,
        Verb.PROPOSE_LAYOUT,
        lambda o, w, a: layout_drafts.propose_draft(o, w, built_in_layout("national-id-1"), 1),
    ),
    Case(
        specimens.specimen_printers,
        Verb.PROPOSE_LAYOUT,
        lambda o, w, a: specimens.specimen_printers(o, w),
    ),
    Case(
        specimens.note_specimen,
        Verb.PROPOSE_LAYOUT,
        lambda o, w, a: specimens.note_specimen(o, w, built_in_layout("national-id-1"), "none"),
    ),
    Case(forms.bring_in_form, Verb.BRING_IN_FORM, lambda o, w, a: forms.bring_in_form(o, w, FORM)),
    Case(
        policies.policies_of_office,
        Verb.LOOK_AT_POLICIES,
        lambda o, w, a: policies.policies_of_office(o, w),
    ),
    Case(trail.choices, Verb.LOOK_AT_AUDIT, lambda o, w, a: trail.choices(o, w)),
    Case(
        trail.find_entries,
        Verb.LOOK_AT_AUDIT,
        lambda o, w, a: trail.find_entries(o, w, trail.AuditFilter()),
    ),
    Case(
        trail.read_page,
        Verb.LOOK_AT_AUDIT,
        lambda o, w, a: trail.read_page(o, w, trail.AuditList(trail.AuditFilter(), 0, ()), 0),
    ),
    Case(trail.verify, Verb.LOOK_AT_AUDIT, lambda o, w, a: trail.verify(o, w)),
    Case(
        trail_export.export_trail,
        Verb.EXPORT_AUDIT,
        lambda o, w, a: trail_export.export_trail(o, w, o.data / "trail.jsonl"),
    ),
    Case(policies.check_policy, Verb.BRING_IN_POLICY, lambda o, w, a: policies.check_policy(o, w, POLICY)),
    Case(
        policies.bring_in_policy, Verb.BRING_IN_POLICY, lambda o, w, a: policies.bring_in_policy(o, w, POLICY)
    ),
    Case(
        keys.change_passphrase,
        Verb.KEEP_KEYS,
        lambda o, w, a: keys.change_passphrase(o, w, "wrong", "another one that is long"),
    ),
    Case(audit_look.choices, Verb.LOOK_AT_AUDIT, lambda o, w, a: audit_look.choices(o, w)),
    Case(
        audit_look.find_entries,
        Verb.LOOK_AT_AUDIT,
        lambda o, w, a: audit_look.find_entries(o, w, AuditFilter()),
    ),
    Case(
        audit_look.read_page,
        Verb.LOOK_AT_AUDIT,
        lambda o, w, a: audit_look.read_page(o, w, AuditList(AuditFilter(), 0, ()), 0),
    ),
    Case(audit_look.verify, Verb.LOOK_AT_AUDIT, lambda o, w, a: audit_look.verify(o, w)),
    Case(export_trail, Verb.EXPORT_AUDIT, lambda o, w, a: export_trail(o, w, o.data / "no folder" / "trail")),
    Case(
        make_backup_key,
        Verb.MAKE_BACKUP_KEY,
        lambda o, w, a: make_backup_key(o, w, o.data / "no folder" / "key", "a long passphrase"),
    ),
    Case(backup_now, Verb.MAKE_BACKUP, lambda o, w, a: backup_now(o, w)),
    Case(backup_view, Verb.LOOK_AT_BACKUPS, lambda o, w, a: backup_view(o, w)),
    Case(keys.add_tpm, Verb.KEEP_KEYS, lambda o, w, a: keys.add_tpm(o, w, "wrong")),
    Case(keys.recover, Verb.KEEP_KEYS, lambda o, w, a: keys.recover(o, w, "wrong")),
    Case(keys.begin_rotation, Verb.KEEP_KEYS, lambda o, w, a: keys.begin_rotation(o, w, "wrong")),
    Case(
        sharing.begin_sharing,
        Verb.KEEP_KEYS,
        lambda o, w, a: sharing.begin_sharing(o, w, "postgresql://db.office.la/office?sslmode=require"),
    ),
    Case(
        sharing.invite,
        Verb.KEEP_KEYS,
        lambda o, w, a: sharing.invite(o, w, "wrong", o.data / "invitation", "long enough words"),
    ),
)
