"""What the hand-over page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.blobs import get_blob
from workstation.database.captures import fingers_of
from workstation.database.card_jobs import card_job_of, failed_matches, last_match, receipt_of
from workstation.database.policies import policy_of
from workstation.domain.stages import Stage
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
    compared on this office day; `receipt` the PDF once handed over."""

    header: Header
    identity_number: str
    chip_serial: str | None
    positions: tuple[int, ...]
    tries_left: Mapping[int, int]
    last_match: MatchView | None
    receipt: bytes | None
    editable: bool


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


def view(office: Office, application_id: str) -> HandOverView:
    """What the page shows; the engines begin to load. Raises Refused NO_SUCH_APPLICATION."""
    office.analysis.warm_up()

    def query(connection: Connection) -> HandOverView:
        row = application(connection, application_id)
        fingers = [finger for finger in fingers_of(connection, application_id).values() if finger.template]
        fingers.sort(key=lambda finger: -(finger.nfiq2 or 0))
        receipt = receipt_of(connection, application_id)
        job = card_job_of(connection, application_id)
        positions = tuple(finger.position for finger in fingers)
        return HandOverView(
            read_header(connection, application_id),
            grouped(row.identity_number or ""),
            None if job is None else job.chip_serial,
            positions,
            tries_left(connection, application_id, positions),
            read_match(connection, application_id),
            None if receipt is None else get_blob(connection, receipt),
            row.stage is Stage.HAND_OVER,
        )

    return office.store.read(query)
