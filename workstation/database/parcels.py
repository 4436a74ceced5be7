"""Cards that nobody collected: gone to the province in a sealed parcel, or destroyed here by two people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError
from uuid6 import uuid7

from workstation.database.hand_over_tables import parcel_cards, parcels
from workstation.domain.refused import Reason, Refused


def add_parcel(
    tx: Connection,
    job_ids: Sequence[str],
    *,
    seal: str,
    destroyed: bool,
    reason: str,
    list_pdf: str,
    by: str,
    second: str | None,
    at: datetime,
) -> str:
    """Keeps which cards went; `list_pdf` is a blob's SHA-256. Raises Refused SEAL_USED, CARD_NOT_HERE."""
    parcel_id = str(uuid7())
    try:
        with tx.begin_nested():
            tx.execute(
                insert(parcels).values(
                    id=parcel_id,
                    seal=seal,
                    destroyed=int(destroyed),
                    reason=reason,
                    list_pdf=list_pdf,
                    at=at,
                    by=by,
                    second=second,
                )
            )
    except IntegrityError as error:
        raise Refused(Reason.SEAL_USED, seal=seal) from error
    try:
        with tx.begin_nested():
            tx.execute(
                insert(parcel_cards), [{"job_id": job_id, "parcel_id": parcel_id} for job_id in job_ids]
            )
    except IntegrityError as error:
        raise Refused(Reason.CARD_NOT_HERE, seal=seal) from error
    return parcel_id
