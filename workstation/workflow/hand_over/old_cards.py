"""Old cards and recalled ones that lie here until two people have cut and counted them."""

from __future__ import annotations

from collections.abc import Collection

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.card_jobs import card_job
from workstation.database.moves import Actor
from workstation.database.old_cards import OldCard, cards_at, cut_cards, set_recall_state
from workstation.database.stock import destroy_blank
from workstation.domain.audit import AuditTag
from workstation.domain.hand_over import OldCardState, RecallState
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.stock.witness import SecondPerson, write_by_two

__all__ = ["OldCard", "OldCardState", "cut", "old_cards"]


def old_cards(office: Office, who: SignedIn, state: OldCardState = OldCardState.TAKEN) -> tuple[OldCard, ...]:
    """The cards of that state, oldest first. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> tuple[OldCard, ...]:
        acting(connection, office, who, Verb.HAND_OVER_LOOK)
        return cards_at(connection, state)

    return office.store.read(query)


def cut(office: Office, who: SignedIn, ids: Collection[str], counted: int, second: SecondPerson) -> int:
    """Two people have cut exactly these cards; `counted` is how many lay in their hands before. Returns how many.

    Raises Refused NOTHING_CHOSEN, OLD_CARDS_COUNT (the number counted, or the cards themselves, are not those of the
    list: nothing is written), and as `write_by_two`.
    """
    chosen = set(ids)

    def verb(tx: Connection, actor: Actor, witness: str) -> int:
        if not chosen:
            raise Refused(Reason.NOTHING_CHOSEN)
        cards = [card for card in cards_at(tx, OldCardState.TAKEN) if card.id in chosen]
        if not len(cards) == len(chosen) == counted:
            raise Refused(Reason.OLD_CARDS_COUNT, listed=len(cards), counted=counted)
        now = clock.now()
        done = cut_cards(tx, chosen, by=actor.id, second=witness, at=now)
        if done != counted:
            raise Refused(Reason.OLD_CARDS_COUNT, listed=done, counted=counted)
        for card in cards:
            recalled = None if card.job_id is None else card_job(tx, card.job_id)
            if recalled is not None:
                destroy_blank(tx, recalled.id, "recalled, cut by two", second=witness, at=now, by=actor)
                set_recall_state(tx, recalled.application_id, RecallState.DESTROYED)
            write_audit(
                tx,
                AuditTag.OLD_CARDS_CUT,
                at=now,
                actor=actor.id,
                station_id=actor.station_id,
                object_id=card.application_id,
                number=card.number,
                confirmed_by=witness,
                counted=counted,
            )
        return done

    return write_by_two(office, who, Verb.CUT_OLD_CARDS, second, CUT_LIST, verb)


# What both show again who they are for: the list as a whole, not one application.
CUT_LIST = "old-cards"
