"""The moment of the hand-over: who takes the card, how she is recognised, what becomes of the old one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.card_jobs import card_job_of, last_match
from workstation.database.hand_overs import Allowance, allowance_of, guardian_print_of
from workstation.database.moves import Actor
from workstation.database.old_cards import (
    Recall,
    add_old_card,
    earlier_document_number,
    recall_mended_by,
    set_recall_state,
)
from workstation.database.outbox import OutboxKind, add_to_outbox
from workstation.database.stock import take_back_blank
from workstation.domain.applicant import PartialDate
from workstation.domain.audit import AuditTag
from workstation.domain.hand_over import (
    CollectedBy,
    Collector,
    HandOverRules,
    OldCardState,
    RecallState,
    Signature,
)
from workstation.domain.refused import Reason, Refused
from workstation.interchange.card_withdrawal import CardWithdrawn, Withdrawal, to_message

OLD_CARD_DOCUMENT = "old_identity_card"
_LONGEST_REASON = 200


@dataclass(frozen=True)
class OldCardAnswer:
    """The old card is in the clerk's hand (`number` as printed on it, empty where it cannot be read), or `absent` says
    why it is not there."""

    number: str = ""
    absent: str = ""


@dataclass(frozen=True)
class Handing:
    """Everything of one hand-over. Without a signature on the screen the receipt has a line to sign on; who cannot
    sign at all leaves a mark there, and `unsigned_reason` says why. `old_card` None: not asked for yet. `card` is what
    was scanned from the card in the hand, empty where nothing was."""

    collector: Collector = field(default_factory=Collector)
    signature: Signature | None = None
    unsigned_reason: str = ""
    old_card: OldCardAnswer | None = None
    card: str = ""


@dataclass(frozen=True)
class Recognised:
    """Either the finger that matched (position, score), or why it went without one."""

    finger: tuple[int, int] | None
    fallback: str


def age_of(fields: Mapping[str, str], at: datetime) -> int:
    """Full years that are certain on that office day."""
    return PartialDate.parse(fields["birth_date"]).age_on(clock.office_day(at))


def allowance_today(connection: Connection, application_id: str, at: datetime) -> Allowance | None:
    """What a supervisor allowed on this office day; tomorrow it is asked anew."""
    given = allowance_of(connection, application_id)
    return given if given is not None and clock.office_day(given.at) == clock.office_day(at) else None


def recognise(connection: Connection, application_id: str, collector: Collector, at: datetime) -> Recognised:
    """How the person before the counter is known to be the one who may take the card.

    Raises Refused FINGERPRINT_NO_MATCH, GUARDIAN_PRINT_MISSING, SUPERVISOR_NEEDED.
    """
    held = last_match(connection, application_id)
    if held is not None and held.score >= held.threshold and collector.kind is not CollectedBy.PROXY:
        return Recognised((held.position, held.score), "")
    allowed = allowance_today(connection, application_id, at)
    if allowed is not None:
        return Recognised(None, allowed.reason)
    if collector.kind is CollectedBy.HOLDER:
        raise Refused(Reason.FINGERPRINT_NO_MATCH)
    if collector.kind is CollectedBy.PROXY:
        raise Refused(Reason.SUPERVISOR_NEEDED)
    if guardian_print_of(connection, application_id) is None:
        raise Refused(Reason.GUARDIAN_PRINT_MISSING)
    return Recognised(None, "guardian-print")


def check_signature(given: Handing, rules: HandOverRules) -> None:
    """Raises Refused SIGNATURE_MISSING: the policy wants one on the screen, and there is neither that nor a reason; or
    there is one, and nothing is written in it."""
    if given.signature is not None and given.signature.blank:
        raise Refused(Reason.SIGNATURE_MISSING)
    if rules.signature_required and given.signature is None and not given.unsigned_reason.strip():
        raise Refused(Reason.SIGNATURE_MISSING)


def old_card_expected(
    connection: Connection, application_id: str, fields: Mapping[str, str]
) -> Recall | bool:
    """The recall whose card is to come back, else whether an old card was shown when the application began."""
    mended = recall_mended_by(connection, application_id)
    return mended or OLD_CARD_DOCUMENT in fields.get("documents", "").split(",")


def take_old_card(
    tx: Connection,
    application_id: str,
    answer: OldCardAnswer | None,
    expected: Recall | bool,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The old card changes hands in the moment in which the new one does; what is taken is revoked at the registry.

    Raises Refused OLD_CARD_MISSING: one is expected, and it is neither there nor said why not.
    """
    if answer is None:
        if expected:
            raise Refused(Reason.OLD_CARD_MISSING)
        return
    recall = expected if isinstance(expected, Recall) else None
    absent = answer.absent.strip()[:_LONGEST_REASON]
    job = None if recall is None or absent else card_job_of(tx, recall.application_id)
    number = answer.number.strip()[:40] or earlier_document_number(tx, application_id)
    add_old_card(
        tx,
        application_id,
        state=OldCardState.ABSENT if absent else OldCardState.TAKEN,
        number=number,
        reason=absent,
        job_id=None if job is None else job.id,
        by=by.id,
        at=at,
    )
    write_audit(
        tx,
        AuditTag.OLD_CARD_ABSENT if absent else AuditTag.OLD_CARD_TAKEN,
        at=at,
        actor=by.id,
        station_id=by.station_id,
        object_id=application_id,
        number=number,
        **({"reason": absent} if absent else {}),
    )
    if recall is not None and not absent:
        set_recall_state(tx, recall.application_id, RecallState.TAKEN)
        if job is not None:
            take_back_blank(tx, job.id, f"recalled: {recall.code}", at=at, by=by)
    if number:
        reason = "old-card-absent" if absent else "recalled" if recall is not None else "replaced"
        withdraw(
            tx,
            recall.application_id if recall is not None else application_id,
            number,
            Withdrawal.REVOKED,
            reason,
            by=by,
            at=at,
        )


def withdraw(
    tx: Connection,
    application_id: str,
    number: str,
    withdrawal: Withdrawal,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The registry learns that the card of that number is no longer good, after whatever it must learn of the
    application before."""
    message = CardWithdrawn(number, withdrawal, reason, at.isoformat(), by.id, by.role.value)
    add_to_outbox(tx, application_id, OutboxKind.CARD_WITHDRAWN, to_message(message), at=at)
