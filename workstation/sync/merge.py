"""What a decision of the registry means for an application as it stands here. Pure.

An application takes a decision only while it waits for one; what comes again, late or for another station's
application changes nothing. Two different answers on the same application are a contradiction that people settle.
"""

from __future__ import annotations

from enum import StrEnum

from workstation.domain.stages import Action, Stage
from workstation.interchange.decision import Decision


class Effect(StrEnum):
    """What became of one event; kept in the inbox."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    OTHER_STATION = "other-station"
    NOT_WAITING = "not-waiting"
    CONTRADICTION = "contradiction"
    DAMAGED = "damaged"
    # Pre-registrations, forms and layouts
    ARRIVED = "arrived"
    WITHDRAWN = "withdrawn"
    OPENED_ALREADY = "opened-already"
    FORM_TAKEN = "form-taken"
    FORM_REFUSED = "form-refused"
    # Letters about approvals
    LETTER_TAKEN = "letter-taken"
    LAYOUT_TAKEN = "layout-taken"
    LAYOUT_REFUSED = "layout-refused"


ACTIONS: dict[Effect, Action] = {Effect.ACCEPTED: Action.ACCEPT, Effect.REFUSED: Action.REFUSE}


def effect_of(decision: Decision, stage: Stage | None, identity_number: str | None) -> Effect:
    """What `decision` does to an application at `stage` (None: not of this station) that was given
    `identity_number` before (None: it was not)."""
    if stage is None:
        return Effect.OTHER_STATION
    if stage is Stage.DECISION:
        return Effect.ACCEPTED if decision.outcome == "accepted" else Effect.REFUSED
    if identity_number is not None and identity_number != decision.identity_number:
        return Effect.CONTRADICTION
    if stage is Stage.REFUSED_BY_REGISTRY and decision.outcome == "accepted":
        return Effect.CONTRADICTION
    return Effect.NOT_WAITING
