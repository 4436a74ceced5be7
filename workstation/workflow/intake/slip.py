"""The papers of intake: the application slip with the fee that was paid, and the referral to another office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from printing.slips import ReceiptContent, ReferralContent, SlipLine, render_receipt, render_referral_slip
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.captures import StoredFinger, fingers_of
from workstation.database.forms import form_of
from workstation.database.policies import policy_of
from workstation.database.receipts import receipt_of
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.divisions import district, province
from workstation.workflow.office import Office
from workstation.workflow.return_day import promised, return_day

_BEST = 3
# ISO/IEC 19794-2 positions.
_FINGERS = {
    1: "ໂປ້ມືຂວາ",
    2: "ນິ້ວຊີ້ຂວາ",
    3: "ນິ້ວກາງຂວາ",
    4: "ນິ້ວນາງຂວາ",
    5: "ນິ້ວກ້ອຍຂວາ",
    6: "ໂປ້ມືຊ້າຍ",
    7: "ນິ້ວຊີ້ຊ້າຍ",
    8: "ນິ້ວກາງຊ້າຍ",
    9: "ນິ້ວນາງຊ້າຍ",
    10: "ນິ້ວກ້ອຍຊ້າຍ",
}


def referral_slip(office: Office, fields: Mapping[str, str], number: str, at: datetime) -> bytes:
    """The slip as PDF; the household's province must be known, its district may not be."""
    places = [province(fields["province_code"])]
    if fields.get("district_code"):
        places.insert(0, district(fields["district_code"]))
    return render_referral_slip(
        ReferralContent(
            title_lo="ໃບແນະນຳ",
            title_en="Referral slip",
            office=office.station.office_name,
            date=f"{clock.office_day(at):%d/%m/%Y}",
            application_number=number,
            destination_lo="ປກສ " + ", ".join(place.name_lo for place in places),
            destination_en="Public security office, " + ", ".join(place.name_en for place in places),
            lines=(
                SlipLine("ຊື່ ແລະ ນາມສະກຸນ", "Name", full_name_lo(fields) or "-"),
                SlipLine("ຊື່ (ພາສາອັງກິດ)", "Name in Latin letters", full_name_latin(fields) or "-"),
                SlipLine("ເລກທີສຳມະໂນຄົວ", "Household book number", fields.get("household_number", "-")),
            ),
            note_lo="ກະລຸນາຍື່ນຄຳຮ້ອງຢູ່ຫ້ອງການທີ່ບັນທຶກສຳມະໂນຄົວ.",
            note_en="Please apply at the office where the household is registered.",
        )
    )


def best_fingers_line(held: Iterable[StoredFinger]) -> tuple[SlipLine, ...]:
    """The fingers to take at the hand-over, best print first, at most three; no line before any was taken."""
    taken = sorted(
        (finger for finger in held if finger.nfiq2 is not None),
        key=lambda finger: (-(finger.nfiq2 or 0), finger.position),
    )
    names = [f"{order}. {_FINGERS[finger.position]}" for order, finger in enumerate(taken[:_BEST], start=1)]
    return (SlipLine("ນິ້ວມືທີ່ດີທີ່ສຸດ", "Best fingers", "  ".join(names)),) if names else ()


def application_slip(office: Office, application_id: str) -> bytes:
    """What the person takes along, as PDF: number, kind, name, and what was paid under which receipt number.

    Raises Refused NO_SUCH_APPLICATION, NO_FORM.
    """

    def query(connection: Connection) -> bytes:
        row = application(connection, application_id)
        kind = form_of(connection, application_id).name
        fields = accepted_fields(connection, application_id)
        receipt = receipt_of(connection, application_id)
        lines = [
            SlipLine("ປະເພດຄຳຮ້ອງ", "Kind of application", f"{kind.lo} / {kind.en}"),
            SlipLine("ຊື່ ແລະ ນາມສະກຸນ", "Name", full_name_lo(fields) or "-"),
            SlipLine("ຊື່ (ອັກສອນລາແຕັງ)", "Name in Latin letters", full_name_latin(fields) or "-"),
            SlipLine("ເລກທີສຳມະໂນຄົວ", "Household book number", fields.get("household_number", "-")),
        ]
        if receipt is not None:
            amount = f"{receipt.amount:,}".replace(",", ".")
            paid = f"{amount} {receipt.currency}\n{receipt.number}"
            lines.append(SlipLine("ຄ່າທຳນຽມ ແລະ ໃບຮັບເງິນ", "Fee and receipt number", paid))
        lines += best_fingers_line(fingers_of(connection, application_id).values())
        return render_receipt(
            ReceiptContent(
                title_lo="ໃບຢັ້ງຢືນການຍື່ນຄຳຮ້ອງ",
                title_en="Application slip",
                office=office.station.office_name,
                date=f"{clock.office_day(row.stage_since):%d/%m/%Y}",
                application_number=row.number,
                lines=tuple(lines),
                day=promised(return_day(connection, row)),
                note_lo="ກະລຸນານຳໃບນີ້ມາດ້ວຍ ເມື່ອມາຮັບບັດ.",
                note_en="Please bring this slip when you collect the card.",
            ),
            paper=policy_of(connection, row.policy_version).hand_over.paper,
        )

    return office.store.read(query)
