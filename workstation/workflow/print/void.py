"""Voiding a card takes two people: who says so, and a second one who adds her own name and password."""

from __future__ import annotations

from workstation import clock
from workstation.database import Connection
from workstation.database.moves import move
from workstation.database.stock import void_blank
from workstation.domain.card import CardState
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.print.job import change_job
from workstation.workflow.print.view import require_job
from workstation.workflow.sign_in import sign_in, sign_out
from workstation.workflow.sign_in_confirming import write_confirmed


def void_card(
    office: Office, who: SignedIn, application_id: str, reason: str, *, username: str, password: str
) -> Stage:
    """Voids the finished card, with its blank, and sends the application back to be printed anew.

    `who` shows again who she is; `username` and `password` are the second person's, who works with cards herself.
    Raises Refused REASON_MISSING, CONFIRMATION_NEEDED, WRONG_PASSWORD, SECOND_PERSON_NEEDED, ROLE_NOT_ALLOWED (either
    of the two), CARD_NOT_PRINTED, MOVE_NOT_ALLOWED.
    """
    ask(office, who, Verb.REPRINT)
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    second = sign_in(office, username, password)
    try:

        def verb(tx: Connection) -> Stage:
            actor = acting(tx, office, who, Verb.REPRINT)
            other = acting(tx, office, second, Verb.CHECK)
            if other.id == actor.id:
                raise Refused(Reason.SECOND_PERSON_NEEDED)
            job = require_job(tx, application_id)
            change_job(tx, actor, job, CardState.VOID, reason.strip(), second=other.id)
            void_blank(tx, job.id, reason, second=other.id, at=clock.now(), by=actor)
            return move(tx, application_id, Action.VOID, actor=actor, at=clock.now())

        return write_confirmed(office, who, Verb.REPRINT, application_id, verb)
    finally:
        sign_out(office, second)
