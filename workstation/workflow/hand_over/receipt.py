"""The receipt of the hand-over: which card went to whom, when, by whom."""

from __future__ import annotations

from datetime import datetime

from printing.slips import ReceiptContent, SlipLine, render_receipt
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.print.card import grouped
from workstation.workflow.print.view import require_job


def receipt(
    connection: Connection, office: Office, who: SignedIn, application_id: str, at: datetime
) -> bytes:
    """The receipt as PDF."""
    row = application(connection, application_id)
    fields = accepted_fields(connection, application_id)
    chip = require_job(connection, application_id).chip_serial or ""
    when = at.astimezone(clock.OFFICE_ZONE)
    return render_receipt(
        ReceiptContent(
            title_lo="ໃບຮັບບັດປະຈຳຕົວ",
            title_en="Receipt for an identity card",
            office=office.station.office_name,
            date=f"{when:%d/%m/%Y %H:%M}",
            application_number=row.number,
            lines=(
                SlipLine("ຊື່ ແລະ ນາມສະກຸນ", "Name", full_name_lo(fields)),
                SlipLine("ຊື່ (ພາສາອັງກິດ)", "Name in Latin letters", full_name_latin(fields)),
                SlipLine("ເລກບັດປະຈຳຕົວ", "Identity number", grouped(row.identity_number or "")),
                SlipLine("ເລກທີບັດ", "Card number", row.document_number or ""),
                SlipLine("ເລກຊິບ", "Chip serial", chip),
                SlipLine("ເຈົ້າໜ້າທີ່", "Officer", who.operator.display_name),
            ),
            signatures=(("ຜູ້ຮັບບັດ", "Holder"), ("ເຈົ້າໜ້າທີ່", "Officer")),
        )
    )
