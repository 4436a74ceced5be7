"""The receipt of the hand-over: which card went to whom, when, by whom, and how it was signed for."""

from __future__ import annotations

from datetime import datetime

from printing.slips import ReceiptContent, SlipLine, render_receipt
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.policies import policy_of
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.hand_over import CollectedBy
from workstation.workflow.hand_over.handing import Handing
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.print.card import grouped
from workstation.workflow.print.view import require_job

_COLLECTORS = {
    CollectedBy.HOLDER: ("ຜູ້ຮັບບັດ", "Holder"),
    CollectedBy.GUARDIAN: ("ຜູ້ປົກຄອງ", "Guardian"),
    CollectedBy.PROXY: ("ຜູ້ຕາງໜ້າ", "Proxy"),
}


def receipt(
    connection: Connection,
    office: Office,
    who: SignedIn,
    application_id: str,
    given: Handing,
    at: datetime,
) -> bytes:
    """The receipt as PDF, on the paper that the policy names."""
    row = application(connection, application_id)
    fields = accepted_fields(connection, application_id)
    chip = require_job(connection, application_id).chip_serial or ""
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
    lines.append(SlipLine("ເຈົ້າໜ້າທີ່", "Officer", who.operator.display_name))
    cannot = given.unsigned_reason.strip()
    return render_receipt(
        ReceiptContent(
            title_lo="ໃບຮັບບັດປະຈຳຕົວ",
            title_en="Receipt for an identity card",
            office=office.station.office_name,
            date=f"{when:%d/%m/%Y %H:%M}",
            application_number=row.number,
            lines=tuple(lines),
            note_lo=f"ໂປ້ມືແທນລາຍເຊັນ: {cannot}" if cannot else "",
            note_en=f"Mark instead of a signature: {cannot}" if cannot else "",
            signatures=(caption, ("ເຈົ້າໜ້າທີ່", "Officer")),
            signed=() if given.signature is None else given.signature.strokes,
        ),
        paper=policy_of(connection, row.policy_version).hand_over.paper,
    )
