"""Taking in a card layout: its signature first, then judged whole; kept from its day on, or refused by name."""

from __future__ import annotations

from printing.errors import LayoutError
from workstation import clock
from workstation.database import Connection, feed
from workstation.database.audit import write_audit
from workstation.database.layouts import add_signed_layout, keep_layout_fault
from workstation.database.moves import Actor
from workstation.domain.audit import AuditTag
from workstation.interchange.signed_layout import LayoutSent
from workstation.sync.merge import Effect


def take_in(tx: Connection, sent: LayoutSent, actor: Actor) -> Effect:
    """Applies it inside the caller's transaction; a refused one changes no layout that is held."""
    now = clock.now()
    try:
        layout = add_signed_layout(tx, sent.layout, feed.card_signer_keys(tx))
    except LayoutError as damaged:
        problem = damaged.problems[0]
        keep_layout_fault(tx, sent.layout.name, problem, at=now)
        write_audit(
            tx,
            AuditTag.LAYOUT_REFUSED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=sent.layout.name,
            code=problem.code,
            element=problem.element[:120],
            seq=sent.seq,
        )
        return Effect.LAYOUT_REFUSED
    write_audit(
        tx,
        AuditTag.LAYOUT_TAKEN,
        at=now,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=layout.label,
        valid_from=layout.valid_from.isoformat(),
        seq=sent.seq,
    )
    return Effect.LAYOUT_TAKEN
