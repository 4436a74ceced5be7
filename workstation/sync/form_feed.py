"""Taking in a form specification: judged whole, put in force from its day, or refused by name while the last good one
stays."""

from __future__ import annotations

from datetime import UTC, datetime, time

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.moves import Actor
from workstation.database.sent_forms import add_sent_form, forget_form_fault, keep_form_fault
from workstation.domain.audit import AuditTag
from workstation.domain.form import FormDamaged
from workstation.interchange.form_event import FormSent
from workstation.sync.merge import Effect


def take_in(tx: Connection, sent: FormSent, actor: Actor) -> Effect:
    """Applies it inside the caller's transaction; never in force for a time that is past."""
    now = clock.now()
    day_begins = datetime.combine(sent.valid_from, time.min, clock.OFFICE_ZONE).astimezone(UTC)
    try:
        form = add_sent_form(tx, sent.kind, sent.document, at=max(now, day_begins))
    except FormDamaged as damaged:
        problem = damaged.problems[0]
        keep_form_fault(tx, sent.kind, problem, at=now)
        write_audit(
            tx,
            AuditTag.FORM_REFUSED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=sent.kind,
            code=problem.code,
            place=problem.path[:200],
            seq=sent.seq,
        )
        return Effect.FORM_REFUSED
    forget_form_fault(tx, sent.kind)
    write_audit(
        tx,
        AuditTag.FORM_IN_FORCE,
        at=now,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=form.version,
        valid_from=sent.valid_from.isoformat(),
        seq=sent.seq,
    )
    return Effect.FORM_TAKEN
