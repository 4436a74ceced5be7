"""The clerk's verbs at the check: the card's code is read back and compared, the chip is bound to the card."""

from __future__ import annotations

import numpy as np
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from numpy.typing import NDArray

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, require_stage
from workstation.database.audit import write_audit
from workstation.database.card_jobs import bind_chip as store_chip
from workstation.database.card_jobs import card_job_of, keep_read_back
from workstation.database.feed import card_signer_keys
from workstation.database.moves import move
from workstation.database.portraits import portrait_of
from workstation.domain.audit import AuditTag
from workstation.domain.card import CardState
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.travel_documents.card_signature import verify_card
from workstation.travel_documents.claims import CardSignatureError
from workstation.workflow.check.checks import compare, unsigned
from workstation.workflow.check.view import CheckItem, CheckView, check_view, items_to_data
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.print.card import card_content
from workstation.workflow.print.job import change_job
from workstation.workflow.print.view import require_job
from workstation.workflow.sign_in_confirming import write_confirmed


def read_card(office: Office, who: SignedIn, application_id: str, picture: NDArray[np.uint8]) -> CheckView:
    """Reads the QR code in a picture of the finished card's back (BGR, h x w x 3) and compares it with the record.

    Raises Refused CODE_NOT_FOUND when no code can be read; a code that does not agree is a view that says so.
    """
    ask(office, who, Verb.CHECK)
    codes = [
        found.text
        for found in zxingcpp.read_barcodes(picture)
        if found.format == zxingcpp.BarcodeFormat.QRCode
    ]
    if not codes:
        raise Refused(Reason.CODE_NOT_FOUND)

    def verb(tx: Connection) -> CheckView:
        actor = acting(tx, office, who, Verb.CHECK)
        require_stage(tx, application_id, Stage.CHECK)
        job = require_job(tx, application_id)
        items = _compared(tx, office, application_id, codes[0])
        keep_read_back(tx, job.id, items_to_data(items))
        if not all(item.agrees for item in items):
            write_audit(
                tx,
                AuditTag.CARD_CHECK_FAILED,
                at=clock.now(),
                actor=actor.id,
                station_id=actor.station_id,
                object_id=application_id,
                job=job.id,
                differs=",".join(item.name for item in items if not item.agrees),
            )
        return check_view(require_job(tx, application_id))

    return office.store.write(verb)


def _compared(tx: Connection, office: Office, application_id: str, code: str) -> tuple[CheckItem, ...]:
    keys = {
        key_id: Ed25519PublicKey.from_public_bytes(public) for key_id, public in card_signer_keys(tx).items()
    }
    try:
        signed = verify_card(code, keys, clock.now())
    except CardSignatureError as error:
        return unsigned(error.code)
    fields = accepted_fields(tx, application_id)
    content = card_content(tx, office, application_id)
    held = portrait_of(tx, application_id)
    return compare(
        signed,
        content,
        portrait="" if held is None else held.cropped,
        birth_date=fields["birth_date"],
        sex=fields["sex"],
    )


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
        return check_view(require_job(tx, application_id))

    return office.store.write(verb)


def complete(office: Office, who: SignedIn, application_id: str) -> Stage:
    """Releases the card. Raises Refused CARD_MISMATCH (a value differs or nothing was read), CHIP_NOT_READ."""

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.CHECK_COMPLETE)
        require_stage(tx, application_id, Stage.CHECK)
        job = require_job(tx, application_id)
        held = check_view(job)
        if not held.items or not all(item.agrees for item in held.items):
            raise Refused(Reason.CARD_MISMATCH)
        if held.chip_serial is None:
            raise Refused(Reason.CHIP_NOT_READ)
        change_job(tx, actor, job, CardState.VERIFIED)
        return move(tx, application_id, Action.COMPLETE, actor=actor, at=clock.now())

    return office.store.write(verb)


def reprint(office: Office, who: SignedIn, application_id: str, reason: str) -> Stage:
    """A supervisor voids the card and sends the application back to print. Raises Refused REASON_MISSING,
    CONFIRMATION_NEEDED."""
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.REPRINT)
        job = card_job_of(tx, application_id)
        if job is not None:
            change_job(tx, actor, job, CardState.VOID, reason.strip())
        return move(tx, application_id, Action.REPRINT, actor=actor, at=clock.now())

    return write_confirmed(office, who, Verb.REPRINT, application_id, verb)
