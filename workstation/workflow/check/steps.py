"""The clerk's verbs at the check: both sides of the card are read and compared, the chip is bound to the card.

    a picture of each side --read_side--> --keep_reading--> agrees | read again (first failure) | held (second)

A failed reading never voids a card: it asks for another reading, and the second failure holds the card until a
supervisor reads it again or two people void it (`print.void`). A picture that is too dark, blurred or full of glare
is no reading at all: nothing is kept of it, unless what was read differs for certain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from numpy.typing import NDArray

from printing.specification import CardLayout
from workstation import clock
from workstation.card_reading.errors import PictureFault, PictureUnusable
from workstation.card_reading.reading import SideReading
from workstation.card_reading.reading import read_side as read_picture
from workstation.database import Connection
from workstation.database.applications import accepted_fields, require_stage
from workstation.database.audit import write_audit
from workstation.database.card_checks import add_card_check
from workstation.database.card_jobs import bind_chip as store_chip
from workstation.database.feed import card_signer_keys
from workstation.database.layouts import layout_of_label
from workstation.database.moves import move
from workstation.database.portraits import portrait_of
from workstation.domain.audit import AuditTag
from workstation.domain.card import CardState
from workstation.domain.permissions import Verb, may
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.workflow.check.checks import Record, agree, compare, picture_fault
from workstation.workflow.check.models import BACK, FRONT, card_models
from workstation.workflow.check.view import CheckView, Standing, check_view, items_to_data
from workstation.workflow.hand_over.ready import put_in_box
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.print.card import card_content
from workstation.workflow.print.job import change_job
from workstation.workflow.print.view import require_job

Picture = NDArray[np.uint8]
_UNUSABLE = {
    PictureFault.NO_CARD: Reason.CARD_NOT_SEEN,
    PictureFault.TWO_CARDS: Reason.CARDS_TOGETHER,
    PictureFault.PARTLY_OUTSIDE: Reason.CARD_PARTLY_OUTSIDE,
    PictureFault.TOO_SMALL: Reason.CARD_TOO_FAR,
    PictureFault.DARK: Reason.CARD_PICTURE_DARK,
    PictureFault.BLURRED: Reason.CARD_PICTURE_BLURRED,
    PictureFault.GLARE: Reason.CARD_PICTURE_GLARE,
    PictureFault.UNKNOWN_SIDE: Reason.CARD_SIDE_UNKNOWN,
}


def read_side(office: Office, who: SignedIn, application_id: str, picture: Picture) -> SideReading:
    """Reads one picture (BGR, h x w x 3) of the finished card's front or back; nothing is kept yet.

    Raises Refused CARD_HELD, and one of _UNUSABLE where the picture shows no side of this card.
    """
    ask(office, who, Verb.CHECK)

    def expected(connection: Connection) -> tuple[CardLayout, Record]:
        acting(connection, office, who, Verb.CHECK)
        require_stage(connection, application_id, Stage.CHECK)
        job = require_job(connection, application_id)
        _require_not_held(connection, who, check_view(connection, job))
        return layout_of_label(connection, job.layout), _record(connection, office, application_id)

    layout, record = office.store.read(expected)
    try:
        return read_picture(picture, card_models(layout, record.content))
    except PictureUnusable as unusable:
        raise _unusable(unusable.fault) from unusable


def keep_reading(
    office: Office, who: SignedIn, application_id: str, front: SideReading, back: SideReading
) -> CheckView:
    """Compares both sides with the record and keeps the outcome with the card's job.

    A card that does not agree is a view that says so. Raises Refused CARD_PICTURE_DARK, CARD_PICTURE_BLURRED,
    CARD_PICTURE_GLARE (the pictures, not the card, may be at fault; nothing is kept), CARD_HELD, CARD_SIDES.
    """
    ask(office, who, Verb.CHECK)
    if (front.side, back.side) != (FRONT, BACK):
        raise Refused(Reason.CARD_SIDES)

    def verb(tx: Connection) -> CheckView:
        actor = acting(tx, office, who, Verb.CHECK)
        require_stage(tx, application_id, Stage.CHECK)
        job = require_job(tx, application_id)
        _require_not_held(tx, who, check_view(tx, job))
        keys = {
            key: Ed25519PublicKey.from_public_bytes(public) for key, public in card_signer_keys(tx).items()
        }
        now = clock.now()
        items = compare(front, back, _record(tx, office, application_id), keys, now)
        fault = picture_fault(front, back, items)
        if fault is not None:
            raise _unusable(fault)
        agrees = agree(items)
        number = add_card_check(tx, job.id, agrees=agrees, items=items_to_data(items), at=now, by=actor.id)
        differs = {item.name: None for item in items if not item.agrees}
        write_audit(
            tx,
            AuditTag.CARD_CHECKED if agrees else AuditTag.CARD_CHECK_FAILED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            job=job.id,
            reading=number,
            **({} if agrees else {"differs": ",".join(differs)}),
        )
        return check_view(tx, job)

    return office.store.write(verb)


def read_card(office: Office, who: SignedIn, application_id: str, pictures: Sequence[Picture]) -> CheckView:
    """Reads two pictures (BGR), one of each side in whatever order, as `read_side` and `keep_reading` do.

    Raises also Refused CARD_SIDES when they show the same side.
    """
    ask(office, who, Verb.CHECK)
    sides = {}
    for picture in pictures:
        reading = read_side(office, who, application_id, picture)
        sides[reading.side] = reading
    if set(sides) != {FRONT, BACK}:
        raise Refused(Reason.CARD_SIDES)
    return keep_reading(office, who, application_id, sides[FRONT], sides[BACK])


def _unusable(fault: PictureFault) -> Refused:
    return Refused(_UNUSABLE[fault])


def _require_not_held(connection: Connection, who: SignedIn, shown: CheckView) -> None:
    if shown.standing is Standing.HELD and not may(who.operator.role, Verb.REPRINT):
        raise Refused(Reason.CARD_HELD, readings=shown.readings)


def _record(connection: Connection, office: Office, application_id: str) -> Record:
    fields = accepted_fields(connection, application_id)
    content = card_content(connection, office, application_id)
    held = portrait_of(connection, application_id)
    portrait = "" if held is None else held.cropped
    return Record(content, portrait, fields["birth_date"], fields["sex"])


def bind_chip(office: Office, who: SignedIn, application_id: str, uid: bytes) -> CheckView:
    """Binds the chip that the reader saw to this card.

    Raises Refused CHIP_ALREADY_BOUND (another card has it), CHIP_SERIAL_RANDOM (a four-byte serial that begins
    with 08 is drawn anew at every reading, ISO/IEC 14443-3, 6.5.4: it names no chip).
    """
    if len(uid) == 4 and uid[0] == 0x08:
        raise Refused(Reason.CHIP_SERIAL_RANDOM)

    def verb(tx: Connection) -> CheckView:
        actor = acting(tx, office, who, Verb.CHECK)
        require_stage(tx, application_id, Stage.CHECK)
        job = require_job(tx, application_id)
        store_chip(tx, job.id, uid.hex().upper())
        write_audit(
            tx,
            AuditTag.CHIP_BOUND,
            at=clock.now(),
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            job=job.id,
            chip_serial=uid.hex().upper(),
        )
        return check_view(tx, require_job(tx, application_id))

    return office.store.write(verb)


def complete(office: Office, who: SignedIn, application_id: str) -> Stage:
    """Releases the card; the first free place of the boxes is its own.

    Raises Refused CARD_MISMATCH (the last reading does not agree, or there was none), CARD_HELD, CHIP_NOT_READ.
    """

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.CHECK_COMPLETE)
        require_stage(tx, application_id, Stage.CHECK)
        job = require_job(tx, application_id)
        shown = check_view(tx, job)
        if shown.standing is Standing.HELD:
            raise Refused(Reason.CARD_HELD, readings=shown.readings)
        if shown.standing is not Standing.AGREES:
            raise Refused(Reason.CARD_MISMATCH)
        if shown.chip_serial is None:
            raise Refused(Reason.CHIP_NOT_READ)
        change_job(tx, actor, job, CardState.VERIFIED)
        stage = move(tx, application_id, Action.COMPLETE, actor=actor, at=clock.now())
        put_in_box(tx, actor, application_id, None)
        return stage

    return office.store.write(verb)
