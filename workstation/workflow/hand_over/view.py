"""What the hand-over page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.boxes import ready_card
from workstation.database.captures import fingers_of
from workstation.database.card_jobs import card_job_of, failed_matches, last_match
from workstation.database.hand_overs import guardian_print_of
from workstation.database.old_cards import Recall
from workstation.database.policies import policy_of
from workstation.domain.hand_over import BoxPlace
from workstation.domain.stages import Stage
from workstation.workflow.hand_over.handing import age_of, allowance_today, old_card_expected
from workstation.workflow.hand_over.receipt import receipt_again
from workstation.workflow.header import Header, read_header
from workstation.workflow.office import Office
from workstation.workflow.print.card import grouped


@dataclass(frozen=True)
class MatchView:
    """One 1:1 comparison: bozorth3 score against the policy's threshold."""

    position: int
    score: int
    threshold: int
    matched: bool


@dataclass(frozen=True)
class HandOverView:
    """`positions` are the fingers with a template, best quality first; `tries_left` how often each may still be
    compared on this office day; `receipt` the PDF once handed over. `place` is where the card is filed, `seal` the
    parcel it left in; `allowed` why a supervisor let it be given today without a finger, empty when none did;
    `child`: a guardian may come; `old_card`: one is to be taken for the new one, `recalled`: it is a recalled one."""

    header: Header
    identity_number: str
    chip_serial: str | None
    positions: tuple[int, ...]
    tries_left: Mapping[int, int]
    last_match: MatchView | None
    receipt: bytes | None
    editable: bool
    place: BoxPlace | None = None
    seal: str | None = None
    allowed: str = ""
    child: bool = False
    guardian_print: bool = False
    old_card: bool = False
    recalled: bool = False

    @property
    def may_give(self) -> bool:
        """Whether it is settled who the person is: a finger matched, or something stands in its place."""
        matched = self.last_match is not None and self.last_match.matched
        return matched or bool(self.allowed) or (self.child and self.guardian_print)


def read_match(connection: Connection, application_id: str) -> MatchView | None:
    held = last_match(connection, application_id)
    if held is None:
        return None
    return MatchView(held.position, held.score, held.threshold, held.score >= held.threshold)


def tries_left(connection: Connection, application_id: str, positions: Sequence[int]) -> dict[int, int]:
    """How often each finger may still be compared on this office day, by the application's policy.

    What is used up asks for another finger; that no finger is left is for a supervisor to settle, never the end.
    """
    allowed = policy_of(connection, application(connection, application_id).policy_version).finger_attempts
    begun = datetime.combine(clock.office_day(clock.now()), time.min, clock.OFFICE_ZONE)
    failed = failed_matches(connection, application_id, begun)
    return {position: max(0, allowed - failed.get(position, 0)) for position in positions}


def printed_receipt(office: Office, application_id: str) -> bytes | None:
    """The receipt (PDF) once more; None before the hand-over."""
    return office.store.read(lambda connection: receipt_again(connection, office, application_id))


def view(office: Office, application_id: str) -> HandOverView:
    """What the page shows; the engines begin to load. Raises Refused NO_SUCH_APPLICATION."""
    office.analysis.warm_up()

    def query(connection: Connection) -> HandOverView:
        row = application(connection, application_id)
        fingers = [finger for finger in fingers_of(connection, application_id).values() if finger.template]
        fingers.sort(key=lambda finger: -(finger.nfiq2 or 0))
        job = card_job_of(connection, application_id)
        positions = tuple(finger.position for finger in fingers)
        now, fields = clock.now(), accepted_fields(connection, application_id)
        waits = ready_card(connection, application_id)
        allowed = allowance_today(connection, application_id, now)
        expected = old_card_expected(connection, application_id, fields)
        below = policy_of(connection, row.policy_version).hand_over.guardian_below_age
        return HandOverView(
            read_header(connection, application_id),
            grouped(row.identity_number or ""),
            None if job is None else job.chip_serial,
            positions,
            tries_left(connection, application_id, positions),
            read_match(connection, application_id),
            receipt_again(connection, office, application_id),
            row.stage is Stage.HAND_OVER,
            None if waits is None else waits.place,
            None if waits is None else waits.seal,
            "" if allowed is None else allowed.reason,
            bool(fields.get("birth_date")) and age_of(fields, now) < below,
            guardian_print_of(connection, application_id) is not None,
            bool(expected),
            isinstance(expected, Recall),
        )

    return office.store.read(query)
