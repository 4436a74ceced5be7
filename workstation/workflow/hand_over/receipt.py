"""The receipt of the hand-over: which card went to whom, when, by whom, and how it was signed for."""

from __future__ import annotations

from datetime import datetime

from printing.slips import ReceiptContent, SlipLine, render_receipt
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.blobs import get_blob
from workstation.database.card_jobs import card_job_of
from workstation.database.hand_overs import collected_of, handed_over
from workstation.database.old_cards import old_card_of
from workstation.database.policies import policy_of
from workstation.database.station import operator_by_id
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.hand_over import CollectedBy, Collector, OldCardState
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.office import Office
from workstation.workflow.print.card import grouped

_COLLECTORS = {
    CollectedBy.HOLDER: ("ຜູ້ຮັບບັດ", "Holder"),
    CollectedBy.GUARDIAN: ("ຜູ້ປົກຄອງ", "Guardian"),
    CollectedBy.PROXY: ("ຜູ້ຕາງໜ້າ", "Proxy"),
}


def receipt(
    connection: Connection,
    office: Office,
    officer: str,
    application_id: str,
    given: Handing,
    at: datetime,
    *,
    signature_deleted: bool = False,
) -> bytes:
    """The receipt as PDF, on the paper that the policy names; `signature_deleted`: she signed on the screen, and the
    drawing is held no more."""
    row = application(connection, application_id)
    fields = accepted_fields(connection, application_id)
    job = card_job_of(connection, application_id)
    chip = "" if job is None else job.chip_serial or ""
    when = at.astimezone(clock.OFFICE_ZONE)
    collector, old = given.collector, given.old_card
    caption = _COLLECTORS[collector.kind]
    lines = [
        SlipLine("ຊື່ ແລະ ນາມສະກຸນ", "Name", full_name_lo(fields)),
        SlipLine("ຊື່ (ພາສາອັງກິດ)", "Name in Latin letters", full_name_latin(fields)),
        SlipLine("ເລກບັດປະຈຳຕົວ", "Identity number", grouped(row.identity_number or "")),
        SlipLine(
            "ເລກທີບັດ ແລະ ຊິບ",
            "Card number and chip",
            " · ".join(part for part in (row.document_number or "", chip) if part),
        ),
    ]
    if collector.kind is not CollectedBy.HOLDER:
        named = f"{collector.name.strip()}\n{collector.identity.strip()}"
        lines.append(SlipLine(caption[0], caption[1], named))
    if old is not None:
        told = "ບໍ່ໄດ້ນຳມາ / not brought" if old.absent else "ຮັບຄືນແລ້ວ / taken"
        lines.append(SlipLine("ບັດເກົ່າ", "Old card", f"{told} {old.number.strip()}".strip()))
    lines.append(SlipLine("ເຈົ້າໜ້າທີ່", "Officer", officer))
    note_lo, note_en = _note(given.unsigned_reason.strip(), signature_deleted)
    return render_receipt(
        ReceiptContent(
            title_lo="ໃບຮັບບັດປະຈຳຕົວ",
            title_en="Receipt for an identity card",
            office=office.station.office_name,
            date=f"{when:%d/%m/%Y %H:%M}",
            application_number=row.number,
            lines=tuple(lines),
            note_lo=note_lo,
            note_en=note_en,
            signatures=(caption, ("ເຈົ້າໜ້າທີ່", "Officer")),
            signed=() if given.signature is None else given.signature.strokes,
        ),
        paper=policy_of(connection, row.policy_version).hand_over.paper,
    )


def _note(cannot: str, deleted: bool) -> tuple[str, str]:
    if cannot:
        return f"ໂປ້ມືແທນລາຍເຊັນ: {cannot}", f"Mark instead of a signature: {cannot}"
    if deleted:
        return (
            "ໄດ້ເຊັນໃສ່ຈໍແລ້ວ; ລາຍເຊັນຖືກລຶບຕາມລະບຽບການ.",
            "Signed on the screen; the drawing was deleted when its time had passed.",
        )
    return "", ""


def receipt_again(connection: Connection, office: Office, application_id: str) -> bytes | None:
    """The receipt of a card that was handed over, as it was made then; None before. Where it went with the signature on
    it, it is made anew from the record."""
    given = handed_over(connection, application_id)
    if given is None:
        return None
    try:
        return get_blob(connection, given.receipt)
    except KeyError:
        pass
    collected, old = collected_of(connection, application_id), old_card_of(connection, application_id)
    officer = operator_by_id(connection, given.by)
    answer = None
    if old is not None:
        answer = OldCardAnswer(old.number, old.reason if old.state is OldCardState.ABSENT else "")
    handing = Handing(
        Collector() if collected is None else collected.collector,
        unsigned_reason="" if collected is None else collected.unsigned_reason,
        old_card=answer,
    )
    signed = collected is not None and collected.signature is not None
    name = "" if officer is None else officer.display_name
    return receipt(connection, office, name, application_id, handing, given.at, signature_deleted=signed)
