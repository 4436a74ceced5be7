"""The card job: its states and the moves between them. A job is one blank on its way to being one card."""

from __future__ import annotations

from enum import StrEnum

from workstation.domain.refused import Reason, Refused


class CardState(StrEnum):
    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
    ENCODING = "encoding"
    ENCODED = "encoded"
    VERIFIED = "verified"
    FAILED = "failed"
    VOID = "void"


# The reason under which a job stands in `printing` whose end nobody saw: only a person knows whether there is a card.
UNCERTAIN = "uncertain"

# A failed job is never revived: the card may lie in the tray, so a person voids it and a new job begins.
CARD_MOVES: dict[CardState, frozenset[CardState]] = {
    CardState.QUEUED: frozenset({CardState.PRINTING, CardState.VOID}),
    # To itself: what is known of it changed. Back to queued only when the printer never had it.
    CardState.PRINTING: frozenset(
        {CardState.QUEUED, CardState.PRINTING, CardState.PRINTED, CardState.FAILED, CardState.VOID}
    ),
    CardState.PRINTED: frozenset({CardState.ENCODING, CardState.VERIFIED, CardState.FAILED, CardState.VOID}),
    CardState.ENCODING: frozenset({CardState.ENCODED, CardState.FAILED, CardState.VOID}),
    CardState.ENCODED: frozenset({CardState.VERIFIED, CardState.FAILED, CardState.VOID}),
    CardState.VERIFIED: frozenset({CardState.VOID}),
    CardState.FAILED: frozenset({CardState.VOID}),
    CardState.VOID: frozenset(),
}


def check_card_move(now: CardState, then: CardState) -> None:
    """Refuses (CARD_JOB_STATE) a move that the table does not hold."""
    if then not in CARD_MOVES[now]:
        raise Refused(Reason.CARD_JOB_STATE, now=now.value, then=then.value)
