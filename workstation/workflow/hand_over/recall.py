"""A delivered card with an error: recalled with the defect and the stage at fault, mended without a fee.

handed over --recall_card--> suspended at the registry, a correction begun
the correction's card is handed over --> the wrong card is taken in, revoked, booked
two people cut it (`old_cards.cut`) --> destroyed
"""

from __future__ import annotations

from dataclasses import dataclass

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, require_stage
from workstation.database.audit import write_audit
from workstation.database.forms import form_in_force
from workstation.database.moves import Actor
from workstation.database.old_cards import Recall, RecallRow, add_recall, recall_of, recalls
from workstation.domain.audit import AuditTag
from workstation.domain.hand_over import RecallState, check_recall
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.interchange.card_withdrawal import Withdrawal
from workstation.workflow.hand_over.handing import withdraw
from workstation.workflow.intake.steps import begin
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.preflight.view import require_usable_clock
from workstation.workflow.stock.witness import SecondPerson, write_by_two

__all__ = ["Recall", "RecallRow", "RecallState", "recall_card", "recalled_cards"]

CORRECTION = "correction"
# What is asked anew each time, whatever an earlier application said.
_NOT_CARRIED = ("documents", "consent", "fee_paid")


@dataclass(frozen=True)
class Begun:
    """The correction that was begun."""

    application_id: str


def recall_card(
    office: Office,
    who: SignedIn,
    application_id: str,
    stage: Stage,
    code: str,
    note: str,
    second: SecondPerson,
) -> Begun:
    """Recalls the card that this application gave away; the correction carries its fields and costs nothing.

    The second person is a supervisor: who begins the correction does not approve it. Raises Refused MOVE_NOT_ALLOWED
    (no card was given), CARD_RECALLED_ALREADY, DEFECT_MISSING, NO_FORM, CLOCK_UNUSABLE, and as `write_by_two`.
    """

    def verb(tx: Connection, actor: Actor, supervisor: str) -> Begun:
        row = require_stage(tx, application_id, Stage.CLOSED)
        check_recall(stage, code, note)
        if recall_of(tx, application_id) is not None:
            raise Refused(Reason.CARD_RECALLED_ALREADY)
        require_usable_clock(tx, office.station.id)
        form, now = form_in_force(tx, CORRECTION), clock.now()
        carried = {
            name: text
            for name, text in accepted_fields(tx, application_id).items()
            if name not in _NOT_CARRIED and form.field(name) is not None
        }
        # The office was at fault: the form asks no fee for that cause.
        ours = {"correction_cause": "office", "old_document_number": row.document_number or ""}
        correction = begin(
            tx,
            office,
            actor,
            CORRECTION,
            carried | {name: text for name, text in ours.items() if form.field(name) is not None},
            {},
        )
        add_recall(
            tx,
            Recall(application_id, stage, code, note.strip(), RecallState.OPEN, correction, now, actor.id),
        )
        write_audit(
            tx,
            AuditTag.CARD_RECALLED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            stage=stage.value,
            defect=code,
            correction=correction,
            confirmed_by=supervisor,
        )
        if row.document_number:
            reason = f"recalled: {stage.value}/{code}"
            withdraw(tx, application_id, row.document_number, Withdrawal.SUSPENDED, reason, by=actor, at=now)
        return Begun(correction)

    return write_by_two(
        office, who, Verb.RECALL_CARD, second, application_id, verb, witness_verb=Verb.ALLOW_WITNESS
    )


def recalled_cards(office: Office, who: SignedIn) -> tuple[RecallRow, ...]:
    """Every recall, open ones first. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> tuple[RecallRow, ...]:
        acting(connection, office, who, Verb.HAND_OVER_LOOK)
        return recalls(connection)

    return office.store.read(query)
