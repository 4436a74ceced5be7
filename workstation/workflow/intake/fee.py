"""The fee: taken once for an application, with a receipt number of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.moves import Actor
from workstation.database.receipts import Receipt, add_receipt, next_receipt_ordinal, receipt_of
from workstation.domain.application_number import receipt_number
from workstation.domain.audit import AuditTag
from workstation.domain.form import Answers, Form
from workstation.domain.station import Station


def take_fee(
    tx: Connection,
    station: Station,
    actor: Actor,
    application_id: str,
    form: Form,
    fields: Mapping[str, str],
    *,
    at: datetime,
) -> Receipt | None:
    """Records the form's fee. None when nothing is to be paid; the first receipt when it was paid before."""
    held = receipt_of(tx, application_id)
    day = clock.office_day(at)
    amount = Answers(form, fields, day).fee()
    if held is not None or amount == 0:
        return held
    number = receipt_number(station.office_code, station.station_code, day, next_receipt_ordinal(tx, day))
    receipt = Receipt(number, amount, form.currency, at)
    add_receipt(tx, application_id, receipt, by=actor.id)
    write_audit(
        tx,
        AuditTag.FEE_TAKEN,
        at=at,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=application_id,
        receipt=number,
        amount=amount,
        currency=form.currency,
    )
    return receipt
